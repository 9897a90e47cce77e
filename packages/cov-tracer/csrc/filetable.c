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

/* A new entry's index, or -1 without memory. */
static Py_ssize_t
add_entry(FileTable *table, const char *path, size_t length)
{
    if (table->count == table->room) {
        Py_ssize_t room = table->room ? table->room * 2 : 16;
        FileEntry **entries = realloc(table->entries, (size_t)room * sizeof *entries);
        if (entries == NULL) {
            return -1;
        }
        table->entries = entries;
        table->room = room;
    }
    FileEntry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) {
        return -1;
    }
    entry->path = malloc(length + 1);
    if (entry->path == NULL) {
        free(entry);
        return -1;
    }
    memcpy(entry->path, path, length + 1);
    entry->length = length;
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

/* Ask the decision: the index of the entry, or -1. May leave an exception set. */
static Py_ssize_t
ask(FileTable *table, PyObject *name)
{
    PyObject *frame = (PyObject *)PyEval_GetFrame(); /* borrowed; on the stack all the while */
    Py_ssize_t index = -1, length;
    const char *text;
    PyObject *path =
        PyObject_CallFunctionObjArgs(table->decide, name, frame == NULL ? Py_None : frame, NULL);
    if (path == NULL || path == Py_None) {
        goto done;
    }
    index = look_up(table->paths, path);
    if (index != -2) {
        goto done;
    }
    index = -1;
    text = PyUnicode_AsUTF8AndSize(path, &length);
    if (text == NULL) {
        goto done;
    }
    index = add_entry(table, text, (size_t)length);
    if (index >= 0 && remember(table->paths, path, index) < 0) {
        index = -1;
    }
done:
    Py_XDECREF(path);
    return index;
}

FileEntry *
filetable_find(FileTable *table, PyCodeObject *code)
{
    if (table->names == NULL) {
        return NULL;
    }
    Py_ssize_t index = look_up(table->names, code->co_filename);
    if (index == -2) {
        index = ask(table, code->co_filename);
        if (PyErr_Occurred()) {
            table->troubles++;
            PyErr_Clear();
            index = -1;
        }
        if (remember(table->names, code->co_filename, index) < 0) {
            PyErr_Clear();
        }
    }
    return index < 0 ? NULL : table->entries[index];
}

/* Series numbers belong to one journal file; after a fork there is another one. */
static uint32_t
series(FileEntry *entry, Journal *journal)
{
    if (entry->generation != journal_generation(journal)) {
        entry->series = journal_series(journal, entry->path, entry->length);
        entry->generation = journal_generation(journal);
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
