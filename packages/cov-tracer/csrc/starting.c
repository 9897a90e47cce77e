#include "starting.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "environment.h"
#include "forks.h"
#include "ledger.h"
#include "platform.h"
#include "replacing.h"
#include "telling.h"

typedef enum {
    STARTS_HERE,    /* the new program replaces this one */
    STARTS_UNKNOWN, /* the result does not tell the new process's id */
    STARTS_PID,     /* the result is its id */
    STARTS_TUPLE,   /* the third item of the result is its id */
} StartKind;

/* Positions of arguments count from 0; -1: there is none. Source: the functions' documentation, and
 * Modules/_posixsubprocess.c and Modules/_winapi.c for those that have none. */
typedef struct {
    const char *name;
    const char *how;
    int path, argv, env;
    EnvironmentKind kind;
    StartKind start;
    StartGroup group;
} Shape;

static const Shape shapes[] = {
    {"fork_exec", "subprocess", 1, 0, 5, ENV_LIST, STARTS_PID, START_SUBPROCESS},
    {"posix_spawn", "posix_spawn", 0, 1, 2, ENV_MAPPING, STARTS_PID, START_ANY},
    {"posix_spawnp", "posix_spawn", 0, 1, 2, ENV_MAPPING, STARTS_PID, START_ANY},
    {"execv", "exec", 0, 1, -1, ENV_INHERITED, STARTS_HERE, START_EXEC},
    {"execve", "exec", 0, 1, 2, ENV_MAPPING, STARTS_HERE, START_EXEC},
    {"system", "system", -1, 0, -1, ENV_INHERITED, STARTS_UNKNOWN, START_ANY},
    {"spawnv", "spawn", 1, 2, -1, ENV_INHERITED, STARTS_UNKNOWN, START_ANY},
    {"spawnve", "spawn", 1, 2, 3, ENV_MAPPING, STARTS_UNKNOWN, START_ANY},
    {"CreateProcess", "subprocess", 0, 1, 6, ENV_MAPPING, STARTS_TUPLE, START_SUBPROCESS},
    {.name = "fork", .group = START_FORKS},
    {.name = "forkpty", .group = START_FORKS},
    {.name = "start_new_thread", .group = START_THREADS},
    {.name = "start_new", .group = START_THREADS},
    {.name = "start_joinable_thread", .group = START_THREADS},
};

static atomic_uint start_count;

static int
is_there(PyObject *path)
{
    int there = 1;
    PyObject *bytes = NULL;
    if (!PyLong_Check(path)) { /* not a descriptor */
        if (PyUnicode_FSConverter(path, &bytes)) {
            there = file_is_executable(PyBytes_AS_STRING(bytes));
            Py_DECREF(bytes);
        }
        else {
            PyErr_Clear();
        }
    }
    return there;
}

/* What will be run, or NULL if there is no such file: subprocess and os.exec*p try all that PATH
 * suggests. Borrowed. */
static PyObject *
program_of(const EnvironmentCall *call, const Shape *shape)
{
    PyObject *path = wrapping_argument(call->args, call->kwargs, shape->path, "path");
    if (path == NULL || strcmp(shape->name, "posix_spawnp") == 0) {
        return path;
    }
    if (!PyList_Check(path) && !PyTuple_Check(path)) {
        return is_there(path) ? path : NULL;
    }
    /* Relative ones count from the directory that the child changes to. */
    PyObject *folder = wrapping_argument(call->args, call->kwargs, 4, "cwd");
    int elsewhere = folder != NULL && folder != Py_None;
    if (elsewhere && !is_there(folder)) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(path); i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(path, i);
        if (elsewhere && PyBytes_Check(item) && PyBytes_AS_STRING(item)[0] != '/') {
            return item;
        }
        if (is_there(item)) {
            return item;
        }
    }
    return NULL;
}

/* Whether the child has said that the program cannot be run: fork_exec is given a pipe for that. A
 * child of vfork has done so by now; one of fork, which is the exception, may yet do so. */
static int
has_failed(const EnvironmentCall *call, const Shape *shape)
{
    PyObject *pipe = wrapping_argument(call->args, call->kwargs, 12, "errpipe_read");
    if (shape->kind != ENV_LIST || pipe == NULL || !PyLong_Check(pipe)) {
        return 0;
    }
    return descriptor_has_input((int)PyLong_AsUnsignedLongMask(pipe));
}

/* Begin the record of a start. 0 if there is nothing to tell. */
static int
begin_record(LedgerRecord *record, const EnvironmentCall *call, const Shape *shape, const char *id)
{
    PyObject *program = program_of(call, shape);
    PyObject *argv = wrapping_argument(call->args, call->kwargs, shape->argv,
                              shape->path < 0 ? "command" : "argv");
    if (!ledger_is_kept() || (shape->path >= 0 && program == NULL)) {
        return 0;
    }
    ledger_record_begin(record, "start");
    ledger_record_add(record, "id", id, strlen(id));
    ledger_record_add(record, "how", shape->how, strlen(shape->how));
    if (call->kept_out) {
        ledger_record_add(record, "kept_out", "1", 1);
    }
    telling_add_place(record);
    if (program != NULL && program != Py_None) {
        telling_add_text(record, "executable", program);
    }
    if (argv != NULL) {
        telling_add_texts(record, "argv", argv);
    }
    return 1;
}

static void
add_child(LedgerRecord *record, const Shape *shape, PyObject *result)
{
    if (shape->start == STARTS_TUPLE) {
        result = PyTuple_Check(result) && PyTuple_GET_SIZE(result) > 2
                     ? PyTuple_GET_ITEM(result, 2)
                     : Py_None;
    }
    if (PyLong_Check(result)) {
        ledger_record_add_number(record, "child", PyLong_AsUnsignedLongMask(result));
    }
}

/* Whatever is up as an exception is put aside and comes back. */
static void
withdraw(const char *id)
{
    LedgerRecord record;
    ledger_record_begin(&record, "withdrawn");
    ledger_record_add(&record, "id", id, strlen(id));
    ledger_record_write(&record);
}

static PyObject *
call_and_record(PyObject *original, EnvironmentCall *call, const Shape *shape)
{
    char id[32];
    LedgerRecord record;
    PyObject *result;
    int known_later = shape->start == STARTS_PID || shape->start == STARTS_TUPLE;
    snprintf(id, sizeof id, "%u.%u", (unsigned)process_id(), atomic_fetch_add(&start_count, 1) + 1);
    int recorded = begin_record(&record, call, shape, id);
    if (recorded && !known_later) {
        ledger_record_write(&record);
    }
    result = PyObject_Call(original, call->args, call->kwargs);
    if (recorded && known_later) {
        if (result != NULL && !has_failed(call, shape)) {
            add_child(&record, shape, result);
            ledger_record_write(&record);
        }
        else {
            ledger_record_drop(&record);
        }
    }
    else if (recorded && result == NULL) {
        withdraw(id);
    }
    return result;
}

static PyObject *
start_process(const Wrapping *wrapping, PyObject *args, PyObject *kwargs)
{
    const Shape *shape = wrapping->shape;
    EnvironmentCall call;
    PyObject *result;
    environment_begin(&call, args, kwargs, shape->env, shape->kind);
    forks_begin();
    result = call.name == NULL ? PyObject_Call(wrapping->original, call.args, call.kwargs)
                               : call_and_record(wrapping->original, &call, shape);
    forks_end();
    environment_end(&call);
    return result;
}

static PyObject *
fork_process(const Wrapping *wrapping, PyObject *args, PyObject *kwargs)
{
    forks_begin();
    PyObject *result = PyObject_Call(wrapping->original, args, kwargs);
    forks_end();
    return result;
}

/* Trace functions belong to a thread: a new one has none, but the function it runs can set it. */
static PyObject *
start_thread(const Wrapping *wrapping, PyObject *args, PyObject *kwargs)
{
    PyObject *traced = NULL, *changed = NULL, *result;
    Py_ssize_t size = PyTuple_GET_SIZE(args);
    if (size > 0 && PyCallable_Check(PyTuple_GET_ITEM(args, 0))) {
        traced = PyObject_CallMethod(wrapping->companion, "wrap", "O", PyTuple_GET_ITEM(args, 0));
        changed = traced == NULL ? NULL : PyTuple_New(size);
    }
    if (changed == NULL) {
        Py_XDECREF(traced);
        PyErr_Clear();
        return PyObject_Call(wrapping->original, args, kwargs);
    }
    PyTuple_SET_ITEM(changed, 0, traced);
    for (Py_ssize_t i = 1; i < size; i++) {
        PyTuple_SET_ITEM(changed, i, Py_NewRef(PyTuple_GET_ITEM(args, i)));
    }
    result = PyObject_Call(wrapping->original, changed, kwargs);
    Py_DECREF(changed);
    return result;
}

int
starting_replace(const char *purpose, StartGroup group, const char *module, PyObject *tracer)
{
    Wrapping made = {.companion = tracer, .call = start_process};
    if (group == START_THREADS) {
        made.call = start_thread;
    }
    else if (group == START_FORKS) {
        made.call = fork_process;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        made.shape = &shapes[i];
        if (shapes[i].group == group &&
            replacing_put(purpose, module, shapes[i].name, &made) < 0) {
            return -1;
        }
    }
    return 0;
}
