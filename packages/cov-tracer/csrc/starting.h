/* Functions that start processes and threads, wrapped: the new process gets our settings whatever
 * environment the program passes on, and the ledger gets a record of who started what; the new
 * thread gets the trace function.
 *
 * What: the wrapper is a builtin function like the one it stands for, and does its work in C: no
 *   frame, no trace event, no signal handler of the program ever sees it at work. Forks need no
 *   more than to be told from those that C code makes by itself (forks.h).
 * Ownership: a wrapper owns the function it calls; what is replaced: replacing.h.
 * Threads: no state but what is set at the start.
 * Failure: what goes wrong on our side is forgotten, and the original is called as it was. */
#ifndef COV_STARTING_H
#define COV_STARTING_H

#include "pycompat.h"

/* Functions that are replaced together, since they come from one module. */
typedef enum {
    START_THREADS,
    START_FORKS,
    START_EXEC,
    START_ANY,
    START_SUBPROCESS, /* what is there for the module subprocess alone */
} StartGroup;

/* Replace a group's functions, which come from this module, for this purpose (replacing.h).
 * `tracer` is for new threads and has the method `wrap`; else NULL. 0, or -1 with an exception. */
int starting_replace(const char *purpose, StartGroup group, const char *module, PyObject *tracer);

#endif
