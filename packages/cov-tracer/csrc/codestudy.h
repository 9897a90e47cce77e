/* What the bytecode of a code object tells of its lines and ways, for events.
 *
 * Owner: the caller owns the CodeInfo. Threads: studying is done into a CodeInfo of one's own and
 *   needs no lock. Failure: -1 without memory, no exception set. */
#ifndef COV_CODESTUDY_H
#define COV_CODESTUDY_H

#include "pycompat.h"

#include "codeinfo.h"

/* Read the bytecode into an empty `info`: lines, and with `branch` jumps, steps and departures;
 * without, only the jumps whose events tell of lines that no other event tells of. */
int codestudy_events(CodeInfo *info, PyCodeObject *code, int branch);

#endif
