/* What is learned from each event of sys.monitoring.
 *
 * What: the callbacks. Each ends by switching its own place off when there is nothing more to learn
 *   there. Events are reported per code object and place, so threads, greenlets and other users of
 *   sys.settrace need nothing from us.
 * Threads: as measurement.h. Failure: callbacks raise only what the decision about a file raises. */
#ifndef COV_LISTENERS_H
#define COV_LISTENERS_H

#include "measurement.h"

#if HAVE_MONITORING

typedef struct {
    const char *event;
    size_t mask; /* offset in Monitoring of the mask it belongs to */
    PyMethodDef method;
} Listener;

/* All of them; METH_FASTCALL, with the tracer as self. */
extern Listener listeners[];
extern const size_t listener_count;

#endif
#endif
