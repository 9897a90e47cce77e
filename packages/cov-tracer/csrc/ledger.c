#include "ledger.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform.h"

/* Command lines can be megabytes long; nobody reads more than their beginning. */
#define RECORD_LIMIT ((size_t)16 * 1024)
#define WAITING_LIMIT ((size_t)64 * 1024)

/* "cov1", tab, eight digits at most, tab: what is put before a record when it is written. */
#define HEAD_ROOM 16

/* Another thread may be using the path that was set before, so none is given back; a process sets
 * one or two. */
typedef struct LedgerPath {
    struct LedgerPath *before;
    char text[];
} LedgerPath;

static _Atomic(LedgerPath *) all_paths;
static _Atomic(const char *) ledger_path;

/* Lines that could not be written yet. Whoever finds it taken lets its own line go. */
static atomic_flag waiting_taken = ATOMIC_FLAG_INIT;
static char *waiting;
static size_t waiting_size;

/* The process that has promised to tell of itself, and its parent. */
static _Atomic(uint32_t) promised, promised_parent;

/* The lines without which nobody would know of this process: written again if they are deleted. */
static char *vital;
static size_t vital_size;

int
ledger_keep(const char *path)
{
    const char *text = NULL;
    if (path != NULL) {
        LedgerPath *copy = malloc(sizeof *copy + strlen(path) + 1);
        if (copy == NULL) {
            return -1;
        }
        strcpy(copy->text, path);
        text = copy->text;
        copy->before = atomic_exchange(&all_paths, copy);
    }
    atomic_store(&ledger_path, text);
    return 0;
}

int
ledger_is_kept(void)
{
    return atomic_load(&ledger_path) != NULL;
}

static void
put(LedgerRecord *record, const char *bytes, size_t size)
{
    if (record->bytes == NULL) {
        return;
    }
    if (record->room - record->size < size) {
        size_t room = record->room * 2 + size;
        char *bigger = realloc(record->bytes, room);
        if (bigger == NULL) {
            ledger_record_drop(record);
            return;
        }
        record->bytes = bigger;
        record->room = room;
    }
    memcpy(record->bytes + record->size, bytes, size);
    record->size += size;
}

void
ledger_record_begin(LedgerRecord *record, const char *kind)
{
    record->size = 0;
    record->room = 512;
    record->bytes = malloc(record->room);
    put(record, "                ", HEAD_ROOM);
    put(record, kind, strlen(kind));
    ledger_record_add_number(record, "pid", process_id());
    ledger_record_add_number(record, "time", wall_clock());
}

void
ledger_record_add(LedgerRecord *record, const char *key, const char *value, size_t size)
{
    size_t from = 0;
    const char *zero = memchr(value, '\0', size);
    if (record->size > RECORD_LIMIT) {
        return;
    }
    if (zero != NULL) {
        size = (size_t)(zero - value); /* no system takes more, and no file of text has one */
    }
    if (size > RECORD_LIMIT) {
        size = RECORD_LIMIT;
        while (size > 0 && ((unsigned char)value[size] & 0xC0) == 0x80) {
            size--; /* not inside a character */
        }
    }
    put(record, "\t", 1);
    put(record, key, strlen(key));
    put(record, "=", 1);
    for (size_t i = 0; i < size; i++) {
        const char *escaped = value[i] == '\\' ? "\\\\"
                              : value[i] == '\t' ? "\\t"
                              : value[i] == '\n' ? "\\n"
                                                 : NULL;
        if (escaped != NULL) {
            put(record, value + from, i - from);
            put(record, escaped, 2);
            from = i + 1;
        }
    }
    put(record, value + from, size - from);
    if (record->size > RECORD_LIMIT) {
        put(record, "\tcut=1", 6);
    }
}

void
ledger_record_add_number(LedgerRecord *record, const char *key, uint64_t value)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, value);
    /* However long the record is: who joins it to others needs them. */
    put(record, "\t", 1);
    put(record, key, strlen(key));
    put(record, "=", 1);
    put(record, digits, (size_t)length);
}

void
ledger_record_drop(LedgerRecord *record)
{
    free(record->bytes);
    record->bytes = NULL;
}

/* Add a line to some others. If there is no room, or another thread is at them, it is lost. */
static void
keep_line(char **lines, size_t *lines_size, const char *line, size_t size)
{
    if (atomic_flag_test_and_set(&waiting_taken)) {
        return;
    }
    if (*lines_size + size <= WAITING_LIMIT) {
        char *longer = realloc(*lines, *lines_size + size);
        if (longer != NULL) {
            memcpy(longer + *lines_size, line, size);
            *lines = longer;
            *lines_size += size;
        }
    }
    atomic_flag_clear(&waiting_taken);
}

static int
is_vital(const LedgerRecord *record)
{
    const char *kind = record->bytes + HEAD_ROOM;
    return strncmp(kind, "run\t", 4) == 0 || strncmp(kind, "armed\t", 6) == 0;
}

/* Programs clean up, and delete what they do not know. */
static void
restore(const char *path)
{
    FileStamp stamp;
    if (vital_size == 0) {
        return;
    }
    file_stamp(path, &stamp);
    if (stamp.written == 0 && !atomic_flag_test_and_set(&waiting_taken)) {
        (void)file_append(path, vital, vital_size);
        atomic_flag_clear(&waiting_taken);
    }
}

static void
write_waiting(const char *path)
{
    if (waiting_size == 0 || atomic_flag_test_and_set(&waiting_taken)) {
        return;
    }
    if (waiting_size > 0 && file_append(path, waiting, waiting_size) == 0) {
        free(waiting);
        waiting = NULL;
        waiting_size = 0;
    }
    atomic_flag_clear(&waiting_taken);
}

/* The record as a line; its beginning in the record's bytes. NULL if there is none to write. */
static const char *
finish(LedgerRecord *record, size_t *size)
{
    char head[HEAD_ROOM + 1];
    uint32_t sum = 0;
    put(record, "\n", 1);
    if (record->bytes == NULL) {
        return NULL;
    }
    for (size_t i = HEAD_ROOM; i < record->size - 1; i++) {
        sum += (unsigned char)record->bytes[i];
    }
    int length = snprintf(head, sizeof head, "cov1\t%" PRIx32 "\t", sum);
    char *line = record->bytes + HEAD_ROOM - length;
    memcpy(line, head, (size_t)length);
    *size = record->size - HEAD_ROOM + (size_t)length;
    return line;
}

static void
write_record(LedgerRecord *record)
{
    const char *path = atomic_load(&ledger_path);
    size_t size;
    const char *line = path == NULL ? NULL : finish(record, &size);
    if (line != NULL) {
        restore(path);
        write_waiting(path);
        if (is_vital(record)) {
            keep_line(&vital, &vital_size, line, size);
        }
        if (file_append(path, line, size) != 0) {
            keep_line(&waiting, &waiting_size, line, size);
        }
    }
    ledger_record_drop(record);
}

void
ledger_record_write(LedgerRecord *record)
{
    ledger_keep_promise();
    write_record(record);
}

void
ledger_promise(uint32_t parent)
{
    atomic_store(&promised_parent, parent);
    atomic_store(&promised, process_id());
}

void
ledger_keep_promise(void)
{
    LedgerRecord record;
    uint32_t process = process_id();
    if (!atomic_compare_exchange_strong(&promised, &process, 0)) {
        return;
    }
    ledger_record_begin(&record, "armed");
    ledger_record_add(&record, "how", "fork", 4);
    ledger_record_add_number(&record, "ppid", atomic_load(&promised_parent));
    ledger_record_add_number(&record, "start", process_start());
    write_record(&record);
}

int
ledger_hold(void)
{
    const char *path = atomic_load(&ledger_path);
    return path == NULL ? -1 : appender_open(path);
}

void
ledger_release(int held, LedgerRecord *record)
{
    size_t size;
    const char *line;
    int again = ledger_hold();
    if (again >= 0) {
        appender_close(again);
    }
    else {
        line = finish(record, &size);
        if (line != NULL) {
            (void)appender_write(held, line, size);
        }
    }
    appender_close(held);
    ledger_record_drop(record);
}

void
ledger_end(void)
{
    LedgerRecord record;
    if (ledger_is_kept()) {
        ledger_record_begin(&record, "ended");
        ledger_record_write(&record);
    }
}
