/* The event source of 3.11, and on request of later versions: a C trace function, of single threads.
 *
 * Threads: as measurement.h. Failure: only settrace_call raises. */
#ifndef COV_SETTRACE_H
#define COV_SETTRACE_H

#include "measurement.h"

/* This thread is traced from now on, or no longer. Stopping leaves a trace function alone that the
 * program has put in our place. */
void settrace_start(Tracer *tracer);
void settrace_stop(Tracer *tracer);
void settrace_free(Tracer *tracer);

/* Start again after another trace function had this thread: what is known of its active frames is
 * out of date. */
void settrace_resume(Tracer *tracer);

/* Whose trace function this thread has had. Others': frames that we stay in have told us. */
typedef enum { SEEN_BY_US, SEEN_BY_OTHERS, SEEN_BY_NOBODY } Until;

/* Another trace function has this thread now, for what is called from now on: its measured frames go
 * on telling us their events, which is what `f_trace` is for. */
void settrace_stay(Tracer *tracer, Until until);

/* From here on frames of this thread may go on without us, also those that wait to be resumed: no
 * way leads from where they were last seen to where they are next. */
void settrace_doubt(Tracer *tracer);

/* The file of measured code that was looked at, or NULL. */
const char *settrace_file_of(Tracer *tracer, PyCodeObject *code);

/* Become a trace function, in every thread that runs. */
void settrace_take_over(Tracer *tracer);

/* A trace function called from Python: sys.settrace(what sys.gettrace() gave). */
PyObject *settrace_call(Tracer *tracer, PyObject *frame, PyObject *event, PyObject *arg);

#endif
