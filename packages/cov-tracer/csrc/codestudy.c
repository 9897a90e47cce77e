#include "codestudy.h"

#include <stdlib.h>
#include <string.h>

#include "codereading.h"
#include "definitions.h"

/* Note every line that may fire. One too many costs speed, one too few would cost facts. */
static int
note_lines(CodeInfo *info, const Bytecode *bytecode)
{
    size_t start = codereading_first_traceable(bytecode);
    int32_t lowest = INT32_MAX, highest = INT32_MIN, last = NO_LINE;
    for (size_t unit = start; unit < bytecode->units; unit++) {
        int32_t line = bytecode->lines[unit];
        if (line != last && line != NO_LINE) {
            lowest = line < lowest ? line : lowest;
            highest = line > highest ? line : highest;
        }
        last = line;
    }
    if (lowest > highest) {
        return 0;
    }
    info->unseen = calloc(((size_t)(highest - lowest) + 8) / 8, 1);
    if (info->unseen == NULL) {
        return -1;
    }
    info->lowest = lowest;
    info->highest = highest;
    last = NO_LINE;
    for (size_t unit = start; unit < bytecode->units; unit++) {
        int32_t line = bytecode->lines[unit];
        if (line == last || line == NO_LINE) {
            continue;
        }
        last = line;
        size_t bit = (size_t)(line - lowest);
        if (!(info->unseen[bit / 8] & (1u << bit % 8))) {
            info->unseen[bit / 8] |= (uint8_t)(1u << bit % 8);
            info->unseen_count++;
        }
    }
    return 0;
}

/* Take the lines away from what only borrows them, so that whoever follows a jump goes past. */
static int
note_borrowed(CodeInfo *info, CodeReading *reading)
{
    for (size_t unit = 0; unit < reading->bytecode.units; unit++) {
        if (reading->bytecode.code[2 * unit] != NOP || !codereading_take_line(reading, unit)) {
            continue;
        }
        uint32_t *units = realloc(info->borrowed, (info->borrowed_count + 1) * sizeof *units);
        if (units == NULL) {
            return -1;
        }
        units[info->borrowed_count++] = (uint32_t)unit;
        info->borrowed = units;
    }
    return 0;
}

/* What kinds of instructions there are: a bit for each OpcodeFlow. */
#define HAS(flow) (1u << (flow))

static unsigned
kinds_of(const Bytecode *bytecode)
{
    unsigned kinds = 0;
    for (size_t unit = 0; unit < bytecode->units; unit++) {
        kinds |= HAS(opcode_flow(bytecode->code[2 * unit]));
    }
    return kinds;
}

/* Whether a `raise` statement is a function's only end. */
static int
only_raises(const Bytecode *bytecode, unsigned kinds)
{
    int may = bytecode->leaves == LEAVES_SCOPE && !(kinds & HAS(OP_RETURN)) &&
              (kinds & HAS(OP_RAISE));
    for (size_t unit = 0; may && unit < bytecode->units; unit++) {
        if (jumps_is_raise(bytecode, unit)) {
            return 1;
        }
    }
    return 0;
}

/* Only jumps that tell of a line. */
static void
keep_unheard(CodeInfo *info)
{
    size_t kept = 0;
    for (size_t i = 0; i < info->jump_count; i++) {
        if (info->jumps[i].unheard) {
            info->jumps[kept++] = info->jumps[i];
        }
    }
    info->jump_count = kept;
}

static int
note_jumps(CodeInfo *info, const Bytecode *bytecode)
{
    Jump few[32];
    size_t count = jumps_find(bytecode, few, 32);
    if (count == 0) {
        return 0;
    }
    info->jumps = malloc(count * sizeof *info->jumps);
    if (info->jumps == NULL) {
        return -1;
    }
    if (count <= 32) {
        memcpy(info->jumps, few, count * sizeof *info->jumps);
    }
    else {
        jumps_find(bytecode, info->jumps, count);
    }
    info->jump_count = count;
    return 0;
}

/* Before `async for` had branch events, its body's first line tells that it was entered. */
static int
note_async_bodies(CodeInfo *info)
{
    for (size_t i = 0; !HAVE_ASYNC_FOR_BRANCHES && i < info->jump_count; i++) {
        const Jump *jump = &info->jumps[i];
        if (jump->async && codeinfo_add_step(info, jump->from, jump->to_next) < 0) {
            return -1;
        }
    }
    return 0;
}

/* All that tells of ways besides the jumps themselves. */
static int
note_ways(CodeInfo *info, PyCodeObject *code, const Bytecode *bytecode, unsigned kinds)
{
    Departures *departures = &info->departures;
    if (departures_of_jumps(departures, bytecode, info->jumps, info->jump_count) < 0 ||
        (only_raises(bytecode, kinds) && departures_of_raises(departures, bytecode) < 0)) {
        return -1;
    }
    return note_async_bodies(info) < 0 ? -1 : definitions_note(info, code, bytecode);
}

int
codestudy_events(CodeInfo *info, PyCodeObject *code, int branch)
{
    CodeReading reading;
    int result = -1;
    if (codereading_begin(&reading, code) < 0) {
        return -1;
    }
    unsigned kinds = kinds_of(&reading.bytecode);
    if ((HAVE_BORROWED_ENDS && note_borrowed(info, &reading) < 0) ||
        note_lines(info, &reading.bytecode) < 0) {
        goto done;
    }
    info->leaves = (uint8_t)reading.bytecode.leaves;
    /* A jump back to its own line marks a line start that never fires, yet costs on each pass: only
     * then is it worth the trouble to switch LINE off. */
    info->looks_for_lines = (kinds & (HAS(OP_BACKWARD) | HAS(OP_CONDITIONAL_BACKWARD))) != 0;
    if (note_jumps(info, &reading.bytecode) < 0 ||
        (branch && note_ways(info, code, &reading.bytecode, kinds) < 0)) {
        goto done;
    }
    if (!branch) {
        keep_unheard(info);
    }
    for (size_t i = 0; i < info->jump_count; i++) {
        info->has_async_for |= info->jumps[i].async;
    }
    result = 0;
done:
    codereading_release(&reading);
    return result;
}
