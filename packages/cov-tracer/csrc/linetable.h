/* The line of every instruction of a code object.
 *
 * What: decodes co_linetable (Objects/locations.md, the same format from 3.11 on). It knows no
 *   Python object: bytes in, numbers out.
 * Threads: pure functions. Failure: a table cut short leaves the rest without lines. */
#ifndef COV_LINETABLE_H
#define COV_LINETABLE_H

#include <stddef.h>
#include <stdint.h>

/* An instruction that belongs to no line, or to a negative one. Line numbers are 1-based; 0 occurs
 * (an empty module). */
#define NO_LINE (-1)
#define NO_COLUMN (-1)

/* The part of the source that an instruction is for. Columns are 0-based, in bytes. */
typedef struct {
    int32_t line, end_line, column, end_column;
} Place;

/* Fill lines[0 .. units) with the line of each code unit (two bytes of bytecode). */
void linetable_decode(const uint8_t *table, size_t size, int32_t first_line, int32_t *lines,
                      size_t units);

/* The same for the whole place. */
void linetable_places(const uint8_t *table, size_t size, int32_t first_line, Place *places,
                      size_t units);

/* The place of one unit, and its line; they stop decoding there. */
Place linetable_place(const uint8_t *table, size_t size, int32_t first_line, size_t unit);
int32_t linetable_line(const uint8_t *table, size_t size, int32_t first_line, size_t unit);

#endif
