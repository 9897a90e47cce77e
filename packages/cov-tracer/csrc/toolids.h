/* Ids of sys.monitoring tools: there are six, and the program may want the one we have.
 *
 * What: stands in for the functions that take, give back and tell of ids, so that ours counts as
 *   free: whoever asks for it gets it, and we go elsewhere, or fall back on the trace function.
 * Owner: the interpreter's dictionary keeps it to the end. Threads: the GIL, or whatever orders the
 *   program's own calls.
 * Failure: only toolids_follow raises; afterwards the functions do what the real ones do. */
#ifndef COV_TOOLIDS_H
#define COV_TOOLIDS_H

#include "measurement.h"

/* From now on, on behalf of `tracer`. `fallen_back` is called without arguments when it has become
 * a trace function. 0, or -1 with an exception set. */
int toolids_follow(Tracer *tracer, PyObject *fallen_back);

/* Give the functions back. */
void toolids_unfollow(void);

#endif
