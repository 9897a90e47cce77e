#include "linetable.h"

typedef struct {
    const uint8_t *next, *end;
    int32_t line;
} Cursor;

static uint32_t
read_varint(Cursor *cursor)
{
    uint32_t value = 0;
    for (unsigned shift = 0; cursor->next < cursor->end && shift < 32; shift += 6) {
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

static void
skip(Cursor *cursor, size_t bytes)
{
    size_t rest = (size_t)(cursor->end - cursor->next);
    cursor->next += bytes < rest ? bytes : rest;
}

/* Read one entry: its length in units; `line` is the one it stands for. */
static size_t
read_entry(Cursor *cursor, int32_t *line)
{
    uint8_t first = *cursor->next++;
    unsigned code = (first >> 3) & 15u;
    switch (code) {
    case 15: /* no location */
        *line = NO_LINE;
        return (first & 7u) + 1;
    case 14: /* long form: line, end line, column, end column */
        move_line(cursor, read_signed(cursor));
        read_varint(cursor);
        read_varint(cursor);
        read_varint(cursor);
        break;
    case 13: /* no columns */
        move_line(cursor, read_signed(cursor));
        break;
    case 10:
    case 11:
    case 12: /* one line form: two bytes of columns */
        move_line(cursor, (int32_t)code - 10);
        skip(cursor, 2);
        break;
    default: /* short form: one byte of columns */
        skip(cursor, 1);
    }
    *line = cursor->line < 0 ? NO_LINE : cursor->line;
    return (first & 7u) + 1;
}

void
linetable_decode(const uint8_t *table, size_t size, int32_t first_line, int32_t *lines,
                 size_t units)
{
    Cursor cursor = {table, table + size, first_line};
    size_t unit = 0;
    while (cursor.next < cursor.end && unit < units) {
        int32_t line;
        size_t length = read_entry(&cursor, &line);
        while (length-- > 0 && unit < units) {
            lines[unit++] = line;
        }
    }
    while (unit < units) {
        lines[unit++] = NO_LINE;
    }
}

int32_t
linetable_line(const uint8_t *table, size_t size, int32_t first_line, size_t unit)
{
    Cursor cursor = {table, table + size, first_line};
    size_t reached = 0;
    while (cursor.next < cursor.end) {
        int32_t line;
        reached += read_entry(&cursor, &line);
        if (unit < reached) {
            return line;
        }
    }
    return NO_LINE;
}
