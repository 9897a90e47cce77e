#include "telling.h"

#include <stdatomic.h>
#include <string.h>

#include "forks.h"
#include "platform.h"

static _Atomic(const char *) library_path;

/* The process that was told last: in a forked child, its parent, which may be gone by now. */
static _Atomic(uint32_t) known_process;

void
telling_library(const char *path)
{
    atomic_store(&library_path, path);
    atomic_store(&known_process, process_id());
}

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

void
telling_add_text(LedgerRecord *record, const char *key, PyObject *object)
{
    PyObject *encoded = utf8(object);
    if (encoded != NULL) {
        ledger_record_add(record, key, PyBytes_AS_STRING(encoded),
                          (size_t)PyBytes_GET_SIZE(encoded));
        Py_DECREF(encoded);
    }
}

/* A text, or each item of a list or tuple of them. */
void
telling_add_texts(LedgerRecord *record, const char *key, PyObject *object)
{
    if (!PyList_Check(object) && !PyTuple_Check(object)) {
        telling_add_text(record, key, object);
        return;
    }
    for (Py_ssize_t i = 0; i < PySequence_Size(object); i++) {
        PyObject *item = PySequence_GetItem(object, i);
        if (item == NULL) {
            PyErr_Clear();
            return;
        }
        telling_add_text(record, key, item);
        Py_DECREF(item);
    }
}

/* Code of the standard library, though not of what is installed below it, starts processes on
 * behalf of somebody else. */
int
telling_is_library(const char *path)
{
    const char *library = atomic_load(&library_path);
    size_t size = library == NULL ? 0 : strlen(library);
    if (path[0] == '<') {
        return 1;
    }
    return size > 0 && strncmp(path, library, size) == 0 && strstr(path, "-packages") == NULL;
}

/* Add the place nearest to `frame` that is not in the library, or else the outermost one. */
void
telling_add_place(LedgerRecord *record)
{
    PyFrameObject *frame = PyThreadState_GetFrame(PyThreadState_Get());
    while (frame != NULL) {
        PyCodeObject *code = PyFrame_GetCode(frame);
        PyFrameObject *back = PyFrame_GetBack(frame);
        const char *path = PyUnicode_AsUTF8(code->co_filename);
        if (path == NULL) {
            PyErr_Clear();
        }
        if (back == NULL || (path != NULL && !telling_is_library(path))) {
            telling_add_text(record, "file", code->co_filename);
            ledger_record_add_number(record, "line", (uint64_t)PyFrame_GetLineNumber(frame));
            Py_CLEAR(back);
        }
        Py_DECREF(code);
        Py_DECREF(frame);
        frame = back;
    }
}

void
telling_forked(void)
{
    LedgerRecord record;
    uint32_t parent = atomic_exchange(&known_process, process_id());
    if (!ledger_is_kept() || forks_is_foreign()) {
        return;
    }
    ledger_record_begin(&record, "armed");
    ledger_record_add(&record, "how", "fork", 4);
    ledger_record_add_number(&record, "ppid", parent ? parent : process_parent());
    ledger_record_add_number(&record, "start", process_start());
    telling_add_place(&record);
    ledger_record_write(&record);
}

