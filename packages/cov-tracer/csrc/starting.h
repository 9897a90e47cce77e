/* Functions that start processes and threads, wrapped: the new process gets our settings whatever
 * environment the program passes on, and the ledger gets a record of who started what; the new
 * thread gets the trace function.
 *
 * What: the wrapper is a builtin function like the one it stands for, and does its work in C: no
 *   frame, no trace event, no signal handler of the program ever sees it at work.
 * Ownership: the settings belong to the process; a wrapper owns the function it calls.
 * Threads: no state but what is set at the start.
 * Failure: what goes wrong on our side is forgotten, and the original is called as it was. */
#ifndef COV_STARTING_H
#define COV_STARTING_H

#include "pycompat.h"

/* New processes get `assignment` ("NAME=text"); what starts them is looked for in code outside the
 * directory `library`. NULL: no more. 0, or -1 with an exception. */
int starting_follow(PyObject *assignment, PyObject *library);

/* A builtin function that calls `function`, which must be one of those known here: a new reference,
 * or NULL with TypeError. `tracer` has the method `wrap` for functions of new threads; Py_None for
 * functions that start processes. */
PyObject *starting_wrap(PyObject *function, PyObject *tracer);

#endif
