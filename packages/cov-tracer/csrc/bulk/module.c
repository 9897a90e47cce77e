/* cov_tracer._bulk: what cov-data does with many facts at once, done in C.
 *
 * What: the functions of cov_data.bulk, which says what they do; tests hold the two against each
 *     other. Nothing of it is loaded in a measured process.
 * Threads: no state at all; every call is on its own.
 * Failure: Python exceptions; MemoryError, and TypeError or ValueError for arguments. */
#include "../pycompat.h"
#include "arcpages.h"
#include "arcwriting.h"
#include "keys.h"
#include "records.h"

#include <string.h>

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
        PyObject *pairs = records_packed(&group->pairs);
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
        result = Py_BuildValue("(NN)", records_packed(&arcs), records_packed(&astray));
    }
    keys_clear(&arcs);
    keys_clear(&astray);
    PyMem_Free(rest);
    return result;
}

static PyMethodDef functions[] = {
    {"decode", records_decode, METH_VARARGS, records_decode_doc},
    {"read_arcs", read_arcs, METH_VARARGS, read_arcs_doc},
    {"settle", settle, METH_VARARGS, settle_doc},
    {"unite", unite, METH_VARARGS, unite_doc},
    {"write_arcs", arcwriting_write, METH_VARARGS, arcwriting_doc},
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
