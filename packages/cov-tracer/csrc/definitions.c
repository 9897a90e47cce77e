#include "definitions.h"

#include <stdlib.h>
#include <string.h>

#include "codereading.h"

/* The way ends by letting an exception go on, which is no return. */
static int
reraises(const Bytecode *bytecode, const Path *path)
{
    size_t unit = path->last;
    if (unit < bytecode->units && bytecode->code[2 * unit] != RERAISE) {
        unit = jumps_behind(bytecode, unit);
    }
    return unit < bytecode->units && bytecode->code[2 * unit] == RERAISE;
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
        int returns = path.to < 0 && path.arrival == NOWHERE && !reraises(bytecode, &path);
        int is_step = returns || path.last == NOWHERE ||
                      departures_is_alone(bytecode, entries, line, &path);
        if (is_step
                ? codeinfo_add_step(info, line, path.to) < 0
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
    if (!PyCode_Check(constant) || !codereading_leaving((PyCodeObject *)constant)) {
        return NO_LINE;
    }
    PyCodeObject *code = (PyCodeObject *)constant;
    int32_t line = codereading_body_line(code, NO_LINE);
    if (!(code->co_flags & CO_OPTIMIZED) && line == code->co_firstlineno) {
        /* What prepares a class stands on its first decorator's line. */
        int32_t behind = codereading_body_line(code, line);
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

int
definitions_note(CodeInfo *info, PyCodeObject *code, const Bytecode *bytecode)
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
definitions_mark(const CodeInfo *info, PyCodeObject *code, const CodeSlot *slot)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_consts); i++) {
        PyObject *constant = defined_by(PyTuple_GET_ITEM(code->co_consts, i));
        int32_t line = definition_line(info, constant);
        CodeInfo *inner = line != NO_LINE ? codeslot_ensure(constant, slot) : NULL;
        if (inner != NULL) {
            inner->definition_line = line;
        }
    }
}
