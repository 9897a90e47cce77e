#include "journal.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journalformat.h"
#include "platform.h"

enum {
    FIRST_SEGMENT = 64 * 1024,
    LAST_SEGMENT = 4 * 1024 * 1024,
    WAITING_LIMIT = 256 * 1024 * 1024, /* bytes of facts kept in memory when the disk is full */
};

typedef struct {
    char *text;
    size_t length;
    uint8_t key;
} Info;

struct Journal {
    /* Fixed at birth. */
    char *prefix;
    uint64_t host;
    uint8_t run[16];
    uint64_t created;
    uint32_t flags;
    Info *infos;
    size_t info_count;
    /* The file of this generation. */
    _Atomic uint32_t generation;
    char *context; /* the current label, or NULL */
    size_t context_length;
    uint32_t context_number;   /* of the label in this file; 0: not told yet */
    uint32_t contexts, series; /* numbers handed out */
    int tried;                 /* opening was attempted in this generation */
    char *path;
    FileIdentity identity;
    Header *header;      /* the first segment, mapped as long as the file is in use; or NULL */
    char *segment;       /* the segment being filled; may be the first */
    uint64_t offset;     /* where it begins in the file */
    size_t size, used;   /* of the segment, in bytes */
    int past_segment;    /* the tail lies behind the segment: nothing more can be mapped */
    /* Records that found no room on disk. */
    char *waiting;
    size_t waiting_size, waiting_used;
    uint32_t lost;
    int finished; /* the process is over: nothing is taken any more */
    atomic_flag lock;
    Journal *next; /* in the list of all journals of the process */
};

/* The one mutable static: pthread_atfork hands its callback no argument. Guarded by list_lock. */
static Journal *all_journals;
static atomic_flag list_lock = ATOMIC_FLAG_INIT;
static atomic_int watching_forks;
static void (*_Atomic reporter)(JournalState state);

static void
acquire(atomic_flag *lock)
{
    while (atomic_flag_test_and_set_explicit(lock, memory_order_acquire)) {
    }
}

static void
release(atomic_flag *lock)
{
    atomic_flag_clear_explicit(lock, memory_order_release);
}

static char *
copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}

/* Give back what the file in use takes of this process's memory. */
static void
release_file(Journal *journal)
{
    if (journal->segment != NULL && journal->segment != (char *)journal->header) {
        mapping_release(journal->segment, journal->size);
    }
    if (journal->header != NULL) {
        mapping_release(journal->header, FIRST_SEGMENT);
    }
    free(journal->path);
    free(journal->waiting);
}

/* From now on there is no file, nor numbers of one. */
static void
forget_file(Journal *journal)
{
    journal->path = NULL;
    journal->header = NULL;
    journal->segment = NULL;
    journal->waiting = NULL;
    journal->offset = 0;
    journal->size = journal->used = 0;
    journal->past_segment = 0;
    journal->waiting_size = journal->waiting_used = 0;
    journal->context_number = journal->contexts = journal->series = 0;
    journal->lost = 0;
    journal->tried = 0;
    journal->generation++;
}

/* Only the forking thread lives on in a child, so whatever lock another one held is free. A journal
 * that another thread was writing to may be half changed: nothing of it can be given back. */
static void
after_fork_in_child(void)
{
    atomic_flag_clear(&list_lock);
    for (Journal *journal = all_journals; journal != NULL; journal = journal->next) {
        if (!atomic_flag_test_and_set(&journal->lock)) {
            release_file(journal);
        }
        forget_file(journal);
        atomic_flag_clear(&journal->lock);
    }
}

/* Once for all journals of the process: 0, or -1. */
static int
watch_forks(void)
{
    int expected = 0;
    if (!atomic_compare_exchange_strong(&watching_forks, &expected, 1)) {
        return 0;
    }
    if (process_watch_forks(after_fork_in_child) < 0) {
        atomic_store(&watching_forks, 0);
        return -1;
    }
    return 0;
}

Journal *
journal_new(const char *prefix, const char *host, const uint8_t run[16], uint64_t created,
            uint32_t flags)
{
    Journal *journal = calloc(1, sizeof *journal);
    if (journal == NULL) {
        return NULL;
    }
    journal->prefix = copy_text(prefix);
    if (journal->prefix == NULL || watch_forks() < 0) {
        free(journal->prefix);
        free(journal);
        return NULL;
    }
    journal->host = journalformat_host(host);
    memcpy(journal->run, run, sizeof journal->run);
    journal->created = created;
    journal->flags = flags;
    atomic_init(&journal->generation, 1);
    atomic_flag_clear(&journal->lock);
    acquire(&list_lock);
    journal->next = all_journals;
    all_journals = journal;
    release(&list_lock);
    return journal;
}

int
journal_add_info(Journal *journal, uint8_t key, const char *text, size_t length)
{
    if (length > JOURNAL_TEXT_LIMIT) {
        return -1;
    }
    Info *infos = realloc(journal->infos, (journal->info_count + 1) * sizeof *infos);
    if (infos == NULL) {
        return -1;
    }
    journal->infos = infos;
    Info *info = &infos[journal->info_count];
    info->text = malloc(length + 1);
    if (info->text == NULL) {
        return -1;
    }
    memcpy(info->text, text, length);
    info->length = length;
    info->key = key;
    journal->info_count++;
    return 0;
}

uint32_t
journal_generation(const Journal *journal)
{
    return atomic_load_explicit(&journal->generation, memory_order_relaxed);
}

/* A fresh name each time: two journals of one process, or a process id used again, never meet. */
static char *
new_path(const Journal *journal, uint32_t attempt)
{
    size_t size = strlen(journal->prefix) + 64;
    uint64_t noise = clock_ticks() ^ ((uint64_t)(uintptr_t)journal << 16) ^ attempt;
    char *path = malloc(size);
    if (path != NULL) {
        noise = (noise ^ (noise >> 33)) * 0xFF51AFD7ED558CCDu;
        snprintf(path, size, "%s.pid%u.X%08xx.cov-journal", journal->prefix,
                 (unsigned)process_id(), (unsigned)(noise >> 32));
    }
    return path;
}

static void
fill_header(Journal *journal)
{
    Header *header = journal->header;
    header->pid = process_id();
    header->start = process_start();
    header->host = journal->host;
    memcpy(header->run, journal->run, sizeof header->run);
    header->created = journal->created;
    header->flags = journal->flags;
    journalformat_begin(header);
}

void
journal_report_troubles(void (*report)(JournalState state))
{
    atomic_store(&reporter, report);
}

static void
report(JournalState state)
{
    void (*function)(JournalState) = atomic_load(&reporter);
    if (function != NULL) {
        function(state);
    }
}

static void
open_file(Journal *journal)
{
    int exists = 1, again = journal->tried;
    journal->tried = 1;
    for (uint32_t attempt = 0; exists && attempt < 16; attempt++) {
        char *path = new_path(journal, attempt);
        if (path == NULL) {
            return;
        }
        journal->header = mapping_create(path, FIRST_SEGMENT, &journal->identity, &exists);
        if (journal->header != NULL) {
            journal->path = path;
            break;
        }
        free(path);
    }
    if (journal->header == NULL) {
        if (!again) {
            report(JOURNAL_HAS_NO_ROOM);
        }
        return;
    }
    report(again ? JOURNAL_IS_FINE : JOURNAL_BEGINS);
    fill_header(journal);
    journal->segment = (char *)journal->header;
    journal->offset = 0;
    journal->size = FIRST_SEGMENT;
    journal->used = sizeof *journal->header;
}

static void
advance(Journal *journal, size_t size)
{
    journal->used += size;
    atomic_store_explicit(&journal->header->tail, journal->offset + journal->used,
                          memory_order_release);
}

/* Programs clean up, and delete what they do not know. As long as all of the file is in memory, it
 * can be made again: 0, or -1 if it was not needed or cannot be done. */
static int
rescue(Journal *journal)
{
    int exists;
    FileIdentity identity;
    Header *header = NULL;
    if (journal->header == NULL || mapping_is_there(journal->path, &journal->identity)) {
        return -1;
    }
    if (journal->segment == (char *)journal->header) {
        header = mapping_create(journal->path, FIRST_SEGMENT, &identity, &exists);
    }
    if (header == NULL) {
        report(JOURNAL_IS_GONE);
        return -1;
    }
    memcpy((char *)header + sizeof *header, (char *)journal->header + sizeof *header,
           FIRST_SEGMENT - sizeof *header);
    memcpy(header, journal->header, sizeof *header);
    mapping_release(journal->header, FIRST_SEGMENT);
    journal->header = header;
    journal->segment = (char *)header;
    journal->identity = identity;
    return 0;
}

/* Go on in a new segment of the file, or return -1. The old one is padded to its end. */
static int
next_segment(Journal *journal, size_t needed)
{
    size_t rest = journal->size - journal->used;
    size_t size = journal->size * 4 < LAST_SEGMENT ? journal->size * 4 : LAST_SEGMENT;
    char *full = journal->segment;
    size_t full_size = journal->size;
    uint64_t offset = journal->offset + journal->size;
    while (size < needed) {
        size *= 2;
    }
    char *segment = mapping_extend(journal->path, &journal->identity, offset, size);
    if (segment == NULL && rescue(journal) == 0) {
        full = journal->segment;
        segment = mapping_extend(journal->path, &journal->identity, offset, size);
    }
    if (segment == NULL) {
        return -1;
    }
    if (rest > 0) {
        journalformat_store(journal->segment + journal->used, KIND_PAD, 0, 0, 0, (int32_t)rest,
                            NULL, 0);
        advance(journal, rest);
    }
    journal->segment = segment;
    journal->offset = offset;
    journal->size = size;
    journal->used = 0;
    if (full != (char *)journal->header) {
        mapping_release(full, full_size);
    }
    return 0;
}

/* What waits is lost so far: the process may be killed before there is room. */
static void
report_lost(Journal *journal)
{
    if (journal->header != NULL) {
        uint32_t waiting = (uint32_t)(journal->waiting_used / RECORD);
        atomic_store(&journal->header->lost, journal->lost + waiting);
    }
}

static void
count_lost(Journal *journal)
{
    journal->lost++;
    report_lost(journal);
}

/* Room among the facts that wait in memory, or NULL. */
static char *
wait_in_memory(Journal *journal, size_t size)
{
    if (journal->waiting_used + size > journal->waiting_size) {
        size_t bigger = journal->waiting_size ? journal->waiting_size * 2 : FIRST_SEGMENT;
        while (bigger < journal->waiting_used + size) {
            bigger *= 2;
        }
        char *waiting = bigger > WAITING_LIMIT ? NULL : realloc(journal->waiting, bigger);
        if (waiting == NULL) {
            return NULL;
        }
        journal->waiting = waiting;
        journal->waiting_size = bigger;
    }
    char *place = journal->waiting + journal->waiting_used;
    journal->waiting_used += size;
    return place;
}

/* Once a record waits in memory the later ones do too: they may refer to it. */
static int
on_disk(Journal *journal, size_t size)
{
    if (journal->waiting != NULL || journal->header == NULL || journal->past_segment) {
        return 0;
    }
    return journal->used + size <= journal->size || next_segment(journal, size) == 0;
}

/* 0, or -1 if the record is lost. */
static int
append(Journal *journal, uint32_t kind, uint32_t sub, uint32_t a, int32_t b, const char *text,
       int32_t c)
{
    size_t length = text == NULL ? 0 : (size_t)c;
    size_t size = journalformat_size(length);
    if (journal->finished) {
        return -1;
    }
    if (on_disk(journal, size)) {
        journalformat_store(journal->segment + journal->used, kind, sub, a, b, c, text, length);
        advance(journal, size);
        return 0;
    }
    char *place = wait_in_memory(journal, size);
    if (place == NULL) {
        count_lost(journal);
        return -1;
    }
    journalformat_store(place, kind, sub, a, b, c, text, length);
    report_lost(journal);
    return 0;
}

/* The file is opened by the first thing there is to say. */
static void
begin(Journal *journal)
{
    acquire(&journal->lock);
    if (!journal->tried && !journal->finished) {
        open_file(journal);
        for (size_t i = 0; i < journal->info_count; i++) {
            const Info *info = &journal->infos[i];
            (void)append(journal, KIND_INFO, info->key, 0, 0, info->text, (int32_t)info->length);
        }
    }
    if (journal->header != NULL) {
        atomic_store_explicit(&journal->header->state, 0, memory_order_relaxed);
    }
}

void
journal_note(Journal *journal, uint8_t key, const char *text, size_t length)
{
    begin(journal);
    if (length <= JOURNAL_TEXT_LIMIT) {
        (void)append(journal, KIND_INFO, key, 0, 0, text, (int32_t)length);
    }
    release(&journal->lock);
}

int
journal_set_context(Journal *journal, const char *label, size_t length)
{
    char *copy = NULL;
    if (length > JOURNAL_TEXT_LIMIT) {
        return -1;
    }
    if (length > 0) {
        copy = malloc(length);
        if (copy == NULL) {
            return -1;
        }
        memcpy(copy, label, length);
    }
    acquire(&journal->lock);
    free(journal->context);
    journal->context = copy;
    journal->context_length = length;
    journal->context_number = 0;
    journal->generation++;
    release(&journal->lock);
    return 0;
}

/* See to it that the file knows the context: 0, or -1 if it could not be told. */
static int
tell_context(Journal *journal)
{
    if (journal->context == NULL || journal->context_number != 0) {
        return 0;
    }
    if (append(journal, KIND_CONTEXT, 0, journal->contexts + 1, 0, journal->context,
               (int32_t)journal->context_length) < 0) {
        return -1;
    }
    journal->context_number = ++journal->contexts;
    return 0;
}

uint32_t
journal_series(Journal *journal, const char *path, size_t length)
{
    uint32_t number = 0;
    begin(journal);
    if (length <= JOURNAL_TEXT_LIMIT && tell_context(journal) == 0 &&
        append(journal, KIND_SERIES, 0, journal->series + 1, (int32_t)journal->context_number,
               path, (int32_t)length) == 0) {
        number = ++journal->series;
    }
    release(&journal->lock);
    return number;
}

/* A fact of a series that the file does not know would be no good to a reader. */
static void
tell_fact(Journal *journal, uint32_t kind, uint32_t series, int32_t from, int32_t to)
{
    begin(journal);
    if (series == 0 || series > journal->series) {
        count_lost(journal);
    }
    else {
        (void)append(journal, kind, 0, series, from, NULL, to);
    }
    release(&journal->lock);
}

void
journal_stamp(Journal *journal, uint32_t series, const FileStamp *stamp)
{
    uint64_t written = (uint64_t)stamp->written;
    if (series != 0 && (stamp->size != 0 || written != 0)) {
        tell_fact(journal, KIND_STAMP, series, (int32_t)(uint32_t)stamp->size,
                  (int32_t)(uint32_t)(written ^ written >> 32));
    }
}

void
journal_line(Journal *journal, uint32_t series, int32_t line)
{
    if (line <= JOURNAL_LAST_LINE) {
        tell_fact(journal, KIND_LINE, series, line, 0);
    }
}

void
journal_jump(Journal *journal, uint32_t series, int32_t from, int32_t to)
{
    if (from <= JOURNAL_LAST_LINE && to <= JOURNAL_LAST_LINE && to >= -JOURNAL_LAST_LINE) {
        tell_fact(journal, KIND_JUMP, series, from, to);
    }
}

const char *
journal_path(const Journal *journal)
{
    return journal->path;
}

uint32_t
journal_lost(const Journal *journal)
{
    return journal->lost;
}

/* Write what waits behind the tail without a mapping: the file system has some room by now, though
 * none for a segment. From then on the tail lies where no segment can begin. 0, or -1. */
static int
write_waiting(Journal *journal)
{
    uint64_t tail = atomic_load(&journal->header->tail);
    if (mapping_write(journal->path, &journal->identity, tail, journal->waiting,
                      journal->waiting_used) != 0) {
        return -1;
    }
    atomic_store_explicit(&journal->header->tail, tail + journal->waiting_used,
                          memory_order_release);
    journal->past_segment = 1;
    return 0;
}

/* Try to bring to disk what waits. */
static void
save_waiting(Journal *journal)
{
    if (journal->waiting_used == 0) {
        return;
    }
    if (journal->header == NULL) {
        open_file(journal);
    }
    if (journal->header == NULL) {
        return;
    }
    if (!journal->past_segment && (journal->used + journal->waiting_used <= journal->size ||
                                   next_segment(journal, journal->waiting_used) == 0)) {
        memcpy(journal->segment + journal->used, journal->waiting, journal->waiting_used);
        advance(journal, journal->waiting_used);
    }
    else if (write_waiting(journal) < 0) {
        report_lost(journal);
        return;
    }
    free(journal->waiting);
    journal->waiting = NULL;
    journal->waiting_size = journal->waiting_used = 0;
    report_lost(journal);
}

void
journal_close(Journal *journal)
{
    acquire(&journal->lock);
    (void)rescue(journal);
    save_waiting(journal);
    if (journal->header != NULL) {
        atomic_store(&journal->header->state, STATE_CLOSED);
    }
    release(&journal->lock);
}

/* A block at a time, which compilers make a few wide instructions of. */
static uint32_t
adler32(const uint8_t *bytes, size_t size)
{
    enum { BLOCK = 32, MOST = 173 * BLOCK }; /* bytes that 32 bits can take */
    uint32_t low = 1, high = 0;
    while (size > 0) {
        size_t part = size < MOST ? size : MOST;
        size -= part;
        for (; part >= BLOCK; part -= BLOCK, bytes += BLOCK) {
            uint32_t sum = 0, weighted = 0;
            for (uint32_t i = 0; i < BLOCK; i++) {
                sum += bytes[i];
                weighted += (BLOCK - i) * bytes[i];
            }
            high += BLOCK * low + weighted;
            low += sum;
        }
        while (part-- > 0) {
            low += *bytes++;
            high += low;
        }
        low %= 65521;
        high %= 65521;
    }
    return high << 16 | low;
}

/* One sum over all records of a complete journal spares its readers the check of each. */
static void
seal_with_sum(Journal *journal)
{
    size_t tail = (size_t)atomic_load(&journal->header->tail);
    int mapped = tail <= FIRST_SEGMENT; /* as a whole, which is the usual case */
    uint8_t *all = mapped ? (uint8_t *)journal->header
                          : mapping_extend(journal->path, &journal->identity, 0, tail);
    if (all != NULL) {
        journal->header->sum = adler32(all + sizeof(Header), tail - sizeof(Header));
    }
    if (all != NULL && !mapped) {
        mapping_release(all, tail);
    }
}

/* Nothing may be written through a mapping once its file was cut, so both end here. */
static void
finish(Journal *journal)
{
    uint64_t tail = 0;
    char *path = journal->path;
    FileIdentity identity = journal->identity;
    if (journal->header != NULL) {
        tail = atomic_load(&journal->header->tail);
        seal_with_sum(journal);
    }
    journal->path = NULL;
    release_file(journal);
    forget_file(journal);
    if (path != NULL) {
        (void)mapping_truncate(path, &identity, tail);
        free(path);
    }
}

void
journal_finish_all(void)
{
    acquire(&list_lock);
    for (Journal *journal = all_journals; journal != NULL; journal = journal->next) {
        journal_close(journal);
        acquire(&journal->lock);
        finish(journal);
        journal->finished = 1;
        release(&journal->lock);
    }
    release(&list_lock);
}

void
journal_free(Journal *journal)
{
    journal_close(journal);
    acquire(&list_lock);
    for (Journal **link = &all_journals; *link != NULL; link = &(*link)->next) {
        if (*link == journal) {
            *link = journal->next;
            break;
        }
    }
    release(&list_lock);
    finish(journal);
    for (size_t i = 0; i < journal->info_count; i++) {
        free(journal->infos[i].text);
    }
    free(journal->infos);
    free(journal->context);
    free(journal->prefix);
    free(journal);
}
