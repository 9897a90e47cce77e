/* Sets of line numbers as bitmaps: line n is bit n % 8 of byte n / 8.
 *
 * What: a bitmap that grows. Knows no Python object.
 * Owner: the caller owns the Bits, and gives their memory back.
 * Threads: one at a time.
 * Failure: -1 when memory runs out; what was there before stays as it was. */
#ifndef COV_BITS_H
#define COV_BITS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t *bytes;
    size_t capacity; /* in bytes; behind what is used they are 0 */
} Bits;

/* Make room for `line`, which is not negative. */
int bits_grow(Bits *bits, int32_t line);

/* Bytes up to the last that is not 0. */
size_t bits_size(const Bits *bits);

void bits_clear(Bits *bits);

static inline int
bits_has(const Bits *bits, int32_t line)
{
    size_t byte = (size_t)line / 8;
    return byte < bits->capacity && (bits->bytes[byte] >> line % 8 & 1);
}

/* Add `line`, which is not negative. */
static inline int
bits_add(Bits *bits, int32_t line)
{
    size_t byte = (size_t)line / 8;
    if (byte >= bits->capacity && bits_grow(bits, line) < 0) {
        return -1;
    }
    bits->bytes[byte] |= (uint8_t)(1 << line % 8);
    return 0;
}

#endif
