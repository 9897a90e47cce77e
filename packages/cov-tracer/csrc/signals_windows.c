#include "signals.h"

int
signals_watch(const char *name, SignalMeaning meaning, char *const argv[])
{
    (void)name;
    (void)meaning;
    (void)argv;
    return 0;
}
