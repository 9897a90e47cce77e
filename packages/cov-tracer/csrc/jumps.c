#include "pycompat.h"

#include "jumps.h"

#include <stdlib.h>
#include <string.h>

#include "linetable.h"

static int
opcode_at(const Bytecode *bytecode, size_t unit)
{
    return unit < bytecode->units ? bytecode->code[2 * unit] : -1;
}

/* The unit behind the instruction at `unit` and its inline caches. */
static size_t
after(const Bytecode *bytecode, size_t unit)
{
    unit++;
    while (opcode_at(bytecode, unit) == CACHE) {
        unit++;
    }
    return unit;
}

/* The argument, with the EXTENDED_ARGs before it. */
static size_t
argument_at(const Bytecode *bytecode, size_t unit)
{
    size_t argument = bytecode->code[2 * unit + 1];
    for (unsigned shift = 8; shift < 32 && unit > 0; shift += 8) {
        unit--;
        if (opcode_at(bytecode, unit) != EXTENDED_ARG) {
            break;
        }
        argument |= (size_t)bytecode->code[2 * unit + 1] << shift;
    }
    return argument;
}

/* Where the jump at `unit` goes; the number of units if that is nowhere. */
static size_t
target_of(const Bytecode *bytecode, size_t unit, int backward)
{
    size_t base = after(bytecode, unit);
    size_t argument = argument_at(bytecode, unit);
    if (backward) {
        return argument <= base ? base - argument : bytecode->units;
    }
    return base + argument < bytecode->units ? base + argument : bytecode->units;
}

static uint32_t
read_exception_varint(const uint8_t **next, const uint8_t *end)
{
    uint32_t value = 0;
    while (*next < end) {
        uint8_t byte = *(*next)++;
        value = (value << 6) | (byte & 63u);
        if (!(byte & 64u)) {
            break;
        }
    }
    return value;
}

/* An entry of the exception table from where on all entries for `unit` are found: a bisection that
 * stops short. The first byte of each entry has a mark. */
static const uint8_t *
skip_entries(const Bytecode *bytecode, size_t unit)
{
    const uint8_t *low = bytecode->exceptions, *high = low + bytecode->exceptions_size;
    while (high - low > 64) {
        const uint8_t *middle = low + (high - low) / 2;
        while (middle > low && !(*middle & 128u)) {
            middle--;
        }
        if (middle == low) {
            break;
        }
        const uint8_t *next = middle;
        if (read_exception_varint(&next, high) > unit) {
            high = middle;
        }
        else {
            low = middle;
        }
    }
    return low;
}

/* The unit of the handler that protects `unit` (Objects/exception_handling_notes.txt), or the
 * number of units if none does. */
static size_t
handler_of(const Bytecode *bytecode, size_t unit)
{
    const uint8_t *next = skip_entries(bytecode, unit);
    const uint8_t *end = bytecode->exceptions + bytecode->exceptions_size;
    while (next < end) {
        size_t start = read_exception_varint(&next, end);
        size_t length = read_exception_varint(&next, end);
        size_t target = read_exception_varint(&next, end);
        (void)read_exception_varint(&next, end); /* stack depth */
        if (unit < start) {
            break;
        }
        if (unit < start + length) {
            return target;
        }
    }
    return bytecode->units;
}

int
jumps_is_handler(const Bytecode *bytecode, size_t unit)
{
    return opcode_at(bytecode, unit) == PUSH_EXC_INFO ||
           (unit > 0 && opcode_at(bytecode, unit - 1) == PUSH_EXC_INFO);
}

int
jumps_is_with_handler(const Bytecode *bytecode, size_t unit)
{
    if (opcode_at(bytecode, unit) == PUSH_EXC_INFO) {
        unit++;
    }
    return opcode_at(bytecode, unit) == WITH_EXCEPT_START;
}

int
jumps_is_raise(const Bytecode *bytecode, size_t unit)
{
    if (opcode_at(bytecode, unit) != RAISE_VARARGS) {
        return 0;
    }
    for (size_t i = unit; i-- > 0 && opcode_at(bytecode, i) != RAISE_VARARGS;) {
        if (opcode_loads_assertion_error(bytecode->code[2 * i], bytecode->code[2 * i + 1])) {
            return 0;
        }
    }
    return 1;
}

/* The line where an exception raised at `unit` is caught: the first `except` (or the `finally`)
 * around it. Handlers that only clean up, and `with` blocks, pass it on to the next one out. */
static int32_t
follow_raise(const Bytecode *bytecode, size_t unit)
{
    for (int depth = 0; depth < 64; depth++) {
        size_t handler = handler_of(bytecode, unit);
        if (handler >= bytecode->units) {
            break;
        }
        if (opcode_at(bytecode, handler) == PUSH_EXC_INFO &&
            !jumps_is_with_handler(bytecode, handler)) {
            while (handler < bytecode->units && bytecode->lines[handler] == NO_LINE) {
                handler++;
            }
            return handler < bytecode->units ? bytecode->lines[handler] : JUMP_OPEN;
        }
        unit = handler;
        while (unit < bytecode->units && opcode_flow(opcode_at(bytecode, unit)) != OP_RERAISE) {
            unit++;
        }
    }
    return bytecode->leaves ? -bytecode->first_line : JUMP_OPEN;
}

static int
same_line(const Bytecode *bytecode, size_t unit, int32_t line)
{
    return unit < bytecode->units && bytecode->lines[unit] == line;
}

/* An await on the given line: GET_AWAITABLE, None, SEND, and behind it where SEND ends. */
static size_t
skip_await(const Bytecode *bytecode, size_t unit, int32_t line)
{
    if (opcode_at(bytecode, unit) != GET_AWAITABLE) {
        return unit;
    }
    unit = after(bytecode, unit);
    if (opcode_at(bytecode, unit) == PUSH_NULL) { /* from 3.15 on */
        unit = after(bytecode, unit);
    }
    unit = after(bytecode, unit);
    if (opcode_at(bytecode, unit) != SEND || !same_line(bytecode, unit, line)) {
        return bytecode->units;
    }
    unit = target_of(bytecode, unit, 0);
    while (opcode_flow(opcode_at(bytecode, unit)) == OP_NOTHING) {
        unit++;
    }
    return unit;
}

/* Leaving a `with` block calls __exit__(None, None, None), all on the `with` line. No other
 * source compiles to a line that begins with three constants and a call: a call's line begins
 * with what is called. SWAPs keep the value of a `return` on top. */
size_t
jumps_skip_with_exit(const Bytecode *bytecode, size_t unit)
{
    size_t start = unit;
    int32_t line = unit < bytecode->units ? bytecode->lines[unit] : NO_LINE;
    while (opcode_at(bytecode, unit) == SWAP) {
        unit++;
    }
    for (int i = 0; i < 3; i++, unit++) {
        if (!opcode_loads_constant(opcode_at(bytecode, unit)) ||
            !same_line(bytecode, unit, line)) {
            return start;
        }
    }
    if (opcode_prepares_call(opcode_at(bytecode, unit))) {
        unit = after(bytecode, unit);
    }
    if (opcode_at(bytecode, unit) != CALL || !same_line(bytecode, unit, line)) {
        return start;
    }
    unit = skip_await(bytecode, after(bytecode, unit), line);
    if (opcode_at(bytecode, unit) != POP_TOP || !same_line(bytecode, unit, line)) {
        return start;
    }
    return unit + 1;
}

/* A line in the midst of a statement over several lines, begun further up: the targets of a `for`,
 * what a pattern binds, or what it leaves when it does not match. Such lines only store and drop
 * what is on the stack already. A `break` drops something as well, and `case x` stores, but they
 * stand below where they are reached from, and so does what follows them. */
static int
is_midway(const Bytecode *bytecode, size_t unit, int32_t from)
{
    int32_t line = bytecode->lines[unit];
    int drops = opcode_at(bytecode, unit) == POP_TOP || opcode_stores(opcode_at(bytecode, unit));
    if (drops && line < from) {
        return 1;
    }
    for (; unit < bytecode->units; unit = after(bytecode, unit)) {
        int opcode = opcode_at(bytecode, unit);
        if (jumps_skip_with_exit(bytecode, unit) != unit) {
            return 0; /* its SWAPs store nothing */
        }
        int above = bytecode->lines[unit] != NO_LINE && bytecode->lines[unit] < line;
        if (above && (opcode_stores(opcode) || (drops && opcode == POP_TOP))) {
            return 1;
        }
        if (!opcode_stores(opcode) && opcode != POP_TOP && opcode != NOP) {
            return 0;
        }
    }
    return 0;
}

/* If `unit` is in the head of an `except*` clause: where it goes on when nothing matches. */
static size_t
skip_star_clause(const Bytecode *bytecode, size_t start)
{
    int checks = 0;
    for (size_t unit = start; same_line(bytecode, unit, bytecode->lines[start]);
         unit = after(bytecode, unit)) {
        checks |= opcode_at(bytecode, unit) == CHECK_EG_MATCH;
        if (opcode_flow(opcode_at(bytecode, unit)) == OP_CONDITIONAL) {
            return checks ? target_of(bytecode, unit, 0) : start;
        }
    }
    return start;
}

size_t
jumps_skip_line(const Bytecode *bytecode, size_t unit)
{
    size_t behind = jumps_skip_with_exit(bytecode, unit);
    return behind == unit && !jumps_is_handler(bytecode, unit) ? skip_star_clause(bytecode, unit)
                                                               : behind;
}

/* The instruction at `unit`, on the way's own line, is passed. */
static void
pass(const Bytecode *bytecode, size_t unit, Path *path)
{
    int opcode = opcode_at(bytecode, unit);
    OpcodeFlow flow = opcode_flow(opcode);
    if (flow != OP_NOTHING) {
        int ends = path->may_raise && (opcode == POP_TOP || opcode_stores(opcode));
        /* What ends an expression that has several ways to its end stands on no line. */
        int ours = bytecode->lines[unit] != NO_LINE ||
                   (ends && path->last != NOWHERE && after(bytecode, path->last) == unit);
        path->last = ours ? unit : path->last;
        path->may_raise |= flow == OP_PLAIN && !opcode_is_harmless(opcode);
        path->done |= ends;
    }
}

static Path
end_at(Path path, size_t arrival, int32_t to)
{
    path.to = to;
    path.arrival = path.arrival == NOWHERE ? arrival : path.arrival;
    path.end = arrival;
    return path;
}

static Path
end_raising(Path path, int32_t to)
{
    path.may_raise = path.done; /* else it does, and that is the way */
    return end_at(path, NOWHERE, to);
}

Path
jumps_trace(const Bytecode *bytecode, size_t unit, int32_t from)
{
    Path path = {.to = JUMP_OPEN, .last = NOWHERE, .arrival = NOWHERE, .end = NOWHERE};
    int32_t leaving = NO_LINE; /* the line we are on, though nobody goes there */
    int32_t above = from;
    for (size_t steps = 0; unit < bytecode->units && steps <= bytecode->units; steps++) {
        int32_t line = bytecode->lines[unit];
        if (line != NO_LINE && line != from && line != leaving) {
            size_t behind = jumps_skip_line(bytecode, unit);
            if (behind == unit && !is_midway(bytecode, unit, above)) {
                int named = bytecode->leaves == LEAVES_CLASS && line == bytecode->first_line;
                return end_at(path, unit, named ? -line : line);
            }
            path.arrival = path.arrival == NOWHERE ? unit : path.arrival;
            leaving = line;
            unit = behind;
            continue;
        }
        if ((line == from || line == NO_LINE) && path.arrival == NOWHERE) {
            pass(bytecode, unit, &path);
        }
        switch (opcode_flow(opcode_at(bytecode, unit))) {
        case OP_CONDITIONAL:
            if (line != NO_LINE) {
                return end_at(path, NOWHERE, JUMP_OPEN);
            }
            unit = after(bytecode, unit); /* the end of `except*`: is there anything to raise? */
            break;
        case OP_CONDITIONAL_BACKWARD:
        case OP_END_ASYNC_FOR:
            return end_at(path, NOWHERE, JUMP_OPEN);
        case OP_FORWARD:
            unit = target_of(bytecode, unit, 0);
            break;
        case OP_BACKWARD:
            unit = target_of(bytecode, unit, 1);
            leaving = NO_LINE; /* whatever line it is, it is a new visit */
            above = 0;
            break;
        case OP_RETURN:
            return end_at(path, NOWHERE, bytecode->leaves ? -bytecode->first_line : JUMP_OPEN);
        case OP_RAISE:
            return end_raising(path, jumps_is_raise(bytecode, unit) ? follow_raise(bytecode, unit)
                                                                     : JUMP_OPEN);
        case OP_RERAISE: /* an `if` in a `finally` that an exception passes through */
            return end_raising(path, follow_raise(bytecode, unit));
        default:
            unit = after(bytecode, unit);
        }
    }
    return end_at(path, NOWHERE, JUMP_OPEN);
}

int32_t
jumps_follow(const Bytecode *bytecode, size_t unit, int32_t from)
{
    return jumps_trace(bytecode, unit, from).to;
}

int
jumps_same_place(const Bytecode *bytecode, size_t one, size_t other)
{
    Place places[2];
    for (int i = 0; i < 2; i++) {
        places[i] = linetable_place(bytecode->places, bytecode->places_size, bytecode->first_line,
                                    i == 0 ? one : other);
    }
    return memcmp(&places[0], &places[1], sizeof places[0]) == 0;
}

size_t
jumps_behind(const Bytecode *bytecode, size_t unit)
{
    return after(bytecode, unit);
}

size_t
jumps_target(const Bytecode *bytecode, size_t unit)
{
    OpcodeFlow flow = opcode_flow(opcode_at(bytecode, unit));
    return target_of(bytecode, unit, flow == OP_BACKWARD || flow == OP_CONDITIONAL_BACKWARD);
}

/* Behind the targets of a `for`, which may stand on lines of their own. */
static size_t
skip_targets(const Bytecode *bytecode, size_t unit)
{
    while (opcode_stores(opcode_at(bytecode, unit)) ||
           (unit < bytecode->units && opcode_flow(opcode_at(bytecode, unit)) == OP_NOTHING)) {
        unit = after(bytecode, unit);
    }
    return unit;
}

/* The first of the EXTENDED_ARGs before the instruction at `unit`, if it has any. */
static size_t
start_of(const Bytecode *bytecode, size_t unit)
{
    while (unit > 0 && opcode_at(bytecode, unit - 1) == EXTENDED_ARG) {
        unit--;
    }
    return unit;
}

/* Behind what ends a loop, which begins at `unit`. */
static size_t
behind_end(const Bytecode *bytecode, size_t unit)
{
    while (opcode_ends_loop(opcode_at(bytecode, unit))) {
        unit = after(bytecode, unit);
    }
    return unit;
}

/* Whether no event tells that the line behind the end of a loop begins: CPython passes over what
 * ends a loop when it looks for starts of lines (Python/instrumentation.c, initialize_lines), and
 * so compares with what stands before it. */
static int
is_unheard(const Bytecode *bytecode, size_t end, int32_t to)
{
    size_t unit = behind_end(bytecode, end), before = start_of(bytecode, end);
    if (unit == end || unit >= bytecode->units || before == 0) {
        return 0;
    }
    do {
        before--;
    } while (before > 0 && opcode_at(bytecode, before) == CACHE);
    return to > 0 && bytecode->lines[unit] == to && bytecode->lines[before] == to;
}

/* The unit of the GET_ANEXT whose StopAsyncIteration the END_ASYNC_FOR at `end` catches. Of a long
 * loop the handler begins at its EXTENDED_ARG. */
static size_t
async_for_start(const Bytecode *bytecode, size_t end)
{
    const uint8_t *next = bytecode->exceptions;
    const uint8_t *stop = next + bytecode->exceptions_size;
    end = start_of(bytecode, end);
    while (next < stop) {
        size_t start = read_exception_varint(&next, stop);
        (void)read_exception_varint(&next, stop);
        size_t target = read_exception_varint(&next, stop);
        (void)read_exception_varint(&next, stop);
        if (target == end && opcode_at(bytecode, start) == GET_ANEXT) {
            return start;
        }
    }
    return bytecode->units;
}

/* Where the next value of the `async for` that ends at `end` has arrived, or the number of units. */
static size_t
async_for_body(const Bytecode *bytecode, size_t end)
{
    size_t send = async_for_start(bytecode, end);
    while (send < bytecode->units && opcode_at(bytecode, send) != SEND) {
        send = after(bytecode, send);
    }
    return send < bytecode->units ? target_of(bytecode, send, 0) : bytecode->units;
}

/* Behind the END_ASYNC_FOR whose EXTENDED_ARGs, if it has any, begin at `unit`. */
static size_t
behind_async_end(const Bytecode *bytecode, size_t unit)
{
    while (opcode_at(bytecode, unit) == EXTENDED_ARG) {
        unit++;
    }
    return unit + 1;
}

size_t
jumps_async_end(const Bytecode *bytecode, size_t unit)
{
    size_t end = handler_of(bytecode, unit);
    return end < bytecode->units ? behind_async_end(bytecode, end) : bytecode->units;
}

void
jumps_starts(const Bytecode *bytecode, const Jump *jump, size_t *next, size_t *target)
{
    size_t unit = (size_t)jump->offset / 2;
    if (jump->async) {
        *next = skip_targets(bytecode, unit);
        *target = behind_async_end(bytecode, (size_t)jump->next / 2);
        return;
    }
    *next = after(bytecode, unit);
    *target = jumps_target(bytecode, unit);
    if (opcode_at(bytecode, unit) == FOR_ITER) {
        *next = skip_targets(bytecode, *next);
        *target += FOR_ITER_SKIPS; /* what never runs tells of no way */
    }
}

/* Fill in where the ways of a jump lead. */
static void
describe_ways(const Bytecode *bytecode, Jump *jump, size_t end)
{
    size_t body, target;
    jumps_starts(bytecode, jump, &body, &target);
    jump->to_next = jumps_follow(bytecode, body, jump->from);
    jump->to_jump = jumps_follow(bytecode, target, jump->from);
    jump->next_seen = jump->jump_seen = 0;
    jump->unheard = (uint8_t)is_unheard(bytecode, end, jump->to_jump);
    jump->next_too = jump->jump_too = JUMP_OPEN;
}

static void
describe(const Bytecode *bytecode, size_t unit, Jump *jump)
{
    jump->offset = (int32_t)(2 * unit);
    jump->next = (int32_t)(2 * after(bytecode, unit));
    jump->from = bytecode->lines[unit];
    jump->async = 0;
    size_t end = jumps_target(bytecode, unit), behind = behind_end(bytecode, end);
    jump->end = behind > end ? (int32_t)(2 * (behind - 1)) : -1;
    describe_ways(bytecode, jump, end);
}

/* An `async for` goes on with its body behind the SEND that awaits the next value, and ends
 * behind END_ASYNC_FOR, which the compiler may have put far away. Its branch events name the
 * former; before there were any, the handled exception names the latter. */
static int
describe_async(const Bytecode *bytecode, size_t end, Jump *jump)
{
    size_t body = async_for_body(bytecode, end);
    if (body >= bytecode->units) {
        return 0;
    }
    jump->offset = (int32_t)(2 * body);
    jump->next = (int32_t)(2 * start_of(bytecode, end)); /* handles the exception that ends it */
    jump->from = bytecode->lines[end];
    jump->async = 1;
    jump->end = -1;
    describe_ways(bytecode, jump, end);
    return 1;
}

static int
by_offset(const void *left, const void *right)
{
    int32_t a = ((const Jump *)left)->offset, b = ((const Jump *)right)->offset;
    return a < b ? -1 : a > b;
}

size_t
jumps_find(const Bytecode *bytecode, Jump *jumps, size_t room)
{
    size_t count = 0;
    int sorted = 1;
    for (size_t unit = 0; unit < bytecode->units; unit = after(bytecode, unit)) {
        OpcodeFlow flow = opcode_flow(opcode_at(bytecode, unit));
        Jump jump;
        if (bytecode->lines[unit] == NO_LINE) {
            continue;
        }
        if (flow == OP_CONDITIONAL || flow == OP_CONDITIONAL_BACKWARD) {
            if (count < room) {
                describe(bytecode, unit, &jump);
            }
        }
        else if (flow == OP_END_ASYNC_FOR && describe_async(bytecode, unit, &jump)) {
            sorted = 0;
        }
        else {
            continue;
        }
        if (count < room) {
            jumps[count] = jump;
        }
        count++;
    }
    if (!sorted && count <= room) {
        qsort(jumps, count, sizeof *jumps, by_offset);
    }
    return count;
}

Jump *
jumps_at(Jump *jumps, size_t count, int32_t offset)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (jumps[middle].offset < offset) {
            low = middle + 1;
        }
        else {
            high = middle;
        }
    }
    return low < count && jumps[low].offset == offset ? &jumps[low] : NULL;
}
