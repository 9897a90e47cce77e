/* A set of facts: "seen already?" for event sources that repeat themselves.
 *
 * What: lines that ran in a bitmap, and pairs of lines in an open-addressing hash table, as lines
 *   too big for the bitmap are. It knows no Python object.
 * Owner: the caller owns the FactSet; factset_clear gives back what it points to.
 * Threads: holds no lock; the caller sees to it that one thread at a time is in here.
 * Failure: when memory runs out a fact is reported as new each time, never as seen. */
#ifndef COV_FACTSET_H
#define COV_FACTSET_H

#include "bits.h"

typedef struct {
    uint64_t *slots; /* 0 is an empty slot */
    size_t capacity; /* a power of two, or 0 */
    size_t count;    /* slots in use */
    Bits lines;
} FactSet;

/* `to` of the fact that a line ran; no jump goes there. */
#define FACTSET_LINE INT32_MIN

/* Add (from, to): 1 if it is new, 0 if it was there. Amortised O(1). */
int factset_add(FactSet *set, int32_t from, int32_t to);

int factset_has(const FactSet *set, int32_t from, int32_t to);

/* Give the memory back; the set is empty then. */
void factset_clear(FactSet *set);

#endif
