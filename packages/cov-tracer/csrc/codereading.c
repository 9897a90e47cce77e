#include "codereading.h"

#include <stdlib.h>
#include <string.h>

#include "borrowed.h"

static void
table_of(PyCodeObject *code, const uint8_t **bytes, size_t *size)
{
    *bytes = (const uint8_t *)PyBytes_AS_STRING(code->co_linetable);
    *size = (size_t)PyBytes_GET_SIZE(code->co_linetable);
}

void
codereading_places(const Bytecode *bytecode, Place *places)
{
    linetable_places(bytecode->places, bytecode->places_size, bytecode->first_line, places,
                     bytecode->units);
}

int
codereading_take_line(CodeReading *reading, size_t unit)
{
    int borrows = borrowed_end(&reading->bytecode, unit);
    if (borrows) {
        reading->lines[unit] = NO_LINE;
    }
    return borrows;
}

Leaving
codereading_leaving(PyCodeObject *code)
{
    if (PyUnicode_GET_LENGTH(code->co_name) == 0 ||
        PyUnicode_READ_CHAR(code->co_name, 0) != '<') {
        return code->co_flags & CO_OPTIMIZED ? LEAVES_SCOPE : LEAVES_CLASS;
    }
    return PyUnicode_CompareWithASCIIString(code->co_name, "<module>") == 0 ? LEAVES_SCOPE
                                                                            : LEAVES_NOTHING;
}

void
codereading_release(CodeReading *reading)
{
    Py_CLEAR(reading->code_bytes);
    free(reading->lines);
    reading->lines = NULL;
}

int
codereading_begin(CodeReading *reading, PyCodeObject *code)
{
    const uint8_t *table;
    size_t size, units = (size_t)Py_SIZE(code);
    memset(reading, 0, sizeof *reading);
    reading->code_bytes = code_bytes(code);
    reading->lines = malloc((units + 1) * sizeof *reading->lines);
    if (reading->code_bytes == NULL || reading->lines == NULL) {
        PyErr_Clear();
        codereading_release(reading);
        return -1;
    }
    units = (size_t)PyBytes_GET_SIZE(reading->code_bytes) / 2;
    table_of(code, &table, &size);
    linetable_decode(table, size, code->co_firstlineno, reading->lines, units);
    reading->bytecode = (Bytecode){
        .code = (const uint8_t *)PyBytes_AS_STRING(reading->code_bytes),
        .lines = reading->lines,
        .units = units,
        .places = table,
        .places_size = size,
        .exceptions = (const uint8_t *)PyBytes_AS_STRING(code->co_exceptiontable),
        .exceptions_size = (size_t)PyBytes_GET_SIZE(code->co_exceptiontable),
        .first_line = code->co_firstlineno,
        .leaves = codereading_leaving(code),
    };
    return 0;
}

size_t
codereading_first_traceable(const Bytecode *bytecode)
{
    size_t unit = 0;
    while (unit < bytecode->units && bytecode->code[2 * unit] != RESUME) {
        unit++;
    }
    return unit < bytecode->units ? unit + RESUME_UNITS : 0;
}

int32_t
codereading_body_line(PyCodeObject *code, int32_t but)
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
