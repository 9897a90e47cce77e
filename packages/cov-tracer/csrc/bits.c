#include "bits.h"

#include <stdlib.h>
#include <string.h>

int
bits_grow(Bits *bits, int32_t line)
{
    size_t needed = (size_t)line / 8 + 1, capacity = bits->capacity ? bits->capacity * 2 : 64;
    capacity = capacity < needed ? needed : capacity;
    uint8_t *bytes = realloc(bits->bytes, capacity);
    if (bytes == NULL) {
        return -1;
    }
    memset(bytes + bits->capacity, 0, capacity - bits->capacity);
    bits->bytes = bytes;
    bits->capacity = capacity;
    return 0;
}

size_t
bits_size(const Bits *bits)
{
    size_t size = bits->capacity;
    while (size > 0 && bits->bytes[size - 1] == 0) {
        size--;
    }
    return size;
}

void
bits_clear(Bits *bits)
{
    free(bits->bytes);
    *bits = (Bits){0};
}
