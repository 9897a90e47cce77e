/* units: bulk/treepages.c bulk/arcrows.c bulk/arcpages.c bulk/keys.c bits.c */
#include "bulk/treepages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bulk/arcpages.h"
#include "bulk/arcrows.h"
#include "check.h"

enum { ROOT = 2 }; /* page 1 is the header's alone */

typedef struct {
    uint8_t *bytes;
    size_t size;
} File;

static int
append(void *where, const uint8_t *page, size_t size)
{
    File *file = where;
    file->bytes = realloc(file->bytes, file->size + size);
    memcpy(file->bytes + file->size, page, size);
    file->size += size;
    return 0;
}

static int
refuse(void *where, const uint8_t *page, size_t size)
{
    (void)where, (void)page, (void)size;
    return -1;
}

static File
file_of(size_t page_size)
{
    File file = {calloc(ROOT, page_size), ROOT * page_size};
    file.bytes[16] = (uint8_t)(page_size >> 8);
    file.bytes[17] = (uint8_t)(page_size >> 16); /* 65536 is written as 1 */
    return file;
}

static int64_t *
sorted_keys(size_t count, uint32_t seed)
{
    Keys keys = {0};
    while (keys.count < count) {
        for (size_t i = 0; i < count; i++) { /* of one byte to four, either sign */
            int32_t line = (int32_t)chance(&seed, 70000), other = (int32_t)chance(&seed, 300) - 150;
            keys_add(&keys, pair_key(line, i % 5 == 0 ? other : INT32_MIN + line * (int32_t)(i % 5)));
        }
        keys_sort(&keys);
    }
    return keys.items;
}

/* What was written as a table is read back: the same keys, and no more. */
static void
table_holds(size_t page_size, size_t count)
{
    File file = file_of(page_size);
    int64_t *keys = sorted_keys(count, (uint32_t)(count + 1));
    ArcGroup group = {.file = 7, .context = 300, .packed = (const char *)keys, .count = count};
    Tree tree = {.kind = TREE_TABLE, .page_size = page_size, .next_page = ROOT + 1};
    Groups found = {0};
    uint64_t row = 0;
    tree.write = append;
    tree.where = &file;
    CHECK(arcrows_add(&tree, &group, &row) == 0 && row == count);
    uint8_t *root = malloc(page_size);
    CHECK(treepages_finish(&tree, root) == 0);
    CHECK(tree.next_page == file.size / page_size + 1);
    memcpy(file.bytes + (ROOT - 1) * page_size, root, page_size);
    CHECK(arcpages_read(file.bytes, file.size, ROOT, &found) == ARCS_READ);
    CHECK(found.count == (count > 0));
    if (count > 0) {
        Keys *pairs = &found.items[0].pairs;
        keys_sort(pairs);
        CHECK(found.items[0].number == ((uint64_t)7 << 32 | 300));
        CHECK(pairs->count == count && memcmp(pairs->items, keys, count * sizeof *keys) == 0);
    }
    groups_clear(&found);
    treepages_clear(&tree);
    free(root);
    free(file.bytes);
    free(keys);
}

/* No page but the root is without a cell, wherever the cells come to an end. */
static void
no_page_is_empty(int kind, size_t count)
{
    enum { PAGE = 512 };
    File file = {NULL, 0};
    int64_t *keys = sorted_keys(count, 5);
    ArcGroup group = {.file = 1, .context = 1, .packed = (const char *)keys, .count = count};
    Tree tree = {.kind = kind, .page_size = PAGE, .next_page = 1, .write = append, .where = &file};
    uint8_t root[PAGE];
    uint64_t row = 0;
    CHECK(arcrows_add(&tree, &group, &row) == 0 && treepages_finish(&tree, root) == 0);
    for (size_t at = 0; at < file.size; at += PAGE) {
        CHECK(file.bytes[at + 3] != 0 || file.bytes[at + 4] != 0);
    }
    CHECK(file.size == 0 || root[4] != 0);
    treepages_clear(&tree);
    free(file.bytes);
    free(keys);
}

static void
what_cannot_be_written_fails(int kind)
{
    int64_t *keys = sorted_keys(5000, 3);
    ArcGroup group = {.file = 1, .context = 1, .packed = (const char *)keys, .count = 5000};
    Tree tree = {.kind = kind, .page_size = 512, .next_page = 1, .write = refuse};
    uint64_t row = 0;
    CHECK(arcrows_add(&tree, &group, &row) < 0);
    treepages_clear(&tree);
    free(keys);
}

static void
numbers_have_seven_bits_a_byte(void)
{
    static const struct {
        uint64_t value;
        size_t size;
        uint8_t first, last;
    } cases[] = {
        {0, 1, 0x00, 0x00},
        {127, 1, 0x7F, 0x7F},
        {128, 2, 0x81, 0x00},
        {16384, 3, 0x81, 0x00},
        {((uint64_t)1 << 56) - 1, 8, 0xFF, 0x7F},
        {(uint64_t)1 << 56, 9, 0x80, 0x00},
        {UINT64_MAX, 9, 0xFF, 0xFF},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t bytes[9];
        size_t size = treepages_varint(bytes, cases[i].value);
        CHECK(size == cases[i].size);
        CHECK(bytes[0] == cases[i].first && bytes[size - 1] == cases[i].last);
    }
}

int
main(void)
{
    for (size_t count = 0; count < 400; count++) {
        table_holds(512, count);
        no_page_is_empty(TREE_TABLE, count);
        no_page_is_empty(TREE_INDEX, count);
    }
    for (size_t count = 900; count < 1100; count++) { /* where a third level begins */
        no_page_is_empty(TREE_TABLE, count);
        no_page_is_empty(TREE_INDEX, count);
    }
    table_holds(4096, 100000);
    table_holds(65536, 100000);
    table_holds(512, 30000);
    what_cannot_be_written_fails(TREE_TABLE);
    what_cannot_be_written_fails(TREE_INDEX);
    numbers_have_seven_bits_a_byte();
    return 0;
}
