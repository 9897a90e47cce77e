#include "asynchronous.h"

#include <string.h>

#include "environment.h"
#include "platform.h"
#include "telling.h"

static const char EXEC[] = "create_subprocess_exec", SHELL[] = "create_subprocess_shell";
static const char FILE_NAME[] = "subprocess.py", FOLDER[] = "asyncio";

/* Asked of each function that begins, so the length has to do for nearly all of them. */
static int
is_named(PyCodeObject *code, const char *name, size_t size)
{
    return PyUnicode_GET_LENGTH(code->co_name) == (Py_ssize_t)size &&
           PyUnicode_CompareWithASCIIString(code->co_name, name) == 0;
}

/* Whether the last two parts of a path are these. */
static int
is_asyncio(PyObject *path)
{
    const size_t file = sizeof FILE_NAME - 1, folder = sizeof FOLDER - 1;
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(path, &size);
    if (text == NULL) {
        PyErr_Clear();
        return 0;
    }
    const char *name = text + size - file, *parent = name - 1 - folder;
    return (size_t)size > file + folder + 1 && strcmp(name, FILE_NAME) == 0 &&
           strncmp(parent, FOLDER, folder) == 0 && telling_is_library(text);
}

/* The name that the code has of the two, or NULL. */
static const char *
kind_of(PyCodeObject *code)
{
    const char *found = is_named(code, EXEC, sizeof EXEC - 1)     ? EXEC
                        : is_named(code, SHELL, sizeof SHELL - 1) ? SHELL
                                                                  : NULL;
    return found != NULL && is_asyncio(code->co_filename) ? found : NULL;
}

/* A keyword argument: borrowed, NULL if it is not given or None. */
static PyObject *
keyword(PyObject *keywords, const char *name)
{
    PyObject *value = keywords == NULL || !PyDict_CheckExact(keywords)
                          ? NULL
                          : PyDict_GetItemString(keywords, name);
    return value == Py_None ? NULL : value;
}

/* The keyword arguments belong to this call alone. Loops are particular about what is no dict: the
 * program is to hear of that from them. */
static void
complete(PyObject *keywords)
{
    int kept_out;
    PyObject *given = keyword(keywords, "env");
    if (given != NULL && PyDict_CheckExact(given)) {
        PyObject *completed = environment_completed(given, &kept_out);
        if (completed != NULL && PyDict_SetItemString(keywords, "env", completed) < 0) {
            PyErr_Clear();
        }
        Py_XDECREF(completed);
    }
}

static void
complete_in(PyFrameObject *frame)
{
    PyObject *keywords = frame == NULL ? NULL : frame_variable(frame, "kwds");
    complete(keywords);
    Py_XDECREF(keywords);
}

int
asynchronous_begins(PyCodeObject *code, PyFrameObject *frame)
{
    if (kind_of(code) == NULL) {
        return 0;
    }
    complete_in(frame != NULL ? frame : PyEval_GetFrame());
    return 1;
}

/* Whether a program that is named by its path is there; of others the loop will know. */
static int
may_be_there(PyObject *program, PyObject *keywords)
{
    PyObject *bytes = NULL;
    int there = 1;
    if (keyword(keywords, "cwd") == NULL && PyUnicode_FSConverter(program, &bytes)) {
        const char *path = PyBytes_AS_STRING(bytes);
        there = strchr(path, '/') == NULL || file_is_executable(path);
        Py_DECREF(bytes);
    }
    PyErr_Clear();
    return there;
}

static void
tell_kept_out(LedgerRecord *record, PyObject *keywords)
{
    int kept_out = 0;
    PyObject *given = keyword(keywords, "env");
    if (given != NULL && PyDict_CheckExact(given)) {
        Py_XDECREF(environment_completed(given, &kept_out));
    }
    if (kept_out) {
        ledger_record_add(record, "kept_out", "1", 1);
    }
}

static int
tell_of_call(LedgerRecord *record, PyFrameObject *frame, const char *kind)
{
    PyObject *program = frame_variable(frame, kind == SHELL ? "cmd" : "program");
    PyObject *words = kind == SHELL ? NULL : frame_variable(frame, "args");
    PyObject *keywords = frame_variable(frame, "kwds");
    PyObject *other = keyword(keywords, "executable");
    int there = program != NULL;
    if (there && kind == SHELL) {
        ledger_record_add(record, "executable", "/bin/sh", 7);
        ledger_record_add(record, "argv", "sh", 2);
        ledger_record_add(record, "argv", "-c", 2);
        telling_add_text(record, "argv", program);
    }
    else if (there && (there = may_be_there(other != NULL ? other : program, keywords))) {
        telling_add_text(record, "executable", other != NULL ? other : program);
        telling_add_text(record, "argv", program);
        if (words != NULL) {
            telling_add_texts(record, "argv", words);
        }
    }
    tell_kept_out(record, keywords);
    Py_XDECREF(program);
    Py_XDECREF(words);
    Py_XDECREF(keywords);
    return there;
}

int
asynchronous_tell(LedgerRecord *record)
{
    PyFrameObject *frame = PyThreadState_GetFrame(PyThreadState_Get());
    int result = 1;
    if (frame != NULL) {
        PyCodeObject *code = PyFrame_GetCode(frame);
        const char *kind = kind_of(code);
        if (kind != NULL) {
            result = tell_of_call(record, frame, kind);
        }
        Py_DECREF(code);
        Py_DECREF(frame);
    }
    return result;
}
