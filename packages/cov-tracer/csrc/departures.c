#include "pycompat.h"

#include "departures.h"

#include <stdlib.h>
#include <string.h>

#include "finally.h"
#include "linetable.h"

void
departures_clear(Departures *departures)
{
    free(departures->found);
    memset(departures, 0, sizeof *departures);
}

static int
opcode_at(const Bytecode *bytecode, size_t unit)
{
    return unit < bytecode->units ? bytecode->code[2 * unit] : -1;
}

static int
add(Departures *departures, const Bytecode *bytecode, size_t unit, int32_t from, int32_t to)
{
    int32_t line = bytecode->lines[unit];
    int starts = line != NO_LINE && (unit == 0 || bytecode->lines[unit - 1] != line ||
                                     opcode_flow(opcode_at(bytecode, unit - 1)) == OP_NOTHING);
    Departure *found = departures->found;
    if (to == JUMP_OPEN) {
        return 0;
    }
    found = realloc(found, (departures->count + 1) * sizeof *found);
    if (found == NULL) {
        return -1;
    }
    departures->found = found;
    found[departures->count++] = (Departure){
        .offset = (int32_t)(2 * unit),
        .from = from,
        .to = to,
        .line = line,
        .starts = (uint8_t)starts};
    return 0;
}

static size_t
skip_nothing(const Bytecode *bytecode, size_t unit)
{
    while (unit < bytecode->units && opcode_flow(opcode_at(bytecode, unit)) == OP_NOTHING) {
        unit = jumps_behind(bytecode, unit);
    }
    return unit;
}

/* The value of a `return` through a `finally` stays on the stack when its last instruction on the
 * line is done, which may raise itself; so nobody else comes to what follows. That tells the way:
 * the second instruction there, of which an event is told whatever becomes of the LINE event of the
 * first. NOWHERE for other ways. */
static size_t
behind_value(const Bytecode *bytecode, const Path *path)
{
    int opcode = opcode_at(bytecode, path->last), first = opcode_at(bytecode, path->arrival);
    OpcodeFlow flow = opcode_flow(opcode);
    if (path->arrival >= bytecode->units || opcode_leaves_nothing(opcode) ||
        (opcode != SEND && (flow != OP_PLAIN || opcode_is_harmless(opcode)))) {
        return NOWHERE;
    }
    size_t next = opcode == SEND ? jumps_target(bytecode, path->last)
                                 : jumps_behind(bytecode, path->last);
    if (skip_nothing(bytecode, next) != path->arrival) {
        return NOWHERE;
    }
    size_t second = jumps_behind(bytecode, path->arrival);
    int plain = opcode_flow(first) == OP_PLAIN && first != EXTENDED_ARG;
    return plain && second < bytecode->units &&
                   bytecode->lines[second] == bytecode->lines[path->arrival]
               ? second
               : path->arrival;
}

int
departures_add(Departures *departures, const Bytecode *bytecode, int32_t from, const Path *path)
{
    size_t unit = path->last;
    switch (opcode_flow(opcode_at(bytecode, unit))) {
    case OP_RETURN:
        departures->by |= DEPARTS_RETURNING;
        return 0;
    case OP_FORWARD:
    case OP_BACKWARD:
        if (opcode_has_jump_event(opcode_at(bytecode, unit))) {
            departures->by |= DEPARTS_JUMPING;
            return add(departures, bytecode, unit, from, path->to);
        }
        break;
    default:
        break;
    }
    size_t later = behind_value(bytecode, path);
    unit = later != NOWHERE ? later : unit;
    while (unit > 0 && opcode_at(bytecode, unit - 1) == EXTENDED_ARG) {
        unit--; /* which the event is for */
    }
    departures->by |= DEPARTS_ANYHOW;
    return add(departures, bytecode, unit, from, path->to);
}

int
departures_of_raises(Departures *departures, const Bytecode *bytecode)
{
    for (size_t unit = 0; unit < bytecode->units; unit++) {
        if (jumps_is_raise(bytecode, unit)) {
            departures->by |= DEPARTS_RAISING;
            if (add(departures, bytecode, unit, bytecode->lines[unit], -bytecode->first_line) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* One way of a jump, and the unit that it starts at. */
typedef struct {
    size_t start;
    Path path;
} Way;

/* What is found out once for all jumps of a code object. */
typedef struct {
    const Bytecode *bytecode;
    Handlers handlers;
    Way *ways;        /* two for each jump: where it jumps to, and behind it */
    int32_t *origins; /* of each unit: the line of the jumps to it; NULL until asked for */
} Layout;

/* Not the line of a jump: jumps on several lines lead there. */
#define SEVERAL (-2)

/* Most ways leave their line at once: where they lead is known, so nothing is to be followed. */
static Path
follow_way(const Bytecode *bytecode, size_t unit, int32_t from, int32_t to)
{
    while (unit < bytecode->units && opcode_flow(opcode_at(bytecode, unit)) == OP_NOTHING &&
           (bytecode->lines[unit] == from || bytecode->lines[unit] == NO_LINE)) {
        unit = jumps_behind(bytecode, unit);
    }
    if (unit < bytecode->units && bytecode->lines[unit] != from && bytecode->lines[unit] == to) {
        return (Path){.to = to, .last = NOWHERE, .arrival = unit, .end = unit};
    }
    return jumps_trace(bytecode, unit, from);
}

static int
find_ways(Layout *layout, const Jump *jumps, size_t count)
{
    const Bytecode *bytecode = layout->bytecode;
    layout->ways = malloc(2 * count * sizeof *layout->ways);
    if (layout->ways == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        Way *way = &layout->ways[2 * i];
        jumps_starts(bytecode, &jumps[i], &way[1].start, &way[0].start);
        way[0].path = follow_way(bytecode, way[0].start, jumps[i].from, jumps[i].to_jump);
        way[1].path = follow_way(bytecode, way[1].start, jumps[i].from, jumps[i].to_next);
    }
    return 0;
}

static int
find_origins(Layout *layout, const Jump *jumps, size_t count)
{
    size_t units = layout->bytecode->units;
    layout->origins = malloc(units * sizeof *layout->origins);
    if (layout->origins == NULL) {
        return -1;
    }
    for (size_t unit = 0; unit < units; unit++) {
        layout->origins[unit] = NO_LINE;
    }
    for (size_t i = 0; i < 2 * count; i++) {
        size_t unit = skip_nothing(layout->bytecode, layout->ways[i].start);
        if (unit < units) {
            int32_t *origin = &layout->origins[unit], line = jumps[i / 2].from;
            *origin = *origin == NO_LINE || *origin == line ? line : SEVERAL;
        }
    }
    return 0;
}

/* Both ways of all jumps that stand on one line. */
typedef struct {
    const Bytecode *bytecode;
    const Handlers *handlers;
    const Way *ways;
    Jump *jumps;
    size_t count;
    int32_t line;
    int parts; /* there are ways to different places */
    int32_t final; /* first line of a `finally` that a way leads into, or NO_LINE */
    int several;    /* ways lead into several of its bodies */
    size_t orderly; /* the one for the end of the `try`, led into by the way that starts last */
} Fork;

/* The body for exceptions of the `finally` that a way of the fork leads into, or NOWHERE. It stands
 * below its `try`: who goes up to where one begins is in it already, and it begins with a loop. */
static size_t
body_led_into(const Fork *fork, const Path *way)
{
    return way->to > fork->line
               ? finally_body(fork->handlers, fork->bytecode, way->end)
               : NOWHERE;
}

static void
survey(Fork *fork)
{
    int32_t to = JUMP_OPEN;
    size_t latest = 0;
    fork->final = NO_LINE;
    fork->parts = fork->several = 0;
    for (size_t i = 0; i < 2 * fork->count; i++) {
        Path way = fork->ways[i].path;
        if (way.to == JUMP_OPEN) {
            continue;
        }
        fork->parts |= to != JUMP_OPEN && to != way.to;
        to = way.to;
        if (body_led_into(fork, &way) == NOWHERE) {
            continue;
        }
        if (fork->final == NO_LINE) {
            fork->final = way.to;
            fork->orderly = way.end;
        }
        if (way.to == fork->final) {
            fork->several |= way.end != fork->orderly;
            if (fork->ways[i].start >= latest) {
                latest = fork->ways[i].start;
                fork->orderly = way.end;
            }
        }
    }
    fork->parts |= fork->final != NO_LINE;
}

/* Whether the instruction at `unit`, the last one on the line, is what is left of a `return` or the
 * like: then it has a place of its own. What is left of a header is a NOP with that of its jump, or
 * drops what was compared. */
static int
is_statement(const Fork *fork, size_t unit)
{
    if (unit >= fork->bytecode->units || opcode_at(fork->bytecode, unit) == POP_TOP ||
        fork->bytecode->lines[unit] != fork->line) {
        return 0;
    }
    for (size_t i = 0; i < fork->count; i++) {
        if (jumps_same_place(fork->bytecode, unit, (size_t)fork->jumps[i].offset / 2)) {
            return 0;
        }
    }
    return 1;
}

/* Whether a way to `end` surely goes through what stands behind a header. */
static int
is_behind_header(const Fork *fork, size_t end)
{
    for (size_t i = 0; i < 2 * fork->count; i++) {
        const Jump *jump = &fork->jumps[i / 2];
        const Path *way = &fork->ways[i].path;
        int loops = jump->async || opcode_at(fork->bytecode, (size_t)jump->offset / 2) == FOR_ITER;
        if (way->end == end &&
            (way->may_raise || (loops && i % 2 == 1) || is_statement(fork, way->last))) {
            return 1;
        }
    }
    return 0;
}

/* A way into a `finally`. If the line has several of them, all but the orderly one are those of a
 * jump that stands behind a header (`if x: return`), and the `finally` is not where it leads to; if
 * it has one, it is either: only one of them will be possible. */
static void
lead_through(const Fork *fork, Path *way, int32_t *too)
{
    const Bytecode *bytecode = fork->bytecode;
    if (fork->final == NO_LINE || way->to != fork->final ||
        (fork->several && way->end == fork->orderly)) {
        return;
    }
    size_t other = body_led_into(fork, way);
    if (other == NOWHERE) {
        return;
    }
    int passes;
    int32_t behind = finally_behind(bytecode, way->end, other, &passes);
    /* The compiler may have put a body that ends by a `return` wherever somebody goes to it. */
    if (fork->several && (passes || is_behind_header(fork, way->end))) {
        way->to = behind;
    }
    else if (behind != way->to) {
        *too = behind;
    }
}

/* Whether jumps on other lines lead to where a way starts, as in `if (x or <newline> y): return`.
 * -1 without memory. */
static int
is_shared(Layout *layout, const Way *way, int32_t line, const Jump *jumps, size_t count)
{
    size_t start = skip_nothing(layout->bytecode, way->start);
    if (layout->origins == NULL && find_origins(layout, jumps, count) < 0) {
        return -1;
    }
    return start < layout->bytecode->units && layout->origins[start] != NO_LINE &&
           layout->origins[start] != line;
}

/* Tell the way by its last instruction instead of by its jump. */
static int
depart(Departures *departures, const Fork *fork, const Path *way, int32_t *to, int32_t *too)
{
    Path second = *way;
    second.to = *too;
    if (departures_add(departures, fork->bytecode, fork->line, way) < 0 ||
        (*too != JUMP_OPEN &&
         departures_add(departures, fork->bytecode, fork->line, &second) < 0)) {
        return -1;
    }
    *to = *too = JUMP_OPEN;
    return 0;
}

static int
settle(Departures *departures, const Fork *fork, Layout *layout, const Jump *jumps, size_t count)
{
    for (size_t i = 0; i < 2 * fork->count; i++) {
        Jump *jump = &fork->jumps[i / 2];
        int is_next = i % 2;
        int32_t *to = is_next ? &jump->to_next : &jump->to_jump;
        int32_t *too = is_next ? &jump->next_too : &jump->jump_too;
        Path way = fork->ways[i].path;
        if (way.to == JUMP_OPEN) {
            continue;
        }
        lead_through(fork, &way, too);
        *to = way.to;
        if (way.last == NOWHERE) {
            continue;
        }
        int by_body = jump->async && is_next && !HAVE_ASYNC_FOR_BRANCHES;
        int late = by_body || (way.may_raise && fork->parts);
        if (!late) {
            late = is_shared(layout, &fork->ways[i], fork->line, jumps, count);
        }
        if (late < 0 || (late && depart(departures, fork, &way, to, too) < 0)) {
            return -1;
        }
    }
    return 0;
}

/* Whether both jumps stand on one line, and are no copies of one jump: between those there is some
 * handler, or the rest of the `finally` that is compiled several times. */
static int
is_one_line(const Bytecode *bytecode, const Handlers *handlers, const Jump *jump, const Jump *next)
{
    int32_t final = INT32_MAX; /* where the first handler below begins */
    for (size_t i = 0; i < handlers->count && handlers->units[i] < bytecode->units; i++) {
        int32_t line = bytecode->lines[handlers->units[i]];
        final = line > jump->from && line < final ? line : final;
    }
    for (int32_t unit = jump->offset / 2; unit <= next->offset / 2; unit++) {
        int32_t line = bytecode->lines[unit];
        if (opcode_at(bytecode, (size_t)unit) == PUSH_EXC_INFO ||
            (line != jump->from && line != NO_LINE && line < final)) {
            return 0;
        }
    }
    return next->from == jump->from;
}

static void
release(Layout *layout)
{
    free(layout->handlers.units);
    free(layout->ways);
    free(layout->origins);
}

/* The jumps of one line from `first` on: the number of the first jump behind them. */
static size_t
find_fork(Fork *fork, Layout *layout, Jump *jumps, size_t count, size_t first)
{
    size_t i = first;
    *fork = (Fork){.bytecode = layout->bytecode, .handlers = &layout->handlers};
    fork->jumps = &jumps[first];
    fork->ways = &layout->ways[2 * first];
    fork->line = jumps[first].from;
    do {
        i++;
        fork->count++;
    } while (i < count && jumps[i].from == fork->line &&
             is_one_line(layout->bytecode, fork->handlers, &jumps[i - 1], &jumps[i]));
    survey(fork);
    return i;
}

int
departures_of_jumps(Departures *departures, const Bytecode *bytecode, Jump *jumps, size_t count)
{
    Layout layout = {.bytecode = bytecode};
    int result = 0;
    if (count == 0) {
        return 0;
    }
    if (finally_find(&layout.handlers, bytecode) < 0 || find_ways(&layout, jumps, count) < 0) {
        result = -1;
    }
    for (size_t i = 0; result == 0 && i < count;) {
        Fork fork;
        i = find_fork(&fork, &layout, jumps, count, i);
        result = settle(departures, &fork, &layout, jumps, count);
    }
    release(&layout);
    return result;
}

static int
add_crossing(Crossings *crossings, const Crossing *crossing)
{
    Crossing *found = realloc(crossings->found, (crossings->count + 1) * sizeof *found);
    if (found == NULL) {
        return -1;
    }
    crossings->found = found;
    found[crossings->count++] = *crossing;
    return 0;
}

/* All places between the line and the `finally` at which a line begins: where it does, and where
 * `with` blocks are left. */
static int
add_crossings(Crossings *crossings, const Bytecode *bytecode, Crossing crossing, const Path *way)
{
    size_t unit = way->arrival;
    for (size_t steps = 0; unit < bytecode->units && steps <= bytecode->units; steps++) {
        size_t behind = jumps_skip_line(bytecode, unit);
        crossing.unit = unit;
        if ((behind != unit || unit == way->end) && add_crossing(crossings, &crossing) < 0) {
            return -1;
        }
        if (unit == way->end) {
            break;
        }
        OpcodeFlow flow = opcode_flow(opcode_at(bytecode, unit));
        unit = behind != unit ? behind
               : flow == OP_FORWARD || flow == OP_BACKWARD ? jumps_target(bytecode, unit)
                                                           : jumps_behind(bytecode, unit);
    }
    return 0;
}

/* The ways of one line that lead through a `finally`. */
static int
cross(Crossings *crossings, const Fork *fork)
{
    for (size_t i = 0; fork->final != NO_LINE && i < 2 * fork->count; i++) {
        const Path *path = &fork->ways[i].path;
        Path way = *path;
        Crossing crossing = {.from = fork->line, .too = JUMP_OPEN};
        lead_through(fork, &way, &crossing.too);
        crossing.to = way.to;
        if ((way.to != path->to || crossing.too != JUMP_OPEN) &&
            add_crossings(crossings, fork->bytecode, crossing, path) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
find_crossings(Crossings *crossings, Layout *layout)
{
    size_t count = jumps_find(layout->bytecode, NULL, 0);
    Jump *jumps = count > 0 ? malloc(count * sizeof *jumps) : NULL;
    int result = -1;
    if (jumps != NULL) {
        jumps_find(layout->bytecode, jumps, count);
        result = find_ways(layout, jumps, count);
    }
    for (size_t i = 0; result == 0 && i < count;) {
        Fork fork;
        i = find_fork(&fork, layout, jumps, count, i);
        result = cross(crossings, &fork);
    }
    free(jumps);
    return count > 0 ? result : 0;
}

int
departures_cross(Crossings *crossings, const Bytecode *bytecode)
{
    Layout layout = {.bytecode = bytecode};
    int result = finally_find(&layout.handlers, bytecode);
    if (result == 0 && layout.handlers.count > 0) {
        result = find_crossings(crossings, &layout);
    }
    release(&layout);
    return result;
}

static int
is_jump(const Bytecode *bytecode, size_t unit)
{
    OpcodeFlow flow = opcode_flow(opcode_at(bytecode, unit));
    return flow == OP_CONDITIONAL || flow == OP_CONDITIONAL_BACKWARD || flow == OP_FORWARD ||
           flow == OP_BACKWARD;
}

uint8_t *
departures_find_entries(const Bytecode *bytecode)
{
    uint8_t *entries = calloc(bytecode->units + 1, 1);
    for (size_t i = 0; entries != NULL && i < bytecode->units; i = jumps_behind(bytecode, i)) {
        size_t target = is_jump(bytecode, i) ? jumps_target(bytecode, i) : bytecode->units;
        entries[target] += entries[target] < 2;
    }
    return entries;
}

/* Whether the line of `unit` begins elsewhere, too, or another jump than the one at `before` leads
 * to `unit`. */
static int
is_entered(const Bytecode *bytecode, const uint8_t *entries, size_t unit, size_t before)
{
    int32_t line = bytecode->lines[unit];
    int jumps = is_jump(bytecode, before) && jumps_target(bytecode, before) == unit;
    if (entries[unit] > jumps) {
        return 1;
    }
    for (size_t i = 0; i < bytecode->units; i++) {
        if (bytecode->lines[i] == line && (i == 0 || bytecode->lines[i - 1] != line) &&
            i != unit) {
            return 1;
        }
    }
    return 0;
}

int
departures_is_alone(const Bytecode *bytecode, const uint8_t *entries, int32_t from,
                    const Path *path)
{
    return path->to > 0 && path->last != NOWHERE && path->arrival < bytecode->units &&
           bytecode->lines[path->arrival] == path->to && path->to != from &&
           jumps_behind(bytecode, path->last) == path->arrival &&
           !is_entered(bytecode, entries, path->arrival, path->last);
}

int
departures_wait(const Departures *departures, int32_t line)
{
    for (size_t i = 0; i < departures->count; i++) {
        const Departure *departure = &departures->found[i];
        if (departure->line == line && departure->starts && !departure->seen) {
            return 1;
        }
    }
    return 0;
}
