/* Where a file really is: os.path.realpath of absolute paths, at a tenth of its price.
 *
 * What: it is asked for each file that a program runs, and Python's takes some 2 µs for each part
 *     of a path. It knows no Python object.
 * Threads: no state.
 * Failure: -1: somebody else has to find out. So for relative paths, links that go in circles or
 *     lead on and on, very long paths, and on Windows. */
#ifndef COV_REALPATH_H
#define COV_REALPATH_H

enum { REALPATH_ROOM = 4096 };

/* The absolute path free of links; what is not there is taken as it stands. `known` is one free of
 * links, where none is looked for again, or empty. 0, or -1. */
int realpath_find(const char *path, const char *known, char resolved[REALPATH_ROOM]);

#endif
