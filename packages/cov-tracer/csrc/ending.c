#include "pycompat.h"

#include "ending.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "platform.h"

/* One process has one end: these belong to it and not to an interpreter. */
static atomic_int watching;
static char **command;
static uint32_t command_owner;

static void
at_end(void)
{
    journal_finish_all();
    if (command != NULL && command_owner == process_id()) {
        (void)process_run(command);
    }
}

int
ending_watch(void)
{
    int expected = 0;
    if (atomic_compare_exchange_strong(&watching, &expected, 1)) {
        return Py_AtExit(at_end);
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
            copy[i] = strdup(argv[i]);
            if (copy[i] == NULL) {
                free_command(copy);
                return -1;
            }
        }
    }
    free_command(command);
    command = copy;
    command_owner = process_id();
    return 0;
}
