/* What is known of one code object.
 *
 * What: the file it belongs to, its conditional jumps, and which of its lines are still to come.
 *   codestudy.c and codeunits.c find it out, codeslot.c keeps it.
 * Owner: the code object; it frees the CodeInfo when it dies. Nothing here refers to Python
 *   objects. The file entry belongs to the tracer whose number stands in `tracer`: never follow
 *   it for another one.
 * Threads: the GIL, or the slot's lock, which guards every CodeInfo of an interpreter. Studying is
 *   done into a CodeInfo of one's own and needs no lock.
 * Failure: -1 without memory, no exception set. */
#ifndef COV_CODEINFO_H
#define COV_CODEINFO_H

#include "pycompat.h" /* Python.h wants to be first */

#include "departures.h"
#include "filetable.h"
#include "jumps.h"

/* From line `line` control always goes on to `next`; known before it is true. */
typedef struct {
    int32_t line, next;
    uint8_t reached; /* `line` was seen */
} Step;

/* What a trace function must know of one code unit. */
enum {
    UNIT_HANDLER = 1,      /* an `except` or `finally` begins */
    UNIT_WITH_HANDLER = 2, /* a `with` block is told of an exception */
    UNIT_WITH_EXIT = 4,    /* a `with` block is left, on the `with` line */
    UNIT_RAISE = 8,        /* a `raise` statement */
    UNIT_RERAISE = 16,     /* goes on raising */
    UNIT_YIELD = 32,       /* the frame is put aside here */
    UNIT_RESUMED = 64,     /* and taken up again here */
    UNIT_RETURN = 128,     /* leaves in order */
    UNIT_BORROWED = 256,   /* no line begins here, though an event says so */
    UNIT_ITERATES = 512,   /* the end of an iterator is an exception here that goes nowhere */
    UNIT_PASSING = 1024,   /* where an exception may pass, out of an await or a comprehension */
    UNIT_FINALLY = 2048,   /* on a way that leads through a `finally`, see Crossing */
};

typedef struct CodeInfo {
    uint32_t tracer; /* serial number; 0: none yet */
    int32_t definition_line; /* of `def f(): return 1`, whose return tells its own branch, else 0 */
    uint8_t looks_for_lines; /* LINE events are on and may be taken off when all were seen */
    uint8_t has_async_for;
    FileEntry *file;
    Jump *jumps;
    size_t jump_count;
    Step *steps;
    size_t step_count;
    Departures departures;
    uint32_t *borrowed; /* units at which a LINE event says nothing: see borrowed_end */
    size_t borrowed_count;
    /* Lines that can still fire: bit i stands for line lowest + i. */
    uint8_t *unseen;
    int32_t lowest, highest;
    size_t unseen_count;
    /* For trace functions: UNIT_ flags of each unit, or NULL; and where each UNIT_WITH_EXIT leads
     * (`line` of these steps is the unit). */
    uint16_t *units;
    size_t unit_count;
    Crossings crossings;
    uint8_t leaves; /* a Leaving */
} CodeInfo;

/* Move what was studied to where it belongs, on behalf of a tracer. */
void codeinfo_take(CodeInfo *info, CodeInfo *studied, uint32_t tracer, FileEntry *file);

/* Give back what studying took. */
void codeinfo_clear(CodeInfo *info);

/* Note that control goes on from `line` to `next`; nothing if either is unknown. 0, or -1. */
int codeinfo_add_step(CodeInfo *info, int32_t line, int32_t next);

/* Where the leaving of a `with` block that begins at `unit` leads, or JUMP_OPEN. */
int32_t codeinfo_with_exit(const CodeInfo *info, size_t unit);

/* What is known of who comes from line `from` to `unit` (UNIT_FINALLY), or NULL. */
const Crossing *codeinfo_crossing(const CodeInfo *info, int32_t from, size_t unit);

/* Take `line` off the unseen ones: how many are left. */
size_t codeinfo_saw_line(CodeInfo *info, int32_t line);

/* Is `line` one that is still to come? */
int codeinfo_is_unseen(const CodeInfo *info, int32_t line);

#endif
