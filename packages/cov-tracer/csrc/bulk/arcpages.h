/* The arcs in an SQLite file, read without SQLite: a statement for each row is what costs.
 *
 * What: walks the b-tree of a table of four integers (file, context, from, to) and groups its rows.
 *     The format: https://www.sqlite.org/fileformat2.html. Knows no Python object.
 * Owner: the caller owns the bytes and the Groups.
 * Failure: ARCS_ODD for whatever is not exactly as expected (another page type, a column that is no
 *     integer or too big, a page twice): then SQLite itself has to tell what it is. */
#ifndef COV_BULK_ARCPAGES_H
#define COV_BULK_ARCPAGES_H

#include "keys.h"

enum { ARCS_READ = 0, ARCS_ODD = 1, ARCS_NO_MEMORY = -1 };

/* Add the rows of the table whose root is page `root` (from 1); a group's number is the file's id
 * times 2^32 plus the context's. */
int arcpages_read(const uint8_t *data, size_t size, uint32_t root, Groups *groups);

#endif
