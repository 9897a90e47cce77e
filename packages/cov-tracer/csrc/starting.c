#include "starting.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"
#include "platform.h"

typedef enum {
    ENV_INHERITED, /* the new process gets this one's */
    ENV_LIST,      /* a list of b"NAME=text", or None: inherited */
    ENV_MAPPING,   /* a mapping of names to texts, or None: inherited */
} EnvironmentKind;

typedef enum {
    STARTS_HERE,    /* the new program replaces this one */
    STARTS_UNKNOWN, /* the result does not tell the new process's id */
    STARTS_PID,     /* the result is its id */
    STARTS_TUPLE,   /* the third item of the result is its id */
    STARTS_THREAD,  /* no process: a thread that runs the first argument */
} StartKind;

/* Positions of arguments count from 0; -1: there is none. Source: the functions' documentation, and
 * Modules/_posixsubprocess.c and Modules/_winapi.c for those that have none. */
typedef struct {
    const char *name;
    const char *how;
    int path, argv, env;
    EnvironmentKind kind;
    StartKind start;
} Shape;

static const Shape shapes[] = {
    {"fork_exec", "subprocess", 1, 0, 5, ENV_LIST, STARTS_PID},
    {"posix_spawn", "posix_spawn", 0, 1, 2, ENV_MAPPING, STARTS_PID},
    {"posix_spawnp", "posix_spawn", 0, 1, 2, ENV_MAPPING, STARTS_PID},
    {"execv", "exec", 0, 1, -1, ENV_INHERITED, STARTS_HERE},
    {"execve", "exec", 0, 1, 2, ENV_MAPPING, STARTS_HERE},
    {"system", "system", -1, 0, -1, ENV_INHERITED, STARTS_UNKNOWN},
    {"spawnv", "spawn", 1, 2, -1, ENV_INHERITED, STARTS_UNKNOWN},
    {"spawnve", "spawn", 1, 2, 3, ENV_MAPPING, STARTS_UNKNOWN},
    {"CreateProcess", "subprocess", 0, 1, 6, ENV_MAPPING, STARTS_TUPLE},
    {"start_new_thread", "", -1, -1, -1, ENV_INHERITED, STARTS_THREAD},
    {"start_new", "", -1, -1, -1, ENV_INHERITED, STARTS_THREAD},
    {"start_joinable_thread", "", -1, -1, -1, ENV_INHERITED, STARTS_THREAD},
};

/* What new processes get. Old values are never freed: they are set once or twice a process. */
static _Atomic(char *) assignment_text;
static _Atomic(char *) library_path;
static atomic_uint start_count;

typedef struct {
    PyMethodDef method;
    PyObject *original;
    PyObject *tracer; /* NULL, or what wraps the functions of new threads */
    const Shape *shape;
} Wrapping;

static const char WRAPPING[] = "cov_tracer._tracer.wrapping";

static int
keep_text(_Atomic(char *) *place, PyObject *object)
{
    char *copy = NULL;
    if (object != Py_None) {
        PyObject *bytes = NULL;
        if (!PyUnicode_FSConverter(object, &bytes)) {
            return -1;
        }
        copy = malloc((size_t)PyBytes_GET_SIZE(bytes) + 1);
        if (copy != NULL) {
            strcpy(copy, PyBytes_AS_STRING(bytes));
        }
        Py_DECREF(bytes);
        if (copy == NULL) {
            PyErr_NoMemory();
            return -1;
        }
    }
    atomic_store(place, copy);
    return 0;
}

int
starting_follow(PyObject *assignment, PyObject *library)
{
    if (keep_text(&library_path, library) < 0) {
        return -1;
    }
    return keep_text(&assignment_text, assignment);
}

/* ---- texts for the ledger ------------------------------------------------------------------- */

/* The UTF-8 of a str, bytes or path object, or NULL, without an exception. */
static PyObject *
utf8(PyObject *object)
{
    PyObject *text = NULL, *encoded = NULL;
    if (PyUnicode_Check(object)) {
        text = Py_NewRef(object);
    }
    else if (PyBytes_Check(object)) {
        text = PyUnicode_DecodeFSDefaultAndSize(PyBytes_AS_STRING(object),
                                                PyBytes_GET_SIZE(object));
    }
    else if (PyLong_Check(object)) {
        text = PyObject_Str(object);
    }
    else {
        PyObject *path = PyOS_FSPath(object);
        if (path != NULL) {
            encoded = utf8(path);
            Py_DECREF(path);
            return encoded;
        }
    }
    if (text != NULL) {
        encoded = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
        Py_DECREF(text);
    }
    if (encoded == NULL) {
        PyErr_Clear();
    }
    return encoded;
}

static void
add_text(LedgerRecord *record, const char *key, PyObject *object)
{
    PyObject *encoded = utf8(object);
    if (encoded != NULL) {
        ledger_record_add(record, key, PyBytes_AS_STRING(encoded),
                          (size_t)PyBytes_GET_SIZE(encoded));
        Py_DECREF(encoded);
    }
}

/* A text, or each item of a list or tuple of them. */
static void
add_texts(LedgerRecord *record, const char *key, PyObject *object)
{
    if (!PyList_Check(object) && !PyTuple_Check(object)) {
        add_text(record, key, object);
        return;
    }
    for (Py_ssize_t i = 0; i < PySequence_Size(object); i++) {
        PyObject *item = PySequence_GetItem(object, i);
        if (item == NULL) {
            PyErr_Clear();
            return;
        }
        add_text(record, key, item);
        Py_DECREF(item);
    }
}

/* ---- who starts it -------------------------------------------------------------------------- */

/* Code of the standard library, though not of what is installed below it, starts processes on
 * behalf of somebody else. */
static int
is_library(const char *path)
{
    const char *library = atomic_load(&library_path);
    size_t size = library == NULL ? 0 : strlen(library);
    if (path[0] == '<') {
        return 1;
    }
    return size > 0 && strncmp(path, library, size) == 0 && strstr(path, "-packages") == NULL;
}

/* Add the place nearest to `frame` that is not in the library, or else the outermost one. */
static void
add_place(LedgerRecord *record)
{
    PyFrameObject *frame = PyThreadState_GetFrame(PyThreadState_Get());
    while (frame != NULL) {
        PyCodeObject *code = PyFrame_GetCode(frame);
        PyFrameObject *back = PyFrame_GetBack(frame);
        const char *path = PyUnicode_AsUTF8(code->co_filename);
        if (path == NULL) {
            PyErr_Clear();
        }
        if (back == NULL || (path != NULL && !is_library(path))) {
            add_text(record, "file", code->co_filename);
            ledger_record_add_number(record, "line", (uint64_t)PyFrame_GetLineNumber(frame));
            Py_CLEAR(back);
        }
        Py_DECREF(code);
        Py_DECREF(frame);
        frame = back;
    }
}

void
starting_forked(void)
{
    LedgerRecord record;
    if (!ledger_is_kept()) {
        return;
    }
    ledger_record_begin(&record, "armed");
    ledger_record_add(&record, "how", "fork", 4);
    ledger_record_add_number(&record, "ppid", process_parent());
    ledger_record_add_number(&record, "start", process_start());
    add_place(&record);
    ledger_record_write(&record);
}

/* ---- the environment ------------------------------------------------------------------------ */

/* The argument at a position, or by its name; borrowed, NULL if it is not given. */
static PyObject *
argument(PyObject *args, PyObject *kwargs, int position, const char *name)
{
    if (position < 0) {
        return NULL;
    }
    if (position < PyTuple_GET_SIZE(args)) {
        return PyTuple_GET_ITEM(args, position);
    }
    return kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, name);
}

typedef struct {
    PyObject *args, *kwargs; /* owned; what to call with */
    char *name;              /* of the variable; owned */
    const char *value;
    int borrowed_environment; /* the variable was put into this process's own */
    int kept_out;             /* the program says what the variable is to be: not ours */
} Call;

/* Look for "NAME=" in a list of bytes: 1 there, 0 not. */
static int
is_in_list(PyObject *list, const Call *call, const char *assignment)
{
    size_t size = strlen(call->name) + 1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        if (PyBytes_Check(item) && strncmp(PyBytes_AS_STRING(item), assignment, size) == 0) {
            return 1;
        }
    }
    return 0;
}

/* A copy of the list with our variable, NULL if it has one (or without memory). */
static PyObject *
list_with_ours(PyObject *given, Call *call, const char *assignment)
{
    PyObject *list = PySequence_List(given);
    if (list != NULL && is_in_list(list, call, assignment)) {
        PyObject *ours = PyBytes_FromString(assignment);
        call->kept_out = ours != NULL && PySequence_Contains(list, ours) == 0;
        Py_XDECREF(ours);
        Py_CLEAR(list);
    }
    if (list != NULL) {
        PyObject *ours = PyBytes_FromString(assignment);
        if (ours == NULL || PyList_Append(list, ours) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(ours);
    }
    return list;
}

/* The same for a mapping, whose names may be str or bytes. */
static PyObject *
mapping_with_ours(PyObject *given, Call *call)
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
replace_environment(Call *call, int position, PyObject *value)
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
complete_environment(Call *call, const Shape *shape, const char *assignment)
{
    PyObject *given = argument(call->args, call->kwargs, shape->env, "env");
    PyObject *completed = NULL;
    if (given == NULL || given == Py_None) {
        const char *found = environment_get(call->name);
        call->kept_out = found != NULL && strcmp(found, call->value) != 0;
        if (found == NULL) {
            environment_set(call->name, call->value);
            call->borrowed_environment = 1;
        }
        return;
    }
    if (shape->kind == ENV_MAPPING) {
        completed = mapping_with_ours(given, call);
    }
    else if (PyList_Check(given) || PyTuple_Check(given)) {
        completed = list_with_ours(given, call, assignment);
    }
    if (completed != NULL) {
        replace_environment(call, shape->env, completed);
        Py_DECREF(completed);
    }
    PyErr_Clear();
}

/* ---- the call ------------------------------------------------------------------------------- */

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
program_of(const Call *call, const Shape *shape)
{
    PyObject *path = argument(call->args, call->kwargs, shape->path, "path");
    if (path == NULL || strcmp(shape->name, "posix_spawnp") == 0) {
        return path;
    }
    if (!PyList_Check(path) && !PyTuple_Check(path)) {
        return is_there(path) ? path : NULL;
    }
    /* Relative ones count from the directory that the child changes to. */
    PyObject *folder = argument(call->args, call->kwargs, 4, "cwd");
    int elsewhere = folder != NULL && folder != Py_None;
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

/* Begin the record of a start. 0 if there is nothing to tell. */
static int
begin_record(LedgerRecord *record, const Call *call, const Shape *shape, const char *id)
{
    PyObject *program = program_of(call, shape);
    PyObject *argv = argument(call->args, call->kwargs, shape->argv,
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
    add_place(record);
    if (program != NULL && program != Py_None) {
        add_text(record, "executable", program);
    }
    if (argv != NULL) {
        add_texts(record, "argv", argv);
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
call_and_record(PyObject *original, Call *call, const Shape *shape)
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
        if (result != NULL) {
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
    const char *assignment = atomic_load(&assignment_text);
    size_t size = assignment == NULL ? 0 : strcspn(assignment, "=");
    Call call = {Py_NewRef(args), Py_XNewRef(kwargs), NULL, NULL, 0, 0};
    PyObject *result;
    call.name = assignment == NULL ? NULL : malloc(size + 1);
    if (call.name != NULL) {
        memcpy(call.name, assignment, size);
        call.name[size] = '\0';
        call.value = assignment + size + 1;
        complete_environment(&call, wrapping->shape, assignment);
        result = call_and_record(wrapping->original, &call, wrapping->shape);
    }
    else {
        result = PyObject_Call(wrapping->original, call.args, call.kwargs);
    }
    if (call.borrowed_environment) {
        environment_set(call.name, NULL);
    }
    free(call.name);
    Py_DECREF(call.args);
    Py_XDECREF(call.kwargs);
    return result;
}

/* Trace functions belong to a thread: a new one has none, but the function it runs can set it. */
static PyObject *
start_thread(const Wrapping *wrapping, PyObject *args, PyObject *kwargs)
{
    PyObject *traced = NULL, *changed = NULL, *result;
    Py_ssize_t size = PyTuple_GET_SIZE(args);
    if (size > 0 && PyCallable_Check(PyTuple_GET_ITEM(args, 0))) {
        traced = PyObject_CallMethod(wrapping->tracer, "wrap", "O", PyTuple_GET_ITEM(args, 0));
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

static PyObject *
wrapped(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *capsule = PyDict_GetItemString(PyModule_GetDict(self), WRAPPING);
    const Wrapping *wrapping = PyCapsule_GetPointer(capsule, WRAPPING);
    if (wrapping == NULL) {
        return NULL;
    }
    return wrapping->shape->start == STARTS_THREAD ? start_thread(wrapping, args, kwargs)
                                                   : start_process(wrapping, args, kwargs);
}

/* ---- making one ----------------------------------------------------------------------------- */

static void
wrapping_free(PyObject *capsule)
{
    Wrapping *wrapping = PyCapsule_GetPointer(capsule, WRAPPING);
    if (wrapping != NULL) {
        Py_DECREF(wrapping->original);
        Py_XDECREF(wrapping->tracer);
        free(wrapping);
    }
}

static const Shape *
shape_of(PyObject *function)
{
    if (PyCFunction_CheckExact(function)) {
        const char *name = ((PyCFunctionObject *)function)->m_ml->ml_name;
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
            if (strcmp(shapes[i].name, name) == 0) {
                return &shapes[i];
            }
        }
    }
    PyErr_SetString(PyExc_TypeError, "no builtin function that starts processes or threads");
    return NULL;
}

/* Name, documentation and signature are the original's. It is bound to a module, as builtin
 * functions are, so that it can be pickled by name. */
PyObject *
starting_wrap(PyObject *function, PyObject *tracer)
{
    const Shape *shape = shape_of(function);
    PyObject *name = NULL, *module = NULL, *capsule = NULL, *result = NULL;
    Wrapping *wrapping = NULL;
    if (shape == NULL) {
        return NULL;
    }
    if ((shape->start == STARTS_THREAD) != (tracer != Py_None)) {
        PyErr_SetString(PyExc_TypeError, "what starts threads needs a tracer, and nothing else does");
        return NULL;
    }
    name = PyObject_GetAttrString(function, "__module__");
    module = name == NULL ? NULL : PyModule_NewObject(name);
    wrapping = module == NULL ? NULL : calloc(1, sizeof *wrapping);
    if (wrapping == NULL) {
        goto done;
    }
    wrapping->method = *((PyCFunctionObject *)function)->m_ml;
    wrapping->method.ml_meth = (PyCFunction)(void (*)(void))wrapped;
    wrapping->method.ml_flags = METH_VARARGS | METH_KEYWORDS;
    wrapping->original = Py_NewRef(function);
    wrapping->tracer = tracer == Py_None ? NULL : Py_NewRef(tracer);
    wrapping->shape = shape;
    capsule = PyCapsule_New(wrapping, WRAPPING, wrapping_free);
    if (capsule == NULL) {
        Py_DECREF(wrapping->original);
        Py_XDECREF(wrapping->tracer);
        free(wrapping);
        goto done;
    }
    if (PyDict_SetItemString(PyModule_GetDict(module), WRAPPING, capsule) == 0) {
        result = PyCFunction_NewEx(&wrapping->method, module, name);
    }
done:
    Py_XDECREF(capsule);
    Py_XDECREF(module);
    Py_XDECREF(name);
    return result;
}
