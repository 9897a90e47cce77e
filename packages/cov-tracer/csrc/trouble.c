#include "trouble.h"

#include <stdio.h>
#include <string.h>

#include "ledger.h"
#include "platform.h"

void
trouble_tell(Journal *journal, const char *about, const char *text)
{
    if (ledger_is_kept()) {
        LedgerRecord record;
        ledger_record_begin(&record, "trouble");
        ledger_record_add(&record, "about", about, strlen(about));
        ledger_record_add(&record, "text", text, strlen(text));
        ledger_record_write(&record);
    }
    else if (journal != NULL) {
        journal_note(journal, JOURNAL_TROUBLE, text, strlen(text));
    }
}

void
trouble_with_journal(JournalState state)
{
    static const char *const texts[] = {
        [JOURNAL_IS_FINE] = NULL,
        [JOURNAL_HAS_NO_ROOM] = "found no room for its journal (disk, permission, limits)",
        [JOURNAL_IS_GONE] = "had its journal deleted while it ran",
    };
    char about[32], text[160] = "";
    if (state == JOURNAL_BEGINS) {
        ledger_keep_promise(); /* what C code forked runs Python, and not another program */
        return;
    }
    snprintf(about, sizeof about, "journal %u", (unsigned)process_id());
    if (texts[state] != NULL) {
        snprintf(text, sizeof text, "process %u %s; what it ran is unknown",
                 (unsigned)process_id(), texts[state]);
    }
    trouble_tell(NULL, about, text);
}
