/* units: frametable.c */
#include "frametable.h"

#include <stdint.h>
#include <string.h>

#include "check.h"

enum { FRAMES = 3000, ROUNDS = 600000 };

static int32_t naive[FRAMES]; /* 0: not there */

/* Addresses as an allocator gives them: in rows, and some far away. Never followed. */
static const void *
address(uint32_t number)
{
    uintptr_t far = number % 7 == 0 ? (uintptr_t)1 << 40 : 0;
    return (const void *)((uintptr_t)0x7f0000000000u + far + (uintptr_t)number * 96);
}

static void
step(FrameTable *table, uint32_t number, uint32_t what, int32_t mark)
{
    FrameState *state = frametable_find(table, address(number));
    CHECK((state != NULL) == (naive[number] != 0));
    if (state != NULL) {
        CHECK(state->frame == address(number));
        CHECK(state->last_line == naive[number]);
    }
    if (what == 0) {
        FrameState *added = frametable_add(table, address(number));
        CHECK(added != NULL && added->frame == address(number));
        /* What is known of a frame that is there already stays: its owner decides. */
        CHECK(added->last_line == naive[number]);
        CHECK(added->code == NULL && added->info == NULL && added->raise_line == 0);
        added->last_line = naive[number] = mark;
    }
    else if (what == 1 && state != NULL) {
        frametable_remove(table, state);
        CHECK(frametable_find(table, address(number)) == NULL);
        naive[number] = 0;
    }
}

static void
says_what_a_naive_table_says(uint32_t seed)
{
    FrameTable table = {0};
    memset(naive, 0, sizeof naive);
    for (int32_t i = 1; i <= ROUNDS; i++) {
        /* Busy in a part of the frames at a time, so that the table fills and empties. */
        uint32_t part = 10 + (uint32_t)(i / 1000 * 37 % (FRAMES - 10));
        step(&table, chance(&seed, part), chance(&seed, 3), i);
    }
    size_t count = 0;
    for (uint32_t number = 0; number < FRAMES; number++) {
        FrameState *state = frametable_find(&table, address(number));
        CHECK((state == NULL ? 0 : state->last_line) == naive[number]);
        count += naive[number] != 0;
    }
    CHECK(table.count == count);
    frametable_free(&table);
    CHECK(frametable_find(&table, address(0)) == NULL);
}

int
main(void)
{
    says_what_a_naive_table_says(5);
    says_what_a_naive_table_says(4711);
    return 0;
}
