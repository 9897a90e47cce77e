/* cov_tracer._bulk: what cov-data does with many facts at once, done in C.
 *
 * What: the functions of cov_data.bulk, which says what they do; tests hold the two against each
 *     other. Nothing of it is loaded in a measured process.
 * Threads: no state at all; every call is on its own.
 * Failure: Python exceptions; MemoryError, and TypeError or ValueError for arguments. */
#include "../pycompat.h"
#include "arcpages.h"
#include "keys.h"

#include <string.h>

enum { OF_LINE = 3, OF_JUMP = 4, RECORD = 16, LAST_LINE = (1 << 27) - 1 };

typedef struct {
    uint8_t kind, sub;
    uint16_t check;
    uint32_t a;
    int32_t b, c;
} Record;

static uint32_t
other_order(uint32_t x)
{
    return x >> 24 | (x >> 8 & 0xFF00) | (x << 8 & 0xFF0000) | x << 24;
}

static Record
record_at(const uint8_t *at, int swapped)
{
    Record record;
    memcpy(&record, at, sizeof record);
    if (swapped) {
        record.check = (uint16_t)(record.check << 8 | record.check >> 8);
        record.a = other_order(record.a);
        record.b = (int32_t)other_order((uint32_t)record.b);
        record.c = (int32_t)other_order((uint32_t)record.c);
    }
    return record;
}

static int
check_holds(const Record *record)
{
    uint32_t h = (record->kind + 256u * record->sub) * 0x9E3779B1u + record->a * 0x85EBCA77u +
                 (uint32_t)record->b * 0xC2B2AE3Du + (uint32_t)record->c * 0x27D4EB2Fu;
    return record->check == (uint16_t)(h >> 16 ^ h);
}

/* Take a fact: 1 if it is one, 0 if it is damaged, -1 without memory. */
static int
take(Groups *groups, const Record *record, int whole)
{
    Group *group = groups_find(groups, record->a);
    if (group == NULL || record->sub != 0 || !(whole || check_holds(record))) {
        return 0;
    }
    if (record->kind == OF_JUMP) {
        return keys_add(&group->pairs, pair_key(record->b, record->c)) < 0 ? -1 : 1;
    }
    if (record->b < 0 || record->b > LAST_LINE || record->c != 0) {
        return 0;
    }
    return keys_add(&group->lines, record->b) < 0 ? -1 : 1;
}

static PyObject *
bitmap(const Keys *lines)
{
    int64_t last = -1;
    for (size_t i = 0; i < lines->count; i++) {
        last = lines->items[i] > last ? lines->items[i] : last;
    }
    Py_ssize_t size = last < 0 ? 0 : (Py_ssize_t)(last / 8 + 1);
    PyObject *result = PyBytes_FromStringAndSize(NULL, size);
    if (result != NULL) {
        uint8_t *bytes = (uint8_t *)PyBytes_AS_STRING(result);
        memset(bytes, 0, (size_t)size);
        for (size_t i = 0; i < lines->count; i++) {
            bytes[lines->items[i] / 8] |= (uint8_t)(1 << lines->items[i] % 8);
        }
    }
    return result;
}

static PyObject *
packed(Keys *pairs)
{
    if (pairs->count == 0) {
        return PyBytes_FromStringAndSize(NULL, 0);
    }
    keys_sort(pairs);
    return PyBytes_FromStringAndSize((char *)pairs->items,
                                     (Py_ssize_t)(pairs->count * sizeof *pairs->items));
}

/* Ask Python about the record at `position`: its size and the series it defines, if any. */
static Py_ssize_t
ask(PyObject *other, Py_ssize_t position, Groups *groups)
{
    Py_ssize_t size = -1;
    unsigned int series;
    PyObject *answer = PyObject_CallFunction(other, "n", position);
    if (answer != NULL && PyArg_ParseTuple(answer, "nI", &size, &series) && series != 0 &&
        groups_get(groups, series) == NULL) {
        PyErr_NoMemory();
    }
    Py_XDECREF(answer);
    return PyErr_Occurred() ? -1 : size;
}

static PyObject *
series_result(Groups *groups, Py_ssize_t damaged)
{
    PyObject *found = PyDict_New();
    for (size_t i = 0; found != NULL && i < groups->count; i++) {
        Group *group = &groups->items[i];
        PyObject *number = PyLong_FromUnsignedLongLong(group->number);
        PyObject *facts = Py_BuildValue("(NN)", bitmap(&group->lines), packed(&group->pairs));
        if (number == NULL || facts == NULL || PyDict_SetItem(found, number, facts) < 0) {
            Py_CLEAR(found);
        }
        Py_XDECREF(number);
        Py_XDECREF(facts);
    }
    return found == NULL ? NULL : Py_BuildValue("(Nn)", found, damaged);
}

PyDoc_STRVAR(decode_doc, "decode($module, data, begin, end, swapped, whole, other, /)\n--\n\n"
                         "The facts of a journal's records; see cov_data.bulk.");

static PyObject *
decode(PyObject *module, PyObject *args)
{
    Py_buffer data;
    Py_ssize_t position, end, damaged = 0;
    int swapped, whole;
    PyObject *other, *result = NULL;
    Groups groups = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "y*nnppO:decode", &data, &position, &end, &swapped, &whole,
                          &other)) {
        return NULL;
    }
    if (position < 0 || end > data.len) {
        PyErr_SetString(PyExc_ValueError, "the records are not within the data");
        goto done;
    }
    while (position <= end - RECORD) {
        Record record = record_at((const uint8_t *)data.buf + position, swapped);
        Py_ssize_t size = RECORD;
        if (record.kind == OF_LINE || record.kind == OF_JUMP) {
            int taken = take(&groups, &record, whole);
            if (taken < 0) {
                PyErr_NoMemory();
                goto done;
            }
            damaged += !taken;
        }
        else if (record.kind != 0) {
            size = ask(other, position, &groups);
            if (size < 0) {
                goto done;
            }
            if (size == 0) {
                break;
            }
        }
        position += size;
    }
    result = series_result(&groups, damaged);
done:
    groups_clear(&groups);
    PyBuffer_Release(&data);
    return result;
}

PyDoc_STRVAR(read_arcs_doc, "read_arcs($module, data, root, /)\n--\n\n"
                            "The arcs of a data file; see cov_data.bulk.");

static PyObject *
read_arcs(PyObject *module, PyObject *args)
{
    Py_buffer data;
    unsigned int root;
    PyObject *found = NULL;
    Groups groups = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "y*I:read_arcs", &data, &root)) {
        return NULL;
    }
    int how = arcpages_read(data.buf, (size_t)data.len, root, &groups);
    if (how == ARCS_READ) {
        found = PyDict_New();
    }
    else if (how == ARCS_ODD) {
        found = Py_NewRef(Py_None);
    }
    else {
        PyErr_NoMemory();
    }
    for (size_t i = 0; how == ARCS_READ && found != NULL && i < groups.count; i++) {
        Group *group = &groups.items[i];
        PyObject *key = Py_BuildValue("(ii)", (int)(uint32_t)(group->number >> 32),
                                      (int)(uint32_t)group->number);
        PyObject *pairs = packed(&group->pairs);
        if (key == NULL || pairs == NULL || PyDict_SetItem(found, key, pairs) < 0) {
            Py_CLEAR(found);
        }
        Py_XDECREF(key);
        Py_XDECREF(pairs);
    }
    groups_clear(&groups);
    PyBuffer_Release(&data);
    return found;
}

PyDoc_STRVAR(unite_doc, "unite($module, one, other, /)\n--\n\n"
                        "The union of two packed sets of pairs; see cov_data.bulk.");

static PyObject *
unite(PyObject *module, PyObject *args)
{
    PyObject *one, *other, *result;
    (void)module;
    if (!PyArg_ParseTuple(args, "SS:unite", &one, &other)) {
        return NULL;
    }
    const size_t size = sizeof(int64_t);
    size_t a_count = (size_t)PyBytes_GET_SIZE(one) / size, a_at = 0, count = 0;
    size_t b_count = (size_t)PyBytes_GET_SIZE(other) / size, b_at = 0;
    const char *a = PyBytes_AS_STRING(one), *b = PyBytes_AS_STRING(other);
    if (a_count == b_count && memcmp(a, b, a_count * size) == 0) {
        return Py_NewRef(one);
    }
    result = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)((a_count + b_count) * size));
    if (result == NULL) {
        return NULL;
    }
    char *merged = PyBytes_AS_STRING(result);
    while (a_at < a_count || b_at < b_count) {
        int64_t from_a = INT64_MAX, from_b = INT64_MAX; /* when one is at its end; no key is greater */
        if (a_at < a_count) {
            memcpy(&from_a, a + a_at * size, size);
        }
        if (b_at < b_count) {
            memcpy(&from_b, b + b_at * size, size);
        }
        a_at += from_a <= from_b;
        b_at += from_b <= from_a;
        memcpy(merged + count++ * size, from_a < from_b ? &from_a : &from_b, size);
    }
    _PyBytes_Resize(&result, (Py_ssize_t)(count * size));
    return result;
}

static int
has_bit(const uint8_t *bits, Py_ssize_t size, int32_t line)
{
    return line >= 0 && line / 8 < size && (bits[line / 8] >> line % 8 & 1) != 0;
}

/* Sort jumps into arcs and astray ones, and take the lines they mention off `rest`. */
static int
part(Keys *arcs, Keys *astray, const uint8_t *bits, uint8_t *rest, PyObject *lines, PyObject *jumps)
{
    Py_ssize_t size = PyBytes_GET_SIZE(lines);
    size_t count = (size_t)PyBytes_GET_SIZE(jumps) / sizeof(int64_t);
    for (size_t i = 0; i < count; i++) {
        int64_t key;
        memcpy(&key, PyBytes_AS_STRING(jumps) + i * sizeof key, sizeof key);
        int32_t from = pair_from(key), to = pair_to(key);
        int lost = to > 0 && !has_bit(bits, size, to);
        if (keys_add(lost ? astray : arcs, key) < 0) {
            return -1;
        }
        if (!lost && has_bit(bits, size, from)) {
            rest[from / 8] &= (uint8_t)~(1 << from % 8);
        }
        if (!lost && has_bit(bits, size, to)) {
            rest[to / 8] &= (uint8_t)~(1 << to % 8);
        }
    }
    for (Py_ssize_t line = 1; line < size * 8; line++) {
        if (has_bit(rest, size, (int32_t)line) &&
            keys_add(arcs, pair_key((int32_t)line, (int32_t)line)) < 0) {
            return -1;
        }
    }
    return 0;
}

PyDoc_STRVAR(settle_doc, "settle($module, lines, jumps, /)\n--\n\n"
                         "Lines and jumps as the arcs of a data file; see cov_data.bulk.");

static PyObject *
settle(PyObject *module, PyObject *args)
{
    PyObject *lines, *jumps, *result = NULL;
    Keys arcs = {0}, astray = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "SS:settle", &lines, &jumps)) {
        return NULL;
    }
    const uint8_t *bits = (const uint8_t *)PyBytes_AS_STRING(lines);
    size_t size = (size_t)PyBytes_GET_SIZE(lines);
    uint8_t *rest = PyMem_Malloc(size + 1);
    if (rest == NULL) {
        return PyErr_NoMemory();
    }
    memcpy(rest, bits, size);
    if (part(&arcs, &astray, bits, rest, lines, jumps) < 0) {
        PyErr_NoMemory();
    }
    else {
        result = Py_BuildValue("(NN)", packed(&arcs), packed(&astray));
    }
    keys_clear(&arcs);
    keys_clear(&astray);
    PyMem_Free(rest);
    return result;
}

static PyMethodDef functions[] = {
    {"decode", decode, METH_VARARGS, decode_doc},
    {"read_arcs", read_arcs, METH_VARARGS, read_arcs_doc},
    {"settle", settle, METH_VARARGS, settle_doc},
    {"unite", unite, METH_VARARGS, unite_doc},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {COV_MODULE_SLOTS{0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cov_tracer._bulk",
    .m_doc = "What cov-data does with many facts at once, in C.",
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__bulk(void)
{
    return PyModuleDef_Init(&definition);
}
