#include "settrace.h"

#include "asynchronous.h"
#include "codeunits.h"

/* The C trace function: for 3.11, and on request for later versions. Every event of every frame
 * of a traced thread comes here, so frames that are not measured are told apart by one look into
 * the frame table, and nothing of Python is created on the way. */

static uint16_t
flags_at(const CodeInfo *info, PyFrameObject *frame)
{
    int lasti = PyFrame_GetLasti(frame);
    size_t unit = (size_t)lasti / 2;
    return lasti >= 0 && unit < info->unit_count ? info->units[unit] : 0;
}

/* A state may be that of an earlier frame at the same address, which ended unseen because the
 * program had taken our trace function away. So this is asked before anything new is told. */
static int
runs_in(const FrameState *state, PyFrameObject *frame)
{
    PyCodeObject *code = PyFrame_GetCode(frame);
    int same = state->code == (void *)code;
    Py_DECREF(code);
    return same;
}

static void
tell_line(Tracer *tracer, const FrameState *state, PyFrameObject *frame, int32_t line)
{
    FileEntry *file = state->info->file;
    if (!factset_has(&file->facts, line, FACTSET_LINE) && line >= 0 && runs_in(state, frame)) {
        filetable_line(file, tracer->journal, line);
    }
}

static void
tell_jump(Tracer *tracer, const FrameState *state, PyFrameObject *frame, int32_t from, int32_t to)
{
    FileEntry *file = state->info->file;
    if (tracer->branch && from > 0 && !factset_has(&file->facts, from, to) &&
        runs_in(state, frame)) {
        filetable_jump(file, tracer->journal, from, to);
    }
}

/* Decide about the file of `code` and study the code: its CodeInfo, or NULL without memory. */
static FileAnswer
learn(Tracer *tracer, PyFrameObject *frame, PyCodeObject *code, CodeInfo **info)
{
    CodeInfo studied = {0};
    FileEntry *file;
    FileAnswer answer = filetable_find(&tracer->files, &tracer->slot->lock, code, frame, &file);
    *info = NULL;
    if (answer != FILE_DECIDED) {
        return answer;
    }
    if (file == NULL || codeunits_study(&studied, code) == 0) {
        cov_lock(&tracer->slot->lock);
        *info = codeslot_ensure((PyObject *)code, tracer->slot);
        if (*info != NULL && (*info)->tracer != tracer->serial) {
            codeinfo_take(*info, &studied, tracer->serial, file);
        }
        cov_unlock(&tracer->slot->lock);
    }
    codeinfo_clear(&studied);
    return answer;
}

/* Takes the reference to `code`, and gives one back that is to be released without the lock. */
static PyCodeObject *
enter(Tracer *tracer, PyFrameObject *frame, PyCodeObject *code, CodeInfo *info)
{
    FrameState *state = frametable_add(&tracer->frames, frame);
    if (state == NULL) {
        return code;
    }
    PyCodeObject *earlier = state->code;
    state->code = code;
    state->info = info;
    state->thread = PyThreadState_Get();
    state->doubtful = 0;
    state->raise_line = 0;
    state->last_offset = 0;
    state->last_line = flags_at(info, frame) & UNIT_RESUMED ? PyFrame_GetLineNumber(frame) : 0;
    return earlier;
}

static int
on_call(Tracer *tracer, PyFrameObject *frame)
{
    PyCodeObject *code = PyFrame_GetCode(frame);
    (void)asynchronous_begins(code, frame);
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = codeslot_get((PyObject *)code, tracer->slot);
    int known = info != NULL && info->tracer == tracer->serial;
    if (known && info->file != NULL) {
        code = enter(tracer, frame, code, info);
    }
    cov_unlock(&tracer->slot->lock);
    if (!known) {
        Py_INCREF((PyObject *)tracer); /* the decision is free to take our trace function away */
        int interrupted = learn(tracer, frame, code, &info) == FILE_INTERRUPTED;
        cov_lock(&tracer->slot->lock);
        if (info != NULL && info->tracer == tracer->serial && info->file != NULL) {
            code = enter(tracer, frame, code, info);
        }
        cov_unlock(&tracer->slot->lock);
        Py_DECREF((PyObject *)tracer);
        if (interrupted) {
            Py_DECREF(code);
            return -1;
        }
    }
    Py_XDECREF(code);
    return 0;
}

/* Control is on its way to `to` in order, or through the `finally` that begins there. */
static void
tell_way(Tracer *tracer, const FrameState *state, PyFrameObject *frame, uint16_t flags, int32_t to)
{
    Crossing way = {.to = to, .too = JUMP_OPEN};
    if (flags & UNIT_FINALLY) {
        size_t unit = (size_t)PyFrame_GetLasti(frame) / 2;
        const Crossing *crossing = codeinfo_crossing(state->info, state->last_line, unit);
        way = crossing != NULL ? *crossing : way;
    }
    if (way.to != JUMP_OPEN) {
        tell_jump(tracer, state, frame, state->last_line, way.to);
    }
    if (way.too != JUMP_OPEN) {
        tell_jump(tracer, state, frame, state->last_line, way.too);
    }
}

static void
on_line(Tracer *tracer, FrameState *state, PyFrameObject *frame)
{
    int32_t line = PyFrame_GetLineNumber(frame);
    uint16_t flags = flags_at(state->info, frame);
    if (flags & UNIT_BORROWED) {
        return;
    }
    tell_line(tracer, state, frame, line);
    if ((flags & UNIT_PASSING) && state->raise_line != 0) {
        return; /* it goes on being raised, without another event */
    }
    if (state->info->leaves == LEAVES_CLASS && state->last_line > 0 &&
        line == ((PyCodeObject *)state->code)->co_firstlineno) {
        return; /* on its way out */
    }
    if (flags & UNIT_WITH_EXIT) {
        /* Nobody goes to the `with` line. The way is taken, whatever its exit does now; but no way
         * leads to the next `except*` when this one raises. */
        int32_t to = codeinfo_with_exit(state->info, (size_t)PyFrame_GetLasti(frame) / 2);
        if (state->raise_line == 0) {
            tell_way(tracer, state, frame, flags, to);
        }
        return;
    }
    /* Handlers stand below what they protect; a loop that begins one is come back to from below. */
    int again = state->last_offset > PyFrame_GetLasti(frame);
    state->last_offset = PyFrame_GetLasti(frame);
    if ((flags & UNIT_HANDLER) && !again) {
        /* An exception brought us here: only a `raise` statement is a way of the program's own, and
         * the end of a `finally` that lets the exception go on. A bare `raise` has no event. */
        int32_t from = state->raise_line == 0 ? state->last_line : state->raise_line;
        tell_jump(tracer, state, frame, from, line);
        state->raise_line = 0;
    }
    else if (!(flags & UNIT_WITH_HANDLER)) {
        tell_way(tracer, state, frame, flags, line);
        state->raise_line = 0;
    }
    state->last_line = line;
}

static int
is_end_of_iterator(PyObject *raised)
{
    PyObject *type = raised != NULL && PyTuple_Check(raised) && PyTuple_GET_SIZE(raised) > 0
                         ? PyTuple_GET_ITEM(raised, 0)
                         : NULL;
    return type == PyExc_StopIteration || type == PyExc_StopAsyncIteration;
}

static void
on_exception(FrameState *state, PyFrameObject *frame, PyObject *raised)
{
    uint16_t flags = flags_at(state->info, frame);
    if (flags & UNIT_RAISE) {
        state->raise_line = PyFrame_GetLineNumber(frame);
    }
    else if (!(flags & UNIT_RERAISE) && !((flags & UNIT_ITERATES) && is_end_of_iterator(raised))) {
        state->raise_line = RAISED_BY_OTHERS;
    }
}

/* An exception passing through looks like a return on some versions, but not at a return. Gives
 * the reference to release; NULL when the frame will go on, perhaps without another call. */
static PyObject *
on_return(Tracer *tracer, FrameState *state, PyFrameObject *frame, PyObject *value)
{
    const CodeInfo *info = state->info;
    uint16_t flags = flags_at(info, frame);
    if (info->leaves && !(flags & UNIT_YIELD)) {
        int32_t from = state->raise_line;
        if ((flags & UNIT_RETURN) || (from == 0 && (flags & (UNIT_RAISE | UNIT_RERAISE)))) {
            /* A `finally` that is done lets the exception go on; a bare `raise` has no event. */
            from = state->last_line;
        }
        tell_jump(tracer, state, frame, from, -((PyCodeObject *)state->code)->co_firstlineno);
    }
    if (HAVE_UNCALLED_RESUMES && (flags & UNIT_YIELD) && value != NULL) {
        return NULL;
    }
    PyObject *done = state->code;
    frametable_remove(&tracer->frames, state);
    return done;
}

/* Another tracer may have taken the code over: then what is known of it is not ours to follow. */
static FrameState *
state_of(Tracer *tracer, PyFrameObject *frame)
{
    FrameState *state = frametable_find(&tracer->frames, frame);
    return state != NULL && state->info->tracer == tracer->serial ? state : NULL;
}

static int
trace(PyObject *self, PyFrameObject *frame, int what, PyObject *arg)
{
    Tracer *tracer = (Tracer *)self;
    PyObject *done = NULL; /* a reference to release without the lock */
    if (what == PyTrace_CALL) {
        return on_call(tracer, frame);
    }
    cov_lock(&tracer->slot->lock);
    FrameState *state = state_of(tracer, frame);
    if (state != NULL) {
        if (state->doubtful) {
            state->doubtful = 0;
            state->last_line = state->raise_line = 0;
        }
        switch (what) {
        case PyTrace_LINE:
            on_line(tracer, state, frame);
            break;
        case PyTrace_EXCEPTION:
            on_exception(state, frame, arg);
            break;
        case PyTrace_RETURN:
            done = on_return(tracer, state, frame, arg);
            break;
        }
    }
    cov_unlock(&tracer->slot->lock);
    Py_XDECREF(done);
    return 0;
}

void
settrace_start(Tracer *tracer)
{
    PyEval_SetTrace(trace, (PyObject *)tracer);
}

const char *
settrace_file_of(Tracer *tracer, PyCodeObject *code)
{
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = codeslot_get((PyObject *)code, tracer->slot);
    int measured = info != NULL && info->tracer == tracer->serial && info->file != NULL;
    const char *path = measured ? info->file->path : NULL; /* entries live as long as the tracer */
    cov_unlock(&tracer->slot->lock);
    return path;
}

/* A frame that went on without us is known again from the line it is at, which runs. A frame whose
 * code was never looked at has to wait for its next call. */
static void
renew(Tracer *tracer, PyFrameObject *frame)
{
    PyCodeObject *code = PyFrame_GetCode(frame);
    int32_t line = PyFrame_GetLineNumber(frame);
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = codeslot_get((PyObject *)code, tracer->slot);
    if (info != NULL && info->tracer == tracer->serial && info->file != NULL) {
        code = enter(tracer, frame, code, info);
        FrameState *state = frametable_find(&tracer->frames, frame);
        if (state != NULL && !(flags_at(info, frame) & UNIT_WITH_EXIT)) {
            tell_line(tracer, state, frame, line);
            state->last_line = line;
        }
    }
    cov_unlock(&tracer->slot->lock);
    Py_XDECREF(code);
}

/* A frame and all that wait for it, from the innermost outwards. */
static void
each_frame(Tracer *tracer, PyFrameObject *top, void (*visit)(Tracer *, PyFrameObject *))
{
    PyFrameObject *frame = top;
    Py_XINCREF(frame);
    while (frame != NULL) {
        visit(tracer, frame);
        PyFrameObject *back = PyFrame_GetBack(frame);
        Py_DECREF(frame);
        frame = back;
    }
    PyErr_Clear();
}

void
settrace_resume(Tracer *tracer)
{
    each_frame(tracer, PyEval_GetFrame(), renew);
    settrace_start(tracer);
}

void
settrace_doubt(Tracer *tracer)
{
    const void *thread = PyThreadState_Get();
    cov_lock(&tracer->slot->lock);
    for (size_t i = 0; i < tracer->frames.capacity; i++) {
        FrameState *state = &tracer->frames.slots[i];
        state->doubtful |= state->frame != NULL && state->thread == thread;
    }
    cov_unlock(&tracer->slot->lock);
}

static int
is_measured(Tracer *tracer, PyFrameObject *frame)
{
    cov_lock(&tracer->slot->lock);
    FrameState *state = state_of(tracer, frame);
    int measured = state != NULL && runs_in(state, frame);
    cov_unlock(&tracer->slot->lock);
    return measured;
}

/* Whether this is the trace function of the frame itself. */
static int
has_local(PyFrameObject *frame, PyObject *function)
{
    PyObject *local = PyObject_GetAttrString((PyObject *)frame, "f_trace");
    Py_XDECREF(local);
    return local == function;
}

static void
set_local(PyFrameObject *frame, PyObject *function)
{
    (void)PyObject_SetAttrString((PyObject *)frame, "f_trace", function);
}

static void
trust(Tracer *tracer, PyFrameObject *frame)
{
    cov_lock(&tracer->slot->lock);
    FrameState *state = state_of(tracer, frame);
    if (state != NULL) {
        state->doubtful = 0;
    }
    cov_unlock(&tracer->slot->lock);
}

/* Have a frame's events told to us through Python, unless somebody else has them: it was seen until
 * now. */
static void
stay_in(Tracer *tracer, PyFrameObject *frame)
{
    int ours = has_local(frame, (PyObject *)tracer);
    if ((ours || has_local(frame, Py_None)) && is_measured(tracer, frame)) {
        trust(tracer, frame);
        if (!ours) {
            set_local(frame, (PyObject *)tracer);
        }
    }
}

/* The same of a frame that was measured once and went on without us. */
static void
come_back_to(Tracer *tracer, PyFrameObject *frame)
{
    if (has_local(frame, Py_None) && is_measured(tracer, frame)) {
        renew(tracer, frame);
        set_local(frame, (PyObject *)tracer);
    }
}

/* The same of any frame: nobody was told anything. */
static void
go_back_to(Tracer *tracer, PyFrameObject *frame)
{
    if (has_local(frame, Py_None) || has_local(frame, (PyObject *)tracer)) {
        renew(tracer, frame);
    }
    stay_in(tracer, frame);
}

static void
leave(Tracer *tracer, PyFrameObject *frame)
{
    if (has_local(frame, (PyObject *)tracer)) {
        set_local(frame, Py_None);
    }
}

void
settrace_stay(Tracer *tracer, Until until)
{
    static void (*const ways[])(Tracer *, PyFrameObject *) = {
        [SEEN_BY_US] = stay_in, [SEEN_BY_OTHERS] = come_back_to, [SEEN_BY_NOBODY] = go_back_to};
    each_frame(tracer, PyEval_GetFrame(), ways[until]);
}

/* Get to know a frame that runs, though its call was not seen. */
static void
adopt(Tracer *tracer, PyFrameObject *frame)
{
    PyCodeObject *code = PyFrame_GetCode(frame);
    CodeInfo *info;
    (void)learn(tracer, frame, code, &info);
    PyErr_Clear();
    Py_DECREF(code);
    renew(tracer, frame);
}

void
settrace_take_over(Tracer *tracer)
{
    PyObject *function = PySys_GetObject("_current_frames");
    PyObject *frames = function == NULL ? NULL : PyObject_CallNoArgs(function);
    PyObject *thread, *top;
    Py_ssize_t at = 0;
    tracer->core = CORE_CTRACE;
    tracer->serial = measurement_new_serial();
    while (frames != NULL && PyDict_Next(frames, &at, &thread, &top)) {
        each_frame(tracer, (PyFrameObject *)top, adopt);
    }
    Py_XDECREF(frames);
    PyErr_Clear();
    trace_all_threads(trace, (PyObject *)tracer);
}

void
settrace_stop(Tracer *tracer)
{
    if (PyThreadState_Get()->c_traceobj == (PyObject *)tracer) {
        PyEval_SetTrace(NULL, NULL);
    }
    each_frame(tracer, PyEval_GetFrame(), leave);
}

void
settrace_free(Tracer *tracer)
{
    FrameTable frames = tracer->frames;
    memset(&tracer->frames, 0, sizeof tracer->frames);
    for (size_t i = 0; i < frames.capacity; i++) {
        Py_XDECREF((PyObject *)frames.slots[i].code);
    }
    frametable_free(&frames);
}

/* A program that saves sys.gettrace() and gives it back later calls us through Python: take the
 * event, and from a call on be the C trace function again. A frame that we stay in tells others. */
PyObject *
settrace_call(Tracer *tracer, PyObject *frame, PyObject *event, PyObject *arg)
{
    static const char *const names[] = {"call", "exception", "line", "return"};
    if (!PyFrame_Check(frame)) {
        PyErr_SetString(PyExc_TypeError, "a trace function is called with a frame");
        return NULL;
    }
    for (int what = 0; what < 4; what++) {
        if (PyUnicode_CompareWithASCIIString(event, names[what]) != 0) {
            continue;
        }
        if (what == PyTrace_CALL) {
            settrace_resume(tracer);
        }
        if (trace((PyObject *)tracer, (PyFrameObject *)frame, what, arg) < 0) {
            return NULL;
        }
    }
    return Py_NewRef((PyObject *)tracer);
}
