#include "pycompat.h"

#include "finally.h"

#include <stdlib.h>

#include "linetable.h"

static int
opcode_at(const Bytecode *bytecode, size_t unit)
{
    return unit < bytecode->units ? bytecode->code[2 * unit] : -1;
}

int
finally_find(Handlers *handlers, const Bytecode *bytecode)
{
    for (size_t unit = 0; bytecode->exceptions_size > 0 && unit < bytecode->units; unit++) {
        size_t body = unit + 1;
        if (opcode_at(bytecode, unit) != PUSH_EXC_INFO || jumps_is_with_handler(bytecode, unit)) {
            continue;
        }
        while (body < bytecode->units && bytecode->lines[body] == NO_LINE) {
            body++;
        }
        size_t *units = realloc(handlers->units, (handlers->count + 1) * sizeof *units);
        if (units == NULL) {
            return -1;
        }
        handlers->units = units;
        units[handlers->count++] = body;
    }
    return 0;
}

size_t
finally_body(const Handlers *handlers, const Bytecode *bytecode, size_t unit)
{
    for (size_t i = 0; unit < bytecode->units && i < handlers->count; i++) {
        size_t body = handlers->units[i];
        if (body < bytecode->units && body != unit &&
            bytecode->lines[body] == bytecode->lines[unit]) {
            return body;
        }
    }
    return NOWHERE;
}

/* Instructions of two bodies of one `finally` that are the same one; `line` is the last that the
 * way there was on. */
typedef struct {
    size_t unit, other;
    int32_t line;
} Twin;

typedef struct {
    const Bytecode *bytecode;
    uint8_t *known; /* of each unit: it was among the twins */
    Twin *open;
    size_t count;
    int32_t left; /* the code object, by a body's own end; else JUMP_OPEN */
} Twins;

/* Where something is done: bodies are the same but for the jumps between their parts. */
static size_t
skip_idle(const Bytecode *bytecode, size_t unit, int32_t *line)
{
    for (size_t steps = 0; unit < bytecode->units && steps <= bytecode->units; steps++) {
        int opcode = opcode_at(bytecode, unit);
        OpcodeFlow flow = opcode_flow(opcode);
        if (flow == OP_FORWARD || flow == OP_BACKWARD) {
            unit = jumps_target(bytecode, unit);
        }
        else if (flow == OP_NOTHING || opcode == NOP || opcode == EXTENDED_ARG) {
            *line = bytecode->lines[unit] == NO_LINE ? *line : bytecode->lines[unit];
            unit = jumps_behind(bytecode, unit);
        }
        else {
            return unit;
        }
    }
    return bytecode->units;
}

static void
add_twin(Twins *twins, size_t unit, size_t other, int32_t line)
{
    int32_t ignored = line;
    unit = skip_idle(twins->bytecode, unit, &line);
    other = skip_idle(twins->bytecode, other, &ignored);
    if (unit < twins->bytecode->units && other < twins->bytecode->units && !twins->known[unit]) {
        twins->known[unit] = 1;
        twins->open[twins->count++] = (Twin){unit, other, line};
    }
}

/* Add what follows both instructions, if they are the same. Else this body does not end by letting
 * an exception go on. */
static void
follow_twin(Twins *twins, const Twin *twin, int32_t line)
{
    const Bytecode *bytecode = twins->bytecode;
    size_t unit = twin->unit, other = twin->other;
    size_t next = jumps_behind(bytecode, unit), copy = jumps_behind(bytecode, other);
    int opcode = opcode_at(bytecode, unit), found = opcode_at(bytecode, other);
    int asks = opcode_condition(opcode), copy_asks = opcode_condition(found);
    if (asks != 0 && (asks == copy_asks || asks == -copy_asks)) {
        size_t target = jumps_target(bytecode, unit), copied = jumps_target(bytecode, other);
        add_twin(twins, target, asks == copy_asks ? copied : copy, line);
        add_twin(twins, next, asks == copy_asks ? copy : copied, line);
    }
    else if (opcode_owning(opcode) == opcode_owning(found) && opcode_flow(opcode) == OP_PLAIN) {
        if (opcode == GET_ANEXT) {
            add_twin(twins, jumps_async_end(bytecode, unit), jumps_async_end(bytecode, other),
                     line);
        }
        add_twin(twins, next, copy, line);
    }
    else if (twins->left == JUMP_OPEN) {
        int32_t to = jumps_follow(bytecode, unit, line);
        twins->left = to < 0 ? to : JUMP_OPEN;
    }
}

int32_t
finally_behind(const Bytecode *bytecode, size_t unit, size_t other, int *passes)
{
    Twins twins = {.bytecode = bytecode, .left = JUMP_OPEN};
    int32_t behind = JUMP_OPEN;
    twins.known = calloc(bytecode->units, 1);
    twins.open = malloc(bytecode->units * sizeof *twins.open);
    if (twins.known != NULL && twins.open != NULL) {
        add_twin(&twins, unit, other, bytecode->lines[unit]);
    }
    while (behind == JUMP_OPEN && twins.count > 0) {
        Twin twin = twins.open[--twins.count];
        int32_t line = bytecode->lines[twin.unit];
        if (opcode_flow(opcode_at(bytecode, twin.other)) != OP_RERAISE) {
            follow_twin(&twins, &twin, line == NO_LINE ? twin.line : line);
        }
        else if (opcode_flow(opcode_at(bytecode, twin.unit)) != OP_RERAISE) {
            behind = jumps_follow(bytecode, twin.unit, twin.line);
        }
    }
    free(twins.known);
    free(twins.open);
    *passes = behind != JUMP_OPEN;
    return *passes ? behind : twins.left;
}
