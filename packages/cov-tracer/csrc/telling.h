/* Records of the ledger, made from Python objects.
 *
 * What: texts of command lines, and the place in the program that something is done from.
 * Threads: the calling one's frames are looked at; nothing is kept.
 * Failure: what cannot be told is left out; no exception is set, and none may be set before. */
#ifndef COV_TELLING_H
#define COV_TELLING_H

#include "pycompat.h"

#include "ledger.h"

/* The directory of the standard library, which does things on behalf of others (NULL: none). The
 * text must stay. */
void telling_library(const char *path);

/* Add a str, bytes, path object or number. */
void telling_add_text(LedgerRecord *record, const char *key, PyObject *object);

/* The same, or each item of a list or tuple of them. */
void telling_add_texts(LedgerRecord *record, const char *key, PyObject *object);

/* Add the file and line of the nearest frame outside the library, or else of the outermost one. */
void telling_add_place(LedgerRecord *record);

/* Whether a file is one of the library. */
int telling_is_library(const char *path);

/* In a forked child: tell that it is there. */
void telling_forked(void);

#endif
