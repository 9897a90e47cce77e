#include "keys.h"

#include <stdlib.h>

int
keys_add(Keys *keys, int64_t key)
{
    if (keys->count == keys->capacity) {
        size_t capacity = keys->capacity ? keys->capacity * 2 : 64;
        int64_t *items = realloc(keys->items, capacity * sizeof *items);
        if (items == NULL) {
            return -1;
        }
        keys->items = items;
        keys->capacity = capacity;
    }
    keys->items[keys->count++] = key;
    return 0;
}

static int
compare(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

void
keys_sort(Keys *keys)
{
    size_t kept = 1, sorted = 1;
    for (; sorted < keys->count && keys->items[sorted - 1] < keys->items[sorted]; sorted++) {
    }
    if (sorted >= keys->count) { /* usual in data files, whose index is in this order */
        return;
    }
    qsort(keys->items, keys->count, sizeof *keys->items, compare);
    for (size_t i = 1; i < keys->count; i++) {
        if (keys->items[i] != keys->items[kept - 1]) {
            keys->items[kept++] = keys->items[i];
        }
    }
    keys->count = kept;
}

void
keys_clear(Keys *keys)
{
    free(keys->items);
    keys->items = NULL;
    keys->count = keys->capacity = 0;
}

static size_t
place_of(const Groups *groups, uint64_t number)
{
    size_t place = (size_t)((number ^ number >> 32) * 0x9E3779B97F4A7C15u >> 32);
    for (;; place++) {
        place &= groups->slot_count - 1;
        uint32_t slot = groups->slots[place];
        if (slot == 0 || groups->items[slot - 1].number == number) {
            return place;
        }
    }
}

Group *
groups_find(Groups *groups, uint64_t number)
{
    if (groups->count == 0) {
        return NULL;
    }
    if (groups->items[groups->last].number != number) {
        uint32_t slot = groups->slots[place_of(groups, number)];
        if (slot == 0) {
            return NULL;
        }
        groups->last = slot - 1;
    }
    return &groups->items[groups->last];
}

static int
make_room(Groups *groups)
{
    if (groups->count == groups->capacity) {
        size_t capacity = groups->capacity ? groups->capacity * 2 : 64;
        Group *items = realloc(groups->items, capacity * sizeof *items);
        if (items == NULL) {
            return -1;
        }
        groups->items = items;
        groups->capacity = capacity;
    }
    if (groups->count * 2 < groups->slot_count) {
        return 0;
    }
    uint32_t *old = groups->slots;
    size_t old_count = groups->slot_count, slot_count = old_count ? old_count * 2 : 128;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) {
        return -1;
    }
    groups->slots = slots;
    groups->slot_count = slot_count;
    for (size_t i = 0; i < groups->count; i++) {
        slots[place_of(groups, groups->items[i].number)] = (uint32_t)i + 1;
    }
    free(old);
    return 0;
}

Group *
groups_get(Groups *groups, uint64_t number)
{
    Group *found = groups_find(groups, number);
    if (found != NULL) {
        return found;
    }
    if (make_room(groups) < 0) {
        return NULL;
    }
    groups->slots[place_of(groups, number)] = (uint32_t)groups->count + 1;
    groups->last = groups->count++;
    found = &groups->items[groups->last];
    *found = (Group){.number = number};
    return found;
}

void
groups_clear(Groups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        bits_clear(&groups->items[i].lines);
        keys_clear(&groups->items[i].pairs);
    }
    free(groups->items);
    free(groups->slots);
    *groups = (Groups){0};
}
