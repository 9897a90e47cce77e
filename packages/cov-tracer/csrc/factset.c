#include "factset.h"

#include <stdlib.h>

/* Lines that a bitmap may hold: 16 kB. */
enum { MOST_LINES = 1 << 17 };

/* Lines are never all ones on both sides, so no key is 0 after flipping its bits. */
static uint64_t
make_key(int32_t from, int32_t to)
{
    return ~(((uint64_t)(uint32_t)from << 32) | (uint32_t)to);
}

static size_t
home(uint64_t key, size_t capacity)
{
    uint64_t hash = (key ^ (key >> 32)) * 0x9E3779B97F4A7C15u;
    return (size_t)(hash >> 32) & (capacity - 1);
}

static size_t
find(const uint64_t *slots, size_t capacity, uint64_t key)
{
    size_t place = home(key, capacity);
    while (slots[place] != 0 && slots[place] != key) {
        place = (place + 1) & (capacity - 1);
    }
    return place;
}

static int
grow(FactSet *set)
{
    size_t capacity = set->capacity ? set->capacity * 2 : 32;
    uint64_t *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL) {
        return -1;
    }
    for (size_t i = 0; i < set->capacity; i++) {
        if (set->slots[i] != 0) {
            slots[find(slots, capacity, set->slots[i])] = set->slots[i];
        }
    }
    free(set->slots);
    set->slots = slots;
    set->capacity = capacity;
    return 0;
}

static int
is_small_line(int32_t from, int32_t to)
{
    return to == FACTSET_LINE && from >= 0 && from < MOST_LINES;
}

int
factset_add(FactSet *set, int32_t from, int32_t to)
{
    uint64_t key = make_key(from, to);
    if (is_small_line(from, to)) {
        int known = bits_has(&set->lines, from);
        if (known || bits_add(&set->lines, from) == 0) {
            return !known;
        }
    }
    if (set->count * 4 >= set->capacity * 3 && grow(set) != 0) {
        /* A full table cannot be searched; one with a free slot still can. */
        if (set->count + 1 >= set->capacity) {
            return 1;
        }
    }
    size_t place = find(set->slots, set->capacity, key);
    if (set->slots[place] == key) {
        return 0;
    }
    set->slots[place] = key;
    set->count++;
    return 1;
}

int
factset_has(const FactSet *set, int32_t from, int32_t to)
{
    uint64_t key = make_key(from, to);
    if (is_small_line(from, to) && bits_has(&set->lines, from)) {
        return 1;
    }
    return set->capacity != 0 && set->slots[find(set->slots, set->capacity, key)] == key;
}

void
factset_clear(FactSet *set)
{
    free(set->slots);
    bits_clear(&set->lines);
    *set = (FactSet){0};
}
