/* What the bytecode of a code object tells a trace function, unit by unit.
 *
 * Owner: the caller owns the CodeInfo. Threads: as codestudy.h. Failure: -1 without memory, no
 *   exception set. */
#ifndef COV_CODEUNITS_H
#define COV_CODEUNITS_H

#include "pycompat.h"

#include "codeinfo.h"

/* Fill in what trace functions need: UNIT_ flags, and where each UNIT_WITH_EXIT leads. */
int codeunits_study(CodeInfo *info, PyCodeObject *code);

#endif
