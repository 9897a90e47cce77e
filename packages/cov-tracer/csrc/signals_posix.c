#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* __WALL, syscall */
#endif
#include "signals.h"

#include "forks.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

#ifdef __APPLE__
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#else
extern char **environ;
#endif

typedef struct {
    const char *name;
    int number;
    SignalMeaning meaning;
    pid_t owner;
    char **argv; /* NULL: not watched */
    char **env;  /* as it was at the start: the program may be changing its own right now */
} Watched;

/* A signal handler is handed no more than the signal's number. Written before the handler is
 * installed, and never again. */
static Watched watched[] = {
    {"TERM", SIGTERM, SIGNAL_ENDS, 0, NULL, NULL},
    {"USR1", SIGUSR1, SIGNAL_SAVES, 0, NULL, NULL},
    {"USR2", SIGUSR2, SIGNAL_SAVES, 0, NULL, NULL},
};

enum { WATCHED = sizeof watched / sizeof *watched };

/* fork() takes the locks of malloc and runs other people's functions, so that it may hang in a
 * handler: ask the kernel. Without `exit_signal` neither SIGCHLD nor waitpid(-1) tell the program of
 * a child it does not know. */
static pid_t
split(int exit_signal)
{
#if defined(__linux__) && defined(__s390__)
    return (pid_t)syscall(SYS_clone, 0, exit_signal, 0, 0, 0);
#elif defined(__linux__)
    return (pid_t)syscall(SYS_clone, exit_signal, 0, 0, 0, 0);
#else
    (void)exit_signal;
    forks_begin();
    pid_t child = fork();
    forks_end();
    return child;
#endif
}

static int
wait_for(pid_t child)
{
    int status = -1;
#ifdef __WALL
    int options = __WALL;
#else
    int options = 0;
#endif
    while (waitpid(child, &status, options) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return status;
}

static void
become_helper(const Watched *signal)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(signal->argv[0], signal->argv, signal->env);
    _exit(127);
}

/* The helper is no child of the program, but a grandchild of which it never hears. */
static void
run_helper(const Watched *signal)
{
    pid_t child = split(0);
    if (child == 0) {
        pid_t helper = split(SIGCHLD);
        if (helper == 0) {
            become_helper(signal);
        }
        if (helper > 0 && signal->meaning == SIGNAL_ENDS) {
            (void)wait_for(helper);
        }
        _exit(0);
    }
    if (child > 0) {
        (void)wait_for(child);
    }
}

static void
on_signal(int number)
{
    int saved = errno;
    for (int i = 0; i < WATCHED; i++) {
        const Watched *signal_ = &watched[i];
        if (signal_->number != number || signal_->argv == NULL) {
            continue;
        }
        if (signal_->meaning == SIGNAL_SAVES) {
            run_helper(signal_);
            continue;
        }
        if (signal_->owner == getpid()) {
            run_helper(signal_);
        }
        signal(number, SIG_DFL);
        kill(getpid(), number); /* comes when this handler has returned */
    }
    errno = saved;
}

static void
free_texts(char **texts)
{
    for (size_t i = 0; texts != NULL && texts[i] != NULL; i++) {
        free(texts[i]);
    }
    free(texts);
}

static char **
copy_texts(char *const texts[])
{
    size_t count = 0;
    while (texts[count] != NULL) {
        count++;
    }
    char **copy = calloc(count + 1, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i] = strdup(texts[i]);
        if (copy[i] == NULL) {
            free_texts(copy);
            return NULL;
        }
    }
    return copy;
}

static Watched *
find(const char *name)
{
    for (int i = 0; i < WATCHED; i++) {
        if (strcmp(watched[i].name, name) == 0) {
            return &watched[i];
        }
    }
    return NULL;
}

/* Only the default action gives way: an ignored signal is ignored on purpose. */
static int
is_default(int number)
{
    struct sigaction now;
    return sigaction(number, NULL, &now) == 0 && !(now.sa_flags & SA_SIGINFO) &&
           now.sa_handler == SIG_DFL;
}

int
signals_watch(const char *name, SignalMeaning meaning, char *const argv[])
{
    struct sigaction action;
    Watched *signal_ = find(name);
    if (signal_ == NULL || signal_->argv != NULL || !is_default(signal_->number)) {
        return 0;
    }
    char **env = copy_texts(environ);
    char **words = env == NULL ? NULL : copy_texts(argv);
    if (words == NULL) {
        free_texts(env);
        return -1;
    }
    signal_->meaning = meaning;
    signal_->owner = getpid();
    signal_->env = env;
    signal_->argv = words;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    return sigaction(signal_->number, &action, NULL) == 0;
}
