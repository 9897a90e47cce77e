/* File name -> measured or not, its facts so far, and its number in the journal.
 *
 * What: one entry a source file, found by the code object's file name. The decision is asked once
 *   a name; two names of one file share an entry.
 * Owner: the table owns its entries; pointers to them are good as long as the table.
 * Threads: the GIL, or the caller's lock. Failure: no memory or a decision that raises means "not
 *   measured"; no exception is left set. */
#ifndef COV_FILETABLE_H
#define COV_FILETABLE_H

#include "pycompat.h"

#include "factset.h"
#include "journal.h"

typedef struct {
    char *path; /* UTF-8, as the decision gave it */
    size_t length;
    FactSet facts;
    uint32_t generation; /* of the journal, when `series` was handed out; 0: never */
    uint32_t series;
} FileEntry;

typedef struct {
    PyObject *names;  /* dict: code file name -> index in entries, or -1 */
    PyObject *paths;  /* dict: decided path -> index */
    FileEntry **entries;
    Py_ssize_t count, room;
    PyObject *decide; /* callable (file name, frame) -> path or None */
    uint32_t troubles; /* decisions that raised */
} FileTable;

int filetable_init(FileTable *table, PyObject *decide);
int filetable_traverse(FileTable *table, visitproc visit, void *arg);
void filetable_clear(FileTable *table); /* the references; entries stay */
void filetable_free(FileTable *table);  /* the entries */

/* The entry of the file that `code`, now running, comes from, or NULL if it is not measured. */
FileEntry *filetable_find(FileTable *table, PyCodeObject *code);

/* Tell the journal a fact of this file, unless it was told before. */
void filetable_line(FileEntry *entry, Journal *journal, int32_t line);
void filetable_jump(FileEntry *entry, Journal *journal, int32_t from, int32_t to);

#endif
