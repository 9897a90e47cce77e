#include "monitoring.h"

#include <stdlib.h>

#include "arming.h"
#include "listeners.h"

#if HAVE_MONITORING

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
    for (size_t i = 0; result == 0 && i < listener_count; i++) {
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

typedef void (*FrameVisitor)(Tracer *tracer, PyFrameObject *frame, PyCodeObject *code);

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
            visit(tracer, frame, code);
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
arm_active(Tracer *tracer, PyFrameObject *frame, PyCodeObject *code)
{
    FileEntry *file = NULL;
    (void)filetable_find(&tracer->files, &tracer->slot->lock, code, frame, &file);
    if (file != NULL) {
        arming_arm(tracer, (PyObject *)code, file);
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
    int ours = arming_info(tracer, (PyObject *)code) != NULL;
    cov_unlock(&tracer->slot->lock);
    PyObject *constants = ours ? PyObject_GetAttrString((PyObject *)code, "co_consts") : NULL;
    if (ours) {
        (void)arming_listen(tracer, (PyObject *)code, 0);
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

static void
silence_active(Tracer *tracer, PyFrameObject *frame, PyCodeObject *code)
{
    (void)frame;
    silence(tracer, code);
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
    visit_active(tracer, silence_active);
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
    if (arming_listen_globally(tracer, 0) < 0) {
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
        if (arming_listen_globally(tracer, arming_global_events(monitoring)) < 0) {
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
    if (arming_listen_globally(tracer, arming_global_events(monitoring)) < 0) {
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
        if (arming_listen_globally(tracer, 0) < 0) {
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
