#include "monitoring.h"

#include <stdlib.h>

#include "asynchronous.h"
#include "codestudy.h"
#include "definitions.h"

#if HAVE_MONITORING

/* The events we listen to and their callbacks; each callback ends by switching its own place off
 * when there is nothing more to learn there. Events are reported per code object and place, so
 * threads, greenlets and other users of sys.settrace need nothing from us. */

/* A stopped tracer learns nothing and leaves every place armed, for the next start. */
static inline int
is_deaf(const Tracer *tracer)
{
    return !tracer->monitoring.running;
}

static CodeInfo *
our_info(Tracer *tracer, PyObject *code)
{
    CodeInfo *info = codeslot_get(code, tracer->slot);
    return info != NULL && info->tracer == tracer->serial ? info : NULL;
}

static int
listen(Tracer *tracer, PyObject *code, long events)
{
    PyObject *result = PyObject_CallFunction(tracer->monitoring.set_local_events, "iOl",
                                             tracer->monitoring.tool, code, events);
    if (result == NULL) {
        PyErr_Clear();
        return -1;
    }
    Py_DECREF(result);
    return 0;
}

static int
listen_globally(Tracer *tracer, long events)
{
    PyObject *result = PyObject_CallFunction(tracer->monitoring.set_events, "il",
                                             tracer->monitoring.tool, events);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

/* A frame that was put aside before we moved is met when it is taken up again. */
static long
global_events(const Monitoring *monitoring)
{
    return monitoring->py_start | (monitoring->moved ? monitoring->py_resume : 0) |
           (monitoring->watches_handled ? monitoring->handled : 0);
}

static long
events_for(const Tracer *tracer, const CodeInfo *info)
{
    const Monitoring *monitoring = &tracer->monitoring;
    long events = monitoring->line;
    unsigned by = info->departures.by;
    int wants_return = info->definition_line || (by & DEPARTS_RETURNING);
    if (info->jump_count > 0) {
        events |= monitoring->branches;
    }
    if (by & DEPARTS_JUMPING) {
        events |= monitoring->jump;
    }
    if ((by & DEPARTS_ANYHOW) || ((by & DEPARTS_RAISING) && info->definition_line)) {
        events |= monitoring->instruction;
    }
    for (size_t i = 0; i < info->step_count; i++) {
        wants_return |= info->steps[i].next < 0;
    }
    if (tracer->branch && wants_return) {
        events |= monitoring->py_return;
    }
    return events;
}

/* Put what was studied in its place: the events to listen to, 0 if another thread was faster. */
static long
settle(Tracer *tracer, PyObject *code, CodeInfo *studied, FileEntry *file)
{
    long events = 0;
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = codeslot_ensure(code, tracer->slot);
    if (info != NULL && info->tracer != tracer->serial) {
        codeinfo_take(info, studied, tracer->serial, file);
        if (tracer->branch) {
            definitions_mark(info, (PyCodeObject *)code, tracer->slot);
        }
        events = events_for(tracer, info);
    }
    cov_unlock(&tracer->slot->lock);
    return events;
}

/* Study the code object and listen to it. */
static void
arm(Tracer *tracer, PyObject *code, FileEntry *file)
{
    Monitoring *monitoring = &tracer->monitoring;
    CodeInfo studied = {0};
    long events = 0;
    cov_lock(&tracer->slot->lock);
    int known = our_info(tracer, code) != NULL;
    cov_unlock(&tracer->slot->lock);
    if (known) {
        return;
    }
    int watch_handled = 0;
    if (codestudy_events(&studied, (PyCodeObject *)code, tracer->branch) == 0) {
        watch_handled = studied.has_async_for;
        events = settle(tracer, code, &studied, file);
    }
    codeinfo_clear(&studied);
    if (events != 0) {
        (void)listen(tracer, code, events);
    }
    if (watch_handled && !monitoring->watches_handled) {
        monitoring->watches_handled = 1;
        if (listen_globally(tracer, global_events(monitoring)) < 0) {
            PyErr_Clear();
        }
    }
}

static PyObject *
on_py_start(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    (void)nargs;
    PyObject *code = args[0];
    FileEntry *file;
    if (is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    Py_INCREF(self); /* the decision is free to take our callbacks away */
    PyObject *result = NULL;
    FileAnswer answer =
        filetable_find(&tracer->files, &tracer->slot->lock, (PyCodeObject *)code, &file);
    if (answer == FILE_UNDECIDED || (answer == FILE_DECIDED && is_deaf(tracer))) {
        result = Py_NewRef(Py_None);
    }
    else if (answer == FILE_DECIDED) {
        if (file != NULL) {
            arm(tracer, code, file);
        }
        int again = asynchronous_begins((PyCodeObject *)code);
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

static PyObject *
on_line(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Tracer *tracer = (Tracer *)self;
    (void)nargs;
    int32_t line = (int32_t)PyLong_AsLong(args[1]);
    long events = 0;
    int settled = 1;
    if (is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = our_info(tracer, args[0]);
    if (info != NULL && line >= 0) {
        settled = !departures_wait(&info->departures, line);
        filetable_line(info->file, tracer->journal, line);
        size_t left = codeinfo_saw_line(info, line);
        if (info->step_count > 0) {
            take_steps(tracer, info, line);
        }
        if (left == 0 && info->looks_for_lines) {
            info->looks_for_lines = 0;
            events = events_for(tracer, info) & ~tracer->monitoring.line;
        }
    }
    cov_unlock(&tracer->slot->lock);
    if (events != 0) {
        (void)listen(tracer, args[0], events);
    }
    return Py_NewRef(settled ? tracer->monitoring.disable : Py_None);
}

/* Nothing to tell of a way that stays open. What begins and ends on the line of its definition is
 * left when it returns: behind the jump there may be a call on the same line, which raises. */
static int
tells_nothing(const CodeInfo *info, int32_t from, int32_t to)
{
    return to == JUMP_OPEN || (to < 0 && info->definition_line &&
                               (info->leaves == LEAVES_SCOPE || to == -from));
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
    if (is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = our_info(tracer, args[0]);
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
    if (is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = our_info(tracer, args[0]);
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
    CodeInfo *info = our_info(tracer, args[0]);
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
    if (is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = our_info(tracer, args[0]);
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
    if (is_deaf(tracer)) {
        Py_RETURN_NONE;
    }
    int32_t offset = (int32_t)PyLong_AsLong(args[1]);
    cov_lock(&tracer->slot->lock);
    CodeInfo *info = our_info(tracer, args[0]);
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

typedef struct {
    const char *event;
    size_t mask; /* offset in Monitoring of the mask it belongs to */
    PyMethodDef method;
} Listener;

#define LISTENER(event, mask, function)                                                            \
    {event, offsetof(Monitoring, mask),                                                            \
     {#function, (PyCFunction)(void (*)(void))function, METH_FASTCALL, NULL}}

static Listener listeners[] = {
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

static int
register_listener(Tracer *tracer, PyObject *events, Listener *listener)
{
    int result = -1;
    PyObject *callback = NULL, *done = NULL;
    PyObject *mask = PyObject_GetAttrString(events, listener->event);
    if (mask == NULL) {
        goto done;
    }
    *(long *)((char *)&tracer->monitoring + listener->mask) |= PyLong_AsLong(mask);
    callback = PyCFunction_New(&listener->method, (PyObject *)tracer);
    if (callback == NULL) {
        goto done;
    }
    done = PyObject_CallFunction(tracer->monitoring.register_callback, "iOO",
                                 tracer->monitoring.tool, mask, callback);
    result = done == NULL ? -1 : 0;
done:
    Py_XDECREF(mask);
    Py_XDECREF(callback);
    Py_XDECREF(done);
    return result;
}

/* Ids are few and shared by everybody: 1 is meant for coverage, the others do as well. */
static int
claim_tool(Tracer *tracer)
{
    static const int wanted[] = {1, 3, 4, 2, 5, 0};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        PyObject *result =
            PyObject_CallFunction(tracer->monitoring.use_tool_id, "is", wanted[i], "cov");
        if (result != NULL) {
            Py_DECREF(result);
            tracer->monitoring.tool = wanted[i];
            return 0;
        }
        if (!PyErr_ExceptionMatches(PyExc_ValueError)) {
            return -1;
        }
        PyErr_Clear();
    }
    PyErr_SetString(PyExc_RuntimeError,
                    "every sys.monitoring tool id is taken: use core = ctrace");
    return -1;
}

/* After a failure, whose exception stays. */
static void
give_tool_back(Tracer *tracer)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    Py_XDECREF(
        PyObject_CallFunction(tracer->monitoring.free_tool_id, "i", tracer->monitoring.tool));
    PyErr_Restore(type, value, traceback);
}

/* Register all callbacks for our tool id. */
static int
register_all(Tracer *tracer, PyObject *module)
{
    PyObject *events = PyObject_GetAttrString(module, "events");
    int result = events == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < sizeof listeners / sizeof *listeners; i++) {
        result = register_listener(tracer, events, &listeners[i]);
    }
    Py_XDECREF(events);
    return result;
}

static int
prepare(Tracer *tracer)
{
    Monitoring *monitoring = &tracer->monitoring;
    int result = -1;
    PyObject *module = PySys_GetObject("monitoring");
    if (module == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "sys.monitoring is missing");
        return -1;
    }
    Py_INCREF(module);
    monitoring->set_events = PyObject_GetAttrString(module, "set_events");
    monitoring->set_local_events = PyObject_GetAttrString(module, "set_local_events");
    monitoring->register_callback = PyObject_GetAttrString(module, "register_callback");
    monitoring->use_tool_id = PyObject_GetAttrString(module, "use_tool_id");
    monitoring->free_tool_id = PyObject_GetAttrString(module, "free_tool_id");
    monitoring->restart_events = PyObject_GetAttrString(module, "restart_events");
    monitoring->disable = PyObject_GetAttrString(module, "DISABLE");
    if (!PyErr_Occurred() && claim_tool(tracer) == 0) {
        result = register_all(tracer, module);
        if (result < 0) {
            give_tool_back(tracer);
        }
    }
    Py_DECREF(module);
    return result;
}

typedef void (*FrameVisitor)(Tracer *tracer, PyCodeObject *code);

/* Visit the code of all that is running right now, in every thread. */
static void
visit_active(Tracer *tracer, FrameVisitor visit)
{
    PyObject *function = PySys_GetObject("_current_frames");
    PyObject *frames = function == NULL ? NULL : PyObject_CallNoArgs(function);
    PyObject *thread, *top;
    Py_ssize_t at = 0;
    while (frames != NULL && PyDict_Next(frames, &at, &thread, &top)) {
        PyFrameObject *frame = (PyFrameObject *)Py_NewRef(top);
        while (frame != NULL) {
            PyCodeObject *code = PyFrame_GetCode(frame);
            visit(tracer, code);
            Py_DECREF(code);
            PyFrameObject *back = PyFrame_GetBack(frame);
            Py_DECREF(frame);
            frame = back;
        }
    }
    Py_XDECREF(frames);
    PyErr_Clear();
}

/* It was started before we came to this id. */
static void
arm_active(Tracer *tracer, PyCodeObject *code)
{
    FileEntry *file = NULL;
    (void)filetable_find(&tracer->files, &tracer->slot->lock, code, &file);
    if (file != NULL) {
        arm(tracer, (PyObject *)code, file);
    }
}

#if HAVE_TOOL_CLEARING

static void
silence_all(Tracer *tracer)
{
    (void)tracer;
}

#else

/* What a code object listens to stays with the id until 3.13, whoever has it next. */
static void
silence(Tracer *tracer, PyCodeObject *code)
{
    cov_lock(&tracer->slot->lock);
    int ours = our_info(tracer, (PyObject *)code) != NULL;
    cov_unlock(&tracer->slot->lock);
    PyObject *constants = ours ? PyObject_GetAttrString((PyObject *)code, "co_consts") : NULL;
    if (ours) {
        (void)listen(tracer, (PyObject *)code, 0);
    }
    for (Py_ssize_t i = 0; constants != NULL && i < PyTuple_GET_SIZE(constants); i++) {
        PyObject *inner = PyTuple_GET_ITEM(constants, i);
        if (PyCode_Check(inner)) {
            silence(tracer, (PyCodeObject *)inner);
        }
    }
    Py_XDECREF(constants);
    PyErr_Clear();
}

typedef struct {
    PyObject **codes;
    size_t count, room;
} Codes;

static int
collect(PyObject *object, void *argument)
{
    Codes *codes = argument;
    if (!PyFunction_Check(object)) {
        return 1;
    }
    if (codes->count == codes->room) {
        size_t room = codes->room ? codes->room * 2 : 1024;
        PyObject **bigger = realloc(codes->codes, room * sizeof *bigger);
        if (bigger == NULL) {
            return 0;
        }
        codes->codes = bigger;
        codes->room = room;
    }
    codes->codes[codes->count++] = Py_NewRef(PyFunction_GET_CODE(object));
    return 1;
}

static void
silence_all(Tracer *tracer)
{
    Codes codes = {NULL, 0, 0};
    PyUnstable_GC_VisitObjects(collect, &codes);
    for (size_t i = 0; i < codes.count; i++) {
        silence(tracer, (PyCodeObject *)codes.codes[i]);
        Py_DECREF(codes.codes[i]);
    }
    free(codes.codes);
    visit_active(tracer, silence);
}

#endif

/* Leave our tool id as if nobody had had it. Places that we switched off would be silent for the
 * next one, too, unless all are switched on again: for all tools, but there is no other way. */
static void
leave(Tracer *tracer)
{
    Monitoring *monitoring = &tracer->monitoring;
    const long masks[] = {monitoring->line,      monitoring->branches, monitoring->py_return,
                          monitoring->py_start,  monitoring->py_resume, monitoring->handled,
                          monitoring->jump,      monitoring->instruction};
    if (listen_globally(tracer, 0) < 0) {
        PyErr_Clear();
    }
    silence_all(tracer);
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        for (long bit = 1; bit <= masks[i]; bit <<= 1) {
            if (masks[i] & bit) {
                Py_XDECREF(PyObject_CallFunction(monitoring->register_callback, "ilO",
                                                 monitoring->tool, bit, Py_None));
                PyErr_Clear();
            }
        }
    }
    give_tool_back(tracer);
    Py_XDECREF(PyObject_CallNoArgs(monitoring->restart_events));
    PyErr_Clear();
}

int
monitoring_move(Tracer *tracer)
{
    Monitoring *monitoring = &tracer->monitoring;
    int running = monitoring->running, old = monitoring->tool, moved = claim_tool(tracer);
    int now = monitoring->tool;
    PyObject *module = PySys_GetObject("monitoring");
    PyErr_Clear();
    monitoring->tool = old;
    leave(tracer);
    if (moved < 0 || module == NULL) {
        monitoring_clear(tracer);
        return -1;
    }
    monitoring->tool = now;
    monitoring->moved = 1;
    tracer->serial = measurement_new_serial(); /* all that is armed is to be armed anew */
    if (register_all(tracer, module) < 0) {
        PyErr_Clear();
    }
    if (running) {
        if (listen_globally(tracer, global_events(monitoring)) < 0) {
            PyErr_Clear();
        }
        visit_active(tracer, arm_active);
    }
    return 0;
}

/* The tool id is kept between stop and start: code objects that are armed stay armed. */
int
monitoring_start(Tracer *tracer)
{
    Monitoring *monitoring = &tracer->monitoring;
    if (monitoring->set_events == NULL && prepare(tracer) < 0) {
        monitoring_clear(tracer);
        return -1;
    }
    monitoring->running = 1;
    if (listen_globally(tracer, global_events(monitoring)) < 0) {
        monitoring->running = 0;
        if (PyErr_ExceptionMatches(PyExc_ValueError)) {
            PyErr_SetString(PyExc_RuntimeError,
                            "the program has freed our sys.monitoring tool id");
        }
        return -1;
    }
    return 0;
}

/* If the program has freed our tool id there is nothing left to stop. */
void
monitoring_stop(Tracer *tracer)
{
    if (tracer->monitoring.running) {
        tracer->monitoring.running = 0;
        if (listen_globally(tracer, 0) < 0) {
            PyErr_Clear();
        }
    }
}

int
monitoring_traverse(Tracer *tracer, visitproc visit, void *arg)
{
    Py_VISIT(tracer->monitoring.set_events);
    Py_VISIT(tracer->monitoring.set_local_events);
    Py_VISIT(tracer->monitoring.register_callback);
    Py_VISIT(tracer->monitoring.use_tool_id);
    Py_VISIT(tracer->monitoring.free_tool_id);
    Py_VISIT(tracer->monitoring.restart_events);
    Py_VISIT(tracer->monitoring.disable);
    return 0;
}

void
monitoring_clear(Tracer *tracer)
{
    tracer->monitoring.running = 0; /* callbacks are deaf from now on: they need what goes here */
    Py_CLEAR(tracer->monitoring.set_events);
    Py_CLEAR(tracer->monitoring.set_local_events);
    Py_CLEAR(tracer->monitoring.register_callback);
    Py_CLEAR(tracer->monitoring.use_tool_id);
    Py_CLEAR(tracer->monitoring.free_tool_id);
    Py_CLEAR(tracer->monitoring.restart_events);
    Py_CLEAR(tracer->monitoring.disable);
}

#else /* 3.11 */

int
monitoring_start(Tracer *tracer)
{
    (void)tracer;
    PyErr_SetString(PyExc_RuntimeError, "sys.monitoring needs Python 3.12: use core = ctrace");
    return -1;
}

void
monitoring_stop(Tracer *tracer)
{
    (void)tracer;
}

int
monitoring_move(Tracer *tracer)
{
    (void)tracer;
    return -1;
}

int
monitoring_traverse(Tracer *tracer, visitproc visit, void *arg)
{
    (void)tracer;
    (void)visit;
    (void)arg;
    return 0;
}

void
monitoring_clear(Tracer *tracer)
{
    (void)tracer;
}

#endif
