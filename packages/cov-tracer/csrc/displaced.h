/* Trace functions of the program's own: noticed, counted and told, since what is called under
 * them instead of ours is unknown.
 *
 * What: stands in for sys.settrace, with the same name, help and module, and nothing of Python's
 *   between the caller and the real one. One of them an interpreter.
 * Owner: the interpreter's dictionary keeps it until `displaced_unfollow` or the interpreter's end,
 *   when the journal is told how often each place was passed.
 * Threads: any; a lock guards the places where there is no GIL.
 * Failure: whatever cannot be noted is not noted; only displaced_follow raises. */
#ifndef COV_DISPLACED_H
#define COV_DISPLACED_H

#include "pycompat.h"

/* Follow sys.settrace from now on, on behalf of `ours`: a Tracer of `tracer_type`, or whatever a
 * tracer in Python hands to sys.settrace. 0, or -1 with an exception set. */
int displaced_follow(PyTypeObject *tracer_type, PyObject *journal_object, PyObject *ours);

/* Give sys.settrace back, unless the program has put another one there since. */
void displaced_unfollow(void);

/* The thread that calls begins a life of its own under our trace function. */
void displaced_thread_begins(void);

#endif
