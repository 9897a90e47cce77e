#include "codeslot.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "platform.h"

static void
free_info(void *memory)
{
    if (memory != NULL) {
        codeinfo_clear(memory);
        free(memory);
    }
}

/* Slots are few and never given back, so an interpreter has one, however often the module is
 * imported anew. The name has the version: another one may know other things of a code object. */
#define SLOT_NAME "cov_tracer " COV_TRACER_VERSION " code slot"

/* Nobody else is to be in the midst of a change when the process forks, for nobody would finish it
 * in the child, nor give back the lock. Guarded by a lock of its own. */
static CodeSlot *all_slots;
static CovLock slots_lock;
static atomic_int watching_forks;

static void
before_fork(void)
{
    cov_lock(&slots_lock);
    for (CodeSlot *slot = all_slots; slot != NULL; slot = slot->next) {
        cov_lock(&slot->lock);
    }
}

static void
after_fork(void)
{
    for (CodeSlot *slot = all_slots; slot != NULL; slot = slot->next) {
        cov_unlock(&slot->lock);
    }
    cov_unlock(&slots_lock);
}

static int
enlist(CodeSlot *slot)
{
    int expected = 0;
    if (LOCKS_ARE_REAL && atomic_compare_exchange_strong(&watching_forks, &expected, 1) &&
        process_guard_forks(before_fork, after_fork) < 0) {
        atomic_store(&watching_forks, 0);
        return -1;
    }
    cov_lock(&slots_lock);
    if (LOCKS_ARE_REAL) {
        slot->next = all_slots;
        all_slots = slot;
    }
    cov_unlock(&slots_lock);
    return 0;
}

static void
free_slot(PyObject *capsule)
{
    CodeSlot *slot = codeslot_of(capsule);
    cov_lock(&slots_lock);
    for (CodeSlot **link = &all_slots; *link != NULL; link = &(*link)->next) {
        if (*link == slot) {
            *link = slot->next;
            break;
        }
    }
    cov_unlock(&slots_lock);
    free(slot);
}

static PyObject *
new_slot(void)
{
    CodeSlot *slot = calloc(1, sizeof *slot);
    if (slot == NULL) {
        return PyErr_NoMemory();
    }
    slot->index = PyUnstable_Eval_RequestCodeExtraIndex(free_info);
    if (slot->index < 0) {
        free(slot);
        PyErr_SetString(PyExc_RuntimeError, "no code object slot is left in this interpreter");
        return NULL;
    }
    PyObject *capsule = PyCapsule_New(slot, SLOT_NAME, free_slot);
    if (capsule == NULL) {
        free(slot);
    }
    else if (enlist(slot) < 0) {
        Py_DECREF(capsule);
        return PyErr_NoMemory();
    }
    return capsule;
}

PyObject *
codeslot_capsule(void)
{
    PyObject *shared = PyInterpreterState_GetDict(PyInterpreterState_Get()); /* borrowed */
    PyObject *name = PyUnicode_FromString(SLOT_NAME);
    PyObject *capsule = NULL;
    if (shared == NULL || name == NULL) {
        Py_XDECREF(name);
        return PyErr_NoMemory();
    }
    capsule = Py_XNewRef(PyDict_GetItemWithError(shared, name));
    if (capsule == NULL && !PyErr_Occurred()) {
        capsule = new_slot();
        if (capsule != NULL && PyDict_SetItem(shared, name, capsule) < 0) {
            Py_CLEAR(capsule);
        }
    }
    Py_DECREF(name);
    return capsule;
}

CodeSlot *
codeslot_of(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, SLOT_NAME);
}

CodeInfo *
codeslot_get(PyObject *code, const CodeSlot *slot)
{
    void *memory = NULL;
    if (PyUnstable_Code_GetExtra(code, slot->index, &memory) < 0) {
        PyErr_Clear();
        return NULL;
    }
    return memory;
}

CodeInfo *
codeslot_ensure(PyObject *code, const CodeSlot *slot)
{
    CodeInfo *info = codeslot_get(code, slot);
    if (info != NULL) {
        return info;
    }
    info = calloc(1, sizeof *info);
    if (info == NULL) {
        return NULL;
    }
    if (PyUnstable_Code_SetExtra(code, slot->index, info) < 0) {
        PyErr_Clear();
        free(info);
        return NULL;
    }
    return info;
}
