/* The state of the module `cov_tracer._tracer`: one per interpreter. */
#ifndef COV_MODULE_H
#define COV_MODULE_H

#include "pycompat.h"

typedef struct {
    PyObject *journal_type;
    PyObject *tracer_type;
    PyObject *traced_function_type;
    PyObject *code_slot; /* see codeslot_capsule */
} ModuleState;

/* The state behind a type this module made. */
static inline ModuleState *
module_state_of(PyTypeObject *type)
{
    return PyType_GetModuleState(type);
}

#endif
