/* The `Tracer` type: one measurement of one interpreter.
 *
 * What: joins an event source (monitoring.c or settrace.c) with the files and the journal.
 * Owner: Python. The event sources hold references while they run.
 * Threads: with a GIL, that; without one, the lock of `slot` guards files, frames and code infos.
 * Failure: constructor and start raise; callbacks never do. */
#ifndef COV_TRACER_H
#define COV_TRACER_H

#include "pycompat.h"

#include "codeslot.h"
#include "filetable.h"
#include "frametable.h"
#include "journal.h"

/* The part of a tracer that sys.monitoring needs; empty while it does not run. */
typedef struct {
    int tool;                      /* our tool id */
    int running;
    int watches_handled;           /* EXCEPTION_HANDLED is on */
    int moved;                     /* to another tool id than the first */
    long line, branches, py_return, py_start, py_resume, handled; /* event masks */
    long jump, instruction;
    PyObject *set_events, *set_local_events, *register_callback; /* functions of sys.monitoring */
    PyObject *use_tool_id, *free_tool_id, *restart_events;
    PyObject *disable;
} Monitoring;

typedef enum { CORE_SYSMON, CORE_CTRACE } Core;

typedef struct {
    PyObject_HEAD
    PyObject *journal_object;
    Journal *journal; /* of journal_object */
    FileTable files;
    Core core;
    int branch;
    uint32_t serial; /* unique in this process */
    PyObject *slot_object;
    CodeSlot *slot; /* of slot_object: this interpreter's */
    Monitoring monitoring;
    FrameTable frames; /* for settrace.c */
} Tracer;

/* A number that no tracer of this process had before. */
uint32_t tracer_new_serial(void);

extern PyType_Spec tracer_spec;
extern PyType_Spec traced_function_spec;

/* monitoring.c. 0, or -1 with an exception set. */
int monitoring_start(Tracer *tracer);
void monitoring_stop(Tracer *tracer);
/* Go over to another tool id, and have what runs now listened to there. -1 if no id is free, when
 * nothing is listened to any more and the old id is given back; no exception is set. */
int monitoring_move(Tracer *tracer);
int monitoring_traverse(Tracer *tracer, visitproc visit, void *arg);
void monitoring_clear(Tracer *tracer);

/* settrace.c: this thread is traced from now on, or no longer. Stopping leaves a trace function
 * alone that the program has put in our place. */
void settrace_start(Tracer *tracer);
void settrace_stop(Tracer *tracer);
void settrace_free(Tracer *tracer);
/* The same after another trace function had this thread: what is known of its active frames is out
 * of date. */
void settrace_resume(Tracer *tracer);
/* The file of measured code that was looked at, or NULL. */
const char *settrace_file_of(Tracer *tracer, PyCodeObject *code);
/* Become a trace function, in every thread that runs. */
void settrace_take_over(Tracer *tracer);
/* A trace function called from Python: sys.settrace(what sys.gettrace() gave). */
PyObject *settrace_call(Tracer *tracer, PyObject *frame, PyObject *event, PyObject *arg);
/* A callable of `type` (made from traced_function_spec) that runs `function` in the thread that
 * calls it, traced from there on. */
PyObject *settrace_wrap(PyTypeObject *type, Tracer *tracer, PyObject *function);

#endif
