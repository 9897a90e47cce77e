/* units: linetable.c */
#include "linetable.h"

#include <stdint.h>
#include <string.h>

#include "check.h"

enum { SHORT = 0, ONE_LINE_0 = 10, ONE_LINE_1, ONE_LINE_2, NO_COLUMNS, LONG, NOTHING };

/* First byte of an entry: bit 7, code, length in units minus one. */
#define ENTRY(code, units) (uint8_t)(0x80 | (code) << 3 | ((units) - 1))

static void
expect(const uint8_t *table, size_t size, int32_t first, const int32_t *wanted, size_t units)
{
    int32_t lines[64];
    CHECK(units <= 64);
    linetable_decode(table, size, first, lines, units);
    for (size_t unit = 0; unit < units; unit++) {
        CHECK(lines[unit] == wanted[unit]);
        CHECK(linetable_line(table, size, first, unit) == wanted[unit]);
    }
}

static void
every_form_of_entry_is_understood(void)
{
    const uint8_t table[] = {
        ENTRY(NO_COLUMNS, 1), 0,             /* no change of line */
        ENTRY(SHORT, 2), 0x11,               /* the same line */
        ENTRY(ONE_LINE_2, 1), 4, 8,          /* two on */
        ENTRY(NOTHING, 1),                   /* belongs to no line */
        ENTRY(ONE_LINE_0, 1), 4, 8,          /* the same */
        ENTRY(LONG, 3), 0x40 | 2, 1, 0, 1, 1, /* 33 on: 66 is two bytes */
        ENTRY(NO_COLUMNS, 1), 3,             /* one back */
        ENTRY(ONE_LINE_1, 8), 1, 2,          /* one on */
    };
    const int32_t wanted[] = {10, 10, 10, 12, NO_LINE, 12, 45, 45, 45, 44,
                              45, 45, 45, 45, 45,      45, 45, 45, NO_LINE};
    expect(table, sizeof table, 10, wanted, sizeof wanted / sizeof *wanted);
}

static void
places_have_columns_where_the_entry_has(void)
{
    const uint8_t table[] = {
        ENTRY(NO_COLUMNS, 1), 0,              /* a line only */
        ENTRY(3, 1), 0x25,                    /* short: 3 * 8 + 2, and 5 on */
        ENTRY(ONE_LINE_2, 2), 40, 80,         /* two lines on */
        ENTRY(NOTHING, 1),                    /* none at all */
        ENTRY(LONG, 1), 2, 3, 5, 0x40 | 1, 1, /* one on, to three below, from 4 to 64 */
    };
    const Place wanted[] = {
        {10, 10, NO_COLUMN, NO_COLUMN}, {10, 10, 26, 31},
        {12, 12, 40, 80},               {12, 12, 40, 80},
        {NO_LINE, NO_LINE, NO_COLUMN, NO_COLUMN},
        {13, 16, 4, 64},                {NO_LINE, NO_LINE, NO_COLUMN, NO_COLUMN},
    };
    Place places[7];
    linetable_places(table, sizeof table, 10, places, 7);
    for (size_t unit = 0; unit < 7; unit++) {
        CHECK(places[unit].line == wanted[unit].line);
        CHECK(places[unit].end_line == wanted[unit].end_line);
        CHECK(places[unit].column == wanted[unit].column);
        CHECK(places[unit].end_column == wanted[unit].end_column);
    }
}

static void
lines_beyond_what_there_can_be_are_none(void)
{
    const uint8_t below[] = {ENTRY(NO_COLUMNS, 1), 0x40 | 7, 0x40 | 63, 63};
    const int32_t none[] = {NO_LINE};
    expect(below, sizeof below, 1, none, 1);
    const uint8_t above[] = {ENTRY(ONE_LINE_2, 1), 0, 0};
    expect(above, sizeof above, INT32_MAX, none, 1);
    const uint8_t huge[] = {ENTRY(NO_COLUMNS, 1), 0};
    const int32_t last[] = {INT32_MAX};
    expect(huge, sizeof huge, INT32_MAX, last, 1);
}

/* The least number of 32 bits, of which one is taken for a column. */
static void
columns_beyond_what_there_can_be_do_no_harm(void)
{
    const uint8_t table[] = {ENTRY(LONG, 1), 0, 0, 0x40, 0x40, 0x40, 0x40, 0x40, 2,
                             0x40,           0x40, 0x40, 0x40, 0x40, 2};
    Place place;
    linetable_places(table, sizeof table, 10, &place, 1);
    CHECK(place.line == 10 && place.column == INT32_MAX && place.end_column == INT32_MAX);
}

/* Any bytes at all: no read outside them, no line below 0 but NO_LINE. */
static void
rubbish_and_tables_cut_short_do_no_harm(void)
{
    uint32_t seed = 99;
    int32_t lines[200];
    Place places[200];
    for (int round = 0; round < 20000; round++) {
        size_t size = chance(&seed, 40);
        uint8_t *exact = malloc(size ? size : 1); /* a block of its own: the sanitizer looks */
        CHECK(exact != NULL);
        for (size_t i = 0; i < size; i++) {
            exact[i] = (uint8_t)chance(&seed, 256);
        }
        int32_t first = (int32_t)chance(&seed, 2) * (INT32_MAX - 5);
        linetable_decode(exact, size, first, lines, 200);
        linetable_places(exact, size, first, places, 200);
        for (size_t unit = 0; unit < 200; unit++) {
            CHECK(places[unit].line == lines[unit]);
            CHECK(lines[unit] >= 0 || lines[unit] == NO_LINE);
            CHECK(linetable_line(exact, size, first, unit) == lines[unit]);
        }
        free(exact);
    }
}

int
main(void)
{
    every_form_of_entry_is_understood();
    places_have_columns_where_the_entry_has();
    lines_beyond_what_there_can_be_are_none();
    columns_beyond_what_there_can_be_do_no_harm();
    rubbish_and_tables_cut_short_do_no_harm();
    return 0;
}
