/* The bodies of a `finally`.
 *
 * What: one is compiled for each way into it, and one for exceptions. This finds the latter, tells
 *   the others by it, and where control goes behind them.
 * Owner: the caller owns all memory; `units` of Handlers is to be freed. Threads: pure functions.
 * Failure: see each function. */
#ifndef COV_FINALLY_H
#define COV_FINALLY_H

#include "jumps.h"

/* The first units of all that handles exceptions, but for `with` blocks. */
typedef struct {
    size_t *units;
    size_t count;
} Handlers;

/* Fill in `handlers`: 0, or -1 without memory. */
int finally_find(Handlers *handlers, const Bytecode *bytecode);

/* The body of a `finally` is compiled once for each way into it; the one for exceptions, which a
 * handler begins with, is told from the others. Gives its first unit, if `unit` is the start of
 * such a body, or NOWHERE. */
size_t finally_body(const Handlers *handlers, const Bytecode *bytecode, size_t unit);

/* Where control goes behind the body of a `finally` that begins at `unit`. `other` is its body for
 * exceptions, which ends by letting one go on. If it never does, `passes` becomes 0, and whoever
 * jumps is content with leaving the code object. JUMP_OPEN if nothing is found, or no memory. */
int32_t finally_behind(const Bytecode *bytecode, size_t unit, size_t other, int *passes);

#endif
