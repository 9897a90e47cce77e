/* What a process starts is followed: new processes get our settings and are told to the ledger, new
 * threads get the trace function.
 *
 * What: replaces functions in the modules in C that they come from, so that all that is built on
 *   them follows: subprocess, os.popen, os.exec*, os.spawn*, multiprocessing, asyncio, threading.
 * Ownership: the settings belong to the process, what is replaced to the interpreter.
 * Threads: whoever begins and ends the measurement of an interpreter.
 * Failure: -1 with an exception, and nothing is replaced. */
#ifndef COV_FOLLOWING_H
#define COV_FOLLOWING_H

#include "pycompat.h"

/* New processes get `assignment` ("NAME=text"); who starts them is looked for in code outside the
 * directory `library`. `ways` is a sequence of str: with "subprocess" among them all that starts
 * programs is replaced, with "execv" what does so in this process, and in any case what forks or
 * changes the user. 0, or -1. */
int following_processes_begin(PyObject *assignment, PyObject *library, PyObject *ways);
void following_processes_end(void);

/* What new threads run is wrapped by the method `wrap` of `tracer`: each thread has a trace
 * function of its own and starts with none; events (sys.monitoring) need none. 0, or -1. */
int following_threads_begin(PyObject *tracer);
void following_threads_end(void);

#endif
