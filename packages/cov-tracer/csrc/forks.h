/* Forks that code in C makes by itself, past Python: mostly to become another program.
 *
 * What: tells the ledger of them, in the new process, as a start by the parent. Should that process
 *   go on as what it was, it says so with the first thing it has to tell (ledger_promise). It
 *   knows no Python object.
 * Threads: Python's own forks are told apart by being made between forks_begin and forks_end on
 *   the same thread.
 * Failure: what cannot be told is left out. On a signal stack nothing is even tried. */
#ifndef COV_FORKS_H
#define COV_FORKS_H

#include "ledger.h"

/* Tell of them from now on. `describe` adds what the forking thread knows of the start, before the
 * fork, and answers whether it is one; an exception may be set, and it has to leave it alone. */
void forks_watch(int (*describe)(LedgerRecord *record));

/* Tell of them no more. */
void forks_unwatch(void);

/* A fork between these two is told by whoever makes it. They nest; in the child `end` counts, too. */
void forks_begin(void);
void forks_end(void);

/* Whether this process is a fork that C code made, and was watched. */
int forks_is_foreign(void);

#endif
