/* units: journal.c journalformat.c */

/* The journal on a disk that is full, or has no room for it yet: a platform of our own says so. */
#include "journal.h"

#include <stdint.h>
#include <string.h>

#include "platform.h"
#include "reading.h"

enum { DISK = 64 * 1024 * 1024 };

static struct {
    int refuses_create, refuses_extend, refuses_write, refuses_forks, deleted;
    unsigned creations;
    uint64_t size; /* of the one file */
    uint8_t *bytes;
} disk;

void *
mapping_create(const char *path, size_t size, FileIdentity *identity, int *exists)
{
    (void)path;
    *exists = 0;
    disk.creations++;
    if (disk.refuses_create) {
        return NULL;
    }
    *identity = (FileIdentity){1, 2};
    disk.size = size;
    return disk.bytes;
}

void *
mapping_extend(const char *path, const FileIdentity *identity, uint64_t offset, size_t size)
{
    CHECK(path != NULL && identity->device == 1 && identity->number == 2);
    CHECK(offset + size <= DISK && offset % 65536 == 0);
    if (disk.refuses_extend && offset != 0) {
        return NULL;
    }
    disk.size = offset + size > disk.size ? offset + size : disk.size;
    return disk.bytes + offset;
}

int
mapping_is_there(const char *path, const FileIdentity *identity)
{
    CHECK(path != NULL && identity->number == 2);
    return !disk.deleted;
}

void
mapping_release(void *address, size_t size)
{
    CHECK(size > 0 && (uint8_t *)address >= disk.bytes);
}

int
mapping_truncate(const char *path, const FileIdentity *identity, uint64_t size)
{
    CHECK(path != NULL && identity->number == 2);
    disk.size = size;
    return 0;
}

int
mapping_write(const char *path, const FileIdentity *identity, uint64_t offset, const void *bytes,
              size_t size)
{
    CHECK(path != NULL && identity->number == 2 && offset + size <= DISK);
    if (disk.refuses_write) {
        return -1;
    }
    memcpy(disk.bytes + offset, bytes, size);
    disk.size = offset + size > disk.size ? offset + size : disk.size;
    return 0;
}

uint32_t
process_id(void)
{
    return 42;
}

uint64_t
process_start(void)
{
    return 0;
}

uint64_t
clock_ticks(void)
{
    return 1;
}

int
process_run(char *const argv[])
{
    (void)argv;
    return -1;
}

int
process_watch_forks(void (*child)(void))
{
    (void)child;
    return disk.refuses_forks ? -1 : 0;
}

static Journal *
start(void)
{
    static const uint8_t run[16];
    uint8_t *bytes = disk.bytes;
    memset(bytes, 0, DISK);
    memset(&disk, 0, sizeof disk);
    disk.bytes = bytes;
    Journal *journal = journal_new("/d/.coverage.h", "h", run, 1, 0);
    CHECK(journal != NULL);
    return journal;
}

/* Every record in use, one after the other: lines 1 to `lines` of series 1, told in order. */
static void
has_lines(int32_t lines)
{
    uint64_t tail = u64(disk.bytes + 16), place = 128;
    CHECK(tail <= disk.size);
    CHECK(next_told(disk.bytes, tail, &place).kind == SERIES);
    for (int32_t line = 1; line <= lines; line++) {
        Found found = next_told(disk.bytes, tail, &place);
        CHECK(found.kind == LINE && found.a == 1 && found.b == line);
    }
    CHECK(place == tail);
}

static void
tell(Journal *journal, int32_t first, int32_t last)
{
    for (int32_t line = first; line <= last; line++) {
        journal_line(journal, 1, line);
    }
}

static void
facts_wait_while_there_is_no_file_and_are_saved_at_the_end(void)
{
    Journal *journal = start();
    disk.refuses_create = 1;
    CHECK(journal_series(journal, "a", 1) == 1);
    tell(journal, 1, 20000);
    CHECK(disk.creations == 1); /* it is not tried again at each fact */
    journal_close(journal);
    CHECK(journal_path(journal) == NULL && journal_lost(journal) == 0);
    disk.refuses_create = 0;
    journal_close(journal);
    has_lines(20000);
    tell(journal, 20001, 50000); /* and those that come later are on disk at once */
    has_lines(50000);
    journal_free(journal);
    has_lines(50000);
}

static void
facts_wait_while_the_disk_is_full(void)
{
    Journal *journal = start();
    CHECK(journal_series(journal, "a", 1) == 1);
    disk.refuses_extend = 1;
    tell(journal, 1, 30000);
    CHECK(disk.size == 65536);
    has_lines((65536 - 128) / 16 - 2); /* what fits is there */
    disk.refuses_extend = 0;
    journal_close(journal);
    has_lines(30000);
    journal_free(journal);
    CHECK(u32(disk.bytes + 76) == 0);
}

/* No room for a segment, but for the facts themselves: again and again, each behind the last. */
static void
what_is_saved_without_a_segment_stays_saved(void)
{
    Journal *journal = start();
    CHECK(journal_series(journal, "a", 1) == 1);
    disk.refuses_extend = 1;
    for (int32_t last = 5000; last <= 50000; last += 5000) {
        tell(journal, last - 4999, last);
        journal_close(journal);
        has_lines(last);
        disk.refuses_extend = last < 20000; /* a segment behind them now would cover them */
    }
    journal_free(journal);
    has_lines(50000);
    CHECK(u32(disk.bytes + 28) == 1 && u32(disk.bytes + 76) == 0);
}

static void
what_cannot_be_saved_is_counted(void)
{
    Journal *journal = start();
    CHECK(journal_series(journal, "a", 1) == 1);
    disk.refuses_extend = disk.refuses_write = 1;
    int32_t fit = (65536 - 128) / 16 - 2;
    tell(journal, 1, fit + 123);
    journal_close(journal);
    has_lines(fit);
    CHECK(u32(disk.bytes + 76) == 123);
    disk.refuses_write = 0; /* and no longer once it can */
    journal_close(journal);
    has_lines(fit + 123);
    CHECK(u32(disk.bytes + 76) == 0);
    journal_free(journal);
}

static void
memory_for_waiting_is_not_without_end(void)
{
    enum { TOO_MANY = 256 * 1024 * 1024 / 16 + 1000 };
    Journal *journal = start();
    disk.refuses_create = 1;
    CHECK(journal_series(journal, "a", 1) == 1);
    tell(journal, 1, TOO_MANY);
    CHECK(journal_lost(journal) > 0 && journal_lost(journal) <= 1002);
    /* A series that is lost has no number, and neither have facts of it a place. */
    CHECK(journal_series(journal, "b", 1) == 0);
    CHECK(journal_set_context(journal, "c", 1) == 0);
    CHECK(journal_series(journal, "b", 1) == 0);
    journal_free(journal);
}

static void
without_news_of_forks_there_is_no_journal(void)
{
    static const uint8_t run[16];
    disk.refuses_forks = 1;
    CHECK(journal_new("/d/x", "h", run, 1, 0) == NULL);
    disk.refuses_forks = 0;
    Journal *journal = journal_new("/d/x", "h", run, 1, 0);
    CHECK(journal != NULL);
    journal_free(journal);
}

int
main(void)
{
    disk.bytes = calloc(1, DISK);
    CHECK(disk.bytes != NULL);
    without_news_of_forks_there_is_no_journal(); /* first: they are watched once a process */
    facts_wait_while_there_is_no_file_and_are_saved_at_the_end();
    facts_wait_while_the_disk_is_full();
    what_is_saved_without_a_segment_stays_saved();
    what_cannot_be_saved_is_counted();
    memory_for_waiting_is_not_without_end();
    free(disk.bytes);
    return 0;
}
