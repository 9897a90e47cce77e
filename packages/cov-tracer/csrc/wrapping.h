/* Builtin functions that stand for others.
 *
 * What: makes a function with the name, documentation and signature of a builtin one, bound to a
 *   module as that is, so that it can be pickled by name; what it does is up to a C function. So no
 *   frame, no trace event and no signal handler of the program ever sees ours at work.
 * Ownership: the wrapper owns the original and the companion. Its definition stays for good, one for
 *   each original: a collection of garbage may take the wrapper's module before the wrapper, which
 *   looks at its definition even as it goes.
 * Threads: nothing is changed after it was made.
 * Failure: NULL with an exception. */
#ifndef COV_WRAPPING_H
#define COV_WRAPPING_H

#include "pycompat.h"

typedef struct Wrapping Wrapping;

struct Wrapping {
    PyObject *original;
    PyObject *companion; /* whatever the call needs, or NULL */
    const void *shape;   /* the same in C */
    PyObject *(*call)(const Wrapping *wrapping, PyObject *args, PyObject *kwargs);
};

/* The name of a builtin function, or NULL for other objects. */
const char *wrapping_name(PyObject *function);

/* A wrapper of a builtin function: a new reference. The field `original` of `made` is not read. */
PyObject *wrapping_new(PyObject *function, const Wrapping *made);

/* The argument at a position (from 0) or of a name: borrowed, NULL if it is not given. */
PyObject *wrapping_argument(PyObject *args, PyObject *kwargs, int position, const char *name);

#endif
