#include "forks.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "platform.h"

static int (*_Atomic describe)(LedgerRecord *record);
static atomic_int watching;
static atomic_uint count;

/* The process that a fork of C code made last: this one, or one before it. */
static _Atomic(uint32_t) foreign;

/* What stays between the two halves of a fork belongs to the thread that forks. */
static _Thread_local int expected;
static _Thread_local int is_told;
static _Thread_local int is_start;
static _Thread_local uint32_t parent;
static _Thread_local LedgerRecord record;

/* The record is the parent's, as that of any start; its last field is the child's to add. */
static void
before_fork(void)
{
    int (*tell)(LedgerRecord *) = atomic_load(&describe);
    char id[40];
    is_told = 0;
    if (expected || tell == NULL || !ledger_is_kept() || thread_is_on_signal_stack()) {
        return;
    }
    parent = process_id();
    is_told = 1;
    snprintf(id, sizeof id, "%u.c%u", (unsigned)parent, atomic_fetch_add(&count, 1) + 1);
    ledger_record_begin(&record, "start");
    ledger_record_add(&record, "id", id, strlen(id));
    ledger_record_add(&record, "how", "c", 1);
    is_start = tell(&record);
}

static void
after_fork(void)
{
    if (!is_told) {
        return;
    }
    is_told = 0;
    if (process_id() == parent) {
        ledger_record_drop(&record);
        return;
    }
    atomic_store(&foreign, process_id());
    if (is_start) {
        ledger_record_add_number(&record, "child", process_id());
        ledger_record_write(&record);
        ledger_promise(parent);
    }
    else {
        ledger_record_drop(&record);
    }
}

void
forks_watch(int (*tell)(LedgerRecord *record))
{
    int never = 0;
    atomic_store(&describe, tell);
    if (atomic_compare_exchange_strong(&watching, &never, 1) &&
        process_guard_forks(before_fork, after_fork) < 0) {
        atomic_store(&watching, 0);
    }
}

void
forks_unwatch(void)
{
    atomic_store(&describe, NULL);
}

void
forks_begin(void)
{
    expected++;
}

void
forks_end(void)
{
    expected--;
}

int
forks_is_foreign(void)
{
    return atomic_load(&foreign) == process_id();
}
