/* Processes that asyncio starts: event loops written in C (uvloop) do it past all that is wrapped.
 *
 * What: knows the two functions of asyncio that every loop is called through, by their file and
 *   name. While one begins, the environment that it was given is completed in its own keyword
 *   arguments; nothing is replaced, so there is nothing to undo.
 * Threads: looks at the calling one's frames only.
 * Failure: the start goes on as it was; no exception is set. */
#ifndef COV_ASYNCHRONOUS_H
#define COV_ASYNCHRONOUS_H

#include "pycompat.h"

#include "ledger.h"

/* Code begins to run in a frame (NULL: the innermost): whether it is one of the two, whose next call
 * is wanted, too. */
int asynchronous_begins(PyCodeObject *code, PyFrameObject *frame);

/* Add the program and its words, if one of the two is what runs; no exception may be set. Whether
 * there is a start to tell of: not if the program is not there. */
int asynchronous_tell(LedgerRecord *record);

#endif
