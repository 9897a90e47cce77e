/* A plain reader of journals, after docs/formats/journal.md and nothing else. For tests only. */
#ifndef READING_H
#define READING_H

#include <stdint.h>
#include <string.h>

#include "check.h"

enum { CONTEXT = 1, SERIES, LINE, JUMP, INFO, PAD = 255 };

typedef struct {
    unsigned kind, sub;
    uint32_t a;
    int32_t b, c;
    const uint8_t *text; /* c bytes, or NULL */
} Found;

static inline uint32_t
u32(const uint8_t *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, 4);
    return value;
}

static inline uint64_t
u64(const uint8_t *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, 8);
    return value;
}

/* Read the record at `*place` and move on to the next one. Any mistake in it ends the test. */
static inline Found
next_record(const uint8_t *bytes, uint64_t tail, uint64_t *place)
{
    const uint8_t *record = bytes + *place;
    CHECK(*place + 16 <= tail && *place % 16 == 0);
    Found found = {record[0], record[1], u32(record + 4), (int32_t)u32(record + 8),
                   (int32_t)u32(record + 12), NULL};
    uint32_t hash = (found.kind + 256u * found.sub) * 0x9E3779B1u + found.a * 0x85EBCA77u +
                    (uint32_t)found.b * 0xC2B2AE3Du + (uint32_t)found.c * 0x27D4EB2Fu;
    *place += 16;
    if (found.kind == CONTEXT || found.kind == SERIES || found.kind == INFO) {
        uint64_t size = (uint64_t)((found.c + 15) / 16 * 16);
        CHECK(found.c >= 0 && *place + size <= tail);
        found.text = record + 16;
        uint32_t text_hash = 0x811C9DC5u;
        for (int32_t i = 0; i < found.c; i++) {
            text_hash = (text_hash ^ found.text[i]) * 0x01000193u;
        }
        for (uint64_t i = (uint64_t)found.c; i < size; i++) {
            CHECK(found.text[i] == 0);
        }
        hash ^= text_hash;
        *place += size;
    }
    else if (found.kind == PAD) {
        CHECK(found.c >= 16 && found.c % 16 == 0);
        *place += (uint64_t)found.c - 16;
    }
    uint16_t check;
    memcpy(&check, record + 2, 2);
    CHECK(check == (uint16_t)((hash >> 16) ^ (hash & 0xFFFFu)));
    return found;
}

static inline int
is_text(Found found, const char *text)
{
    return found.text != NULL && (size_t)found.c == strlen(text) &&
           memcmp(found.text, text, strlen(text)) == 0;
}

/* The next record that says something. */
static inline Found
next_told(const uint8_t *bytes, uint64_t tail, uint64_t *place)
{
    Found found = next_record(bytes, tail, place);
    while (found.kind == PAD) {
        found = next_record(bytes, tail, place);
    }
    return found;
}

#endif
