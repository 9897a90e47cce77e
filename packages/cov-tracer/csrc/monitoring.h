/* The event source of 3.12 and later: sys.monitoring. Before, starting it fails.
 *
 * Threads: as measurement.h. Failure: only monitoring_start raises. */
#ifndef COV_MONITORING_H
#define COV_MONITORING_H

#include "measurement.h"

/* 0, or -1 with an exception set. */
int monitoring_start(Tracer *tracer);
void monitoring_stop(Tracer *tracer);

/* Go over to another tool id, and have what runs now listened to there. -1 if no id is free, when
 * nothing is listened to any more and the old id is given back. */
int monitoring_move(Tracer *tracer);

int monitoring_traverse(Tracer *tracer, visitproc visit, void *arg);
void monitoring_clear(Tracer *tracer);

#endif
