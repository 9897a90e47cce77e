/* What a trace function keeps of each active frame.
 *
 * What: a hash table by frame address: no stack, so that greenlets may switch as they like. It
 *   knows no Python object: it compares addresses and never follows them. A frame that ends while
 *   nobody traces it leaves its state behind, and another frame may get its address: see `code`.
 * Owner: the tracer. Threads: the GIL, or the caller's lock.
 * Failure: NULL without memory: the frame is not measured. */
#ifndef COV_FRAMETABLE_H
#define COV_FRAMETABLE_H

#include <stddef.h>
#include <stdint.h>

/* An exception is under way, and no `raise` statement of the frame's. */
#define RAISED_BY_OTHERS (-1)

typedef struct {
    const void *frame; /* NULL: a free slot */
    void *code;        /* the frame's code: a reference, which the caller owns */
    struct CodeInfo *info; /* of the code, which keeps it alive */
    int32_t last_line;  /* 0: none yet */
    int32_t last_offset; /* of the instruction that began it */
    int32_t raise_line; /* a `raise` statement there is under way; 0: none; or RAISED_BY_OTHERS */
    const void *thread; /* that it was called in */
    uint8_t doubtful;   /* it may have gone on unseen: only where it is now is known */
} FrameState;

typedef struct {
    FrameState *slots;
    size_t capacity, count;
} FrameTable;

FrameState *frametable_find(FrameTable *table, const void *frame);

/* The state of a frame, all zero if it is new. Pointers to other states are no longer good. */
FrameState *frametable_add(FrameTable *table, const void *frame);

void frametable_remove(FrameTable *table, FrameState *state);
void frametable_free(FrameTable *table);

#endif
