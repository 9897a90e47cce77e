/* The ledger of a run: which processes were started, which were armed, and how they ended.
 *
 * What: builds records and appends them to a file that all processes of the run share. The format
 * is docs/formats/ledger.md. It knows no Python object.
 * Ownership: one ledger a process, since a process has one life, whatever interpreters live in it.
 * Threads: a record belongs to the thread that builds it; writing is one write to a file opened for
 * appending, so that records of several threads and processes do not mix.
 * Failure: nothing fails. What cannot be written waits in memory, for the next record or the end. */
#ifndef COV_LEDGER_H
#define COV_LEDGER_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *bytes; /* NULL once there was no memory: the record is not written then */
    size_t size, room;
} LedgerRecord;

/* Keep the ledger at `path` from now on; NULL: none any more. 0, or -1 if there is no memory. */
int ledger_keep(const char *path);

/* Whether one is kept. */
int ledger_is_kept(void);

/* Begin a record of this kind, with the process's id and the time in it. */
void ledger_record_begin(LedgerRecord *record, const char *kind);

/* Add a field. A record that gets too long is cut and says so. */
void ledger_record_add(LedgerRecord *record, const char *key, const char *value, size_t size);
void ledger_record_add_number(LedgerRecord *record, const char *key, uint64_t value);

/* Append the record to the file, if a ledger is kept, and give back its memory. */
void ledger_record_write(LedgerRecord *record);

/* Open the file for a process that may soon not be allowed to: a descriptor, or -1. */
int ledger_hold(void);

/* Let go of it. Before, if the file cannot be opened any more, append the record, which is given
 * back in any case. */
void ledger_release(int held, LedgerRecord *record);

/* This process, a fork of `parent`, may say no more, as another program has come in its place. But
 * before its next record, or when the promise is to be kept at once, it is told to be measured. */
void ledger_promise(uint32_t parent);
void ledger_keep_promise(void);

/* Give back the memory of a record that is not to be written. */
void ledger_record_drop(LedgerRecord *record);

/* The interpreter has come to its end: say so, and write what had to wait. */
void ledger_end(void);

#endif
