/* What happens when the interpreter has drawn its last breath.
 *
 * What: journals are finished; then one command is run and waited for, in the process that asked
 *   for it, so that data can be saved after the last line of Python: atexit functions, threads
 *   and finalizers included. It knows no Python object.
 * Threads: only the thread that ends the process.
 * Failure: silent; the journals lie there and the next report finds them. */
#ifndef COV_ENDING_H
#define COV_ENDING_H

/* Register with Py_AtExit; safe to call again. 0, or -1 if there is no room for one more. */
int ending_watch(void);

/* Run `argv` (copied, ends with NULL) at the end of this very process, not of its forks.
 * NULL: nothing. 0, or -1 if there is no memory. */
int ending_set_command(char *const argv[]);

#endif
