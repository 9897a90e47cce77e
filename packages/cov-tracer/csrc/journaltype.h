/* The `Journal` type: the journal as Python sees it.
 *
 * What: settings in, facts in; for the plain Python tracer, for tests, and to be handed to Tracer.
 * Owner: Python. Threads: as journal.h. Failure: the constructor raises, facts never do. */
#ifndef COV_JOURNALTYPE_H
#define COV_JOURNALTYPE_H

#include "pycompat.h"

#include "journal.h"

typedef struct {
    PyObject_HEAD
    Journal *journal;
} JournalObject;

extern PyType_Spec journal_spec;

#endif
