/* What we ask of the operating system: ranges of a file, reserved on disk and mapped into memory,
 * and the process's identity.
 *
 * What: the only place that talks to the system. It knows no Python object and nothing of what is
 * stored. One implementation a system: platform_posix.c, platform_windows.c.
 * Threads: functions keep no state; any thread may call them.
 * Failure: -1 or NULL, and nothing is left behind but what existed before.
 * No descriptor stays open: programs close descriptors they do not know, and reuse the numbers. */
#ifndef COV_PLATFORM_H
#define COV_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

/* Tells a file from another one that took its name since. */
typedef struct {
    uint64_t device;
    uint64_t number;
} FileIdentity;

/* Create `path`, which must not exist, reserve `size` bytes and map them: the address, or NULL.
 * `identity` is filled in. `exists` is set to 1 if the only trouble was that the name is taken. */
void *mapping_create(const char *path, size_t size, FileIdentity *identity, int *exists);

/* Reserve `size` bytes at `offset` of the file that `mapping_create` made and map them, or NULL. */
void *mapping_extend(const char *path, const FileIdentity *identity, uint64_t offset, size_t size);

/* Give back one mapping. What was stored stays in the file. */
void mapping_release(void *address, size_t size);

/* Cut the file to `size` bytes; after that nothing beyond may be touched through a mapping.
 * -1 if it cannot be done, which does no harm. */
int mapping_truncate(const char *path, const FileIdentity *identity, uint64_t size);

/* Write `size` bytes at `offset`: 0, or -1. For facts that had to wait in memory. */
int mapping_write(const char *path, const FileIdentity *identity, uint64_t offset,
                  const void *bytes, size_t size);

/* Append `size` bytes to `path`, which is made if it is not there, by one write: 0, or -1 if not all
 * of it was written. A cut line is ended, so that the next one stands alone. */
int file_append(const char *path, const void *bytes, size_t size);

/* The same in steps, for whoever may lose the right to open the file: a descriptor or -1. */
int appender_open(const char *path);
int appender_write(int appender, const void *bytes, size_t size);
void appender_close(int appender);

/* The ids of the process and its parent, and what the system says of its start (0: unknown), which
 * is looked up once if forks are watched. */
uint32_t process_id(void);
uint32_t process_parent(void);
uint64_t process_start(void);

/* Nanoseconds of some clock that does not stand still; for unique names only. */
uint64_t clock_ticks(void);

/* Nanoseconds since 1970. */
uint64_t wall_clock(void);

/* The value of a variable of the environment, or NULL. Valid until the environment changes. */
const char *environment_get(const char *name);

/* Set a variable, or remove it (NULL). */
void environment_set(const char *name, const char *value);

/* Whether something can be read from a descriptor at once. */
int descriptor_has_input(int descriptor);

/* Whether `path` still is that file. */
int mapping_is_there(const char *path, const FileIdentity *identity);

/* What tells the content of a file from an earlier one's, at the price of one look. */
typedef struct {
    uint64_t size;   /* in bytes */
    int64_t written; /* nanoseconds since 1970 */
} FileStamp;

/* The stamp of the file at `path` (UTF-8); all 0 if it cannot be had. */
void file_stamp(const char *path, FileStamp *stamp);

/* Whether there is a file of this name that may be run. */
int file_is_executable(const char *path);

/* Run the program argv[0] with this process's environment and wait for it: its exit status, or -1
 * if it could not be started or told. */
int process_run(char *const argv[]);

/* Whether this thread runs on the stack that a program set up for its signal handlers, so that it
 * may be in the midst of anything. */
int thread_is_on_signal_stack(void);

/* Have `before` called before every fork, and `after` behind it in parent and child. 0, or -1. */
int process_guard_forks(void (*before)(void), void (*after)(void));

/* Have `child` called in every forked child from now on. 0, or -1 if there is no memory. */
int process_watch_forks(void (*child)(void));

#endif
