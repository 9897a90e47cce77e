#include "toolids.h"

#include <stdlib.h>

#include "monitoring.h"
#include "settrace.h"

#if HAVE_MONITORING

enum { USE, FREE, GET, FUNCTIONS };

typedef struct {
    int active; /* else the stand-ins only hand on */
    PyObject *tracer, *fallen_back, *module;
    PyObject *originals[FUNCTIONS], *stand_ins[FUNCTIONS];
} Ids;

static const char ids_name[] = "cov_tracer.toolids";

static Ids *
find_ids(void)
{
    PyObject *dict = PyInterpreterState_GetDict(PyInterpreterState_Get()); /* borrowed */
    PyObject *capsule = dict == NULL ? NULL : PyDict_GetItemString(dict, ids_name);
    return capsule == NULL ? NULL : PyCapsule_GetPointer(capsule, ids_name);
}

/* Does this argument name the id we have? */
static int
is_ours(const Ids *ids, PyObject *number)
{
    if (ids == NULL || !ids->active || !PyLong_Check(number)) {
        return 0;
    }
    long id = PyLong_AsLong(number);
    PyErr_Clear(); /* too big a number is the real function's matter */
    Tracer *tracer = (Tracer *)ids->tracer;
    return tracer->core == CORE_SYSMON && tracer->monitoring.set_events != NULL &&
           tracer->monitoring.tool == id;
}

static PyObject *
gone(void)
{
    PyErr_SetString(PyExc_RuntimeError, "sys.monitoring is gone");
    return NULL;
}

static void
fall_back(Ids *ids)
{
    settrace_take_over((Tracer *)ids->tracer);
    PyObject *done = PyObject_CallNoArgs(ids->fallen_back);
    Py_XDECREF(done);
    PyErr_Clear();
}

static PyObject *
use_tool_id(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    Ids *ids = find_ids();
    (void)module;
    if (ids == NULL) {
        return gone();
    }
    if (nargs == 2 && PyUnicode_Check(args[1]) && is_ours(ids, args[0]) &&
        monitoring_move((Tracer *)ids->tracer) < 0) {
        fall_back(ids);
    }
    return PyObject_Vectorcall(ids->originals[USE], args, (size_t)nargs, NULL);
}

static PyObject *
free_tool_id(PyObject *module, PyObject *id)
{
    Ids *ids = find_ids();
    (void)module;
    if (ids == NULL) {
        return gone();
    }
    return is_ours(ids, id) ? Py_NewRef(Py_None) : PyObject_CallOneArg(ids->originals[FREE], id);
}

static PyObject *
get_tool(PyObject *module, PyObject *id)
{
    Ids *ids = find_ids();
    (void)module;
    if (ids == NULL) {
        return gone();
    }
    return is_ours(ids, id) ? Py_NewRef(Py_None) : PyObject_CallOneArg(ids->originals[GET], id);
}

/* Help is the originals', which is the same text in every interpreter. */
static PyMethodDef definitions[FUNCTIONS] = {
    {"use_tool_id", (PyCFunction)(void (*)(void))use_tool_id, METH_FASTCALL, NULL},
    {"free_tool_id", free_tool_id, METH_O, NULL},
    {"get_tool", get_tool, METH_O, NULL},
};

static void
destroy(PyObject *capsule)
{
    Ids *ids = PyCapsule_GetPointer(capsule, ids_name);
    if (ids == NULL) {
        return;
    }
    for (int i = 0; i < FUNCTIONS; i++) {
        Py_XDECREF(ids->originals[i]);
        Py_XDECREF(ids->stand_ins[i]);
    }
    Py_XDECREF(ids->tracer);
    Py_XDECREF(ids->fallen_back);
    Py_XDECREF(ids->module);
    free(ids);
}

/* 1 if all functions are the real ones and have stand-ins; 0 if not; -1 with an exception set. */
static int
make_stand_ins(Ids *ids)
{
    for (int i = 0; i < FUNCTIONS; i++) {
        PyObject *original = PyObject_GetAttrString(ids->module, definitions[i].ml_name);
        if (original == NULL) {
            return -1;
        }
        ids->originals[i] = original;
        if (!PyCFunction_CheckExact(original) ||
            PyCFunction_GET_FLAGS(original) != definitions[i].ml_flags) {
            return 0;
        }
        PyObject *name = PyObject_GetAttrString(original, "__module__");
        definitions[i].ml_doc = ((PyCFunctionObject *)original)->m_ml->ml_doc;
        ids->stand_ins[i] =
            name == NULL ? NULL
                         : PyCFunction_NewEx(&definitions[i], PyCFunction_GET_SELF(original), name);
        Py_XDECREF(name);
        if (ids->stand_ins[i] == NULL) {
            return -1;
        }
    }
    return 1;
}

static int
put(Ids *ids, PyObject *capsule)
{
    PyObject *dict = PyInterpreterState_GetDict(PyInterpreterState_Get());
    int made = make_stand_ins(ids);
    if (made <= 0) {
        return made;
    }
    if (dict == NULL || PyDict_SetItemString(dict, ids_name, capsule) < 0) {
        return -1;
    }
    ids->active = 1;
    for (int i = 0; i < FUNCTIONS; i++) {
        if (PyObject_SetAttrString(ids->module, definitions[i].ml_name, ids->stand_ins[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

int
toolids_follow(Tracer *tracer, PyObject *fallen_back)
{
    toolids_unfollow();
    PyObject *module = PySys_GetObject("monitoring"); /* borrowed */
    if (module == NULL) {
        return 0;
    }
    Ids *ids = calloc(1, sizeof *ids);
    PyObject *capsule = ids == NULL ? NULL : PyCapsule_New(ids, ids_name, destroy);
    if (capsule == NULL) {
        free(ids);
        PyErr_NoMemory();
        return -1;
    }
    ids->module = Py_NewRef(module);
    ids->tracer = Py_NewRef((PyObject *)tracer);
    ids->fallen_back = Py_NewRef(fallen_back);
    int result = put(ids, capsule);
    Py_DECREF(capsule);
    return result;
}

void
toolids_unfollow(void)
{
    Ids *ids = find_ids();
    if (ids == NULL || !ids->active) {
        return;
    }
    ids->active = 0;
    for (int i = 0; i < FUNCTIONS; i++) {
        PyObject *now = PyObject_GetAttrString(ids->module, definitions[i].ml_name);
        if (now == ids->stand_ins[i]) {
            (void)PyObject_SetAttrString(ids->module, definitions[i].ml_name, ids->originals[i]);
        }
        Py_XDECREF(now);
        PyErr_Clear();
    }
}

#else /* 3.11 */

int
toolids_follow(Tracer *tracer, PyObject *fallen_back)
{
    (void)tracer;
    (void)fallen_back;
    return 0;
}

void
toolids_unfollow(void)
{
}

#endif
