#include "treepages.h"

#include <stdlib.h>
#include <string.h>

enum { LEAF_HEADER = 8, INTERIOR_HEADER = 12, CHILD = 4 };

static void
put16(uint8_t *at, size_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void
put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xFFFF);
}

static uint32_t
get32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

size_t
treepages_varint(uint8_t *at, uint64_t value)
{
    uint8_t digits[9];
    size_t size = 0;
    if (value >> 56 != 0) { /* nine bytes: the last one holds eight bits */
        at[8] = (uint8_t)value;
        value >>= 8;
        for (int i = 7; i >= 0; i--, value >>= 7) {
            at[i] = (uint8_t)(value | 0x80);
        }
        return 9;
    }
    do {
        digits[size++] = (uint8_t)(value & 0x7F);
        value >>= 7;
    } while (value != 0);
    for (size_t i = 0; i < size; i++) {
        at[i] = (uint8_t)(digits[size - 1 - i] | (i + 1 < size ? 0x80 : 0));
    }
    return size;
}

static size_t
header_size(int level)
{
    return level == 0 ? LEAF_HEADER : INTERIOR_HEADER;
}

static void
begin_page(Tree *tree, TreeLevel *level)
{
    memset(level->page, 0, tree->page_size);
    level->start = tree->page_size;
    level->count = 0;
    level->last = 0;
}

static TreeLevel *
level_at(Tree *tree, int number)
{
    if (number == TREE_DEEPEST) {
        return NULL;
    }
    TreeLevel *level = &tree->levels[number];
    if (number == tree->depth) {
        level->page = malloc(tree->page_size);
        if (level->page == NULL) {
            return NULL;
        }
        begin_page(tree, level);
        tree->depth++;
    }
    return level;
}

/* Fill in the header; `right` is the page behind the last cell, above the leaves. */
static void
complete_page(const Tree *tree, int number, uint32_t right)
{
    static const uint8_t types[2][2] = {{0x0D, 0x05}, {0x0A, 0x02}};
    const TreeLevel *level = &tree->levels[number];
    uint8_t *header = level->page;
    header[0] = types[tree->kind][number > 0];
    put16(header + 3, level->count);
    put16(header + 5, level->start); /* 65536 is written as 0 */
    if (number > 0) {
        put32(header + 8, right);
    }
}

/* Write the page of a level and begin another one; its number, or 0 if that cannot be. */
static uint32_t
write_page(Tree *tree, int number, uint32_t right)
{
    TreeLevel *level = &tree->levels[number];
    complete_page(tree, number, right);
    if (tree->write(tree->where, level->page, tree->page_size) < 0) {
        return 0;
    }
    begin_page(tree, level);
    return tree->next_page++;
}

static int
has_room(const TreeLevel *level, int number, size_t size)
{
    return header_size(number) + 2 * (level->count + 1) + size <= level->start;
}

static void
put_cell(TreeLevel *level, int number, const uint8_t *cell, size_t size)
{
    level->start -= size;
    level->last = size;
    memcpy(level->page + level->start, cell, size);
    put16(level->page + header_size(number) + 2 * level->count++, level->start);
}

/* Take the last cell of a page out of it; its size. No page has so few that none remains. */
static size_t
take_last(TreeLevel *level, int number, uint8_t *cell)
{
    size_t size = level->last;
    memcpy(cell, level->page + level->start, size);
    memset(level->page + level->start, 0, size);
    put16(level->page + header_size(number) + 2 * --level->count, 0);
    level->start += size;
    return size;
}

/* Put a page into the level above it, in front of `divider`. Where that has no room, its last cell
 * moves up: the page it names goes to the right end, and the next page begins with a cell. */
static int
add_child(Tree *tree, int number, uint32_t child, const uint8_t *divider, size_t size)
{
    uint8_t cell[CHILD + TREE_CELL], last[CHILD + TREE_CELL];
    TreeLevel *level = level_at(tree, number);
    if (level == NULL) {
        return -1;
    }
    put32(cell, child);
    memcpy(cell + CHILD, divider, size);
    if (!has_room(level, number, CHILD + size)) {
        size_t last_size = take_last(level, number, last);
        uint32_t page = write_page(tree, number, get32(last));
        if (page == 0 || add_child(tree, number + 1, page, last + CHILD, last_size - CHILD) < 0) {
            return -1;
        }
    }
    put_cell(level, number, cell, CHILD + size);
    return 0;
}

/* A full leaf: what tells it from the next one is its last row id, or its last cell. */
static int
end_leaf(Tree *tree, TreeLevel *leaf)
{
    uint8_t divider[TREE_CELL];
    size_t size = tree->kind == TREE_TABLE ? treepages_varint(divider, tree->last_row)
                                           : take_last(leaf, 0, divider);
    uint32_t page = write_page(tree, 0, 0);
    return page == 0 ? -1 : add_child(tree, 1, page, divider, size);
}

int
treepages_add(Tree *tree, const uint8_t *cell, size_t size, uint64_t row)
{
    TreeLevel *leaf = level_at(tree, 0);
    if (leaf == NULL || (!has_room(leaf, 0, size) && end_leaf(tree, leaf) < 0)) {
        return -1;
    }
    put_cell(leaf, 0, cell, size);
    tree->last_row = row;
    return 0;
}

int
treepages_finish(Tree *tree, uint8_t *root)
{
    uint32_t right = 0;
    if (level_at(tree, 0) == NULL) { /* without a cell it is an empty leaf */
        return -1;
    }
    for (int number = 0; number + 1 < tree->depth; number++) {
        right = write_page(tree, number, right);
        if (right == 0) {
            return -1;
        }
    }
    complete_page(tree, tree->depth - 1, right);
    memcpy(root, tree->levels[tree->depth - 1].page, tree->page_size);
    return 0;
}

void
treepages_clear(Tree *tree)
{
    for (int number = 0; number < tree->depth; number++) {
        free(tree->levels[number].page);
    }
    tree->depth = 0;
}
