/* Instruction offsets -> the pair of lines a branch stands for.
 *
 * What: reads the bytecode of one code object. For every conditional jump it follows both ways
 *   until they leave the jump's line, through unconditional jumps and through the leaving of
 *   `with` blocks (whose instructions stand on the `with` line, though nobody goes there).
 * Owner: the caller owns all memory. Threads: pure functions. Failure: see each function. */
#ifndef COV_JUMPS_H
#define COV_JUMPS_H

#include <stddef.h>
#include <stdint.h>

/* What leaving a code object is. */
typedef enum {
    LEAVES_NOTHING = 0, /* nobody's jump (lambdas, generator expressions) */
    LEAVES_SCOPE,
    LEAVES_CLASS, /* a class body may end on its first line, where it is named and annotated */
} Leaving;

/* What is read: bytecode without specialisations (co_code), with the line of each unit. */
typedef struct {
    const uint8_t *code; /* two bytes a unit: opcode, argument */
    const int32_t *lines;
    size_t units;
    const uint8_t *places; /* co_linetable */
    size_t places_size;
    const uint8_t *exceptions; /* co_exceptiontable */
    size_t exceptions_size;
    int32_t first_line; /* leaving the code object is a jump to minus this */
    Leaving leaves;
} Bytecode;

/* No line: the way ends in another conditional jump of the same line, which will tell. */
#define JUMP_OPEN INT32_MIN

/* One conditional jump. Offsets in bytes, lines 1-based. */
typedef struct {
    int32_t offset; /* as events report it */
    int32_t next;   /* offset of the instruction that follows it */
    int32_t end;    /* of a loop: the last instruction that ends it, else -1 */
    int32_t from;   /* its line */
    int32_t to_next, to_jump; /* where each way leads: a line, an exit, or JUMP_OPEN */
    uint8_t next_seen, jump_seen;
    uint8_t async; /* the two ways of an `async for` */
    uint8_t unheard; /* no event tells that the line begins to which `to_jump` leads */
    int32_t next_too, jump_too; /* a second target of each way, or JUMP_OPEN: see departures.h */
} Jump;

/* A way from somewhere on a line until it has left it. Units are those of the bytecode. */
typedef struct {
    int32_t to;     /* a line, an exit, or JUMP_OPEN */
    size_t last;    /* the last unit on the line; NOWHERE if the way leaves it at once */
    size_t arrival; /* the first one elsewhere, or NOWHERE */
    size_t end;     /* where `to` begins, behind all `with` blocks that are left; or NOWHERE */
    int may_raise;  /* something up to `last` may, but for a `raise` statement that ends the way */
    int done;       /* a statement that may raise has come to its end on the way */
} Path;

#define NOWHERE SIZE_MAX

/* Fill at most `room` jumps, ordered by offset: how many there are. */
size_t jumps_find(const Bytecode *bytecode, Jump *jumps, size_t room);

/* The jump at `offset`, or NULL. */
Jump *jumps_at(Jump *jumps, size_t count, int32_t offset);

/* Where control goes from `unit` when it leaves line `from`: a line, an exit, or JUMP_OPEN. */
int32_t jumps_follow(const Bytecode *bytecode, size_t unit, int32_t from);

/* The same, and how it goes there. */
Path jumps_trace(const Bytecode *bytecode, size_t unit, int32_t from);

/* Where both ways of a jump start. */
void jumps_starts(const Bytecode *bytecode, const Jump *jump, size_t *next, size_t *target);

/* Whether two instructions are for the same part of the source. */
int jumps_same_place(const Bytecode *bytecode, size_t one, size_t other);

/* The unit behind the instruction at `unit`, and the one that the jump at `unit` goes to. */
size_t jumps_behind(const Bytecode *bytecode, size_t unit);
size_t jumps_target(const Bytecode *bytecode, size_t unit);

/* Where an `async for` goes on that asks for its next value at `unit` (GET_ANEXT), when there is
 * none; the number of units if that is not known. */
size_t jumps_async_end(const Bytecode *bytecode, size_t unit);

/* If leaving a `with` block begins at `unit`: the unit behind it, else `unit`. */
size_t jumps_skip_with_exit(const Bytecode *bytecode, size_t unit);

/* The same, and if a handled part of an exception group is asked for its next `except*` clause:
 * where it goes on behind the clause. Nobody goes to either line. */
size_t jumps_skip_line(const Bytecode *bytecode, size_t unit);

/* Is `unit` a `raise` statement? A failing `assert` raises by the same instruction. */
int jumps_is_raise(const Bytecode *bytecode, size_t unit);

/* Does `unit` begin an exception handler (`handler` in a try, or that of a `with`)? */
int jumps_is_handler(const Bytecode *bytecode, size_t unit);
int jumps_is_with_handler(const Bytecode *bytecode, size_t unit);

#endif
