/* Saving data when a signal comes, if the user asked for it.
 *
 * What: a handler in C that starts the helper which saves the data of the run. Python knows nothing
 * of it: signal.getsignal() still says SIG_DFL, and whatever handler the program installs later
 * replaces ours.
 * Ownership: one command a process, copied, kept to its end; forked children inherit both.
 * Threads: installing is for one thread at a time; the handler runs in any, at any moment, and
 * calls async-signal-safe functions only.
 * Failure: the signal does what it would have done without us. */
#ifndef COV_SIGNALS_H
#define COV_SIGNALS_H

typedef enum {
    SIGNAL_SAVES, /* the process goes on at once, while the helper works */
    SIGNAL_ENDS,  /* in this very process: when the helper is done, the process dies of the signal */
} SignalMeaning;

/* Run `argv` (ends with NULL) at this signal: "TERM", "USR1" or "USR2". 1; 0 if the signal is not
 * left to its default action, or does not exist here; -1 if there is no memory. */
int signals_watch(const char *name, SignalMeaning meaning, char *const argv[]);

#endif
