/* units: factset.c bits.c */
#include "factset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { FROMS = 300, TOS = 300, ROUNDS = 400000 };

static unsigned char naive[FROMS][TOS];

/* Lines near both ends of what 32 bits hold, exits, and the fact that a line ran. */
static int32_t
line(uint32_t number)
{
    return number < FROMS / 2 ? (int32_t)number : INT32_MAX - (int32_t)number;
}

static int32_t
target(uint32_t number)
{
    if (number == 0) {
        return FACTSET_LINE;
    }
    return number % 2 ? (int32_t)number : -line(number);
}

static void
says_what_a_naive_set_says(uint32_t seed)
{
    FactSet set = {0};
    size_t count = 0;
    memset(naive, 0, sizeof naive);
    CHECK(!factset_has(&set, 1, 2));
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t from = chance(&seed, FROMS), to = chance(&seed, TOS);
        CHECK(factset_has(&set, line(from), target(to)) == naive[from][to]);
        if (chance(&seed, 3) == 0) {
            continue;
        }
        CHECK(factset_add(&set, line(from), target(to)) == !naive[from][to]);
        int in_bitmap = to == 0 && from < FROMS / 2;
        count += !naive[from][to] && !in_bitmap;
        naive[from][to] = 1;
        CHECK(set.count == count);
        CHECK(set.count < set.capacity || count == 0);
    }
    for (uint32_t from = 0; from < FROMS; from++) {
        for (uint32_t to = 0; to < TOS; to++) {
            CHECK(factset_has(&set, line(from), target(to)) == naive[from][to]);
        }
    }
    factset_clear(&set);
    CHECK(set.count == 0 && !factset_has(&set, 1, 2) && !factset_has(&set, 1, FACTSET_LINE));
    CHECK(factset_add(&set, 1, 2) == 1);
    factset_clear(&set);
}

/* Where a bitmap of lines ends, a line is a fact like any other. */
static void
lines_of_any_size_are_told_apart(void)
{
    FactSet set = {0};
    const int32_t lines[] = {0, 1, 255, 256, 131071, 131072, INT32_MAX, -1, -131072};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        for (size_t j = 0; j < sizeof lines / sizeof *lines; j++) {
            CHECK(factset_has(&set, lines[j], FACTSET_LINE) == (j < i));
        }
        CHECK(factset_add(&set, lines[i], FACTSET_LINE) == 1);
        CHECK(factset_add(&set, lines[i], FACTSET_LINE) == 0);
        CHECK(set.lines.capacity <= 131072 / 8);
    }
    factset_clear(&set);
}

static void
a_hundred_thousand_lines_in_a_row_cost_little(void)
{
    FactSet set = {0};
    for (int32_t i = 0; i < 100000; i++) {
        CHECK(factset_add(&set, i, FACTSET_LINE) == 1);
        CHECK(factset_add(&set, i, i + 1) == 1);
    }
    CHECK(set.capacity <= 4 * set.count);
    factset_clear(&set);
}

int
main(void)
{
    for (uint32_t seed = 1; seed <= 5; seed++) {
        says_what_a_naive_set_says(seed * 7919);
    }
    lines_of_any_size_are_told_apart();
    a_hundred_thousand_lines_in_a_row_cost_little();
    return 0;
}
