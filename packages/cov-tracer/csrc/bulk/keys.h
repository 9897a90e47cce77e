/* Pairs of line numbers by the hundred thousand, as sorted arrays of 64-bit keys.
 *
 * What: a pair (from, to) is the key from * 2^32 + to + 2^31, so that keys sort as pairs do; and a
 *     table of such arrays and of bitmaps, found by number. Knows no Python object.
 * Owner: the caller owns the Keys and the Groups, and gives their memory back.
 * Threads: one at a time.
 * Failure: -1 or NULL when memory runs out; what was there before stays as it was. */
#ifndef COV_BULK_KEYS_H
#define COV_BULK_KEYS_H

#include "../bits.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t *items;
    size_t count, capacity;
} Keys;

static inline int64_t
pair_key(int32_t from, int32_t to)
{
    return (int64_t)from * ((int64_t)1 << 32) + ((int64_t)to + ((int64_t)1 << 31));
}

static inline int32_t
pair_from(int64_t key)
{
    int64_t low = (int64_t)((uint64_t)key & UINT32_MAX);
    return (int32_t)((key - low) / ((int64_t)1 << 32));
}

static inline int32_t
pair_to(int64_t key)
{
    return (int32_t)((int64_t)((uint64_t)key & UINT32_MAX) - ((int64_t)1 << 31));
}

int keys_add(Keys *keys, int64_t key);

/* Bring them in order, each once. */
void keys_sort(Keys *keys);

void keys_clear(Keys *keys);

typedef struct {
    uint64_t number;
    Bits lines;
    Keys pairs;
} Group;

typedef struct {
    Group *items;
    size_t count, capacity;
    uint32_t *slots; /* index + 1 of an item, 0 free: open addressing */
    size_t slot_count; /* a power of two, or 0 */
    size_t last; /* the item found last: facts of one group come together */
} Groups;

/* The group of a number; NULL if there is none. */
Group *groups_find(Groups *groups, uint64_t number);

/* The same, made if it is not there; NULL when memory runs out. */
Group *groups_get(Groups *groups, uint64_t number);

void groups_clear(Groups *groups);

#endif
