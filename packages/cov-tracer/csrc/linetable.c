#include "linetable.h"

static const Place NOWHERE_KNOWN = {NO_LINE, NO_LINE, NO_COLUMN, NO_COLUMN};

typedef struct {
    const uint8_t *next, *end;
    int32_t line;
} Cursor;

/* Whether the entry goes on: its first byte alone has the highest bit. */
static int
goes_on(const Cursor *cursor)
{
    return cursor->next < cursor->end && !(*cursor->next & 128u);
}

static uint32_t
read_varint(Cursor *cursor)
{
    uint32_t value = 0;
    for (unsigned shift = 0; goes_on(cursor) && shift < 32; shift += 6) {
        uint8_t byte = *cursor->next++;
        value |= (uint32_t)(byte & 63u) << shift;
        if (!(byte & 64u)) {
            break;
        }
    }
    return value;
}

static int32_t
read_signed(Cursor *cursor)
{
    uint32_t value = read_varint(cursor);
    return value & 1u ? -(int32_t)(value >> 1) : (int32_t)(value >> 1);
}

/* Lines are whatever a program that makes code objects says: the sum may leave the range. */
static void
move_line(Cursor *cursor, int32_t delta)
{
    cursor->line = (int32_t)((uint32_t)cursor->line + (uint32_t)delta);
}

static int32_t
read_byte(Cursor *cursor)
{
    return goes_on(cursor) ? *cursor->next++ : 0;
}

/* Go to the next entry, behind one that began with the byte `first`: its length in units. */
static size_t
end_entry(Cursor *cursor, uint8_t first)
{
    while (goes_on(cursor)) {
        cursor->next++;
    }
    return (first & 7u) + 1;
}

/* Go to the line of an entry of this code. */
static void
take_line(Cursor *cursor, unsigned code)
{
    if (code == 13 || code == 14) {
        move_line(cursor, read_signed(cursor));
    }
    else if (code >= 10 && code <= 12) {
        move_line(cursor, (int32_t)code - 10);
    }
}

/* Read one entry: its length in units, and the place that it stands for. */
static size_t
read_entry(Cursor *cursor, Place *place)
{
    uint8_t first = *cursor->next++;
    unsigned code = (first >> 3) & 15u;
    int32_t lines = 0, byte;
    *place = NOWHERE_KNOWN;
    take_line(cursor, code);
    switch (code) {
    case 15: /* no location */
        return end_entry(cursor, first);
    case 14: /* long form: line, end line, column, end column */
        lines = (int32_t)read_varint(cursor);
        place->column = (int32_t)(read_varint(cursor) - 1u);
        place->end_column = (int32_t)(read_varint(cursor) - 1u);
        break;
    case 13: /* no columns */
        break;
    case 10:
    case 11:
    case 12: /* one line form: two bytes of columns */
        place->column = read_byte(cursor);
        place->end_column = read_byte(cursor);
        break;
    default: /* short form: one byte of columns */
        byte = read_byte(cursor);
        place->column = (int32_t)(code << 3) | (byte >> 4);
        place->end_column = place->column + (byte & 15);
    }
    place->line = cursor->line < 0 ? NO_LINE : cursor->line;
    place->end_line = (int32_t)((uint32_t)place->line + (uint32_t)lines);
    return end_entry(cursor, first);
}

/* The same, of which only the line is wanted. */
static size_t
read_line(Cursor *cursor, int32_t *line)
{
    uint8_t first = *cursor->next++;
    unsigned code = (first >> 3) & 15u;
    take_line(cursor, code);
    *line = code == 15 || cursor->line < 0 ? NO_LINE : cursor->line;
    return end_entry(cursor, first);
}

void
linetable_decode(const uint8_t *table, size_t size, int32_t first_line, int32_t *lines,
                 size_t units)
{
    Cursor cursor = {table, table + size, first_line};
    size_t unit = 0;
    while (cursor.next < cursor.end && unit < units) {
        int32_t line;
        size_t length = read_line(&cursor, &line);
        while (length-- > 0 && unit < units) {
            lines[unit++] = line;
        }
    }
    while (unit < units) {
        lines[unit++] = NO_LINE;
    }
}

void
linetable_places(const uint8_t *table, size_t size, int32_t first_line, Place *places, size_t units)
{
    Cursor cursor = {table, table + size, first_line};
    size_t unit = 0;
    while (cursor.next < cursor.end && unit < units) {
        Place place;
        size_t length = read_entry(&cursor, &place);
        while (length-- > 0 && unit < units) {
            places[unit++] = place;
        }
    }
    while (unit < units) {
        places[unit++] = NOWHERE_KNOWN;
    }
}

Place
linetable_place(const uint8_t *table, size_t size, int32_t first_line, size_t unit)
{
    Cursor cursor = {table, table + size, first_line};
    size_t reached = 0;
    while (cursor.next < cursor.end) {
        Place place;
        reached += read_entry(&cursor, &place);
        if (unit < reached) {
            return place;
        }
    }
    return NOWHERE_KNOWN;
}

int32_t
linetable_line(const uint8_t *table, size_t size, int32_t first_line, size_t unit)
{
    return linetable_place(table, size, first_line, unit).line;
}
