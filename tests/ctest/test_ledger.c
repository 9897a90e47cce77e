/* units: ledger.c platform_posix.c */
#include "ledger.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

enum { THREADS = 8, RECORDS = 500 };

static char content[4 * 1024 * 1024];

static size_t
read_ledger(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(content, 1, sizeof content - 1, file);
    if (file != NULL) {
        fclose(file);
    }
    content[size] = '\0';
    return size;
}

/* How many lines there are, each of which must be whole. */
static int
whole_lines(const char *path)
{
    int count = 0;
    CHECK(read_ledger(path) < sizeof content - 1);
    for (char *line = content, *end; *line != '\0'; line = end + 1, count++) {
        uint32_t sum = 0;
        char *rest = strchr(line + 5, '\t');
        end = strchr(line, '\n');
        CHECK(end != NULL && rest != NULL && rest < end && strncmp(line, "cov1\t", 5) == 0);
        for (char *place = rest + 1; place < end; place++) {
            sum += (unsigned char)*place;
        }
        CHECK(strtoul(line + 5, NULL, 16) == sum);
    }
    return count;
}

static void
add(const char *key, const char *value, size_t size)
{
    LedgerRecord record;
    ledger_record_begin(&record, "kind");
    ledger_record_add(&record, key, value, size);
    ledger_record_write(&record);
}

static void *
write_many(void *unused)
{
    (void)unused;
    for (int i = 0; i < RECORDS; i++) {
        add("text", "some words of a command line", 28);
    }
    return NULL;
}

static void
threads_do_not_mix_their_lines(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, write_many, NULL) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(whole_lines("ledger") == THREADS * RECORDS);
    CHECK(unlink("ledger") == 0);
}

static void
values_are_escaped(void)
{
    add("odd", "a\tb\nc\\d\0e", 9);
    CHECK(whole_lines("ledger") == 1);
    CHECK(strstr(content, "\todd=a\\tb\\nc\\\\d\n") != NULL);
    CHECK(unlink("ledger") == 0);
}

static void
long_records_are_cut_between_characters(void)
{
    static char text[100001];
    for (int i = 0; i + 1 < (int)sizeof text; i += 2) {
        memcpy(text + i, "\xc3\xa9", 2);
    }
    add("text", text + 1, sizeof text - 2); /* an odd beginning */
    CHECK(whole_lines("ledger") == 1);
    CHECK(strlen(content) < 20000);
    CHECK(strstr(content, "\xa9\tcut=1\n") != NULL);
    CHECK(unlink("ledger") == 0);
}

static void
lines_wait_until_they_can_be_written(void)
{
    add("number", "1", 1);
    CHECK(whole_lines("ledger") == 1);
    CHECK(unlink("ledger") == 0 && mkdir("ledger", 0700) == 0);
    add("number", "2", 1);
    add("number", "3", 1);
    CHECK(rmdir("ledger") == 0);
    ledger_end();
    CHECK(whole_lines("ledger") == 3);
    CHECK(strstr(content, "ended\tpid=") != NULL);
    CHECK(unlink("ledger") == 0);
}

static void
what_waits_has_a_limit(void)
{
    static char text[10000];
    memset(text, 'x', sizeof text);
    CHECK(mkdir("ledger", 0700) == 0);
    for (int i = 0; i < 100; i++) {
        add("text", text, sizeof text);
    }
    CHECK(rmdir("ledger") == 0);
    ledger_end();
    CHECK(whole_lines("ledger") == 1 + 64 * 1024 / 10100);
    CHECK(unlink("ledger") == 0);
}

static void
nothing_is_written_without_a_ledger(void)
{
    CHECK(ledger_keep(NULL) == 0 && !ledger_is_kept());
    add("number", "1", 1);
    ledger_end();
    CHECK(access("ledger", F_OK) != 0);
}

int
main(void)
{
    CHECK(ledger_keep("ledger") == 0 && ledger_is_kept());
    threads_do_not_mix_their_lines();
    values_are_escaped();
    long_records_are_cut_between_characters();
    lines_wait_until_they_can_be_written();
    what_waits_has_a_limit();
    nothing_is_written_without_a_ledger();
    return 0;
}
