#include "tracer.h"

/* The C trace function: for 3.11, and on request for later versions. Every event of every frame
 * of a traced thread comes here, so frames that are not measured are told apart by one look into
 * the frame table, and nothing of Python is created on the way. */

static uint8_t
flags_at(const CodeInfo *info, PyFrameObject *frame)
{
    int lasti = PyFrame_GetLasti(frame);
    size_t unit = (size_t)lasti / 2;
    return lasti >= 0 && unit < info->unit_count ? info->units[unit] : 0;
}

static void
jump(Tracer *tracer, FrameState *state, int32_t from, int32_t to)
{
    if (tracer->branch && from > 0) {
        filetable_jump(state->info->file, tracer->journal, from, to);
    }
}

static CodeInfo *
info_for(Tracer *tracer, PyCodeObject *code)
{
    CodeInfo *info = codeinfo_ensure((PyObject *)code, tracer->slot);
    if (info == NULL || info->tracer == tracer->serial) {
        return info;
    }
    FileEntry *file = filetable_find(&tracer->files, code);
    if (file != NULL && codeinfo_study_units(info, code) < 0) {
        return NULL;
    }
    info->file = file;
    info->tracer = tracer->serial;
    return info;
}

static void
on_call(Tracer *tracer, PyFrameObject *frame)
{
    PyCodeObject *code = PyFrame_GetCode(frame);
    CodeInfo *info = info_for(tracer, code);
    if (info != NULL && info->file != NULL) {
        FrameState *state = frametable_add(&tracer->frames, frame);
        if (state != NULL) {
            state->info = info;
            state->first_line = code->co_firstlineno;
            if (flags_at(info, frame) & UNIT_RESUMED) {
                state->last_line = PyFrame_GetLineNumber(frame);
            }
        }
    }
    Py_DECREF(code);
}

static void
on_line(Tracer *tracer, FrameState *state, PyFrameObject *frame)
{
    int32_t line = PyFrame_GetLineNumber(frame);
    uint8_t flags = flags_at(state->info, frame);
    filetable_line(state->info->file, tracer->journal, line);
    if (flags & UNIT_WITH_EXIT) {
        return; /* nobody goes to the `with` line: the next line tells where this one leads */
    }
    if (flags & UNIT_HANDLER) {
        /* An exception brought us here: only a `raise` statement is a way of the program's own. */
        jump(tracer, state, state->raise_line, line);
        state->raise_line = 0;
    }
    else if (!(flags & UNIT_WITH_HANDLER)) {
        jump(tracer, state, state->last_line, line);
        state->raise_line = 0;
    }
    state->last_line = line;
}

static void
on_exception(FrameState *state, PyFrameObject *frame)
{
    uint8_t flags = flags_at(state->info, frame);
    if (flags & UNIT_RAISE) {
        state->raise_line = PyFrame_GetLineNumber(frame);
    }
    else if (!(flags & UNIT_RERAISE)) {
        state->raise_line = 0;
    }
}

/* An exception passing through looks like a return on some versions, but not at a return. */
static void
on_return(Tracer *tracer, FrameState *state, PyFrameObject *frame)
{
    const CodeInfo *info = state->info;
    if (info->leaves) {
        uint8_t flags = flags_at(info, frame);
        int32_t from = state->raise_line;
        if ((flags & UNIT_RETURN) || (from == 0 && (flags & UNIT_RERAISE))) {
            from = state->last_line; /* a `finally` that is done lets the exception go on */
        }
        jump(tracer, state, from, -state->first_line);
    }
    frametable_remove(&tracer->frames, state);
}

static int
trace(PyObject *self, PyFrameObject *frame, int what, PyObject *arg)
{
    Tracer *tracer = (Tracer *)self;
    (void)arg;
    cov_lock(&tracer->lock);
    if (what == PyTrace_CALL) {
        on_call(tracer, frame);
    }
    else {
        FrameState *state = frametable_find(&tracer->frames, frame);
        if (state != NULL) {
            switch (what) {
            case PyTrace_LINE:
                on_line(tracer, state, frame);
                break;
            case PyTrace_EXCEPTION:
                on_exception(state, frame);
                break;
            case PyTrace_RETURN:
                on_return(tracer, state, frame);
                break;
            }
        }
    }
    cov_unlock(&tracer->lock);
    return 0;
}

void
settrace_start(Tracer *tracer)
{
    PyEval_SetTrace(trace, (PyObject *)tracer);
}

void
settrace_stop(Tracer *tracer)
{
    (void)tracer;
    PyEval_SetTrace(NULL, NULL);
}

/* A program that saves sys.gettrace() and gives it back later calls us through Python: take the
 * event, and be the C trace function again from the next one on. */
PyObject *
settrace_call(Tracer *tracer, PyObject *frame, PyObject *event, PyObject *arg)
{
    static const char *const names[] = {"call", "exception", "line", "return"};
    if (!PyFrame_Check(frame)) {
        PyErr_SetString(PyExc_TypeError, "a trace function is called with a frame");
        return NULL;
    }
    settrace_start(tracer);
    for (int what = 0; what < 4; what++) {
        if (PyUnicode_CompareWithASCIIString(event, names[what]) == 0) {
            (void)trace((PyObject *)tracer, (PyFrameObject *)frame, what, arg);
        }
    }
    return Py_NewRef((PyObject *)tracer);
}

typedef struct {
    PyObject_HEAD
    PyObject *tracer;
    PyObject *function;
} TracedFunction;

static PyObject *
traced_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    TracedFunction *traced = (TracedFunction *)self;
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

PyType_Spec traced_function_spec = {
    .name = "cov_tracer._tracer.TracedFunction",
    .basicsize = sizeof(TracedFunction),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = traced_slots,
};

PyObject *
settrace_wrap(PyTypeObject *type, Tracer *tracer, PyObject *function)
{
    TracedFunction *traced = (TracedFunction *)type->tp_alloc(type, 0);
    if (traced != NULL) {
        traced->tracer = Py_NewRef((PyObject *)tracer);
        traced->function = Py_NewRef(function);
    }
    return (PyObject *)traced;
}
