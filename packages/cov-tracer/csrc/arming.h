/* Code objects that are listened to: what is known of them, and which events that takes.
 *
 * What: the part of sys.monitoring that callbacks need (listeners.c), below what starts and stops
 *   it (monitoring.c).
 * Threads: as measurement.h. Failure: no exception is set, but where that is said. */
#ifndef COV_ARMING_H
#define COV_ARMING_H

#include "measurement.h"

#if HAVE_MONITORING

/* A stopped tracer learns nothing and leaves every place armed, for the next start. */
static inline int
arming_is_deaf(const Tracer *tracer)
{
    return !tracer->monitoring.running;
}

/* What this tracer knows of `code`, or NULL. The lock of the slot is held. */
static inline CodeInfo *
arming_info(Tracer *tracer, PyObject *code)
{
    CodeInfo *info = codeslot_get(code, tracer->slot);
    return info != NULL && info->tracer == tracer->serial ? info : NULL;
}

/* The events that may tell something new of a code object. */
long arming_events(const Tracer *tracer, const CodeInfo *info);

/* Listen to these events of one code object. 0, or -1. */
int arming_listen(Tracer *tracer, PyObject *code, long events);

/* The events that are listened to everywhere: a frame that was put aside before we moved to another
 * tool id is met when it is taken up again. */
long arming_global_events(const Monitoring *monitoring);

/* Listen to these events everywhere. 0, or -1 with an exception set. */
int arming_listen_globally(Tracer *tracer, long events);

/* Study the code object and listen to it. */
void arming_arm(Tracer *tracer, PyObject *code, FileEntry *file);

#endif
#endif
