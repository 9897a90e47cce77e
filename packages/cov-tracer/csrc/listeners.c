#include "listeners.h"

#include "arming.h"
#include "asynchronous.h"

#if HAVE_MONITORING

static PyObject *
on_py_start(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    (void)nargs;
    PyObject *code = args[0];
    FileEntry *file;
    if (arming_is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    Py_INCREF(self); /* the decision is free to take our callbacks away */
    PyObject *result = NULL;
    FileAnswer answer =
        filetable_find(&tracer->files, &tracer->slot->lock, (PyCodeObject *)code, NULL, &file);
    if (answer == FILE_UNDECIDED || (answer == FILE_DECIDED && arming_is_deaf(tracer))) {
        result = Py_NewRef(Py_None);
    }
    else if (answer == FILE_DECIDED) {
        if (file != NULL) {
            arming_arm(tracer, code, file);
        }
        int again = asynchronous_begins((PyCodeObject *)code, NULL);
        result = Py_NewRef(again ? Py_None : tracer->monitoring.disable);
    }
    Py_DECREF(self);
    return result;
}

static void
take_steps(Tracer *tracer, CodeInfo *info, int32_t line)
{
    for (size_t i = 0; i < info->step_count; i++) {
        Step *step = &info->steps[i];
        int done = 0;
        if (step->line == line) {
            step->reached = 1;
            done = step->next > 0 && step->next != line &&
                   !codeinfo_is_unseen(info, step->next);
        }
        if (done || (step->reached && step->next == line)) {
            filetable_jump(info->file, tracer->journal, step->line, step->next);
        }
    }
}

/* Whether what runs now only has its line from a neighbour. */
static int
is_borrowed(const CodeInfo *info)
{
    PyFrameObject *frame = info->borrowed_count > 0 ? PyEval_GetFrame() : NULL; /* borrowed, too */
    for (size_t i = 0; frame != NULL && i < info->borrowed_count; i++) {
        if (info->borrowed[i] == (uint32_t)PyFrame_GetLasti(frame) / 2) {
            return 1;
        }
    }
    return 0;
}

static PyObject *
on_line(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    (void)nargs;
    int32_t line = (int32_t)PyLong_AsLong(args[1]);
    long events = 0;
    int settled = 1;
    if (arming_is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = arming_info(tracer, args[0]);
    if (info != NULL && line >= 0 && !is_borrowed(info)) {
        settled = !departures_wait(&info->departures, line);
        filetable_line(info->file, tracer->journal, line);
        size_t left = codeinfo_saw_line(info, line);
        if (info->step_count > 0) {
            take_steps(tracer, info, line);
        }
        if (left == 0 && info->looks_for_lines) {
            info->looks_for_lines = 0;
            events = arming_events(tracer, info) & ~tracer->monitoring.line;
        }
    }
    cov_unlock(&tracer->slot->lock);
    if (events != 0) {
        (void)arming_listen(tracer, args[0], events);
    }
    return Py_NewRef(settled ? tracer->monitoring.disable : Py_None);
}

/* Nothing to tell of a way that stays open. What begins and ends on the line of its definition is
 * left when it returns: behind the jump there may be a call on the same line, which raises. */
static int
tells_nothing(const CodeInfo *info, int32_t from, int32_t to)
{
    return to == JUMP_OPEN || (to < 0 && info->definition_line &&
                               (info->leaves == LEAVES_SCOPE || from == info->definition_line));
}

/* Nothing to learn from a way of which nothing is told, or whose pair of lines is known already. */
static int
is_settled(const CodeInfo *info, int32_t from, int32_t to)
{
    return tells_nothing(info, from, to) || factset_has(&info->file->facts, from, to);
}

static void
tell_way(Tracer *tracer, CodeInfo *info, int32_t from, int32_t to)
{
    if (!tells_nothing(info, from, to)) {
        filetable_jump(info->file, tracer->journal, from, to);
    }
}

/* One way of a jump was taken: is the whole jump settled now? */
static int
take_jump(Tracer *tracer, CodeInfo *info, Jump *jump, int to_next)
{
    if (tracer->branch) {
        tell_way(tracer, info, jump->from, to_next ? jump->to_next : jump->to_jump);
        tell_way(tracer, info, jump->from, to_next ? jump->next_too : jump->jump_too);
    }
    if (!to_next && jump->unheard) {
        filetable_line(info->file, tracer->journal, jump->to_jump);
    }
    *(to_next ? &jump->next_seen : &jump->jump_seen) = 1;
    return (jump->next_seen || is_settled(info, jump->from, jump->to_next)) &&
           (jump->jump_seen || is_settled(info, jump->from, jump->to_jump));
}

#if HAVE_BRANCH_SIDES

/* The body of an `async for` is reported at END_SEND or at the NOT_TAKEN behind it, its end at
 * END_SEND or at the CLEANUP_THROW that the compiler may have put before it (seen on 3.14 and
 * 3.15, depending on what else is listened to, and on the loop). Where anybody listens to
 * INSTRUCTION, every way is reported where it begins: at the NOT_TAKEN behind the jump, or where a
 * loop ends. */
static Jump *
jump_of_event(const CodeInfo *info, int32_t offset, int to_next)
{
    Jump *jump = jumps_at(info->jumps, info->jump_count, offset);
    for (int32_t apart = -2; jump == NULL && apart <= 2; apart += 4) {
        jump = jumps_at(info->jumps, info->jump_count, offset + apart);
        if (jump != NULL && !jump->async) {
            jump = NULL;
        }
    }
    for (size_t i = 0; jump == NULL && i < info->jump_count; i++) {
        const Jump *other = &info->jumps[i];
        if (!other->async && (to_next ? other->next : other->end) == offset) {
            jump = &info->jumps[i];
        }
    }
    return jump;
}

static PyObject *
on_side(Tracer *tracer, PyObject *const *args, int to_next)
{
    if (arming_is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = arming_info(tracer, args[0]);
    if (info != NULL) {
        Jump *jump = jump_of_event(info, (int32_t)PyLong_AsLong(args[1]), to_next);
        if (jump != NULL && (to_next || !jump->async)) {
            (void)take_jump(tracer, info, jump, to_next);
        }
    }
    cov_unlock(&tracer->slot->lock);
    return Py_NewRef(tracer->monitoring.disable);
}

static PyObject *
on_branch_left(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    (void)nargs;
    return on_side((Tracer *)self, args, 1);
}

static PyObject *
on_branch_right(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    (void)nargs;
    return on_side((Tracer *)self, args, 0);
}

#else

/* One event for both ways, and switching it off switches off both. */
static PyObject *
on_branch(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    (void)nargs;
    int settled = 1;
    if (arming_is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = arming_info(tracer, args[0]);
    if (info != NULL) {
        Jump *jump = jumps_at(info->jumps, info->jump_count, (int32_t)PyLong_AsLong(args[1]));
        if (jump != NULL) {
            int to_next = PyLong_AsLong(args[2]) == jump->next;
            settled = take_jump(tracer, info, jump, to_next);
        }
    }
    cov_unlock(&tracer->slot->lock);
    return Py_NewRef(settled ? tracer->monitoring.disable : Py_None);
}

#endif

/* An `async for` that came to its end. Where it has branch events, the one for its end is told of
 * any exception at all (seen on 3.14 and 3.15). */
static PyObject *
on_exception_handled(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    (void)nargs;
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = arming_info(tracer, args[0]);
    if (info != NULL && info->has_async_for) {
        int32_t offset = (int32_t)PyLong_AsLong(args[1]);
        for (size_t i = 0; i < info->jump_count; i++) {
            Jump *jump = &info->jumps[i];
            if (jump->async && jump->next == offset &&
                PyErr_GivenExceptionMatches(args[2], PyExc_StopAsyncIteration)) {
                (void)take_jump(tracer, info, jump, 0);
            }
        }
    }
    cov_unlock(&tracer->slot->lock);
    Py_RETURN_NONE;
}

static PyObject *
on_py_return(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    PyCodeObject *code = (PyCodeObject *)args[0];
    (void)nargs;
    int line = PyCode_Addr2Line(code, (int)PyLong_AsLong(args[1]));
    if (arming_is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = arming_info(tracer, args[0]);
    if (info != NULL && info->leaves && line > 0) {
        if (info->leaves == LEAVES_CLASS && line == code->co_firstlineno &&
            info->definition_line > 0) {
            line = info->definition_line; /* and not that of its first decorator */
        }
        filetable_jump(info->file, tracer->journal, line, -code->co_firstlineno);
    }
    cov_unlock(&tracer->slot->lock);
    return Py_NewRef(tracer->monitoring.disable);
}

/* An instruction is about to end a way, if it is one that we know. */
static PyObject *
on_departure(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    (void)nargs;
    if (arming_is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    int32_t offset = (int32_t)PyLong_AsLong(args[1]);
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = arming_info(tracer, args[0]);
    for (size_t i = 0; info != NULL && i < info->departures.count; i++) {
        Departure *departure = &info->departures.found[i];
        if (departure->offset == offset) {
            departure->seen = 1;
            filetable_jump(info->file, tracer->journal, departure->from, departure->to);
        }
    }
    cov_unlock(&tracer->slot->lock);
    return Py_NewRef(tracer->monitoring.disable);
}

#define LISTENER(event, mask, function)                                                            \
    {event, offsetof(Monitoring, mask),                                                            \
     {#function, (PyCFunction)(void (*)(void))function, METH_FASTCALL, NULL}}

Listener listeners[] = {
    LISTENER("PY_START", py_start, on_py_start),
    LISTENER("PY_RESUME", py_resume, on_py_start),
    LISTENER("LINE", line, on_line),
    LISTENER("PY_RETURN", py_return, on_py_return),
    LISTENER("JUMP", jump, on_departure),
    LISTENER("INSTRUCTION", instruction, on_departure),
#if HAVE_BRANCH_SIDES
    LISTENER("BRANCH_LEFT", branches, on_branch_left),
    LISTENER("BRANCH_RIGHT", branches, on_branch_right),
#else
    LISTENER("BRANCH", branches, on_branch),
#endif
    LISTENER("EXCEPTION_HANDLED", handled, on_exception_handled),
};

const size_t listener_count = sizeof listeners / sizeof *listeners;

#endif
