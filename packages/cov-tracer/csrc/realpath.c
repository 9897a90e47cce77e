#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* readlink under -std=c11 */
#endif
#include "realpath.h"

#ifdef _WIN32

int
realpath_find(const char *path, const char *known, char resolved[REALPATH_ROOM])
{
    (void)path;
    (void)known;
    (void)resolved;
    return -1;
}

#else

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LINKS = 20 };

/* Take the last part off a path. */
static size_t
parent(const char *path, size_t length)
{
    while (length > 0 && path[--length] != '/') {
    }
    return length;
}

/* Whether what is resolved so far is the known path or one of the directories above it. */
static int
is_known(const char *resolved, size_t length, const char *known)
{
    return strncmp(resolved, known, length) == 0 && (known[length] == '/' || known[length] == '\0');
}

int
realpath_find(const char *path, const char *known, char resolved[REALPATH_ROOM])
{
    char rest[REALPATH_ROOM], link[REALPATH_ROOM];
    size_t length = 0;
    size_t missing = REALPATH_ROOM; /* from that length on there is nothing */
    int links = 0;
    if (path[0] != '/' || strlen(path) >= sizeof rest) {
        return -1;
    }
    strcpy(rest, path);
    const char *next = rest;
    while (*next != '\0') {
        size_t part = strcspn(next, "/");
        if (part == 0) {
            next++;
            continue;
        }
        if (part <= 2 && strncmp(next, "..", part) == 0) { /* "." stays where it is */
            length = part == 2 ? parent(resolved, length) : length;
            next += part;
            continue;
        }
        if (length + part + 2 > REALPATH_ROOM) {
            return -1;
        }
        resolved[length] = '/';
        memcpy(resolved + length + 1, next, part);
        resolved[length + 1 + part] = '\0';
        next += part;
        missing = length < missing ? REALPATH_ROOM : missing;
        if (missing < REALPATH_ROOM || is_known(resolved, length + 1 + part, known)) {
            length += 1 + part;
            continue;
        }
        ssize_t target = readlink(resolved, link, sizeof link);
        if (target < 0) { /* no link, or nothing that can be looked at */
            length += 1 + part;
            missing = errno == ENOENT || errno == ENOTDIR ? length : missing;
            continue;
        }
        size_t behind = strlen(next);
        if ((size_t)target + behind >= sizeof rest || ++links > MOST_LINKS) {
            return -1;
        }
        memmove(rest + target, next, behind + 1);
        memcpy(rest, link, (size_t)target);
        next = rest;
        length = rest[0] == '/' ? 0 : length;
    }
    resolved[length == 0 ? length++ : 0] = '/';
    resolved[length] = '\0';
    return 0;
}

#endif
