#include "arming.h"

#include "codestudy.h"
#include "definitions.h"

#if HAVE_MONITORING

int
arming_listen(Tracer *tracer, PyObject *code, long events)
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

int
arming_listen_globally(Tracer *tracer, long events)
{
    PyObject *result = PyObject_CallFunction(tracer->monitoring.set_events, "il",
                                             tracer->monitoring.tool, events);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

long
arming_global_events(const Monitoring *monitoring)
{
    return monitoring->py_start | (monitoring->moved ? monitoring->py_resume : 0) |
           (monitoring->watches_handled ? monitoring->handled : 0);
}

long
arming_events(const Tracer *tracer, const CodeInfo *info)
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
        events = arming_events(tracer, info);
    }
    cov_unlock(&tracer->slot->lock);
    return events;
}

void
arming_arm(Tracer *tracer, PyObject *code, FileEntry *file)
{
    Monitoring *monitoring = &tracer->monitoring;
    CodeInfo studied = {0};
    long events = 0;
    cov_lock(&tracer->slot->lock);
    int known = arming_info(tracer, code) != NULL;
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
        (void)arming_listen(tracer, code, events);
    }
    if (watch_handled && !monitoring->watches_handled) {
        monitoring->watches_handled = 1;
        if (arming_listen_globally(tracer, arming_global_events(monitoring)) < 0) {
            PyErr_Clear();
        }
    }
}

#endif
