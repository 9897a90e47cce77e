/* The environment of new processes: our variable is in it, unless the program says otherwise.
 *
 * What: changes the arguments of a call that starts a process. The text of the variable belongs to
 *   the process and stays.
 * Ownership: an EnvironmentCall owns its arguments; environment_end gives them back.
 * Threads: where a program has removed the variable from its own environment it is put back for the
 *   time of the call; another thread may see it then.
 * Failure: the arguments stay as they were; no exception is set. */
#ifndef COV_ENVIRONMENT_H
#define COV_ENVIRONMENT_H

#include "pycompat.h"

typedef enum {
    ENV_INHERITED, /* the new process gets this one's */
    ENV_LIST,      /* a list of b"NAME=text", or None: inherited */
    ENV_MAPPING,   /* a mapping of names to texts, or None: inherited */
} EnvironmentKind;

typedef struct {
    PyObject *args, *kwargs; /* what to call with; kwargs may be NULL */
    char *name;              /* of the variable; NULL: there is nothing to do */
    const char *assignment;  /* NAME=text */
    const char *value;
    int borrowed; /* the variable was put into this process's own environment */
    int kept_out; /* the program says what the variable is to be, and it is not ours */
} EnvironmentCall;

/* New processes get this NAME=text, which must stay (NULL: no more). */
void environment_assign(const char *assignment);

/* What a new process is to get in place of `given`, a dict of names to texts: a new reference, or NULL
 * if that is right as it is. `kept_out` is set to whether the program says what the variable is. */
PyObject *environment_completed(PyObject *given, int *kept_out);

/* Begin a call; the environment is its argument `position`, or `env` by name (-1: it has none). */
void environment_begin(EnvironmentCall *call, PyObject *args, PyObject *kwargs, int position,
                       EnvironmentKind kind);

/* End it. */
void environment_end(EnvironmentCall *call);

#endif
