#include "arcrows.h"

#include "keys.h"

#include <string.h>

enum { COLUMNS = 4 };

/* Write an integer as big-endian bytes, as few as will do; its serial type. */
static uint8_t
put_integer(uint8_t **at, int64_t value)
{
    static const uint8_t sizes[] = {0, 1, 2, 3, 4, 6, 8};
    uint8_t type = 1;
    if (value == 0 || value == 1) {
        return (uint8_t)(8 + value);
    }
    while (type < 6) {
        int64_t limit = (int64_t)1 << (8 * sizes[type] - 1);
        if (value >= -limit && value < limit) {
            break;
        }
        type++;
    }
    for (unsigned i = sizes[type]; i-- > 0;) {
        *(*at)++ = (uint8_t)((uint64_t)value >> 8 * i);
    }
    return type;
}

/* Write a record of integers: the size of its header, a type for each, and they. Where it ends. */
static uint8_t *
put_record(uint8_t *at, const int64_t *values, int count)
{
    uint8_t *body = at + 1 + count;
    at[0] = (uint8_t)(1 + count);
    for (int i = 0; i < count; i++) {
        at[1 + i] = put_integer(&body, values[i]);
    }
    return body;
}

static int
add_row(Tree *tree, const int64_t *values)
{
    uint8_t record[TREE_CELL / 2], cell[TREE_CELL];
    uint64_t row = (uint64_t)values[COLUMNS];
    int is_table = tree->kind == TREE_TABLE;
    /* A row's id stands before its record, but in an index it is the last column. */
    size_t payload = (size_t)(put_record(record, values, COLUMNS + !is_table) - record);
    size_t size = treepages_varint(cell, payload);
    if (is_table) {
        size += treepages_varint(cell + size, row);
    }
    memcpy(cell + size, record, payload);
    return treepages_add(tree, cell, size + payload, row);
}

int
arcrows_add(Tree *tree, const ArcGroup *group, uint64_t *row)
{
    int64_t values[COLUMNS + 1] = {group->file, group->context};
    for (size_t i = 0; i < group->count; i++) {
        int64_t key;
        memcpy(&key, group->packed + i * sizeof key, sizeof key);
        values[2] = pair_from(key);
        values[3] = pair_to(key);
        values[4] = (int64_t)++*row;
        if (add_row(tree, values) < 0) {
            return -1;
        }
    }
    return 0;
}
