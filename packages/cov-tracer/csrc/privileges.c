#include "privileges.h"

#include "ledger.h"
#include "replacing.h"
#include "telling.h"

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

int
privileges_replace(const char *purpose, const char *module)
{
    const Wrapping made = {.call = change_user};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (replacing_put(purpose, module, names[i], &made) < 0) {
            return -1;
        }
    }
    return 0;
}
