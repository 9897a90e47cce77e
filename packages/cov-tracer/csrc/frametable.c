#include "frametable.h"

#include <stdlib.h>
#include <string.h>

static size_t
home(const FrameTable *table, const void *frame)
{
    uint64_t key = (uint64_t)(uintptr_t)frame * 0x9E3779B97F4A7C15u;
    return (size_t)(key >> 32) & (table->capacity - 1);
}

FrameState *
frametable_find(FrameTable *table, const void *frame)
{
    if (table->count == 0) {
        return NULL;
    }
    for (size_t i = home(table, frame);; i = (i + 1) & (table->capacity - 1)) {
        if (table->slots[i].frame == frame) {
            return &table->slots[i];
        }
        if (table->slots[i].frame == NULL) {
            return NULL;
        }
    }
}

static FrameState *
free_slot(FrameTable *table, const void *frame)
{
    size_t i = home(table, frame);
    while (table->slots[i].frame != NULL && table->slots[i].frame != frame) {
        i = (i + 1) & (table->capacity - 1);
    }
    return &table->slots[i];
}

static int
grow(FrameTable *table)
{
    FrameTable bigger = {.capacity = table->capacity ? table->capacity * 2 : 64};
    bigger.slots = calloc(bigger.capacity, sizeof *bigger.slots);
    if (bigger.slots == NULL) {
        return -1;
    }
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->slots[i].frame != NULL) {
            *free_slot(&bigger, table->slots[i].frame) = table->slots[i];
        }
    }
    bigger.count = table->count;
    free(table->slots);
    *table = bigger;
    return 0;
}

FrameState *
frametable_add(FrameTable *table, const void *frame)
{
    if (table->count * 2 >= table->capacity && grow(table) != 0) {
        return NULL;
    }
    FrameState *state = free_slot(table, frame);
    if (state->frame == NULL) {
        table->count++;
        state->frame = frame;
    }
    return state;
}

/* Close the gap, so that no search stops short of what lies behind it. */
void
frametable_remove(FrameTable *table, FrameState *state)
{
    size_t mask = table->capacity - 1;
    size_t gap = (size_t)(state - table->slots);
    for (size_t i = (gap + 1) & mask; table->slots[i].frame != NULL; i = (i + 1) & mask) {
        size_t wanted = home(table, table->slots[i].frame);
        if (((i - wanted) & mask) >= ((i - gap) & mask)) {
            table->slots[gap] = table->slots[i];
            gap = i;
        }
    }
    memset(&table->slots[gap], 0, sizeof table->slots[gap]);
    table->count--;
}

void
frametable_free(FrameTable *table)
{
    free(table->slots);
    memset(table, 0, sizeof *table);
}
