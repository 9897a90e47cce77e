#include "trouble.h"

#include <string.h>

#include "ledger.h"

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
