/* Arcs as the cells of an SQLite file: of the table `arc`, and of the index that keeps them unique.
 *
 * What: the other direction of arcpages.h. Knows no Python object.
 * Failure: -1, as in treepages.h. */
#ifndef COV_BULK_ARCROWS_H
#define COV_BULK_ARCROWS_H

#include "treepages.h"

typedef struct {
    int32_t file, context;
    const char *packed; /* sorted keys (keys.h), not aligned */
    size_t count;
} ArcGroup;

/* Add the arcs of a file in a context to a tree, behind `*row` rows, which becomes their number. */
int arcrows_add(Tree *tree, const ArcGroup *group, uint64_t *row);

#endif
