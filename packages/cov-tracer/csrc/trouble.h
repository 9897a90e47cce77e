/* What is unknown, told in a sentence: to the ledger of the run if one is kept, else to the journal.
 *
 * What: one way for whoever learns that facts are missing. It knows no Python object.
 * Threads: any. Failure: silent. */
#ifndef COV_TROUBLE_H
#define COV_TROUBLE_H

#include "journal.h"

/* `text` may be empty: the matter is settled. `about` names the matter: of several sentences about the same one the last counts. The journal,
 * which may be NULL, is opened for it if need be. */
void trouble_tell(Journal *journal, const char *about, const char *text);

/* For journal_report_troubles. */
void trouble_with_journal(JournalState state);

#endif
