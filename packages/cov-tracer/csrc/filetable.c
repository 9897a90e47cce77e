#include "filetable.h"

#include <stdlib.h>
#include <string.h>

int
filetable_init(FileTable *table, PyObject *decide)
{
    table->names = PyDict_New();
    table->paths = PyDict_New();
    table->decide = Py_NewRef(decide);
    return table->names == NULL || table->paths == NULL ? -1 : 0;
}

int
filetable_traverse(FileTable *table, visitproc visit, void *arg)
{
    Py_VISIT(table->names);
    Py_VISIT(table->paths);
    Py_VISIT(table->decide);
    return 0;
}

void
filetable_clear(FileTable *table)
{
    Py_CLEAR(table->names);
    Py_CLEAR(table->paths);
    Py_CLEAR(table->decide);
}

void
filetable_free(FileTable *table)
{
    for (Py_ssize_t i = 0; i < table->count; i++) {
        factset_clear(&table->entries[i]->facts);
        free(table->entries[i]->path);
        free(table->entries[i]);
    }
    free(table->entries);
    table->entries = NULL;
    table->count = table->room = 0;
}

/* A new entry's index, or -1 with MemoryError set. */
static Py_ssize_t
add_entry(FileTable *table, const char *path, size_t length)
{
    if (table->count == table->room) {
        Py_ssize_t room = table->room ? table->room * 2 : 16;
        FileEntry **entries = realloc(table->entries, (size_t)room * sizeof *entries);
        if (entries == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        table->entries = entries;
        table->room = room;
    }
    FileEntry *entry = calloc(1, sizeof *entry);
    char *copy = malloc(length + 1);
    if (entry == NULL || copy == NULL) {
        free(entry);
        free(copy);
        PyErr_NoMemory();
        return -1;
    }
    entry->path = copy;
    memcpy(entry->path, path, length + 1);
    entry->length = length;
    file_stamp(path, &entry->stamp);
    table->entries[table->count] = entry;
    return table->count++;
}

/* The index under `key`: -1 if it stands for "not measured", -2 if there is none. */
static Py_ssize_t
look_up(PyObject *dict, PyObject *key)
{
    PyObject *number = PyDict_GetItemWithError(dict, key); /* borrowed, and used at once */
    return number == NULL ? -2 : PyLong_AsSsize_t(number);
}

static int
remember(PyObject *dict, PyObject *key, Py_ssize_t index)
{
    PyObject *number = PyLong_FromSsize_t(index);
    int result = number == NULL ? -1 : PyDict_SetItem(dict, key, number);
    Py_XDECREF(number);
    return result;
}

/* Programs that compile code all the time give each piece a name of its own. What is forgotten is
 * asked again. */
enum { NAMES_LIMIT = 1 << 16 };

/* Remember the answer about `name`, a path or None: the index of the entry, or -1. May leave an
 * exception set. */
static Py_ssize_t
add_answer(FileTable *table, PyObject *name, PyObject *path)
{
    Py_ssize_t index = -1, length;
    if (path != Py_None) {
        index = look_up(table->paths, path);
    }
    if (index == -2 && !PyErr_Occurred()) {
        const char *text = PyUnicode_AsUTF8AndSize(path, &length);
        index = text == NULL ? -1 : add_entry(table, text, (size_t)length);
        if (index >= 0 && remember(table->paths, path, index) < 0) {
            return -1;
        }
    }
    if (PyErr_Occurred()) {
        return -1;
    }
    if (PyDict_Size(table->names) >= NAMES_LIMIT) {
        PyDict_Clear(table->names);
    }
    return remember(table->names, name, index) < 0 ? -1 : index;
}

/* The decision's answer, or NULL with an exception set. */
static PyObject *
ask(FileTable *table, PyObject *name, PyFrameObject *frame)
{
    PyObject *runs = (PyObject *)(frame != NULL ? frame : PyEval_GetFrame());
    if (runs == NULL) {
        PyErr_Clear();
    }
    runs = Py_NewRef(runs == NULL ? Py_None : runs);
    PyObject *answer = PyObject_CallFunctionObjArgs(table->decide, name, runs, NULL);
    Py_DECREF(runs);
    return answer;
}

/* The folder that a code object's file lies in, of its name the first so many bytes; 0 if unknown. */
static size_t
folder_of(PyObject *code, const char **path)
{
    *path = PyCode_Check(code) ? PyUnicode_AsUTF8(((PyCodeObject *)code)->co_filename) : NULL;
    size_t size = *path == NULL ? 0 : strlen(*path);
    while (size > 0 && (*path)[size - 1] != '/' && (*path)[size - 1] != '\\') {
        size--;
    }
    return size;
}

static int
begins_with(const char *path, PyObject *prefix)
{
    Py_ssize_t size;
    const char *text = PyUnicode_Check(prefix) ? PyUnicode_AsUTF8AndSize(prefix, &size) : NULL;
    return text != NULL && size > 0 && strncmp(path, text, (size_t)size) == 0;
}

/* Is this code the decision's own: from the folder it is from, or from the standard library? */
static int
is_deciding(const FileTable *table, PyObject *code)
{
    const char *path, *home;
    PyObject *own = PyObject_GetAttrString(table->decide, "__code__");
    PyObject *library = PySys_GetObject("_stdlib_dir"); /* borrowed */
    size_t size = own == NULL ? 0 : folder_of(own, &home);
    (void)folder_of(code, &path);
    int result = path != NULL &&
                 (path[0] == '<' || (size > 0 && strncmp(path, home, size) == 0) ||
                  (library != NULL && begins_with(path, library) && !strstr(path, "-packages")));
    Py_XDECREF(own);
    PyErr_Clear();
    return result;
}

/* What the traceback tells of, below the decision's own frames: a signal handler's; or NULL. */
static PyObject *
handlers_part(const FileTable *table, PyObject *traceback)
{
    Py_XINCREF(traceback);
    while (traceback != NULL && traceback != Py_None) {
        PyCodeObject *code = PyFrame_GetCode(((PyTracebackObject *)traceback)->tb_frame);
        int ours = is_deciding(table, (PyObject *)code);
        Py_DECREF(code);
        if (!ours) {
            return traceback;
        }
        Py_SETREF(traceback, PyObject_GetAttrString(traceback, "tb_next"));
    }
    Py_XDECREF(traceback);
    return NULL;
}

/* The decision is Python code, in the midst of which a signal handler of the program may run, or
 * another thread's exception come: that is none of ours. It leaves as if from the program's own
 * line. 1 if so; else the exception is put back as it was. */
static int
is_from_program(const FileTable *table)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *part = handlers_part(table, traceback);
    int raised_elsewhere = part != NULL || !PyErr_GivenExceptionMatches(type, PyExc_Exception) ||
                           PyType_HasFeature((PyTypeObject *)type, Py_TPFLAGS_HEAPTYPE);
    if (raised_elsewhere) {
        Py_XSETREF(traceback, part);
        if (value != NULL) {
            (void)PyException_SetTraceback(value, part == NULL ? Py_None : part);
        }
    }
    PyErr_Restore(type, value, traceback);
    return raised_elsewhere;
}

/* What an exception that the decision raised means. Clears it unless it is the program's. */
static FileAnswer
forgive(FileTable *table, CovLock *lock, PyObject *name)
{
    if (is_from_program(table)) {
        return FILE_INTERRUPTED;
    }
    int passing = PyErr_ExceptionMatches(PyExc_RecursionError) ||
                  PyErr_ExceptionMatches(PyExc_MemoryError);
    PyErr_Clear();
    if (passing) {
        return FILE_UNDECIDED;
    }
    cov_lock(lock);
    table->troubles++;
    if (remember(table->names, name, -1) < 0) {
        PyErr_Clear();
    }
    cov_unlock(lock);
    return FILE_DECIDED;
}

FileAnswer
filetable_find(FileTable *table, CovLock *lock, PyCodeObject *code, PyFrameObject *frame,
               FileEntry **entry)
{
    PyObject *name = code->co_filename; /* as long as the code, which is running */
    *entry = NULL;
    if (table->names == NULL) {
        return FILE_DECIDED;
    }
    cov_lock(lock);
    Py_ssize_t index = look_up(table->names, name);
    *entry = index < 0 ? NULL : table->entries[index];
    cov_unlock(lock);
    if (index != -2) {
        return FILE_DECIDED;
    }
    PyObject *path = PyErr_Occurred() ? NULL : ask(table, name, frame);
    if (path == NULL) {
        return forgive(table, lock, name);
    }
    cov_lock(lock);
    index = add_answer(table, name, path);
    *entry = index < 0 ? NULL : table->entries[index];
    cov_unlock(lock);
    Py_DECREF(path);
    return PyErr_Occurred() ? forgive(table, lock, name) : FILE_DECIDED;
}

/* Series numbers belong to one journal file; after a fork there is another one. */
static uint32_t
series(FileEntry *entry, Journal *journal)
{
    uint32_t generation = journal_generation(journal);
    if (entry->generation != generation) {
        entry->series = journal_series(journal, entry->path, entry->length);
        journal_stamp(journal, entry->series, &entry->stamp);
        entry->generation = entry->series == 0 ? 0 : generation;
    }
    return entry->series;
}

void
filetable_line(FileEntry *entry, Journal *journal, int32_t line)
{
    if (factset_add(&entry->facts, line, FACTSET_LINE)) {
        journal_line(journal, series(entry, journal), line);
    }
}

void
filetable_jump(FileEntry *entry, Journal *journal, int32_t from, int32_t to)
{
    if (factset_add(&entry->facts, from, to)) {
        journal_jump(journal, series(entry, journal), from, to);
    }
}
