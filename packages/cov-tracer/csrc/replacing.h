/* Functions of modules, replaced by wrappers, and put back.
 *
 * What: a function is replaced where it comes from, in a module in C, so that all that is built on
 *   it follows; under the names that loaded modules know it by which took it over from there; and
 *   in the sets of os that tell which functions can do something.
 * Ownership: the interpreter's dictionary keeps what was there, under a name for the purpose, until
 *   it is put back or the interpreter ends.
 * Threads: whatever orders the program's own changes of a module; a measurement begins and ends in
 *   one thread.
 * Failure: only replacing_put raises; what cannot be put back is passed over. */
#ifndef COV_REPLACING_H
#define COV_REPLACING_H

#include "wrapping.h"

/* Whether a module is loaded. */
int replacing_is_loaded(const char *module);

/* Replace a function of a loaded module by what `made` says (wrapping_new). Nothing is done if it
 * is missing, or somebody else has replaced it. 0, or -1 with an exception. */
int replacing_put(const char *purpose, const char *module, const char *name, const Wrapping *made);

/* Once all is replaced for a purpose: what the sets of os tell of functions they tell of wrappers,
 * too. */
void replacing_done(const char *purpose);

/* Put back all that was replaced for this purpose. An exception that is up stays up. */
void replacing_undo(const char *purpose);

#endif
