/* The bytes of a journal: its header and its records, as docs/formats/journal.md draws them.
 *
 * What: plain memory in that shape; it knows no file, no lock and no Python object.
 * Owner: whoever owns the memory that is filled.
 * Threads: a record's first four bytes are stored last, with release order, so that a reader of the
 *   same memory sees all of it or nothing.
 * Failure: there is none. */
#ifndef COV_JOURNALFORMAT_H
#define COV_JOURNALFORMAT_H

#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RECORD = 16, /* bytes, and what the text behind it is padded to a multiple of */
    STATE_CLOSED = 1,
};

enum { KIND_CONTEXT = 1, KIND_SERIES, KIND_LINE, KIND_JUMP, KIND_INFO, KIND_STAMP, KIND_PAD = 255 };

typedef struct {
    char magic[8];
    uint32_t mark;
    uint16_t version;
    uint16_t size;
    _Atomic uint64_t tail;
    uint32_t pid;
    _Atomic uint32_t state;
    uint64_t start;
    uint64_t host;
    uint8_t run[16];
    uint64_t created;
    uint32_t flags;
    _Atomic uint32_t lost;
    uint32_t sum;
    uint8_t zeros[44];
} Header;

static_assert(sizeof(Header) == 128, "docs/formats/journal.md draws 128 bytes");

typedef struct {
    _Atomic uint32_t head; /* kind, sub, check: stored last */
    uint32_t a;
    int32_t b;
    int32_t c;
} Record;

static_assert(sizeof(Record) == RECORD, "docs/formats/journal.md draws 16 bytes");

/* How many bytes a record takes that has a text of this length, or none (0). */
size_t journalformat_size(size_t length);

/* Fill the record at `place`, and what is behind it if there is a text (or NULL). */
void journalformat_store(char *place, uint32_t kind, uint32_t sub, uint32_t a, int32_t b, int32_t c,
                         const char *text, size_t length);

/* What the header says of the host with this name. */
uint64_t journalformat_host(const char *name);

/* Fill in what is the same in every header, and the tail of a file without records. The magic comes
 * last: without it a file is no journal. */
void journalformat_begin(Header *header);

#endif
