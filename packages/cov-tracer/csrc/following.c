#include "following.h"

#include <stdlib.h>
#include <string.h>

#include "asynchronous.h"
#include "environment.h"
#include "forks.h"
#include "platform.h"
#include "privileges.h"
#include "replacing.h"
#include "starting.h"
#include "telling.h"

/* What is replaced for whom, and that forks are watched: names in the interpreter's dictionary. */
static const char FOR_PROCESSES[] = "cov_tracer.following.processes";
static const char FOR_THREADS[] = "cov_tracer.following.threads";
static const char FORKS_WATCHED[] = "cov_tracer.following.forks";

/* A copy that stays, of a str or path object; NULL for None, with an exception if -1. */
static int
copy_text(PyObject *object, const char **copy)
{
    PyObject *bytes = NULL;
    char *made;
    *copy = NULL;
    if (object == Py_None) {
        return 0;
    }
    if (!PyUnicode_FSConverter(object, &bytes)) {
        return -1;
    }
    made = malloc((size_t)PyBytes_GET_SIZE(bytes) + 1);
    if (made == NULL) {
        Py_DECREF(bytes);
        PyErr_NoMemory();
        return -1;
    }
    strcpy(made, PyBytes_AS_STRING(bytes));
    Py_DECREF(bytes);
    *copy = made;
    return 0;
}

/* Add what this thread knows of a process that C code is about to start from it: whether one starts
 * at all. The program may be anywhere in C; whoever forks holds locks of the interpreter, so that
 * no garbage may be collected now. */
static int
tell_of_start_by_c(LedgerRecord *record)
{
    PyObject *type, *value, *traceback;
    if (attached_thread() == NULL) {
        return 1;
    }
    int collects = PyGC_Disable();
    PyErr_Fetch(&type, &value, &traceback);
    int starts = asynchronous_tell(record);
    telling_add_place(record);
    PyErr_Restore(type, value, traceback);
    if (collects) {
        (void)PyGC_Enable();
    }
    return starts;
}

/* The texts are never given back: another thread may use them, and they are set once a process. */
static int
hand_on(PyObject *assignment, PyObject *library)
{
    const char *text, *path;
    if (copy_text(library, &path) < 0 || copy_text(assignment, &text) < 0) {
        return -1;
    }
    telling_library(path);
    environment_assign(text);
    if (text != NULL) {
        forks_watch(tell_of_start_by_c);
    }
    else {
        forks_unwatch();
    }
    return 0;
}

/* Whether the word is among them: 1 or 0, or -1 with an exception. */
static int
includes(PyObject *words, const char *word)
{
    PyObject *text = PyUnicode_FromString(word);
    int found = text == NULL ? -1 : PySequence_Contains(words, text);
    Py_XDECREF(text);
    return found;
}

/* Have it imported before anybody takes something out of it, and before a file of the program's can
 * be found in its stead. A Python without it starts no processes with it. */
static void
import(const char *module)
{
    PyObject *imported = PyImport_ImportModule(module);
    Py_XDECREF(imported);
    PyErr_Clear();
}

static int
replace_for_processes(PyObject *ways)
{
    int posix = replacing_is_loaded("posix");
    const char *system = posix ? "posix" : "nt";
    const char *creating = posix ? "_posixsubprocess" : "_winapi";
    int starts = includes(ways, "subprocess");
    int exec = starts != 0 ? starts : includes(ways, "execv");
    if (exec < 0 || privileges_replace(FOR_PROCESSES, system) < 0 ||
        starting_replace(FOR_PROCESSES, START_FORKS, system, NULL) < 0 ||
        (exec && starting_replace(FOR_PROCESSES, START_EXEC, system, NULL) < 0)) {
        return -1;
    }
    if (starts) {
        import(creating);
        return starting_replace(FOR_PROCESSES, START_ANY, system, NULL) < 0
                   ? -1
                   : starting_replace(FOR_PROCESSES, START_SUBPROCESS, creating, NULL);
    }
    return 0;
}

static PyObject *
forked(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    (void)module;
    telling_forked();
    Py_RETURN_NONE;
}

static PyMethodDef forked_definition = {"forked", forked, METH_NOARGS, NULL};

/* Have Python tell of its own forks, on systems that have them: 0, or -1 with an exception. */
static int
register_forks(void)
{
    PyObject *os = PyImport_ImportModule("os"), *function = NULL, *named = NULL, *done = NULL;
    int result = os == NULL ? -1 : 0;
    if (os != NULL && PyObject_HasAttrString(os, "register_at_fork")) {
        PyObject *told = PyCFunction_New(&forked_definition, NULL);
        function = PyObject_GetAttrString(os, "register_at_fork");
        named = told == NULL ? NULL : Py_BuildValue("{s:N}", "after_in_child", told);
        done = function == NULL || named == NULL
                   ? NULL
                   : PyObject_VectorcallDict(function, NULL, 0, named);
        result = done == NULL ? -1 : 0;
    }
    Py_XDECREF(os);
    Py_XDECREF(function);
    Py_XDECREF(named);
    Py_XDECREF(done);
    return result;
}

/* Once an interpreter, since it cannot be undone; without a ledger it does nothing. */
static int
watch_forks(void)
{
    PyObject *interpreter = PyInterpreterState_GetDict(PyInterpreterState_Get()); /* borrowed */
    if (interpreter == NULL) {
        (void)PyErr_NoMemory();
        return -1;
    }
    if (PyMapping_HasKeyString(interpreter, FORKS_WATCHED)) {
        return 0;
    }
    return register_forks() < 0 ? -1 : PyDict_SetItemString(interpreter, FORKS_WATCHED, Py_True);
}

int
following_processes_begin(PyObject *assignment, PyObject *library, PyObject *ways)
{
    if (replace_for_processes(ways) < 0 || watch_forks() < 0 ||
        hand_on(assignment, library) < 0) {
        replacing_undo(FOR_PROCESSES);
        return -1;
    }
    replacing_done(FOR_PROCESSES);
    return 0;
}

void
following_processes_end(void)
{
    (void)hand_on(Py_None, Py_None); /* nothing is copied that there could be no memory for */
    replacing_undo(FOR_PROCESSES);
}

int
following_threads_begin(PyObject *tracer)
{
    if (starting_replace(FOR_THREADS, START_THREADS, "_thread", tracer) < 0) {
        replacing_undo(FOR_THREADS);
        return -1;
    }
    return 0;
}

void
following_threads_end(void)
{
    replacing_undo(FOR_THREADS);
}
