/* units: factset.c */
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
        count += !naive[from][to];
        naive[from][to] = 1;
        CHECK(set.count == count);
        CHECK(set.count < set.capacity);
    }
    for (uint32_t from = 0; from < FROMS; from++) {
        for (uint32_t to = 0; to < TOS; to++) {
            CHECK(factset_has(&set, line(from), target(to)) == naive[from][to]);
        }
    }
    factset_clear(&set);
    CHECK(set.count == 0 && !factset_has(&set, 1, 2));
    CHECK(factset_add(&set, 1, 2) == 1);
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
    a_hundred_thousand_lines_in_a_row_cost_little();
    return 0;
}
