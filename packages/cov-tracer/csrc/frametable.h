/* What a trace function keeps of each active frame.
 *
 * What: a hash table by frame address: no stack, so that greenlets may switch as they like. It
 *   compares addresses and never follows them.
 * Owner: the tracer. Threads: the GIL, or the caller's lock.
 * Failure: NULL without memory: the frame is not measured. */
#ifndef COV_FRAMETABLE_H
#define COV_FRAMETABLE_H

#include <stddef.h>
#include <stdint.h>

#include "codeinfo.h"

typedef struct {
    const void *frame; /* NULL: a free slot */
    CodeInfo *info;    /* of the frame's code, which the frame keeps alive */
    int32_t first_line;
    int32_t last_line;  /* 0: none yet */
    int32_t raise_line; /* a `raise` statement there is under way; 0: none */
} FrameState;

typedef struct {
    FrameState *slots;
    size_t capacity, count;
} FrameTable;

FrameState *frametable_find(FrameTable *table, const void *frame);
FrameState *frametable_add(FrameTable *table, const void *frame);
void frametable_remove(FrameTable *table, FrameState *state);
void frametable_free(FrameTable *table);

#endif
