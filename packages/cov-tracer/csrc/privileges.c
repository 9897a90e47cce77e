#include "privileges.h"

#include <string.h>

#include "ledger.h"
#include "telling.h"
#include "wrapping.h"

static const char *const names[] = {"setuid", "seteuid", "setreuid", "setresuid", "chroot"};

static const char TROUBLE[] =
    "a process changed its user or its root folder and cannot write beside the data file any more: "
    "what it and its children run from there on may be missing";

static PyObject *
change_user(const Wrapping *wrapping, PyObject *args, PyObject *kwargs)
{
    LedgerRecord record;
    PyObject *result;
    int held = ledger_hold();
    if (held < 0) {
        return PyObject_Call(wrapping->original, args, kwargs);
    }
    ledger_record_begin(&record, "trouble");
    ledger_record_add(&record, "text", TROUBLE, sizeof TROUBLE - 1);
    telling_add_place(&record);
    result = PyObject_Call(wrapping->original, args, kwargs);
    ledger_release(held, &record);
    return result;
}

PyObject *
privileges_wrap(PyObject *function)
{
    const Wrapping made = {.call = change_user};
    const char *name = wrapping_name(function);
    for (size_t i = 0; name != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            return wrapping_new(function, NULL, &made);
        }
    }
    return NULL;
}
