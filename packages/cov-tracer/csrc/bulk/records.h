/* The records of a journal: cov_data.bulk.decode in C.
 *
 * What: docs/formats/journal.md; cov_data.bulk says what comes out, tests hold the two together.
 * Threads: no state at all; every call is on its own.
 * Failure: NULL with a Python exception. No content of `data` makes it fail. */
#ifndef COV_BULK_RECORDS_H
#define COV_BULK_RECORDS_H

#include "../pycompat.h"
#include "keys.h"

extern const char records_decode_doc[];

PyObject *records_decode(PyObject *module, PyObject *args);

/* Pairs as bytes; puts them in order. */
PyObject *records_packed(Keys *pairs);

#endif
