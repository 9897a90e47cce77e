/* A b-tree of an SQLite file, made from its leaves upwards out of cells in their order: page after
 * page is filled and done with, where inserting row by row would search, split and balance.
 *
 * What: the pages of one table or one index. The format: https://www.sqlite.org/fileformat2.html.
 *     Knows nothing of what is in a cell, and no Python object.
 * Owner: the caller owns the Tree, sets the first five fields, and ends with `treepages_clear`.
 * Failure: -1 when memory runs out or a page could not be written; the Tree is of no use then. */
#ifndef COV_BULK_TREEPAGES_H
#define COV_BULK_TREEPAGES_H

#include <stddef.h>
#include <stdint.h>

enum {
    TREE_TABLE,       /* a page is told from the next by the row id of its last cell */
    TREE_INDEX,       /* by a cell between them, which stands in no leaf */
    TREE_DEEPEST = 8, /* levels: far beyond what a file can hold */
    TREE_CELL = 64,   /* bytes that a cell may have at most */
};

typedef struct {
    uint8_t *page;
    size_t start; /* where its cells begin: the last one lies first */
    unsigned count;
    size_t last; /* size of the last cell */
} TreeLevel;

typedef struct {
    int kind;
    size_t page_size;
    uint32_t next_page; /* the number (from 1) of the page that is written next */
    int (*write)(void *where, const uint8_t *page, size_t size); /* 0, or -1 */
    void *where;

    TreeLevel levels[TREE_DEEPEST]; /* leaves first */
    int depth;
    uint64_t last_row;
} Tree;

/* Write a number with 7 bits a byte, at most 9 bytes; how many. */
size_t treepages_varint(uint8_t *at, uint64_t value);

/* Add the next cell of a leaf; `row` is its row id, in a table. */
int treepages_add(Tree *tree, const uint8_t *cell, size_t size, uint64_t row);

/* Write what is not written yet, but for the root, which is put into `root`: a page. */
int treepages_finish(Tree *tree, uint8_t *root);

void treepages_clear(Tree *tree);

#endif
