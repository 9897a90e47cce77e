/* units: forks.c ledger.c platform_posix.c */
#include "forks.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static const char PATH[] = "ledger";
static char content[64 * 1024];
static int is_start = 1;

static int
describe(LedgerRecord *record)
{
    ledger_record_add(record, "line", "7", 1);
    return is_start;
}

/* Fork, have the child write a record of its own if it `speaks`, and tell what is written then. */
static const char *
fork_and_read(int speaks)
{
    LedgerRecord record;
    unlink(PATH);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        if (speaks) {
            ledger_record_begin(&record, "ended");
            ledger_record_write(&record);
        }
        _exit(forks_is_foreign() ? 1 : 0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
    CHECK(!forks_is_foreign());
    FILE *file = fopen(PATH, "rb");
    size_t size = file == NULL ? 0 : fread(content, 1, sizeof content - 2, file);
    if (file != NULL) {
        fclose(file);
    }
    content[size] = WEXITSTATUS(status) ? 'f' : ' '; /* behind the last line: was it foreign? */
    content[size + 1] = '\0';
    return content;
}

static int
count(const char *text, const char *part)
{
    int found = 0;
    for (; (text = strstr(text, part)) != NULL; text++) {
        found++;
    }
    return found;
}

static void
on_signal(int number)
{
    (void)number;
    CHECK(strcmp(fork_and_read(0), " ") == 0);
}

int
main(void)
{
    char field[64];
    CHECK(ledger_keep(PATH) == 0);
    CHECK(strcmp(fork_and_read(0), " ") == 0); /* nobody watches yet */
    forks_watch(describe);

    const char *text = fork_and_read(0);
    snprintf(field, sizeof field, "\tpid=%u\t", (unsigned)getpid());
    CHECK(count(text, "\n") == 1 && count(text, "\tstart\t") == 1 && count(text, field) == 1);
    CHECK(count(text, "\thow=c\tline=7\tchild=") == 1 && strstr(text, "\nf") != NULL);

    /* Who has something to tell has gone on: that is told first. */
    text = fork_and_read(1);
    CHECK(count(text, "\n") == 3 && count(text, "\tstart\t") == 1);
    snprintf(field, sizeof field, "\thow=fork\tppid=%u\t", (unsigned)getpid());
    CHECK(count(text, field) == 1);
    CHECK(strstr(text, "\tarmed\t") < strstr(text, "\tended\t"));

    forks_begin();
    forks_begin();
    forks_end();
    CHECK(strcmp(fork_and_read(0), " ") == 0); /* its maker tells of it */
    forks_end();

    is_start = 0;
    CHECK(strcmp(fork_and_read(0), "f") == 0); /* of C code, but nothing starts */
    is_start = 1;

    static char room[64 * 1024];
    stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
    CHECK(sigaltstack(&stack, NULL) == 0 && sigaction(SIGUSR1, &action, NULL) == 0);
    CHECK(raise(SIGUSR1) == 0);

    forks_unwatch();
    CHECK(strcmp(fork_and_read(0), " ") == 0);
    return 0;
}
