#include "pycompat.h"

#include "ending.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "ledger.h"
#include "platform.h"
#include "trouble.h"

/* One process has one end: these belong to it and not to an interpreter. */
static atomic_int watching;
static char **command;
static uint32_t command_owner;

static void
at_end(void)
{
    atomic_store(&watching, 0); /* Python may be started again */
    journal_finish_all();
    ledger_end();
    if (command != NULL && command_owner == process_id()) {
        (void)process_run(command);
    }
}

int
ending_watch(void)
{
    int expected = 0;
    journal_report_troubles(trouble_with_journal);
    if (!atomic_compare_exchange_strong(&watching, &expected, 1)) {
        return 0;
    }
    if (Py_AtExit(at_end) < 0) {
        atomic_store(&watching, 0);
        return -1;
    }
    return 0;
}

static void
free_command(char **argv)
{
    for (size_t i = 0; argv != NULL && argv[i] != NULL; i++) {
        free(argv[i]);
    }
    free(argv);
}

int
ending_set_command(char *const argv[])
{
    size_t count = 0;
    char **copy = NULL;
    if (argv != NULL) {
        while (argv[count] != NULL) {
            count++;
        }
        copy = calloc(count + 1, sizeof *copy);
        if (copy == NULL) {
            return -1;
        }
        for (size_t i = 0; i < count; i++) {
            size_t size = strlen(argv[i]) + 1;
            copy[i] = malloc(size);
            if (copy[i] == NULL) {
                free_command(copy);
                return -1;
            }
            memcpy(copy[i], argv[i], size);
        }
    }
    free_command(command);
    command = copy;
    command_owner = process_id();
    return 0;
}
