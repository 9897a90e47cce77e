/* platform.h for Linux, macOS and other POSIX systems. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* posix_fallocate and clone under -std=c11 */
#endif
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
/* macOS has no posix_fallocate: allocate with its own call, then set the length. */
static int
reserve(int fd, off_t offset, off_t size)
{
    fstore_t store = {F_ALLOCATEALL, F_PEOFPOSMODE, 0, size, 0};
    if (fcntl(fd, F_PREALLOCATE, &store) == -1) {
        return -1;
    }
    return ftruncate(fd, offset + size);
}
#else
static int
reserve(int fd, off_t offset, off_t size)
{
    int error;
    do {
        error = posix_fallocate(fd, offset, size);
    } while (error == EINTR);
    return error == 0 ? 0 : -1;
}
#endif

#ifdef __linux__

enum { SMALL_STACK = 64 * 1024 };

typedef struct {
    int (*work)(void *);
    void *argument;
} Task;

static int
work_elsewhere(void *argument)
{
    Task *task = argument;
    close(0); /* in a table of descriptors that is not the program's */
    return task->work(task->argument);
}

/* All descriptors are taken. A child that shares our memory but not our descriptors can give one up
 * and do for us what needs one; it has no exit signal, so nobody hears of it. */
static void
do_in_child(int (*work)(void *), void *argument)
{
    Task task = {work, argument};
    sigset_t all, before;
    int status;
    char *stack = mmap(NULL, SMALL_STACK, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (stack == MAP_FAILED) {
        return;
    }
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = clone(work_elsewhere, stack + SMALL_STACK, CLONE_VM | CLONE_VFORK, &task);
    while (child > 0 && waitpid(child, &status, __WALL) < 0 && errno == EINTR) {
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    munmap(stack, SMALL_STACK);
}

#else

static void
do_in_child(int (*work)(void *), void *argument)
{
    (void)work;
    (void)argument;
}

#endif

static void *
map(int fd, off_t offset, size_t size)
{
    void *address = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);
    return address == MAP_FAILED ? NULL : address;
}

/* May a file get that long? Beyond its limit a process is sent a signal that kills it. */
static int
may_reach(uint64_t end)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
           end <= limit.rlim_cur;
}

static int
identify(int fd, FileIdentity *identity)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return -1;
    }
    identity->device = (uint64_t)status.st_dev;
    identity->number = (uint64_t)status.st_ino;
    return 0;
}

int
mapping_is_there(const char *path, const FileIdentity *identity)
{
    struct stat status;
    return stat(path, &status) == 0 && (uint64_t)status.st_dev == identity->device &&
           (uint64_t)status.st_ino == identity->number;
}

/* Open the file again, but only if it is still the same one: a descriptor, or -1. */
static int
reopen(const char *path, const FileIdentity *identity)
{
    FileIdentity found;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    if (identify(fd, &found) != 0 || found.device != identity->device ||
        found.number != identity->number) {
        close(fd);
        return -1;
    }
    return fd;
}

typedef struct {
    const char *path;
    FileIdentity *identity;
    uint64_t offset;
    size_t size;
    int create;
    void *address; /* the answer, or NULL */
    int error;     /* of opening the file */
} Wish;

static int
open_for(Wish *wish)
{
    if (!wish->create) {
        return reopen(wish->path, wish->identity);
    }
    int fd = open(wish->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 && identify(fd, wish->identity) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static int
fulfil(void *argument)
{
    Wish *wish = argument;
    wish->error = 0;
    if (!may_reach(wish->offset + wish->size)) {
        return 0;
    }
    int fd = open_for(wish);
    if (fd < 0) {
        wish->error = errno;
        return 0;
    }
    if (reserve(fd, (off_t)wish->offset, (off_t)wish->size) == 0) {
        wish->address = map(fd, (off_t)wish->offset, wish->size);
    }
    close(fd);
    if (wish->address == NULL && wish->create) {
        unlink(wish->path);
    }
    return 0;
}

static void *
get(Wish *wish)
{
    (void)fulfil(wish);
    if (wish->address == NULL && wish->error == EMFILE) {
        do_in_child(fulfil, wish);
    }
    return wish->address;
}

void *
mapping_create(const char *path, size_t size, FileIdentity *identity, int *exists)
{
    Wish wish = {path, identity, 0, size, 1, NULL, 0};
    void *address = get(&wish);
    *exists = wish.error == EEXIST;
    return address;
}

void *
mapping_extend(const char *path, const FileIdentity *identity, uint64_t offset, size_t size)
{
    FileIdentity wanted = *identity;
    Wish wish = {path, &wanted, offset, size, 0, NULL, 0};
    return get(&wish);
}

void
mapping_release(void *address, size_t size)
{
    (void)munmap(address, size);
}

int
mapping_truncate(const char *path, const FileIdentity *identity, uint64_t size)
{
    int result;
    int fd = reopen(path, identity);
    if (fd < 0) {
        return -1;
    }
    result = ftruncate(fd, (off_t)size);
    close(fd);
    return result;
}

int
mapping_write(const char *path, const FileIdentity *identity, uint64_t offset, const void *bytes,
              size_t size)
{
    const char *from = bytes;
    int fd = may_reach(offset + size) ? reopen(path, identity) : -1;
    if (fd < 0) {
        return -1;
    }
    while (size > 0) {
        ssize_t written = pwrite(fd, from, size, (off_t)offset);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            close(fd);
            return -1;
        }
        from += written;
        offset += (uint64_t)written;
        size -= (size_t)written;
    }
    return close(fd);
}

void
file_stamp(const char *path, FileStamp *stamp)
{
    struct stat status;
    *stamp = (FileStamp){0};
    if (stat(path, &status) == 0) {
#ifdef __APPLE__
        struct timespec written = status.st_mtimespec;
#else
        struct timespec written = status.st_mtim;
#endif
        stamp->size = (uint64_t)status.st_size;
        stamp->written = (int64_t)written.tv_sec * 1000000000 + written.tv_nsec;
    }
}

int
appender_open(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
}

int
appender_write(int appender, const void *bytes, size_t size)
{
    struct stat status;
    ssize_t written = -1;
    if (fstat(appender, &status) == 0 && may_reach((uint64_t)status.st_size + size)) {
        do {
            written = write(appender, bytes, size);
        } while (written < 0 && errno == EINTR);
    }
    if (written > 0 && (size_t)written < size && write(appender, "\n", 1) < 0) {
        written = -1; /* the disk is full: whoever comes next cannot write either */
    }
    return written == (ssize_t)size ? 0 : -1;
}

void
appender_close(int appender)
{
    close(appender);
}

typedef struct {
    const char *path;
    const void *bytes;
    size_t size;
    int error; /* of opening the file */
    int done;
} Line;

static int
append_line(void *argument)
{
    Line *line = argument;
    int appender = appender_open(line->path);
    line->error = appender < 0 ? errno : 0;
    if (appender >= 0) {
        line->done = appender_write(appender, line->bytes, line->size) == 0;
        appender_close(appender);
    }
    return 0;
}

int
file_append(const char *path, const void *bytes, size_t size)
{
    Line line = {path, bytes, size, 0, 0};
    (void)append_line(&line);
    if (line.error == EMFILE) {
        do_in_child(append_line, &line);
    }
    return line.done ? 0 : -1;
}

int
descriptor_has_input(int descriptor)
{
    struct pollfd asked = {descriptor, POLLIN, 0};
    return poll(&asked, 1, 0) > 0 && (asked.revents & POLLIN) != 0;
}

int
file_is_executable(const char *path)
{
    return access(path, X_OK) == 0;
}

uint32_t
process_id(void)
{
    return (uint32_t)getpid();
}

uint32_t
process_parent(void)
{
    return (uint32_t)getppid();
}

/* In another namespace (a container's, say) the same process ids are other processes. Its number is
 * that of the file it is; 0 if there is none. */
static uint64_t
pid_namespace(void)
{
    struct stat status;
    return stat("/proc/self/ns/pid", &status) == 0 ? (uint64_t)status.st_ino & 0xFFFFFF : 0;
}

/* Field 22 of /proc/self/stat. The second field, the program's name, may hold blanks and
 * brackets, so counting starts behind the last closing bracket. Without /proc: 0. */
static uint64_t
read_start(void)
{
    char text[1024];
    ssize_t length;
    int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return 0;
    }
    length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0) {
        return 0;
    }
    text[length] = '\0';
    char *place = strrchr(text, ')');
    for (int field = 2; place != NULL && field < 22; field++) {
        place = strchr(place + 1, ' ');
    }
    return place == NULL ? 0 : strtoull(place + 1, NULL, 10) | pid_namespace() << 40;
}

/* The answer is kept for the process that asked. A child may have the same id, in a namespace of
 * its own; so it forgets, and while nobody watches forks nothing is kept. */
static atomic_int forks_are_watched;
static _Atomic(uint64_t) known_start;
static _Atomic(uint32_t) known_process;

static void
forget_start(void)
{
    atomic_store(&known_process, 0);
}

uint64_t
process_start(void)
{
    uint32_t process = process_id();
    if (atomic_load(&known_process) == process) {
        return atomic_load(&known_start);
    }
    uint64_t start = read_start();
    if (start != 0 && atomic_load(&forks_are_watched)) {
        atomic_store(&known_start, start);
        atomic_store(&known_process, process);
    }
    return start;
}

uint64_t
clock_ticks(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t
wall_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

const char *
environment_get(const char *name)
{
    return getenv(name);
}

void
environment_set(const char *name, const char *value)
{
    if (value == NULL) {
        (void)unsetenv(name);
    }
    else {
        (void)setenv(name, value, 1);
    }
}

#ifdef __APPLE__
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#endif

/* What came while all signals were blocked came too late. */
static void
forget_pending_signals(void)
{
    sigset_t pending;
    struct sigaction now, ignore = {.sa_handler = SIG_IGN};
    if (sigpending(&pending) != 0) {
        return;
    }
    for (int number = 1; number < NSIG; number++) {
        if (sigismember(&pending, number) == 1 && sigaction(number, &ignore, &now) == 0) {
            (void)sigaction(number, &now, NULL); /* being ignored for a moment drops it */
        }
    }
}

int
process_run(char *const argv[])
{
    pid_t pid;
    int status = -1;
    sigset_t all, before;
    posix_spawnattr_t attributes;
    if (posix_spawnattr_init(&attributes) != 0) {
        return -1;
    }
    /* By now the interpreter has taken the program's handlers away. A timer that it never stopped
     * would kill it while it waits, though it has come to its end in peace. */
    sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    (void)posix_spawnattr_setsigmask(&attributes, &before);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    if (posix_spawn(&pid, argv[0], NULL, &attributes, argv, environ) == 0 &&
        waitpid(pid, &status, 0) != pid) {
        status = -1;
    }
    (void)posix_spawnattr_destroy(&attributes);
    forget_pending_signals();
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
process_watch_forks(void (*child)(void))
{
    int never = 0;
    if (atomic_compare_exchange_strong(&forks_are_watched, &never, 1) &&
        pthread_atfork(NULL, NULL, forget_start) != 0) {
        atomic_store(&forks_are_watched, 0);
        return -1;
    }
    return pthread_atfork(NULL, NULL, child) == 0 ? 0 : -1;
}

int
thread_is_on_signal_stack(void)
{
    stack_t stack;
    return sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_ONSTACK) != 0;
}

int
process_guard_forks(void (*before)(void), void (*after)(void))
{
    return pthread_atfork(before, after, after) == 0 ? 0 : -1;
}
