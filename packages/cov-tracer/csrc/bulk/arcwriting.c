#include "arcwriting.h"

#include <string.h>

#include "arcrows.h"

enum { PAGES_AT_ONCE = 64 };

typedef struct {
    PyObject *write; /* borrowed from the caller */
    uint8_t *bytes;
    size_t count, capacity;
} Sink;

static int
empty_sink(Sink *sink)
{
    PyObject *result = PyObject_CallFunction(sink->write, "y#", (const char *)sink->bytes,
                                             (Py_ssize_t)sink->count);
    sink->count = 0;
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static int
put_page(void *where, const uint8_t *page, size_t size)
{
    Sink *sink = where;
    if (sink->count + size > sink->capacity && empty_sink(sink) < 0) {
        return -1;
    }
    memcpy(sink->bytes + sink->count, page, size);
    sink->count += size;
    return 0;
}

/* Put the arcs of one group, a tuple (file, context, packed arcs), into the tree. */
static int
add_group(Tree *tree, PyObject *item, uint64_t *row)
{
    ArcGroup group;
    Py_ssize_t size;
    if (!PyTuple_Check(item)) {
        PyErr_Format(PyExc_TypeError, "write_arcs: a tuple is wanted, not %.100s",
                     Py_TYPE(item)->tp_name);
        return -1;
    }
    if (!PyArg_ParseTuple(item, "iiy#:write_arcs", &group.file, &group.context, &group.packed,
                          &size)) {
        return -1;
    }
    group.count = (size_t)size / sizeof(int64_t);
    return arcrows_add(tree, &group, row);
}

/* The root page of a tree of all these arcs, with its other pages written; NULL with an exception. */
static PyObject *
tree_of(Tree *tree, PyObject *groups)
{
    uint64_t row = 0;
    PyObject *root = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)tree->page_size);
    for (Py_ssize_t i = 0; root != NULL && i < PyList_GET_SIZE(groups); i++) {
        PyObject *item = Py_NewRef(PyList_GET_ITEM(groups, i)); /* `write` may change the list */
        if (add_group(tree, item, &row) < 0) {
            Py_CLEAR(root);
        }
        Py_DECREF(item);
    }
    if (root != NULL && treepages_finish(tree, (uint8_t *)PyBytes_AS_STRING(root)) < 0) {
        Py_CLEAR(root);
    }
    if (root == NULL && !PyErr_Occurred()) {
        PyErr_NoMemory();
    }
    treepages_clear(tree);
    return root;
}

const char arcwriting_doc[] = "write_arcs($module, arcs, page_size, pages, write, /)\n--\n\n"
                              "Arcs as pages of a data file; see cov_data.bulk.";

PyObject *
arcwriting_write(PyObject *module, PyObject *args)
{
    PyObject *groups, *write, *roots[2] = {NULL, NULL}, *result = NULL;
    unsigned int page_size, pages;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!IIO:write_arcs", &PyList_Type, &groups, &page_size, &pages,
                          &write)) {
        return NULL;
    }
    if (page_size < 512 || page_size > 65536 || (page_size & (page_size - 1)) != 0) {
        return PyErr_Format(PyExc_ValueError, "%u is not the size of a page", page_size);
    }
    Sink sink = {.write = write, .capacity = (size_t)page_size * PAGES_AT_ONCE};
    sink.bytes = PyMem_Malloc(sink.capacity);
    if (sink.bytes == NULL) {
        return PyErr_NoMemory();
    }
    uint32_t next_page = pages + 1;
    for (int kind = TREE_TABLE; kind <= TREE_INDEX; kind++) {
        Tree tree = {.kind = kind, .page_size = page_size, .write = put_page, .where = &sink};
        tree.next_page = next_page;
        roots[kind] = tree_of(&tree, groups);
        if (roots[kind] == NULL) {
            break;
        }
        next_page = tree.next_page;
    }
    if (roots[TREE_INDEX] != NULL && empty_sink(&sink) == 0) {
        result = Py_BuildValue("(OOI)", roots[TREE_TABLE], roots[TREE_INDEX], next_page - 1);
    }
    Py_XDECREF(roots[TREE_TABLE]);
    Py_XDECREF(roots[TREE_INDEX]);
    PyMem_Free(sink.bytes);
    return result;
}
