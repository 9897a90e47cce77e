#include "wrapping.h"

#include <stdlib.h>

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

/* The wrapping in a capsule, which owns it. */
static PyObject *
enclose(PyObject *function, PyObject *companion, const Wrapping *made)
{
    PyObject *capsule;
    Wrapping *wrapping = malloc(sizeof *wrapping);
    if (wrapping == NULL) {
        return PyErr_NoMemory();
    }
    *wrapping = *made;
    wrapping->method = *((PyCFunctionObject *)function)->m_ml;
    wrapping->method.ml_meth = (PyCFunction)(void (*)(void))wrapped;
    wrapping->method.ml_flags = METH_VARARGS | METH_KEYWORDS;
    wrapping->original = Py_NewRef(function);
    wrapping->companion = Py_XNewRef(companion);
    capsule = PyCapsule_New(wrapping, CAPSULE, capsule_free);
    if (capsule == NULL) {
        wrapping_free(wrapping);
    }
    return capsule;
}

PyObject *
wrapping_new(PyObject *function, PyObject *companion, const Wrapping *made)
{
    PyObject *result = NULL;
    PyObject *name = PyObject_GetAttrString(function, "__module__");
    PyObject *module = name == NULL ? NULL : PyModule_NewObject(name);
    PyObject *capsule = module == NULL ? NULL : enclose(function, companion, made);
    if (capsule != NULL && PyDict_SetItemString(PyModule_GetDict(module), CAPSULE, capsule) == 0) {
        Wrapping *wrapping = PyCapsule_GetPointer(capsule, CAPSULE);
        result = PyCFunction_NewEx(&wrapping->method, module, name);
    }
    Py_XDECREF(capsule);
    Py_XDECREF(module);
    Py_XDECREF(name);
    return result;
}
