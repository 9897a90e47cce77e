/* The extra slot of an interpreter's code objects, where the CodeInfo of each is kept.
 *
 * What: one slot an interpreter, and the lock that guards every CodeInfo in it.
 * Owner: the capsule that codeslot_capsule returns; the code object owns its CodeInfo and frees it
 *   when it dies.
 * Threads: the GIL, or the slot's lock, which the caller takes.
 * Fork: no lock is held by anybody else when the process forks.
 * Failure: NULL; with an exception set only where that is said. */
#ifndef COV_CODESLOT_H
#define COV_CODESLOT_H

#include "pycompat.h"

#include "codeinfo.h"

typedef struct CodeSlot {
    Py_ssize_t index;
    CovLock lock;
    struct CodeSlot *next; /* in the list of all slots of the process */
} CodeSlot;

/* A capsule with this interpreter's one slot: a new reference, or NULL with an exception set. The
 * slot lives as long as the capsule. */
PyObject *codeslot_capsule(void);
CodeSlot *codeslot_of(PyObject *capsule);

/* What is known of `code`, or NULL. */
CodeInfo *codeslot_get(PyObject *code, const CodeSlot *slot);

/* The same, made if need be. */
CodeInfo *codeslot_ensure(PyObject *code, const CodeSlot *slot);

#endif
