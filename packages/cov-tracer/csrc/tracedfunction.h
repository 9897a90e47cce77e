/* Functions that threads begin with, under a trace function of theirs.
 *
 * Owner: Python. Threads: any. Failure: NULL with an exception set. */
#ifndef COV_TRACEDFUNCTION_H
#define COV_TRACEDFUNCTION_H

#include "measurement.h"

extern PyType_Spec tracedfunction_spec;

/* A callable of `type` (made from tracedfunction_spec) that runs `function` in the thread that
 * calls it, traced from there on. */
PyObject *tracedfunction_new(PyTypeObject *type, Tracer *tracer, PyObject *function);

#endif
