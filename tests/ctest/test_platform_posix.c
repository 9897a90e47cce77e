/* units: platform_posix.c */
#include "platform.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { PART = 64 * 1024 };

static off_t
size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_size : -1;
}

static int
byte_at(const char *path, off_t offset)
{
    unsigned char byte;
    int fd = open(path, O_RDONLY);
    CHECK(fd >= 0 && pread(fd, &byte, 1, offset) == 1);
    close(fd);
    return byte;
}

static int
open_descriptors(void)
{
    int count = 0;
    for (int fd = 0; fd < 256; fd++) {
        count += fcntl(fd, F_GETFD) != -1;
    }
    return count;
}

static void
what_is_stored_through_a_mapping_is_in_the_file(void)
{
    FileIdentity identity;
    int exists, before = open_descriptors();
    char *first = mapping_create("a", PART, &identity, &exists);
    CHECK(first != NULL && !exists);
    CHECK(size_of("a") == PART);
    char *second = mapping_extend("a", &identity, PART, PART);
    CHECK(second != NULL && size_of("a") == 2 * PART);
    first[0] = 'x';
    first[PART - 1] = 'y';
    second[0] = 'z';
    CHECK(byte_at("a", 0) == 'x' && byte_at("a", PART - 1) == 'y' && byte_at("a", PART) == 'z');
    CHECK(open_descriptors() == before);
    mapping_release(first, PART);
    mapping_release(second, PART);
    CHECK(mapping_write("a", &identity, 2 * PART, "end", 3) == 0);
    CHECK(byte_at("a", 2 * PART + 2) == 'd');
    CHECK(mapping_truncate("a", &identity, 100) == 0 && size_of("a") == 100);
    CHECK(open_descriptors() == before);
    unlink("a");
}

static void
a_name_that_is_taken_is_not_taken_over(void)
{
    FileIdentity identity;
    int exists = 0, fd = open("b", O_CREAT | O_WRONLY, 0600);
    CHECK(fd >= 0 && write(fd, "mine", 4) == 4 && close(fd) == 0);
    CHECK(mapping_create("b", PART, &identity, &exists) == NULL && exists);
    CHECK(size_of("b") == 4);
    unlink("b");
    CHECK(mapping_create("no/such/folder", PART, &identity, &exists) == NULL && !exists);
}

static void
another_file_of_the_same_name_is_left_alone(void)
{
    FileIdentity identity, other;
    int exists;
    char *first = mapping_create("c", PART, &identity, &exists);
    CHECK(first != NULL && rename("c", "d") == 0);
    CHECK(mapping_extend("c", &identity, PART, PART) == NULL);
    char *second = mapping_create("c", PART, &other, &exists);
    CHECK(second != NULL);
    CHECK(mapping_extend("c", &identity, PART, PART) == NULL);
    CHECK(mapping_truncate("c", &identity, 1) == -1);
    CHECK(mapping_write("c", &identity, 0, "?", 1) == -1);
    CHECK(size_of("c") == PART && byte_at("c", 0) == 0);
    mapping_release(first, PART);
    mapping_release(second, PART);
    unlink("c");
    unlink("d");
}

/* A file that may not grow says so; it does not kill the process, and leaves nothing behind. */
static void
a_full_disk_is_an_answer(void)
{
    pid_t child = fork();
    if (child == 0) {
        FileIdentity identity;
        int exists;
        struct rlimit limit = {PART + 10, PART + 10};
        signal(SIGXFSZ, SIG_IGN);
        CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
        CHECK(mapping_create("e", 2 * PART, &identity, &exists) == NULL && !exists);
        CHECK(size_of("e") == -1);
        char *first = mapping_create("e", PART, &identity, &exists);
        CHECK(first != NULL);
        CHECK(mapping_extend("e", &identity, PART, PART) == NULL);
        CHECK(mapping_write("e", &identity, PART, "12345", 5) == 0);
        CHECK(mapping_write("e", &identity, PART + 5, first, PART) == -1);
        mapping_release(first, PART);
        unlink("e");
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
nothing(int number)
{
    (void)number;
}

static void
signals_in_between_do_no_harm(void)
{
    FileIdentity identity;
    int exists;
    struct sigaction action = {.sa_handler = nothing}; /* no SA_RESTART: calls are interrupted */
    struct itimerval often = {{0, 200}, {0, 200}}, never = {{0, 0}, {0, 0}};
    CHECK(sigaction(SIGALRM, &action, NULL) == 0 && setitimer(ITIMER_REAL, &often, NULL) == 0);
    for (int i = 0; i < 50; i++) {
        char *part = mapping_create("f", 16 * PART, &identity, &exists);
        CHECK(part != NULL);
        part[16 * PART - 1] = 'x';
        CHECK(mapping_write("f", &identity, 0, part, 16 * PART) == 0);
        mapping_release(part, 16 * PART);
        unlink("f");
    }
    char *argv[] = {"/bin/sh", "-c", "sleep 0.05; exit 7", NULL};
    CHECK(process_run(argv) == 7);
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
}

static void
programs_are_run_and_waited_for(void)
{
    char *good[] = {"/bin/sh", "-c", "exit 3", NULL}, *none[] = {"/no/such/program", NULL};
    char *killed[] = {"/bin/sh", "-c", "kill -9 $$", NULL};
    CHECK(process_run(good) == 3);
    CHECK(process_run(none) != 0);
    CHECK(process_run(killed) == -1);
}

static int in_children;

static void
on_fork(void)
{
    in_children++;
}

static void
children_are_told_of_forks(void)
{
    CHECK(process_watch_forks(on_fork) == 0);
    pid_t child = fork();
    if (child == 0) {
        _exit(in_children == 1 && process_id() == (uint32_t)getpid() ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(in_children == 0);
}

#ifdef __linux__
/* The program's name may hold brackets and blanks, which /proc/self/stat does not escape. */
static void
the_start_is_found_behind_any_name(void)
{
    uint64_t start = process_start();
    CHECK(start != 0);
    int fd = open("/proc/self/comm", O_WRONLY);
    CHECK(fd >= 0 && write(fd, "a) R 1 (b", 9) == 9);
    close(fd);
    CHECK(process_start() == start);
}

/* Once process_watch_forks was called. */
static void
the_start_is_looked_up_once_in_each_process(void)
{
    struct rlimit before, none = {0, 0};
    uint64_t start = process_start();
    CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
    none.rlim_max = before.rlim_max;
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    CHECK(open("/proc/self/stat", O_RDONLY) < 0);
    CHECK(process_start() == start);
    CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
    usleep(50000); /* starts are counted in hundredths of a second */
    pid_t child = fork();
    if (child == 0) {
        uint64_t own = process_start();
        _exit(own > start && process_start() == own ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(process_start() == start);
}
#endif

int
main(void)
{
    what_is_stored_through_a_mapping_is_in_the_file();
    a_name_that_is_taken_is_not_taken_over();
    another_file_of_the_same_name_is_left_alone();
    a_full_disk_is_an_answer();
    signals_in_between_do_no_harm();
    programs_are_run_and_waited_for();
#ifdef __linux__
    the_start_is_found_behind_any_name();
#endif
    children_are_told_of_forks();
#ifdef __linux__
    the_start_is_looked_up_once_in_each_process();
#endif
    CHECK(clock_ticks() != clock_ticks() || clock_ticks() != clock_ticks());
    return 0;
}
