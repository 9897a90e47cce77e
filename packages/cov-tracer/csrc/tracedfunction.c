#include "tracedfunction.h"

#include "displaced.h"
#include "settrace.h"

typedef struct {
    PyObject_HEAD
    PyObject *tracer;
    PyObject *function;
} TracedFunction;

static PyObject *
traced_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    TracedFunction *traced = (TracedFunction *)self;
    displaced_thread_begins();
    settrace_start((Tracer *)traced->tracer);
    return PyObject_Call(traced->function, args, kwargs);
}

static int
traced_traverse(PyObject *self, visitproc visit, void *arg)
{
    TracedFunction *traced = (TracedFunction *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(traced->tracer);
    Py_VISIT(traced->function);
    return 0;
}

static int
traced_clear(PyObject *self)
{
    TracedFunction *traced = (TracedFunction *)self;
    Py_CLEAR(traced->tracer);
    Py_CLEAR(traced->function);
    return 0;
}

static void
traced_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    (void)traced_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot traced_slots[] = {
    {Py_tp_call, traced_call},
    {Py_tp_traverse, traced_traverse},
    {Py_tp_clear, traced_clear},
    {Py_tp_dealloc, traced_dealloc},
    {0, NULL},
};

PyType_Spec tracedfunction_spec = {
    .name = "cov_tracer._tracer.TracedFunction",
    .basicsize = sizeof(TracedFunction),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = traced_slots,
};

PyObject *
tracedfunction_new(PyTypeObject *type, Tracer *tracer, PyObject *function)
{
    TracedFunction *traced = (TracedFunction *)type->tp_alloc(type, 0);
    if (traced != NULL) {
        traced->tracer = Py_NewRef((PyObject *)tracer);
        traced->function = Py_NewRef(function);
    }
    return (PyObject *)traced;
}
