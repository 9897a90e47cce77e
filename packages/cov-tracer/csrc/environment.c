#include "environment.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "platform.h"
#include "wrapping.h"

static _Atomic(const char *) assigned;

/* How many calls at this moment need the variable in this process's own environment. */
static atomic_int borrowers;

void
environment_assign(const char *assignment)
{
    atomic_store(&assigned, assignment);
}

/* Look for "NAME=" in a list of bytes: 1 there, 0 not. */
static int
is_in_list(PyObject *list, const EnvironmentCall *call)
{
    size_t size = strlen(call->name) + 1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        if (PyBytes_Check(item) && strncmp(PyBytes_AS_STRING(item), call->assignment, size) == 0) {
            return 1;
        }
    }
    return 0;
}

/* A copy of the list with our variable, NULL if it has one (or without memory). */
static PyObject *
list_with_ours(PyObject *given, EnvironmentCall *call)
{
    PyObject *list = PySequence_List(given);
    if (list != NULL && is_in_list(list, call)) {
        PyObject *ours = PyBytes_FromString(call->assignment);
        call->kept_out = ours != NULL && PySequence_Contains(list, ours) == 0;
        Py_XDECREF(ours);
        Py_CLEAR(list);
    }
    if (list != NULL) {
        PyObject *ours = PyBytes_FromString(call->assignment);
        if (ours == NULL || PyList_Append(list, ours) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(ours);
    }
    return list;
}

/* The same for a mapping, whose names may be str or bytes. */
static PyObject *
mapping_with_ours(PyObject *given, EnvironmentCall *call)
{
    PyObject *copy = PyDict_New();
    PyObject *name = PyUnicode_FromString(call->name);
    PyObject *as_bytes = PyBytes_FromString(call->name);
    PyObject *ours = PyUnicode_DecodeFSDefault(call->value);
    if (copy == NULL || name == NULL || as_bytes == NULL || ours == NULL ||
        PyDict_Update(copy, given) < 0) {
        Py_CLEAR(copy);
    }
    if (copy != NULL) {
        PyObject *found = PyDict_GetItemWithError(copy, name);
        if (found != NULL || PyDict_Contains(copy, as_bytes) == 1) {
            call->kept_out = found == NULL || PyObject_RichCompareBool(found, ours, Py_EQ) == 0;
            Py_CLEAR(copy);
        }
        else if (PyDict_SetItem(copy, name, ours) < 0) {
            Py_CLEAR(copy);
        }
    }
    Py_XDECREF(name);
    Py_XDECREF(as_bytes);
    Py_XDECREF(ours);
    return copy;
}

/* Call with `value` in place of the argument `env`. */
static void
replace_environment(EnvironmentCall *call, int position, PyObject *value)
{
    if (position >= PyTuple_GET_SIZE(call->args)) {
        PyObject *kwargs = PyDict_Copy(call->kwargs);
        if (kwargs != NULL && PyDict_SetItemString(kwargs, "env", value) == 0) {
            Py_SETREF(call->kwargs, kwargs);
        }
        else {
            Py_XDECREF(kwargs);
        }
        return;
    }
    PyObject *list = PySequence_List(call->args);
    if (list != NULL && PyList_SetItem(list, position, Py_NewRef(value)) == 0) {
        PyObject *args = PyList_AsTuple(list);
        if (args != NULL) {
            Py_SETREF(call->args, args);
        }
    }
    Py_XDECREF(list);
}

/* Put the variable where the new process will find it. */
static void
complete(EnvironmentCall *call, int position, EnvironmentKind kind)
{
    PyObject *given = wrapping_argument(call->args, call->kwargs, position, "env");
    PyObject *completed = NULL;
    if (given == NULL || given == Py_None) {
        const char *found = environment_get(call->name);
        call->kept_out = found != NULL && strcmp(found, call->value) != 0;
        if (found == NULL || (atomic_load(&borrowers) > 0 && !call->kept_out)) {
            atomic_fetch_add(&borrowers, 1);
            environment_set(call->name, call->value);
            call->borrowed = 1;
        }
        return;
    }
    if (kind == ENV_MAPPING) {
        completed = mapping_with_ours(given, call);
    }
    else if (PyList_Check(given) || PyTuple_Check(given)) {
        completed = list_with_ours(given, call);
    }
    if (completed != NULL) {
        replace_environment(call, position, completed);
        Py_DECREF(completed);
    }
    PyErr_Clear();
}

/* Look up what variable new processes get, if any. */
static void
look_up_variable(EnvironmentCall *call)
{
    memset(call, 0, sizeof *call);
    call->assignment = atomic_load(&assigned);
    if (call->assignment == NULL) {
        return;
    }
    size_t size = strcspn(call->assignment, "=");
    call->name = malloc(size + 1);
    if (call->name != NULL) {
        memcpy(call->name, call->assignment, size);
        call->name[size] = '\0';
        call->value = call->assignment + size + 1;
    }
}

PyObject *
environment_completed(PyObject *given, int *kept_out)
{
    EnvironmentCall call;
    PyObject *completed = NULL;
    look_up_variable(&call);
    if (call.name != NULL) {
        completed = mapping_with_ours(given, &call);
        PyErr_Clear();
    }
    free(call.name);
    *kept_out = call.kept_out;
    return completed;
}

void
environment_begin(EnvironmentCall *call, PyObject *args, PyObject *kwargs, int position,
                  EnvironmentKind kind)
{
    look_up_variable(call);
    call->args = Py_NewRef(args);
    call->kwargs = Py_XNewRef(kwargs);
    if (call->name != NULL) {
        complete(call, position, kind);
    }
}

void
environment_end(EnvironmentCall *call)
{
    /* Somebody else, in os.system say, may have put it in before, or still need it. */
    if (call->borrowed && atomic_fetch_sub(&borrowers, 1) == 1) {
        environment_set(call->name, NULL);
    }
    free(call->name);
    Py_DECREF(call->args);
    Py_XDECREF(call->kwargs);
}
