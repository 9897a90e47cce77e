#include "journalformat.h"

#include <string.h>

static uint32_t
fnv32(const char *text, size_t length)
{
    uint32_t hash = 0x811C9DC5u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (uint8_t)text[i]) * 0x01000193u;
    }
    return hash;
}

uint64_t
journalformat_host(const char *name)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *name != '\0'; name++) {
        hash = (hash ^ (uint8_t)*name) * 0x100000001B3u;
    }
    return hash;
}

size_t
journalformat_size(size_t length)
{
    return RECORD + (length + RECORD - 1) / RECORD * RECORD;
}

void
journalformat_store(char *place, uint32_t kind, uint32_t sub, uint32_t a, int32_t b, int32_t c,
                    const char *text, size_t length)
{
    Record *record = (Record *)place;
    uint32_t hash = (kind + 256u * sub) * 0x9E3779B1u + a * 0x85EBCA77u +
                    (uint32_t)b * 0xC2B2AE3Du + (uint32_t)c * 0x27D4EB2Fu;
    if (text != NULL) {
        memcpy(place + RECORD, text, length);
        memset(place + RECORD + length, 0, journalformat_size(length) - RECORD - length);
        hash ^= fnv32(text, length);
    }
    record->a = a;
    record->b = b;
    record->c = c;
    uint32_t check = (hash >> 16) ^ (hash & 0xFFFFu);
    uint8_t bytes[4] = {(uint8_t)kind, (uint8_t)sub, 0, 0};
    uint16_t narrow = (uint16_t)check;
    uint32_t head;
    memcpy(bytes + 2, &narrow, 2);
    memcpy(&head, bytes, 4);
    atomic_store_explicit(&record->head, head, memory_order_release);
}

void
journalformat_begin(Header *header)
{
    header->mark = 0x01020304u;
    header->version = 1;
    header->size = sizeof *header;
    atomic_store(&header->tail, sizeof *header);
    memcpy(header->magic, "COVJRNL\n", sizeof header->magic);
}
