#include "wrapping.h"

#include <stdatomic.h>
#include <stdlib.h>

typedef struct Definition Definition;

struct Definition {
    PyMethodDef method;
    const PyMethodDef *original;
    Definition *next;
};

static _Atomic(Definition *) definitions;

static const char CAPSULE[] = "cov_tracer._tracer.wrapping";

const char *
wrapping_name(PyObject *function)
{
    return PyCFunction_CheckExact(function) ? ((PyCFunctionObject *)function)->m_ml->ml_name : NULL;
}

PyObject *
wrapping_argument(PyObject *args, PyObject *kwargs, int position, const char *name)
{
    if (position < 0) {
        return NULL;
    }
    if (position < PyTuple_GET_SIZE(args)) {
        return PyTuple_GET_ITEM(args, position);
    }
    return kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, name);
}

static PyObject *
wrapped(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *capsule = PyDict_GetItemString(PyModule_GetDict(self), CAPSULE);
    const Wrapping *wrapping = capsule == NULL ? NULL : PyCapsule_GetPointer(capsule, CAPSULE);
    if (wrapping == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_SystemError, "a wrapped function has lost what it wraps");
        }
        return NULL;
    }
    return wrapping->call(wrapping, args, kwargs);
}

static void
wrapping_free(Wrapping *wrapping)
{
    Py_XDECREF(wrapping->original);
    Py_XDECREF(wrapping->companion);
    free(wrapping);
}

static void
capsule_free(PyObject *capsule)
{
    Wrapping *wrapping = PyCapsule_GetPointer(capsule, CAPSULE);
    if (wrapping != NULL) {
        wrapping_free(wrapping);
    }
}

/* What a wrapper of this function looks like, or NULL without memory. Two threads may make two. */
static PyMethodDef *
define(PyObject *function)
{
    const PyMethodDef *original = ((PyCFunctionObject *)function)->m_ml;
    Definition *found = atomic_load(&definitions);
    while (found != NULL &&
           (found->original != original || found->method.ml_name != original->ml_name)) {
        found = found->next;
    }
    if (found == NULL && (found = malloc(sizeof *found)) != NULL) {
        found->original = original;
        found->method = *original;
        found->method.ml_meth = (PyCFunction)(void (*)(void))wrapped;
        found->method.ml_flags = METH_VARARGS | METH_KEYWORDS;
        found->next = atomic_load(&definitions);
        while (!atomic_compare_exchange_weak(&definitions, &found->next, found)) {
        }
    }
    if (found == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    return &found->method;
}

/* The wrapping in a capsule, which owns it. */
static PyObject *
enclose(PyObject *function, const Wrapping *made)
{
    PyObject *capsule;
    Wrapping *wrapping = malloc(sizeof *wrapping);
    if (wrapping == NULL) {
        return PyErr_NoMemory();
    }
    *wrapping = *made;
    wrapping->original = Py_NewRef(function);
    Py_XINCREF(wrapping->companion);
    capsule = PyCapsule_New(wrapping, CAPSULE, capsule_free);
    if (capsule == NULL) {
        wrapping_free(wrapping);
    }
    return capsule;
}

PyObject *
wrapping_new(PyObject *function, const Wrapping *made)
{
    PyObject *result = NULL;
    PyMethodDef *method = define(function);
    PyObject *name = method == NULL ? NULL : PyObject_GetAttrString(function, "__module__");
    PyObject *module = name == NULL ? NULL : PyModule_NewObject(name);
    PyObject *capsule = module == NULL ? NULL : enclose(function, made);
    if (capsule != NULL && PyDict_SetItemString(PyModule_GetDict(module), CAPSULE, capsule) == 0) {
        result = PyCFunction_NewEx(method, module, name);
    }
    Py_XDECREF(capsule);
    Py_XDECREF(module);
    Py_XDECREF(name);
    return result;
}
