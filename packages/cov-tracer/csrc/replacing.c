#include "replacing.h"

#include <string.h>

/* Modules that take functions over when they are imported, as they take them: `_name`. */
static const char *const takers[] = {"subprocess", "threading"};

static const char *const sets[] = {
    "supports_fd",
    "supports_dir_fd",
    "supports_effective_ids",
    "supports_follow_symlinks",
};

/* A new reference, or NULL without an exception, which would cost more than all the rest. */
static PyObject *
item(PyObject *dict, const char *name)
{
    PyObject *found = NULL;
    PyObject *key = dict == NULL ? NULL : PyUnicode_FromString(name);
    if (key == NULL || PyDict_GetItemRef(dict, key, &found) < 0) {
        PyErr_Clear();
    }
    Py_XDECREF(key);
    return found;
}

/* The same of an attribute. */
static PyObject *
attribute(PyObject *object, PyObject *name)
{
    PyObject *found = NULL;
    if (object != NULL && PyObject_GetOptionalAttr(object, name, &found) < 0) {
        PyErr_Clear();
    }
    return found;
}

/* The same of the loaded modules. */
static PyObject *
loaded(const char *name)
{
    return item(PyImport_GetModuleDict(), name); /* borrowed: as long as the interpreter lives */
}

int
replacing_is_loaded(const char *name)
{
    PyObject *module = loaded(name);
    Py_XDECREF(module);
    return module != NULL;
}

static PyObject *
interpreter_dict(void)
{
    return PyInterpreterState_GetDict(PyInterpreterState_Get()); /* borrowed; NULL: no memory */
}

/* The changes made for a purpose, begun if there are none yet: a new reference, or NULL with an
 * exception. It is a list of tuples (module, attribute, original, wrapper). Modules stand there by
 * their names: to keep one alive to the interpreter's end would make that end longer. */
static PyObject *
begin_changes(const char *purpose)
{
    PyObject *interpreter = interpreter_dict();
    PyObject *changes = item(interpreter, purpose);
    if (interpreter == NULL) {
        return PyErr_NoMemory();
    }
    if (changes == NULL) {
        changes = PyList_New(0);
        if (changes != NULL && PyDict_SetItemString(interpreter, purpose, changes) < 0) {
            Py_CLEAR(changes);
        }
    }
    return changes;
}

/* Replace an attribute of a module if it is `original`: 0, or -1 with an exception. */
static int
put_at(PyObject *changes, const char *module_name, PyObject *name, PyObject *original,
       PyObject *wrapper)
{
    PyObject *module = loaded(module_name);
    PyObject *found = attribute(module, name);
    int result = 0;
    if (found == original) {
        PyObject *change = Py_BuildValue("(sOOO)", module_name, name, original, wrapper);
        result = change == NULL || PyList_Append(changes, change) < 0 ||
                         PyObject_SetAttr(module, name, wrapper) < 0
                     ? -1
                     : 0;
        Py_XDECREF(change);
    }
    Py_XDECREF(found);
    Py_XDECREF(module);
    return result;
}

static int
put_everywhere(PyObject *changes, const char *module, PyObject *name, PyObject *original,
               PyObject *wrapper)
{
    int result = put_at(changes, module, name, original, wrapper);
    if (result == 0) {
        result = put_at(changes, "os", name, original, wrapper);
    }
    for (size_t i = 0; result == 0 && i < sizeof takers / sizeof *takers; i++) {
        if (replacing_is_loaded(takers[i])) {
            PyObject *alias = PyUnicode_FromFormat("_%U", name);
            result = alias == NULL ? -1 : put_at(changes, takers[i], alias, original, wrapper);
            Py_XDECREF(alias);
        }
    }
    return result;
}

/* The function, if nobody has replaced it: a new reference, or NULL without an exception. */
static PyObject *
find(const char *module, const char *name, PyObject *key)
{
    PyObject *home = loaded(module);
    PyObject *found = attribute(home, key);
    const char *own_name = found == NULL ? NULL : wrapping_name(found);
    if (own_name == NULL || strcmp(own_name, name) != 0) {
        Py_CLEAR(found);
    }
    Py_XDECREF(home);
    return found;
}

int
replacing_put(const char *purpose, const char *module, const char *name, const Wrapping *made)
{
    PyObject *key = PyUnicode_InternFromString(name);
    PyObject *original = key == NULL ? NULL : find(module, name, key);
    int result = key == NULL ? -1 : 0;
    if (original != NULL) {
        PyObject *changes = begin_changes(purpose);
        PyObject *wrapper = changes == NULL ? NULL : wrapping_new(original, made);
        result = wrapper == NULL ? -1 : put_everywhere(changes, module, key, original, wrapper);
        Py_XDECREF(wrapper);
        Py_XDECREF(changes);
        Py_DECREF(original);
    }
    Py_XDECREF(key);
    return result;
}

enum { MODULE, NAME, ORIGINAL, WRAPPER };

static PyObject *
field(PyObject *changes, Py_ssize_t number, int which)
{
    return PyTuple_GET_ITEM(PyList_GET_ITEM(changes, number), which);
}

/* One of the sets of os: have what stands for others stand there, too. Later changes may be of what
 * earlier ones made, and are undone before them. */
static void
exchange(PyObject *set, PyObject *changes, int undo)
{
    Py_ssize_t count = PyList_GET_SIZE(changes);
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t number = undo ? count - 1 - i : i;
        if (PySet_Discard(set, field(changes, number, undo ? WRAPPER : ORIGINAL)) == 1) {
            (void)PySet_Add(set, field(changes, number, undo ? ORIGINAL : WRAPPER));
        }
        PyErr_Clear();
    }
}

static void
exchange_in_sets(PyObject *changes, int undo)
{
    PyObject *os = loaded("os");
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        PyObject *name = PyUnicode_InternFromString(sets[i]);
        PyObject *set = name == NULL ? NULL : attribute(os, name);
        if (set != NULL && PySet_Check(set)) {
            exchange(set, changes, undo);
        }
        PyErr_Clear();
        Py_XDECREF(name);
        Py_XDECREF(set);
    }
    Py_XDECREF(os);
}

void
replacing_done(const char *purpose)
{
    PyObject *changes = item(interpreter_dict(), purpose);
    if (changes != NULL) {
        exchange_in_sets(changes, 0);
        Py_DECREF(changes);
    }
}

static void
put_back(PyObject *changes, Py_ssize_t number)
{
    const char *module_name = PyUnicode_AsUTF8(field(changes, number, MODULE));
    PyObject *module = module_name == NULL ? NULL : loaded(module_name);
    if (module != NULL) {
        (void)PyObject_SetAttr(module, field(changes, number, NAME),
                               field(changes, number, ORIGINAL));
        Py_DECREF(module);
    }
    PyErr_Clear();
}

void
replacing_undo(const char *purpose)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *interpreter = interpreter_dict();
    PyObject *changes = item(interpreter, purpose);
    if (changes != NULL && PyDict_DelItemString(interpreter, purpose) == 0) {
        /* Nobody else has the list now. */
        for (Py_ssize_t i = PyList_GET_SIZE(changes); i-- > 0;) {
            put_back(changes, i);
        }
        exchange_in_sets(changes, 1);
    }
    Py_XDECREF(changes);
    PyErr_Clear();
    PyErr_Restore(type, value, traceback);
}
