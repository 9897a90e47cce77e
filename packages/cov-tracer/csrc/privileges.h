/* Functions by which a process becomes somebody else's, wrapped: a server that gives up the rights of
 * root may not be allowed to write beside the data file any more, and nor are its children. Then
 * the ledger gets a record of trouble as long as it can.
 *
 * Ownership, threads, failure: as in wrapping.h; the original is called in any case. */
#ifndef COV_PRIVILEGES_H
#define COV_PRIVILEGES_H

#include "pycompat.h"

/* Replace os.setuid and its relatives, which come from this module, for this purpose (replacing.h):
 * 0, or -1 with an exception. */
int privileges_replace(const char *purpose, const char *module);

#endif
