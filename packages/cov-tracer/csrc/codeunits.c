#include "codeunits.h"

#include <stdlib.h>

#include "borrowed.h"
#include "codereading.h"

/* An exception passes through an inlined comprehension: its variables get their values back, and
 * it is raised again, somewhere in a line. */
static int
ends_comprehension(const Bytecode *bytecode, size_t unit)
{
    while (unit-- > 0) {
        int opcode = bytecode->code[2 * unit];
        if (opcode == POP_TOP) {
            return unit > 0 && bytecode->code[2 * unit - 2] == SWAP;
        }
        if (opcode != SWAP && opcode != EXTENDED_ARG && !opcode_stores(opcode)) {
            break;
        }
    }
    return 0;
}

/* The same, from where it begins to do so. */
static int
leaves_comprehension(const Bytecode *bytecode, size_t unit)
{
    size_t end = unit;
    while (end < bytecode->units && (bytecode->code[2 * end] == EXTENDED_ARG ||
                                     opcode_stores(bytecode->code[2 * end]))) {
        end++;
    }
    return end > unit && end < bytecode->units && bytecode->code[2 * end] == RERAISE &&
           ends_comprehension(bytecode, end);
}

static int
has_star_clauses(const Bytecode *bytecode)
{
    for (size_t unit = 0; unit < bytecode->units; unit++) {
        if (bytecode->code[2 * unit] == CHECK_EG_MATCH) {
            return 1;
        }
    }
    return 0;
}

/* Where an exception that says no more than that an iterator has ended is told: at the instruction
 * that asks it, or, from 3.12 on, where an await goes on, or at the cache between the two. */
static int
ends_iterator(const Bytecode *bytecode, size_t unit)
{
    int opcode = bytecode->code[2 * unit];
    return opcode == FOR_ITER || opcode == SEND || opcode_ends_await(opcode) ||
           (opcode == CACHE && unit > 0 && bytecode->code[2 * unit - 2] == SEND);
}

/* Behind the question whether there is anything left to raise, with which `except*` ends: it is on
 * no line, and 3.12 gives what follows that of a clause if it leaves the function with a value. */
static int
ends_star(const Bytecode *bytecode, size_t unit)
{
    if (unit == 0 || bytecode->code[2 * unit] != POP_TOP) {
        return 0;
    }
    do {
        unit--;
    } while (unit > 0 && bytecode->code[2 * unit] == CACHE);
    return opcode_flow(bytecode->code[2 * unit]) == OP_CONDITIONAL &&
           bytecode->lines[unit] == NO_LINE;
}

/* `skip` is what skips lines that nobody goes to. */
static uint16_t
unit_flags(const Bytecode *bytecode, size_t unit, size_t (*skip)(const Bytecode *, size_t))
{
    int opcode = bytecode->code[2 * unit];
    int flags = 0;
    if (jumps_is_handler(bytecode, unit)) {
        flags |= jumps_is_with_handler(bytecode, unit) ? UNIT_WITH_HANDLER : UNIT_HANDLER;
    }
    if (skip(bytecode, unit) != unit) {
        flags |= UNIT_WITH_EXIT;
    }
    if (jumps_is_raise(bytecode, unit)) {
        flags |= UNIT_RAISE;
    }
    if (opcode == RERAISE && !ends_comprehension(bytecode, unit)) {
        flags |= UNIT_RERAISE;
    }
    if (opcode == YIELD_VALUE) {
        flags |= UNIT_YIELD;
    }
    if (opcode == RESUME && (bytecode->code[2 * unit + 1] & 3) != 0) {
        flags |= UNIT_RESUMED;
    }
    if (opcode_flow(opcode) == OP_RETURN) {
        flags |= UNIT_RETURN;
    }
    if (ends_iterator(bytecode, unit)) {
        flags |= UNIT_ITERATES;
    }
    if (opcode_passes_awaited(opcode) || leaves_comprehension(bytecode, unit)) {
        flags |= UNIT_PASSING;
    }
    if (ends_star(bytecode, unit)) {
        flags |= UNIT_BORROWED;
    }
    return (uint16_t)flags;
}

/* Mark the units whose line is borrowed, and take it away from them, so that whoever follows the
 * code does not stop there. 0, or -1 without memory. */
static int
mark_borrowed(CodeInfo *info, CodeReading *reading)
{
    const Bytecode *bytecode = &reading->bytecode;
    size_t first = codereading_first_traceable(bytecode);
    Place *places = malloc((bytecode->units + 1) * sizeof *places);
    uint8_t *reached = calloc(bytecode->units + 1, sizeof *reached);
    if (places == NULL || reached == NULL) {
        free(places);
        free(reached);
        return -1;
    }
    codereading_places(bytecode, places);
    for (size_t unit = first; unit < bytecode->units; unit++) {
        int borrows = borrowed_line(bytecode, places, first, unit, reached[unit]);
        if (borrows) {
            info->units[unit] = UNIT_BORROWED;
            reading->lines[unit] = NO_LINE;
        }
        borrowed_reach(bytecode, places, unit, borrows, reached);
    }
    free(places);
    free(reached);
    return 0;
}

static void
mark_borrowed_ends(CodeInfo *info, CodeReading *reading)
{
    for (size_t unit = 0; HAVE_BORROWED_ENDS && unit < reading->bytecode.units; unit++) {
        if (codereading_take_line(reading, unit)) {
            info->units[unit] = UNIT_BORROWED;
        }
    }
}

static int
mark_crossings(CodeInfo *info, const Bytecode *bytecode)
{
    if (departures_cross(&info->crossings, bytecode) < 0) {
        return -1;
    }
    for (size_t i = 0; i < info->crossings.count; i++) {
        info->units[info->crossings.found[i].unit] |= UNIT_FINALLY;
    }
    return 0;
}

int
codeunits_study(CodeInfo *info, PyCodeObject *code)
{
    CodeReading reading;
    int result = -1;
    if (codereading_begin(&reading, code) < 0) {
        return -1;
    }
    info->units = calloc(reading.bytecode.units + 1, sizeof *info->units);
    if (info->units == NULL ||
        (HAVE_BORROWED_LINES && mark_borrowed(info, &reading) < 0)) {
        goto done;
    }
    mark_borrowed_ends(info, &reading);
    info->unit_count = reading.bytecode.units;
    info->leaves = (uint8_t)reading.bytecode.leaves;
    /* To look for clauses at each unit takes long in a long line, and few functions have any. */
    size_t (*skip)(const Bytecode *, size_t) =
        has_star_clauses(&reading.bytecode) ? jumps_skip_line : jumps_skip_with_exit;
    for (size_t unit = 0; unit < info->unit_count; unit++) {
        info->units[unit] |= unit_flags(&reading.bytecode, unit, skip);
        if (info->units[unit] & UNIT_WITH_EXIT) {
            /* Without memory for it, the line that comes next tells the same. */
            (void)codeinfo_add_step(info, (int32_t)unit, jumps_follow(&reading.bytecode, unit, 0));
        }
    }
    result = mark_crossings(info, &reading.bytecode);
done:
    if (result < 0) {
        codeinfo_clear(info);
    }
    codereading_release(&reading);
    return result;
}
