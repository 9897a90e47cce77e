/* platform.h for Linux, macOS and other POSIX systems. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* posix_fallocate under -std=c11 */
#endif
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

static void *
map(int fd, off_t offset, size_t size)
{
    void *address = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);
    return address == MAP_FAILED ? NULL : address;
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

void *
mapping_create(const char *path, size_t size, FileIdentity *identity, int *exists)
{
    void *address = NULL;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    *exists = fd < 0 && errno == EEXIST;
    if (fd < 0) {
        return NULL;
    }
    if (identify(fd, identity) == 0 && reserve(fd, 0, (off_t)size) == 0) {
        address = map(fd, 0, size);
    }
    close(fd);
    if (address == NULL) {
        unlink(path);
    }
    return address;
}

void *
mapping_extend(const char *path, const FileIdentity *identity, uint64_t offset, size_t size)
{
    void *address = NULL;
    int fd = reopen(path, identity);
    if (fd < 0) {
        return NULL;
    }
    if (reserve(fd, (off_t)offset, (off_t)size) == 0) {
        address = map(fd, (off_t)offset, size);
    }
    close(fd);
    return address;
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
    int fd = reopen(path, identity);
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

int
file_append(const char *path, const void *bytes, size_t size)
{
    ssize_t written;
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
    if (fd < 0) {
        return -1;
    }
    do {
        written = write(fd, bytes, size);
    } while (written < 0 && errno == EINTR);
    if (written > 0 && (size_t)written < size && write(fd, "\n", 1) < 0) {
        written = -1; /* the disk is full: whoever comes next cannot write either */
    }
    close(fd);
    return written == (ssize_t)size ? 0 : -1;
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

/* Field 22 of /proc/self/stat. The second field, the program's name, may hold blanks and
 * brackets, so counting starts behind the last closing bracket. Without /proc: 0. */
uint64_t
process_start(void)
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
    return place == NULL ? 0 : strtoull(place + 1, NULL, 10);
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

int
process_run(char *const argv[])
{
    pid_t pid;
    int status;
    if (posix_spawn(&pid, argv[0], NULL, NULL, argv, environ) != 0) {
        return -1;
    }
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
process_watch_forks(void (*child)(void))
{
    return pthread_atfork(NULL, NULL, child) == 0 ? 0 : -1;
}
