/* What a tracer works with: the files, the journal, and what its event source keeps.
 *
 * What: the data of the `Tracer` type, apart from it, so that the event sources (monitoring.c,
 *   settrace.c) stand below the type that joins them.
 * Owner: Python. The event sources hold references while they run.
 * Threads: with a GIL, that; without one, the lock of `slot` guards files, frames and code infos. */
#ifndef COV_MEASUREMENT_H
#define COV_MEASUREMENT_H

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

/* A number that no tracer of this process had before: it tells code infos of one from those of an
 * earlier one. */
uint32_t measurement_new_serial(void);

#endif
