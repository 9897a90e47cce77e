#include "tracer.h"

#include "journaltype.h"
#include "measurement.h"
#include "module.h"
#include "monitoring.h"
#include "settrace.h"
#include "tracedfunction.h"

PyDoc_STRVAR(tracer_doc,
             "Tracer(journal, decide, /, *, branch=False, core='sysmon')\n--\n\n"
             "Measures this interpreter: which lines ran, and with `branch` which jumps were taken.\n\n"
             "`decide(file_name, frame)` is asked once per file: the path to record, or None.\n"
             "`core` is 'sysmon' (3.12 and later) or 'ctrace'. Raises ValueError for another one.");

static PyObject *
tracer_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "", "branch", "core", NULL};
    PyObject *journal, *decide;
    int branch = 0;
    const char *core = "sysmon";
    ModuleState *state = module_state_of(type);
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O|$ps:Tracer", names, state->journal_type,
                                     &journal, &decide, &branch, &core)) {
        return NULL;
    }
    if (strcmp(core, "sysmon") != 0 && strcmp(core, "ctrace") != 0) {
        PyErr_Format(PyExc_ValueError, "core: 'sysmon' or 'ctrace', not '%s'", core);
        return NULL;
    }
    Tracer *self = (Tracer *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->journal_object = Py_NewRef(journal);
    self->journal = ((JournalObject *)journal)->journal;
    self->branch = branch;
    self->core = strcmp(core, "sysmon") == 0 ? CORE_SYSMON : CORE_CTRACE;
    self->slot_object = Py_NewRef(state->code_slot);
    self->slot = codeslot_of(state->code_slot);
    self->serial = measurement_new_serial();
    if (filetable_init(&self->files, decide) < 0) {
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static int
tracer_traverse(PyObject *self, visitproc visit, void *arg)
{
    Tracer *tracer = (Tracer *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(tracer->journal_object);
    int result = filetable_traverse(&tracer->files, visit, arg);
    return result != 0 ? result : monitoring_traverse(tracer, visit, arg);
}

/* The journal stays: a callback may still come by. */
static int
tracer_clear(PyObject *self)
{
    Tracer *tracer = (Tracer *)self;
    filetable_clear(&tracer->files);
    monitoring_clear(tracer);
    return 0;
}

static void
tracer_dealloc(PyObject *self)
{
    Tracer *tracer = (Tracer *)self;
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    (void)tracer_clear(self);
    filetable_free(&tracer->files);
    settrace_free(tracer);
    Py_CLEAR(tracer->journal_object);
    Py_CLEAR(tracer->slot_object);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *
tracer_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *frame, *event, *arg;
    static char *names[] = {"frame", "event", "arg", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OUO", names, &frame, &event, &arg)) {
        return NULL;
    }
    if (((Tracer *)self)->core != CORE_CTRACE) {
        PyErr_SetString(PyExc_TypeError, "only a tracer with core 'ctrace' is a trace function");
        return NULL;
    }
    return settrace_call((Tracer *)self, frame, event, arg);
}

PyDoc_STRVAR(start_doc, "start($self, /)\n--\n\n"
                        "Measure from now on: with core 'ctrace' this thread only.\n\n"
                        "Raises RuntimeError if sys.monitoring cannot be had.");

static PyObject *
start(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    Tracer *tracer = (Tracer *)self;
    if (tracer->core == CORE_CTRACE) {
        settrace_start(tracer);
    }
    else if (monitoring_start(tracer) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(stop_doc, "stop($self, /)\n--\n\nMeasure no more; start() goes on.");

static PyObject *
stop(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    Tracer *tracer = (Tracer *)self;
    if (tracer->core == CORE_CTRACE) {
        settrace_stop(tracer);
    }
    else {
        monitoring_stop(tracer);
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(wrap_doc, "wrap($self, function, /)\n--\n\n"
                       "A callable that has the thread which calls it traced, then calls function.\n\n"
                       "With core 'sysmon' that is the function itself: events know no threads.");

static PyObject *
wrap(PyObject *self, PyObject *function)
{
    Tracer *tracer = (Tracer *)self;
    if (tracer->core == CORE_SYSMON) {
        return Py_NewRef(function);
    }
    ModuleState *state = module_state_of(Py_TYPE(self));
    return tracedfunction_new((PyTypeObject *)state->traced_function_type, tracer, function);
}

PyDoc_STRVAR(troubles_doc, "How often the decision about a file raised an exception.");

static PyObject *
get_troubles(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(((Tracer *)self)->files.troubles);
}

static PyMethodDef methods[] = {
    {"start", start, METH_NOARGS, start_doc},
    {"stop", stop, METH_NOARGS, stop_doc},
    {"wrap", wrap, METH_O, wrap_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getters[] = {
    {"troubles", get_troubles, NULL, troubles_doc, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, (void *)tracer_doc},   {Py_tp_new, tracer_new},
    {Py_tp_traverse, tracer_traverse}, {Py_tp_clear, tracer_clear},
    {Py_tp_dealloc, tracer_dealloc},   {Py_tp_call, tracer_call},
    {Py_tp_methods, methods},          {Py_tp_getset, getters},
    {0, NULL},
};

PyType_Spec tracer_spec = {
    .name = "cov_tracer.Tracer",
    .basicsize = sizeof(Tracer),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = slots,
};
