/* The journal: an append-only log of first facts in a file mapped into memory.
 *
 * What: the writer of the format in docs/formats/journal.md. It knows no Python object.
 * Owner: whoever called journal_new; the journal copies the texts it is given.
 * Threads: any thread may call; a short spin lock orders writers where there is no GIL.
 * Fork: a child forgets its parent's file; its first new fact opens a file of its own. Numbers of
 *   series belong to one file and one context, hence journal_generation.
 * Texts: at most JOURNAL_TEXT_LIMIT bytes.
 * Failure: never an exception, never a signal. Facts that find no room on disk wait in memory and
 *   are written by journal_close if that is possible by then; otherwise they are counted as lost. */
#ifndef COV_JOURNAL_H
#define COV_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "platform.h"

typedef struct Journal Journal;

/* Longer texts are refused: lengths are 32 bit in the file, and a record lies in one piece. */
#define JOURNAL_TEXT_LIMIT (16u * 1024u * 1024u)

enum {
    JOURNAL_FLAG_BRANCH = 1,
    JOURNAL_MODE_SHIFT = 1, /* bits 1 and 2: fresh, append, parallel */
};

/* A journal that will lie at `<prefix>.pid<pid>.X<8 hex>x.cov-journal`. Nothing is opened yet.
 * `run` are 16 bytes, `created` nanoseconds since 1970. NULL if there is no memory, or none to
 * learn of forks with: a child must never write into its parent's file. */
Journal *journal_new(const char *prefix, const char *host, const uint8_t run[16], uint64_t created,
                     uint32_t flags);

/* Remember one INFO record, written at the start of every file this journal opens. 0, or -1
 * without memory or if it is too long. */
int journal_add_info(Journal *journal, uint8_t key, const char *text, size_t length);

/* Keys of INFO records that are written from C. */
enum { JOURNAL_TROUBLE = 9 };

typedef enum {
    JOURNAL_BEGINS,
    JOURNAL_IS_FINE, /* after all */
    JOURNAL_HAS_NO_ROOM,
    JOURNAL_IS_GONE, /* somebody deleted the file, and what was in it */
} JournalState;

/* Have `report` called, from now on, when a process makes its file, cannot make it or has lost it,
 * and when that is mended. It must not call back. For all journals of the process. */
void journal_report_troubles(void (*report)(JournalState state));

/* Write one INFO record now, into this file only. Opens the file if need be. */
void journal_note(Journal *journal, uint8_t key, const char *text, size_t length);

/* The context of every series from now on; an empty label is none. Starts a new generation, so
 * that a caller who remembers what was told can tell it again. 0, or -1 as above. */
int journal_set_context(Journal *journal, const char *label, size_t length);

/* Series numbers handed out before this value changed mean nothing any more. Never 0. */
uint32_t journal_generation(const Journal *journal);

/* The number of a new series, one file in the current context; 0 if it could not be told, so that
 * its facts are lost (try again). Ask for the generation before: if it changes meanwhile, the
 * number is an old one. */
uint32_t journal_series(Journal *journal, const char *path, size_t length);

/* Which content of its file a series is about, as far as a stamp tells. Does nothing for one that
 * is all 0. */
void journal_stamp(Journal *journal, uint32_t series, const FileStamp *stamp);

/* No source has more lines; a program may make up trees with any. Readers keep sets of lines as
 * bitmaps, which have to fit into memory. */
#define JOURNAL_LAST_LINE ((1 << 27) - 1)

void journal_line(Journal *journal, uint32_t series, int32_t line);
void journal_jump(Journal *journal, uint32_t series, int32_t from, int32_t to);

/* The file's path, or NULL if none is open. Valid until the next call that writes. */
const char *journal_path(const Journal *journal);

/* Facts this process could not store so far. */
uint32_t journal_lost(const Journal *journal);

/* The orderly end: save what waits in memory, mark the file as closed, cut it to size. Facts that
 * come later still go in (the mark is taken back). Does nothing if no fact was ever written. */
void journal_close(Journal *journal);

/* Close every journal of the process for good: give the mappings back and cut the files to size.
 * For the very end of the process; facts that come later are dropped. */
void journal_finish_all(void);

/* Close and free. */
void journal_free(Journal *journal);

#endif
