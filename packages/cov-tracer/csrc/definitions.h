/* Definitions whose body stands on their own line: `def f(): return 1`, `class C: pass`.
 *
 * What: such a line has two ways, on to the next statement and out of the body, and no conditional
 *   jump that would tell them apart.
 * Owner, threads: as codestudy.h. Failure: -1 without memory, no exception set. */
#ifndef COV_DEFINITIONS_H
#define COV_DEFINITIONS_H

#include "pycompat.h"

#include "codeinfo.h"
#include "codeslot.h"

/* Note the ways on from the lines of such definitions in `code`; the unseen lines are known. */
int definitions_note(CodeInfo *info, PyCodeObject *code, const Bytecode *bytecode);

/* Mark functions and classes in `code` whose body stands on the line of their definition; before
 * the first of them runs. */
void definitions_mark(const CodeInfo *info, PyCodeObject *code, const CodeSlot *slot);

#endif
