/* What a code object says of itself, read for a study.
 *
 * What: its bytecode as CPython compiled it, without what was put in to watch it, and the line of
 *   each instruction.
 * Owner: the caller; codereading_release gives back what reading took.
 * Threads: needs the GIL or a thread state; changes nothing of the code object.
 * Failure: -1 without memory, no exception set. */
#ifndef COV_CODEREADING_H
#define COV_CODEREADING_H

#include "pycompat.h"

#include "jumps.h"
#include "linetable.h"

typedef struct {
    Bytecode bytecode;
    PyObject *code_bytes;
    int32_t *lines;
} CodeReading;

int codereading_begin(CodeReading *reading, PyCodeObject *code);
void codereading_release(CodeReading *reading);

/* The place of each of its units. */
void codereading_places(const Bytecode *bytecode, Place *places);

/* Take its line away from a unit that only borrows it (see borrowed_end): whether it was one. */
int codereading_take_line(CodeReading *reading, size_t unit);

/* Lambdas, generator expressions and the like have names in angle brackets. Leaving them is part
 * of some statement, and no statement's branch; leaving a module is. */
Leaving codereading_leaving(PyCodeObject *code);

/* The first unit that may start a line: what stands before RESUME prepares the frame. */
size_t codereading_first_traceable(const Bytecode *bytecode);

/* The first line of a function's body; with `but` not NO_LINE, the first one that is not `but`. */
int32_t codereading_body_line(PyCodeObject *code, int32_t but);

#endif
