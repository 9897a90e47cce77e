/* The `Tracer` type: one measurement of one interpreter, by the event source that was asked for.
 *
 * Owner: Python. Threads: as measurement.h. Failure: constructor and start raise; callbacks never
 *   do. */
#ifndef COV_TRACER_H
#define COV_TRACER_H

#include "pycompat.h"

extern PyType_Spec tracer_spec;

#endif
