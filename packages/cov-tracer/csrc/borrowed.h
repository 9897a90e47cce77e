/* Instructions that have the line of a neighbour, though nothing of that line runs.
 *
 * What: up to 3.11 the compiler gives what it adds (the way out of a `finally` that an exception
 *   passes through, of an `async with`, of an `except*`, an implicit `return None`) the place of
 *   whatever statement it compiled last. A line event there says nothing of that statement.
 *   Up to 3.11.3 the end of a `case` is like that; from 3.13 on, the NOP behind a `match` that ends
 *   what a `with` or a `try` protects.
 * Owner: the caller owns all memory. Threads: pure functions. Failure: none.
 *
 * Not known: whether a `pass` that is last of all ran or was gone round, for it has no instruction
 * but the one that was added. Such a line counts as run. */
#ifndef COV_BORROWED_H
#define COV_BORROWED_H

#include <stddef.h>

#include "jumps.h"
#include "linetable.h"

/* How jumps from above come to a unit: from another line; from an end that had its place, and only
 * borrowed it. */
enum { REACHED_FROM_ELSEWHERE = 1, REACHED_BY_BORROWER = 2 };

/* Whether the line of `unit` is borrowed. `first` is the first unit that may start a line, `places`
 * are those of all units, `reached` is how jumps come to this one. */
int borrowed_line(const Bytecode *bytecode, const Place *places, size_t first, size_t unit,
                  int reached);

/* Note in `reached`, which has a byte for each unit, where `unit` jumps to, if it does. */
void borrowed_reach(const Bytecode *bytecode, const Place *places, size_t unit, int borrows,
                    uint8_t *reached);

/* From 3.13 on: whether `unit` is a NOP with the line of the statement in front of it, to which a
 * jump leads round that statement: it only has that place because it has none of its own. */
int borrowed_end(const Bytecode *bytecode, size_t unit);

#endif
