/* File name -> measured or not, its facts so far, and its number in the journal.
 *
 * What: one entry a source file, found by the code object's file name. The decision is asked once
 *   a name; two names of one file share an entry.
 * Owner: the table owns its entries; pointers to them are good as long as the table.
 * Threads: the GIL, or the lock given; never held while the decision, which is Python code, runs.
 * Failure: a decision that raises means "not measured"; see filetable_find. */
#ifndef COV_FILETABLE_H
#define COV_FILETABLE_H

#include "pycompat.h"

#include "factset.h"
#include "journal.h"
#include "platform.h"

typedef struct {
    char *path; /* UTF-8, as the decision gave it */
    size_t length;
    FileStamp stamp; /* of the source when its code was first seen */
    FactSet facts;
    uint32_t generation; /* of the journal, when `series` was handed out; 0: there is none */
    uint32_t series;
} FileEntry;

typedef struct {
    PyObject *names;  /* dict: code file name -> index in entries, or -1; see NAMES_LIMIT */
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

typedef enum {
    FILE_DECIDED,
    FILE_UNDECIDED,   /* no stack or memory was left to decide with: ask again */
    FILE_INTERRUPTED, /* an exception is set that is not the decision's fault: a signal brought
                       * KeyboardInterrupt or its like, and the program is to have it */
} FileAnswer;

/* Find the entry of the file that `code` comes from, which runs in `frame` (NULL: the innermost);
 * NULL if it is not measured. The caller does not hold `lock`, and owns a reference to whoever owns
 * the table. */
FileAnswer filetable_find(FileTable *table, CovLock *lock, PyCodeObject *code, PyFrameObject *frame,
                          FileEntry **entry);

/* Tell the journal a fact of this file, unless it was told before. */
void filetable_line(FileEntry *entry, Journal *journal, int32_t line);
void filetable_jump(FileEntry *entry, Journal *journal, int32_t from, int32_t to);

#endif
