/* The arcs of a data file, written without SQLite: cov_data.bulk.write_arcs in C.
 *
 * What: arcrows.h makes the cells and treepages.h the pages; here they meet Python's objects.
 * Threads: no state at all; every call is on its own.
 * Failure: NULL with a Python exception, `write`'s own ones among them. */
#ifndef COV_BULK_ARCWRITING_H
#define COV_BULK_ARCWRITING_H

#include "../pycompat.h"

extern const char arcwriting_doc[];

PyObject *arcwriting_write(PyObject *module, PyObject *args);

#endif
