/* What is known of one code object, kept in its extra slot.
 *
 * What: the file it belongs to, its conditional jumps, and which of its lines are still to come.
 * Owner: the code object; it frees the CodeInfo when it dies. Nothing here refers to Python
 *   objects. The file entry belongs to the tracer whose number stands in `tracer`: never follow
 *   it for another one.
 * Threads: the GIL, or the slot's lock, which guards every CodeInfo of an interpreter. Studying is
 *   done into a CodeInfo of one's own and needs no lock.
 * Failure: NULL or -1, no exception set. */
#ifndef COV_CODEINFO_H
#define COV_CODEINFO_H

#include "pycompat.h"

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
};

typedef struct CodeInfo {
    uint32_t tracer; /* serial number; 0: none yet */
    uint8_t body_on_definition_line; /* `def f(): return 1`: its return tells its own branch */
    uint8_t looks_for_lines; /* LINE events are on and may be taken off when all were seen */
    uint8_t has_async_for;
    FileEntry *file;
    Jump *jumps;
    size_t jump_count;
    Step *steps;
    size_t step_count;
    Departures departures;
    /* Lines that can still fire: bit i stands for line lowest + i. */
    uint8_t *unseen;
    int32_t lowest, highest;
    size_t unseen_count;
    /* For trace functions: UNIT_ flags of each unit, or NULL; and where each UNIT_WITH_EXIT leads
     * (`line` of these steps is the unit). */
    uint16_t *units;
    size_t unit_count;
    uint8_t leaves; /* a Leaving */
} CodeInfo;

/* The extra slot of this interpreter's code objects. */
typedef struct CodeSlot {
    Py_ssize_t index;
    CovLock lock;
    struct CodeSlot *next; /* in the list of all slots of the process */
} CodeSlot;

/* A capsule with this interpreter's one slot: a new reference, or NULL with an exception set. The
 * slot lives as long as the capsule. */
PyObject *codeinfo_slot(void);
CodeSlot *codeinfo_slot_of(PyObject *capsule);

/* What is known of `code`, or NULL. */
CodeInfo *codeinfo_get(PyObject *code, const CodeSlot *slot);

/* The same, made if need be. */
CodeInfo *codeinfo_ensure(PyObject *code, const CodeSlot *slot);

/* Read the bytecode into an empty `info`: lines, and with `branch` jumps, steps and departures;
 * without, only the jumps whose events tell of lines that no other event tells of. 0, or -1 without
 * memory. */
int codeinfo_study(CodeInfo *info, PyCodeObject *code, int branch);

/* Fill in what trace functions need. 0, or -1 without memory. */
int codeinfo_study_units(CodeInfo *info, PyCodeObject *code);

/* Move what was studied to where it belongs, on behalf of a tracer. */
void codeinfo_take(CodeInfo *info, CodeInfo *studied, uint32_t tracer, FileEntry *file);

/* Mark functions and classes in `code` whose body stands on the line of their definition; before
 * the first of them runs. */
void codeinfo_mark_definitions(const CodeInfo *info, PyCodeObject *code, const CodeSlot *slot);

/* Give back what studying took. */
void codeinfo_clear(CodeInfo *info);

/* Where the leaving of a `with` block that begins at `unit` leads, or JUMP_OPEN. */
int32_t codeinfo_with_exit(const CodeInfo *info, size_t unit);

/* Take `line` off the unseen ones: how many are left. */
size_t codeinfo_saw_line(CodeInfo *info, int32_t line);

/* Is `line` one that is still to come? */
int codeinfo_is_unseen(const CodeInfo *info, int32_t line);

#endif
