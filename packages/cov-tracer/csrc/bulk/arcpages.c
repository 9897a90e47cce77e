#include "arcpages.h"

#include <string.h>

enum { INTERIOR = 0x05, LEAF = 0x0D, COLUMNS = 4, DEEPEST = 20 };

typedef struct {
    const uint8_t *data;
    size_t size, page_size, usable;
    size_t pages_left; /* to be looked at: fewer than none means that pages go in circles */
    Groups *groups;
} Walk;

static uint32_t
big16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t
big32(const uint8_t *at)
{
    return big16(at) << 16 | big16(at + 2);
}

/* Read a number of 7 bits a byte, at most 9 bytes; where it ends, or NULL if it goes too far. */
static const uint8_t *
varint(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    *value = 0;
    for (int i = 0; i < 9 && at < end; i++, at++) {
        if (i == 8) {
            *value = *value << 8 | *at;
            return at + 1;
        }
        *value = *value << 7 | (*at & 0x7F);
        if (*at < 0x80) {
            return at + 1;
        }
    }
    return NULL;
}

/* Read the integer of a serial type that fits into 32 bits; where it ends, or NULL for others. */
static const uint8_t *
integer(const uint8_t *at, const uint8_t *end, unsigned type, int32_t *value)
{
    uint32_t bits;
    if (type == 8 || type == 9) {
        *value = (int32_t)type - 8;
        return at;
    }
    if (type < 1 || type > 4 || end - at < (ptrdiff_t)type) {
        return NULL;
    }
    bits = (at[0] & 0x80) ? UINT32_MAX : 0;
    for (unsigned i = 0; i < type; i++) {
        bits = bits << 8 | at[i];
    }
    memcpy(value, &bits, sizeof bits);
    return at + type;
}

static int
read_row(Walk *walk, const uint8_t *at, const uint8_t *end)
{
    uint64_t payload, rowid;
    int32_t values[COLUMNS];
    const uint8_t *types, *body;
    at = varint(at, end, &payload);
    at = at == NULL ? NULL : varint(at, end, &rowid);
    /* The header is its own size and a type for each column, a byte each. */
    if (at == NULL || payload < COLUMNS + 1 || payload > (uint64_t)(end - at) ||
        at[0] != COLUMNS + 1) {
        return ARCS_ODD;
    }
    types = at + 1;
    body = at + COLUMNS + 1;
    for (int i = 0; i < COLUMNS; i++) {
        body = integer(body, at + payload, types[i], &values[i]);
        if (body == NULL) {
            return ARCS_ODD;
        }
    }
    uint64_t number = (uint64_t)(uint32_t)values[0] << 32 | (uint32_t)values[1];
    Group *group = groups_get(walk->groups, number);
    if (group == NULL || keys_add(&group->pairs, pair_key(values[2], values[3])) < 0) {
        return ARCS_NO_MEMORY;
    }
    return ARCS_READ;
}

static int
read_page(Walk *walk, uint32_t number, int depth)
{
    if (number == 0 || depth > DEEPEST || walk->pages_left-- == 0 ||
        (uint64_t)number * walk->page_size > walk->size) {
        return ARCS_ODD;
    }
    const uint8_t *page = walk->data + (size_t)(number - 1) * walk->page_size;
    const uint8_t *header = number == 1 ? page + 100 : page, *end = page + walk->usable;
    int leaf = header[0] == LEAF;
    uint32_t count = big16(header + 3);
    const uint8_t *pointers = header + (leaf ? 8 : 12);
    if ((!leaf && header[0] != INTERIOR) || pointers + 2 * count > end) {
        return ARCS_ODD;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t offset = big16(pointers + 2 * i);
        if (offset + 5 > walk->usable) {
            return ARCS_ODD;
        }
        int result = leaf ? read_row(walk, page + offset, end)
                          : read_page(walk, big32(page + offset), depth + 1);
        if (result != ARCS_READ) {
            return result;
        }
    }
    return leaf ? ARCS_READ : read_page(walk, big32(header + 8), depth + 1);
}

int
arcpages_read(const uint8_t *data, size_t size, uint32_t root, Groups *groups)
{
    Walk walk = {.data = data, .size = size, .groups = groups};
    if (size < 512) {
        return ARCS_ODD;
    }
    walk.page_size = big16(data + 16) == 1 ? 65536 : big16(data + 16);
    if (walk.page_size < 512 || (walk.page_size & (walk.page_size - 1)) != 0) {
        return ARCS_ODD;
    }
    walk.usable = walk.page_size - data[20];
    if (walk.usable < 480) {
        return ARCS_ODD;
    }
    walk.pages_left = size / walk.page_size;
    return read_page(&walk, root, 0);
}
