#include "pycompat.h"

#include "borrowed.h"

static int
opcode_at(const Bytecode *bytecode, size_t unit)
{
    return unit < bytecode->units ? bytecode->code[2 * unit] : -1;
}

/* Whether control goes on from here in one other place, and nowhere else. */
static int
just_jumps(OpcodeFlow flow)
{
    return flow == OP_FORWARD || flow == OP_BACKWARD;
}

static int
is_jump(OpcodeFlow flow)
{
    return flow == OP_CONDITIONAL || flow == OP_CONDITIONAL_BACKWARD || just_jumps(flow);
}

static int
is_jump_to(const Bytecode *bytecode, size_t from, size_t unit)
{
    return is_jump(opcode_flow(opcode_at(bytecode, from))) &&
           jumps_target(bytecode, from) == unit;
}

#if HAVE_BORROWED_LINES

/* Whether the compiler adds instructions of this kind, with whatever place is at hand. */
static int
is_added(int opcode)
{
    switch (opcode) {
    case NOP:
    case EXTENDED_ARG:
    case POP_TOP:
    case SWAP:
    case COPY:
    case PUSH_EXC_INFO:
    case POP_EXCEPT:
    case LOAD_CONST:
    case STORE_NAME:
    case STORE_FAST:
    case STORE_GLOBAL:
    case STORE_DEREF:
    case DELETE_NAME:
    case DELETE_FAST:
    case DELETE_GLOBAL:
    case DELETE_DEREF:
        return 1;
    default:
        break;
    }
    switch (opcode_flow(opcode)) {
    case OP_NOTHING:
    case OP_FORWARD:
    case OP_BACKWARD:
    case OP_RETURN:
    case OP_RERAISE:
        return 1;
    default:
        return 0;
    }
}

static int
same_place(const Place *one, const Place *other)
{
    return one->line == other->line && one->end_line == other->end_line &&
           one->column == other->column && one->end_column == other->end_column;
}

/* Whether something else stands on the line of `unit`: what would have told, had the line run. Of
 * statements without code, such as `pass`, there are only places; the end of a handler, where an
 * exception goes on, has any. */
static int
is_busy_line(const Bytecode *bytecode, const Place *places, size_t first, size_t unit)
{
    for (size_t i = first; i < bytecode->units; i++) {
        int opcode = opcode_at(bytecode, i);
        if (places[i].line != places[unit].line || opcode == NOP || opcode == CACHE) {
            continue;
        }
        int apart = places[i].column != NO_COLUMN && !same_place(&places[i], &places[unit]);
        int ends_handler = opcode == COPY || opcode == POP_EXCEPT || opcode == RERAISE;
        if ((apart && !ends_handler) || !is_added(opcode)) {
            return 1;
        }
    }
    return 0;
}

/* Whether the statement of `unit` has a suite that there is code for, which ran first. */
static int
has_suite(const Bytecode *bytecode, const Place *places, size_t first, size_t unit)
{
    for (size_t i = first; i < bytecode->units; i++) {
        if (places[i].line > places[unit].line && places[i].line <= places[unit].end_line) {
            return 1;
        }
    }
    return 0;
}

static int
is_jumped_to(const Bytecode *bytecode, size_t first, size_t unit)
{
    for (size_t i = first; i < bytecode->units; i++) {
        if (is_jump_to(bytecode, i, unit)) {
            return 1;
        }
    }
    return 0;
}

/* Whether the jump at `from` passes over a suite, and over the statement of `unit` at its end:
 * columns tell that it is in there. */
static int
passes_over(const Place *places, size_t from, size_t unit)
{
    int suite = 0;
    for (size_t i = from + 1; i < unit; i++) {
        suite |= places[i].line > places[from].line && places[i].column != NO_COLUMN &&
                 places[i].column <= places[unit].column;
    }
    return suite && places[from].line < places[unit].line;
}

/* Whether a statement without code may run, by its place: `pass` or `...`. */
static int
may_be_pass(const Place *place)
{
    return place->column == NO_COLUMN || place->line != place->end_line ||
           place->end_column - place->column <= 4;
}

/* Whether control comes to `unit` by jumps over its statement, which is left of what follows a
 * `return` or the like. */
static int
is_passed_over(const Bytecode *bytecode, const Place *places, size_t first, size_t unit)
{
    size_t jumps = 0;
    for (size_t i = first; i < bytecode->units && !may_be_pass(&places[unit]); i++) {
        if (is_jump_to(bytecode, i, unit)) {
            if (!passes_over(places, i, unit)) {
                return 0;
            }
            jumps++;
        }
    }
    return jumps > 0;
}

/* An exception is kept, and then goes on: what a handler does when it raises another one. */
static int
hands_on(const Bytecode *bytecode, size_t unit)
{
    return opcode_at(bytecode, unit) == COPY && opcode_at(bytecode, unit + 1) == POP_EXCEPT &&
           opcode_at(bytecode, unit + 2) == RERAISE;
}

static int
returns_none(const Bytecode *bytecode, size_t unit)
{
    return opcode_at(bytecode, unit) == LOAD_CONST &&
           opcode_at(bytecode, unit + 1) == RETURN_VALUE;
}

/* The end of what an `async with` protects, before its exit is awaited. */
static int
ends_async_with(const Bytecode *bytecode, size_t unit)
{
    size_t behind = jumps_skip_with_exit(bytecode, unit + 1);
    int awaits = 0;
    for (size_t i = unit + 1; i < behind && i < bytecode->units; i++) {
        awaits |= opcode_at(bytecode, i) == GET_AWAITABLE;
    }
    return awaits && opcode_at(bytecode, unit) == NOP;
}

/* Of a way out that was added at the very end, the compiler knows a line only, and no columns;
 * unless nothing has any (python -X no_debug_ranges). */
static int
is_added_exit(const Bytecode *bytecode, const Place *places, size_t first, size_t unit)
{
    size_t end = unit;
    while (is_added(opcode_at(bytecode, end)) && places[end].column == NO_COLUMN &&
           places[end].line == places[unit].line) {
        if (opcode_at(bytecode, end) == RETURN_VALUE) {
            for (size_t i = first; i < bytecode->units; i++) {
                if (places[i].column != NO_COLUMN) {
                    return 1;
                }
            }
            return 0;
        }
        end++;
    }
    return 0;
}

/* The line before `unit`, past what stands on none: the end of an expression with several ways to
 * it. What only begins a handler is not come to from there. */
static int32_t
line_before(const Bytecode *bytecode, const Place *places, size_t first, size_t unit)
{
    size_t before = unit - 1;
    while (before > first && places[before].line == NO_LINE &&
           (opcode_at(bytecode, before) == POP_TOP || opcode_stores(opcode_at(bytecode, before)))) {
        before--;
    }
    return places[before].line;
}

/* Whether nothing of the statement of `unit` can have run before it, since control comes there from
 * above the statement alone: a `try` around a bare annotation, say. */
static int
begins(const Bytecode *bytecode, const Place *places, size_t unit, int32_t line)
{
    int before = opcode_at(bytecode, unit - 1);
    return before == PUSH_EXC_INFO ||
           (line != NO_LINE && line < places[unit].line && !is_jump(opcode_flow(before)));
}

/* Whether one place lies in the other, from the same line on. Without columns nobody knows. */
static int
lies_in(const Place *part, const Place *whole)
{
    return part->line == whole->line && whole->column != NO_COLUMN &&
           part->column >= whole->column &&
           (part->end_line < whole->end_line ||
            (part->end_line == whole->end_line && part->end_column <= whole->end_column));
}

/* Whether the instruction before `unit` leaves for good, for the same statement, which is nowhere
 * else but in jumps: what a `finally` leaves by is there several times. */
static int
is_behind_exit(const Bytecode *bytecode, const Place *places, size_t first, size_t unit)
{
    OpcodeFlow before = opcode_flow(opcode_at(bytecode, unit - 1));
    if (!just_jumps(before) && before != OP_RETURN && before != OP_RAISE) {
        return 0;
    }
    size_t start = unit, end = unit;
    while (start > first && same_place(&places[start - 1], &places[unit])) {
        start--;
    }
    while (end < bytecode->units && same_place(&places[end], &places[unit])) {
        end++;
    }
    for (size_t i = first; i < bytecode->units; i++) {
        if ((i < start || i >= end) && same_place(&places[i], &places[unit]) &&
            !just_jumps(opcode_flow(opcode_at(bytecode, i)))) {
            return 0;
        }
    }
    return 1;
}

/* The end of a `case`, where all ways through its last statement meet: until 3.11.3 it has the place
 * of whatever was compiled last (https://github.com/python/cpython/issues/103971), and what it
 * jumps to may have taken that over. */
static int
ends_case(const Bytecode *bytecode, const Place *places, size_t first, size_t unit, int reached)
{
    int opcode = opcode_at(bytecode, unit);
    if (bytecode->leaves == LEAVES_NOTHING || !reached ||
        (opcode != NOP && !just_jumps(opcode_flow(opcode)) && !returns_none(bytecode, unit))) {
        return 0;
    }
    return (reached & REACHED_BY_BORROWER) ||
           (lies_in(&places[unit - 1], &places[unit]) &&
            (is_behind_exit(bytecode, places, first, unit) ||
             is_busy_line(bytecode, places, first, unit)));
}

void
borrowed_reach(const Bytecode *bytecode, const Place *places, size_t unit, int borrows,
               uint8_t *reached)
{
    if (!is_jump(opcode_flow(opcode_at(bytecode, unit)))) {
        return;
    }
    size_t target = jumps_target(bytecode, unit);
    if (target <= unit || target >= bytecode->units) {
        return;
    }
    if (borrows && same_place(&places[unit], &places[target])) {
        reached[target] |= REACHED_BY_BORROWER;
    }
    if (bytecode->lines[unit] != bytecode->lines[target]) {
        reached[target] |= REACHED_FROM_ELSEWHERE;
    }
}

int
borrowed_line(const Bytecode *bytecode, const Place *places, size_t first, size_t unit,
              int reached)
{
    int opcode = opcode_at(bytecode, unit);
    if (unit < first || unit == 0 || places[unit].line == NO_LINE) {
        return 0;
    }
    if (opcode == RERAISE || ends_async_with(bytecode, unit)) {
        /* What comes before it stands behind it, or beside it: then it is not the last statement's.
         * The end of a way out does not come there, and may be that of a `finally` further down. */
        OpcodeFlow before = opcode_flow(opcode_at(bytecode, unit - 1));
        int follows = before != OP_RETURN && before != OP_RERAISE;
        int32_t line = line_before(bytecode, places, first, unit);
        if (line == places[unit].line || (follows && line > places[unit].line)) {
            return 1;
        }
        if (follows && begins(bytecode, places, unit, line) &&
            !is_jumped_to(bytecode, first, unit)) {
            return 0;
        }
        return (opcode == RERAISE && !follows && is_passed_over(bytecode, places, first, unit)) ||
               has_suite(bytecode, places, first, unit) ||
               is_busy_line(bytecode, places, first, unit);
    }
    return hands_on(bytecode, unit) || is_added_exit(bytecode, places, first, unit) ||
           ends_case(bytecode, places, first, unit, reached) ||
           (returns_none(bytecode, unit) && is_busy_line(bytecode, places, first, unit));
}

#else

int
borrowed_line(const Bytecode *bytecode, const Place *places, size_t first, size_t unit,
              int reached)
{
    (void)bytecode;
    (void)places;
    (void)first;
    (void)unit;
    (void)reached;
    return 0;
}

void
borrowed_reach(const Bytecode *bytecode, const Place *places, size_t unit, int borrows,
               uint8_t *reached)
{
    (void)bytecode;
    (void)places;
    (void)unit;
    (void)borrows;
    (void)reached;
}

#endif

/* Whether control goes on from this kind of instruction to the next one, and only there. */
static int
just_goes_on(int opcode)
{
    return opcode != NOP && opcode_flow(opcode) == OP_PLAIN;
}

/* Whether a jump from another line leads to `unit`. */
static int
is_gone_to(const Bytecode *bytecode, size_t unit)
{
    for (size_t i = 0; i < unit; i++) {
        if (bytecode->lines[i] != bytecode->lines[unit] && is_jump_to(bytecode, i, unit)) {
            return 1;
        }
    }
    return 0;
}

int
borrowed_end(const Bytecode *bytecode, size_t unit)
{
    if (!HAVE_BORROWED_ENDS || bytecode->code[2 * unit] != NOP || unit == 0 ||
        bytecode->lines[unit] == NO_LINE) {
        return 0;
    }
    size_t lender = unit - 1;
    while (lender > 0 && bytecode->code[2 * lender] == CACHE) {
        lender--;
    }
    return bytecode->lines[lender] == bytecode->lines[unit] &&
           just_goes_on(bytecode->code[2 * lender]) && is_gone_to(bytecode, unit) &&
           jumps_same_place(bytecode, unit, lender);
}
