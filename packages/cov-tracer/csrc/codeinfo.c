#include "codeinfo.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "borrowed.h"
#include "linetable.h"
#include "platform.h"

void
codeinfo_clear(CodeInfo *info)
{
    free(info->jumps);
    free(info->steps);
    departures_clear(&info->departures);
    free(info->unseen);
    free(info->units);
    memset(info, 0, sizeof *info);
}

static void
free_info(void *memory)
{
    if (memory != NULL) {
        codeinfo_clear(memory);
        free(memory);
    }
}

void
codeinfo_take(CodeInfo *info, CodeInfo *studied, uint32_t tracer, FileEntry *file)
{
    uint8_t marked = info->body_on_definition_line;
    CodeInfo old = *info;
    *info = *studied;
    info->body_on_definition_line = marked;
    info->tracer = tracer;
    info->file = file;
    memset(studied, 0, sizeof *studied);
    codeinfo_clear(&old);
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
    CodeSlot *slot = codeinfo_slot_of(capsule);
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
codeinfo_slot(void)
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
codeinfo_slot_of(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, SLOT_NAME);
}

CodeInfo *
codeinfo_get(PyObject *code, const CodeSlot *slot)
{
    void *memory = NULL;
    if (PyUnstable_Code_GetExtra(code, slot->index, &memory) < 0) {
        PyErr_Clear();
        return NULL;
    }
    return memory;
}

CodeInfo *
codeinfo_ensure(PyObject *code, const CodeSlot *slot)
{
    CodeInfo *info = codeinfo_get(code, slot);
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

static void
table_of(PyCodeObject *code, const uint8_t **bytes, size_t *size)
{
    *bytes = (const uint8_t *)PyBytes_AS_STRING(code->co_linetable);
    *size = (size_t)PyBytes_GET_SIZE(code->co_linetable);
}

/* Lambdas, generator expressions and the like have names in angle brackets. Leaving them is part
 * of some statement, and no statement's branch; leaving a module is. */
static Leaving
leaving_counts(PyCodeObject *code)
{
    if (PyUnicode_GET_LENGTH(code->co_name) == 0 ||
        PyUnicode_READ_CHAR(code->co_name, 0) != '<') {
        return code->co_flags & CO_OPTIMIZED ? LEAVES_SCOPE : LEAVES_CLASS;
    }
    return PyUnicode_CompareWithASCIIString(code->co_name, "<module>") == 0 ? LEAVES_SCOPE
                                                                            : LEAVES_NOTHING;
}

/* The bytecode of one code object while it is studied. */
typedef struct {
    Bytecode bytecode;
    PyObject *code_bytes;
    int32_t *lines;
} CodeReading;

static void
release_reading(CodeReading *reading)
{
    Py_CLEAR(reading->code_bytes);
    free(reading->lines);
    reading->lines = NULL;
}

static int
read_code(CodeReading *reading, PyCodeObject *code)
{
    const uint8_t *table;
    size_t size, units = (size_t)Py_SIZE(code);
    memset(reading, 0, sizeof *reading);
    reading->code_bytes = PyCode_GetCode(code);
    reading->lines = malloc((units + 1) * sizeof *reading->lines);
    if (reading->code_bytes == NULL || reading->lines == NULL) {
        PyErr_Clear();
        release_reading(reading);
        return -1;
    }
    units = (size_t)PyBytes_GET_SIZE(reading->code_bytes) / 2;
    table_of(code, &table, &size);
    linetable_decode(table, size, code->co_firstlineno, reading->lines, units);
    reading->bytecode = (Bytecode){
        .code = (const uint8_t *)PyBytes_AS_STRING(reading->code_bytes),
        .lines = reading->lines,
        .units = units,
        .exceptions = (const uint8_t *)PyBytes_AS_STRING(code->co_exceptiontable),
        .exceptions_size = (size_t)PyBytes_GET_SIZE(code->co_exceptiontable),
        .first_line = code->co_firstlineno,
        .leaves = leaving_counts(code),
    };
    return 0;
}

/* The first unit that may start a line: what stands before RESUME prepares the frame. */
static size_t
first_traceable(const Bytecode *bytecode)
{
    size_t unit = 0;
    while (unit < bytecode->units && bytecode->code[2 * unit] != RESUME) {
        unit++;
    }
    return unit < bytecode->units ? unit + RESUME_UNITS : 0;
}

/* Note every line that may fire. One too many costs speed, one too few would cost facts. */
static int
note_lines(CodeInfo *info, const Bytecode *bytecode)
{
    size_t start = first_traceable(bytecode);
    int32_t lowest = INT32_MAX, highest = INT32_MIN;
    for (size_t unit = start; unit < bytecode->units; unit++) {
        int32_t line = bytecode->lines[unit];
        if (line != NO_LINE) {
            lowest = line < lowest ? line : lowest;
            highest = line > highest ? line : highest;
        }
    }
    if (lowest > highest) {
        return 0;
    }
    info->unseen = calloc(((size_t)(highest - lowest) + 8) / 8, 1);
    if (info->unseen == NULL) {
        return -1;
    }
    info->lowest = lowest;
    info->highest = highest;
    for (size_t unit = start; unit < bytecode->units; unit++) {
        int32_t line = bytecode->lines[unit];
        if (line == NO_LINE) {
            continue;
        }
        size_t bit = (size_t)(line - lowest);
        if (!(info->unseen[bit / 8] & (1u << bit % 8))) {
            info->unseen[bit / 8] |= (uint8_t)(1u << bit % 8);
            info->unseen_count++;
        }
    }
    return 0;
}

int
codeinfo_is_unseen(const CodeInfo *info, int32_t line)
{
    if (info->unseen == NULL || line < info->lowest || line > info->highest) {
        return 0;
    }
    size_t bit = (size_t)(line - info->lowest);
    return (info->unseen[bit / 8] >> bit % 8) & 1;
}

size_t
codeinfo_saw_line(CodeInfo *info, int32_t line)
{
    if (codeinfo_is_unseen(info, line)) {
        size_t bit = (size_t)(line - info->lowest);
        info->unseen[bit / 8] &= (uint8_t)~(1u << bit % 8);
        info->unseen_count--;
    }
    return info->unseen_count;
}

/* A jump back to its own line marks a line start that never fires, yet costs on each pass: only
 * then is it worth the trouble to switch LINE off. */
static int
jumps_back(const Bytecode *bytecode)
{
    for (size_t unit = 0; unit < bytecode->units; unit++) {
        OpcodeFlow flow = opcode_flow(bytecode->code[2 * unit]);
        if (flow == OP_BACKWARD || flow == OP_CONDITIONAL_BACKWARD) {
            return 1;
        }
    }
    return 0;
}

/* Whether a `raise` statement is a function's only end. */
static int
only_raises(const Bytecode *bytecode)
{
    int raises = 0;
    for (size_t unit = 0; bytecode->leaves == LEAVES_SCOPE && unit < bytecode->units; unit++) {
        if (opcode_flow(bytecode->code[2 * unit]) == OP_RETURN) {
            return 0;
        }
        raises |= jumps_is_raise(bytecode, unit);
    }
    return raises;
}

/* Only jumps that tell of a line. */
static void
keep_unheard(CodeInfo *info)
{
    size_t kept = 0;
    for (size_t i = 0; i < info->jump_count; i++) {
        if (info->jumps[i].unheard) {
            info->jumps[kept++] = info->jumps[i];
        }
    }
    info->jump_count = kept;
}

static int
note_jumps(CodeInfo *info, const Bytecode *bytecode)
{
    Jump few[32];
    size_t count = jumps_find(bytecode, few, 32);
    if (count == 0) {
        return 0;
    }
    info->jumps = malloc(count * sizeof *info->jumps);
    if (info->jumps == NULL) {
        return -1;
    }
    if (count <= 32) {
        memcpy(info->jumps, few, count * sizeof *info->jumps);
    }
    else {
        jumps_find(bytecode, info->jumps, count);
    }
    info->jump_count = count;
    return 0;
}

static int
add_step(CodeInfo *info, int32_t line, int32_t next)
{
    if (next == JUMP_OPEN || line == NO_LINE) {
        return 0;
    }
    Step *steps = realloc(info->steps, (info->step_count + 1) * sizeof *steps);
    if (steps == NULL) {
        return -1;
    }
    steps[info->step_count++] = (Step){.line = line, .next = next};
    info->steps = steps;
    return 0;
}

/* Before `async for` had branch events, its body's first line tells that it was entered. */
static int
note_async_bodies(CodeInfo *info)
{
    for (size_t i = 0; !HAVE_ASYNC_FOR_BRANCHES && i < info->jump_count; i++) {
        const Jump *jump = &info->jumps[i];
        if (jump->async && add_step(info, jump->from, jump->to_next) < 0) {
            return -1;
        }
    }
    return 0;
}

/* The first line of a function's body; with `but` not NO_LINE, the first one that is not `but`. */
static int32_t
body_line(PyCodeObject *code, int32_t but)
{
    const uint8_t *table;
    size_t size;
    size_t units = (size_t)Py_SIZE(code);
    table_of(code, &table, &size);
    for (size_t unit = (size_t)code->_co_firsttraceable + RESUME_UNITS; unit < units; unit++) {
        int32_t line = linetable_line(table, size, code->co_firstlineno, unit);
        if (line != NO_LINE && line != but) {
            return line;
        }
    }
    return NO_LINE;
}

/* Every way out of `line` that needs no condition. What comes next tells of it, unless that can be
 * reached in another way, an exception perhaps. */
static int
add_steps_from(CodeInfo *info, const Bytecode *bytecode, const uint8_t *entries, int32_t line)
{
    for (size_t unit = 0; unit < bytecode->units; unit++) {
        if (bytecode->lines[unit] != line || (unit > 0 && bytecode->lines[unit - 1] == line)) {
            continue;
        }
        Path path = jumps_trace(bytecode, unit, line);
        if (path.to == JUMP_OPEN) {
            continue;
        }
        /* No instruction is left to tell where made-up code has nothing on the line. */
        int returns = path.to < 0 && path.arrival == NOWHERE;
        int is_step = returns || path.last == NOWHERE ||
                      departures_is_alone(bytecode, entries, line, &path);
        if (is_step
                ? add_step(info, line, path.to) < 0
                : departures_add(&info->departures, bytecode, line, &path) < 0) {
            return -1;
        }
    }
    return 0;
}

/* `def f(): return 1` and `class C: pass`: a line with two ways, on to the next statement and out
 * of the body, and no conditional jump. The inner code's return tells the one, the line that
 * follows the other. The line, or NO_LINE if `constant` is nothing of that kind. */
static int32_t
definition_line(const CodeInfo *info, PyObject *constant)
{
    if (!PyCode_Check(constant) || !leaving_counts((PyCodeObject *)constant)) {
        return NO_LINE;
    }
    PyCodeObject *code = (PyCodeObject *)constant;
    int32_t line = body_line(code, NO_LINE);
    if (!(code->co_flags & CO_OPTIMIZED) && line == code->co_firstlineno) {
        /* What prepares a class stands on its first decorator's line. */
        int32_t behind = body_line(code, line);
        line = codeinfo_is_unseen(info, behind) ? behind : line;
    }
    return codeinfo_is_unseen(info, line) ? line : NO_LINE;
}

/* The code that the constant stands for: of `def f[T]()` or `class C[T]`, what lies in the code that
 * makes its type parameters (PEP 695). Borrowed. */
static PyObject *
defined_by(PyObject *constant)
{
    static const char wrapper[] = "<generic parameters of ";
    const char *name = PyCode_Check(constant) ? PyUnicode_AsUTF8(((PyCodeObject *)constant)->co_name)
                                              : NULL;
    if (name == NULL || strncmp(name, wrapper, sizeof wrapper - 1) != 0) {
        PyErr_Clear();
        return constant;
    }
    PyObject *inside = ((PyCodeObject *)constant)->co_consts;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(inside); i++) {
        PyObject *found = PyTuple_GET_ITEM(inside, i);
        const char *own =
            PyCode_Check(found) ? PyUnicode_AsUTF8(((PyCodeObject *)found)->co_name) : NULL;
        size_t size = own == NULL ? 0 : strlen(own);
        PyErr_Clear(); /* a name that is no UTF-8 */
        /* The others are its parameters' bounds and defaults. */
        if (own != NULL && strncmp(name + sizeof wrapper - 1, own, size) == 0 &&
            strcmp(name + sizeof wrapper - 1 + size, ">") == 0) {
            return found;
        }
    }
    return constant;
}

static int
note_definitions(CodeInfo *info, PyCodeObject *code, const Bytecode *bytecode)
{
    uint8_t *entries = NULL;
    int result = 0;
    for (Py_ssize_t i = 0; result == 0 && i < PyTuple_GET_SIZE(code->co_consts); i++) {
        PyObject *constant = defined_by(PyTuple_GET_ITEM(code->co_consts, i));
        int32_t line = definition_line(info, constant);
        if (line == NO_LINE) {
            continue;
        }
        entries = entries == NULL ? departures_find_entries(bytecode) : entries;
        result = entries == NULL ? -1 : add_steps_from(info, bytecode, entries, line);
    }
    free(entries);
    return result;
}

void
codeinfo_mark_definitions(const CodeInfo *info, PyCodeObject *code, const CodeSlot *slot)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_consts); i++) {
        PyObject *constant = defined_by(PyTuple_GET_ITEM(code->co_consts, i));
        if (definition_line(info, constant) != NO_LINE) {
            CodeInfo *inner = codeinfo_ensure(constant, slot);
            if (inner != NULL) {
                inner->body_on_definition_line = 1;
            }
        }
    }
}

/* All that tells of ways besides the jumps themselves. */
static int
note_ways(CodeInfo *info, PyCodeObject *code, const Bytecode *bytecode)
{
    Departures *departures = &info->departures;
    if (departures_of_jumps(departures, bytecode, info->jumps, info->jump_count) < 0 ||
        (only_raises(bytecode) && departures_of_raises(departures, bytecode) < 0)) {
        return -1;
    }
    return note_async_bodies(info) < 0 ? -1 : note_definitions(info, code, bytecode);
}

int
codeinfo_study(CodeInfo *info, PyCodeObject *code, int branch)
{
    CodeReading reading;
    int result = -1;
    if (read_code(&reading, code) < 0) {
        return -1;
    }
    if (note_lines(info, &reading.bytecode) < 0) {
        goto done;
    }
    info->leaves = (uint8_t)reading.bytecode.leaves;
    info->looks_for_lines = (uint8_t)jumps_back(&reading.bytecode);
    if (note_jumps(info, &reading.bytecode) < 0 ||
        (branch && note_ways(info, code, &reading.bytecode) < 0)) {
        goto done;
    }
    if (!branch) {
        keep_unheard(info);
    }
    for (size_t i = 0; i < info->jump_count; i++) {
        info->has_async_for |= info->jumps[i].async;
    }
    result = 0;
done:
    release_reading(&reading);
    return result;
}

/* An exception passes through an inlined comprehension: its variables get their values back, and
 * it is raised again, somewhere in a line. */
static int
ends_comprehension(const Bytecode *bytecode, size_t unit)
{
    while (unit-- > 0) {
        int opcode = bytecode->code[2 * unit];
        if (opcode == POP_TOP) {
            return unit > 0 && bytecode->code[2 * unit - 2] == SWAP;
        }
        if (opcode != SWAP && opcode != EXTENDED_ARG && !opcode_stores(opcode)) {
            break;
        }
    }
    return 0;
}

static int
has_star_clauses(const Bytecode *bytecode)
{
    for (size_t unit = 0; unit < bytecode->units; unit++) {
        if (bytecode->code[2 * unit] == CHECK_EG_MATCH) {
            return 1;
        }
    }
    return 0;
}

/* `skip` is what skips lines that nobody goes to. */
static uint16_t
unit_flags(const Bytecode *bytecode, size_t unit, size_t (*skip)(const Bytecode *, size_t))
{
    int opcode = bytecode->code[2 * unit];
    int flags = 0;
    if (jumps_is_handler(bytecode, unit)) {
        flags |= jumps_is_with_handler(bytecode, unit) ? UNIT_WITH_HANDLER : UNIT_HANDLER;
    }
    if (skip(bytecode, unit) != unit) {
        flags |= UNIT_WITH_EXIT;
    }
    if (jumps_is_raise(bytecode, unit)) {
        flags |= UNIT_RAISE;
    }
    if (opcode == RERAISE && !ends_comprehension(bytecode, unit)) {
        flags |= UNIT_RERAISE;
    }
    if (opcode == YIELD_VALUE) {
        flags |= UNIT_YIELD;
    }
    if (opcode == RESUME && (bytecode->code[2 * unit + 1] & 3) != 0) {
        flags |= UNIT_RESUMED;
    }
    if (opcode_flow(opcode) == OP_RETURN) {
        flags |= UNIT_RETURN;
    }
    if (opcode == FOR_ITER || opcode == SEND) {
        flags |= UNIT_ITERATES;
    }
    return (uint16_t)flags;
}

/* Mark the units whose line is borrowed, and take it away from them, so that whoever follows the
 * code does not stop there. 0, or -1 without memory. */
static int
mark_borrowed(CodeInfo *info, PyCodeObject *code, CodeReading *reading)
{
    const Bytecode *bytecode = &reading->bytecode;
    const uint8_t *table;
    size_t size, first = first_traceable(bytecode);
    Place *places = malloc((bytecode->units + 1) * sizeof *places);
    if (places == NULL) {
        return -1;
    }
    table_of(code, &table, &size);
    linetable_places(table, size, code->co_firstlineno, places, bytecode->units);
    for (size_t unit = first; unit < bytecode->units; unit++) {
        if (borrowed_line(bytecode, places, first, unit)) {
            info->units[unit] = UNIT_BORROWED;
            reading->lines[unit] = NO_LINE;
        }
    }
    free(places);
    return 0;
}

int
codeinfo_study_units(CodeInfo *info, PyCodeObject *code)
{
    CodeReading reading;
    int result = -1;
    if (read_code(&reading, code) < 0) {
        return -1;
    }
    info->units = calloc(reading.bytecode.units + 1, sizeof *info->units);
    if (info->units == NULL ||
        (HAVE_BORROWED_LINES && mark_borrowed(info, code, &reading) < 0)) {
        goto done;
    }
    info->unit_count = reading.bytecode.units;
    info->leaves = (uint8_t)reading.bytecode.leaves;
    /* To look for clauses at each unit takes long in a long line, and few functions have any. */
    size_t (*skip)(const Bytecode *, size_t) =
        has_star_clauses(&reading.bytecode) ? jumps_skip_line : jumps_skip_with_exit;
    for (size_t unit = 0; unit < info->unit_count; unit++) {
        info->units[unit] |= unit_flags(&reading.bytecode, unit, skip);
        if (info->units[unit] & UNIT_WITH_EXIT) {
            /* Without memory for it, the line that comes next tells the same. */
            (void)add_step(info, (int32_t)unit, jumps_follow(&reading.bytecode, unit, 0));
        }
    }
    result = 0;
done:
    if (result < 0) {
        codeinfo_clear(info);
    }
    release_reading(&reading);
    return result;
}

int32_t
codeinfo_with_exit(const CodeInfo *info, size_t unit)
{
    for (size_t i = 0; i < info->step_count; i++) {
        if (info->steps[i].line == (int32_t)unit) {
            return info->steps[i].next;
        }
    }
    return JUMP_OPEN;
}
