#include "journaltype.h"

PyDoc_STRVAR(journal_doc,
             "Journal(prefix, /, *, host, run, created, branch=False, mode=0, context='', info=())\n--\n\n"
             "The log of first facts of this process.\n\n"
             "Nothing is opened before the first fact. `prefix` is an absolute path without the\n"
             "process id; `run` 16 bytes; `created` nanoseconds since 1970; `mode` 0 fresh,\n"
             "1 append, 2 parallel; `context` labels all facts; `info` are pairs (key, text). Format: docs/formats/journal.md.");

/* The UTF-8 bytes of a text, lone surrogates passed through: a new reference. */
static PyObject *
encode(PyObject *text)
{
    return PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
}

static int
add_info(Journal *journal, PyObject *pair)
{
    int key;
    PyObject *text;
    if (!PyTuple_Check(pair)) {
        PyErr_SetString(PyExc_TypeError, "info: a sequence of (key, text) is wanted");
        return -1;
    }
    if (!PyArg_ParseTuple(pair, "iU;info: (key, text)", &key, &text)) {
        return -1;
    }
    PyObject *encoded = encode(text);
    if (encoded == NULL) {
        return -1;
    }
    int added = journal_add_info(journal, (uint8_t)key, PyBytes_AS_STRING(encoded),
                                 (size_t)PyBytes_GET_SIZE(encoded));
    Py_DECREF(encoded);
    if (added < 0) {
        PyErr_NoMemory();
    }
    return added;
}

static int
add_infos(Journal *journal, PyObject *infos)
{
    PyObject *fast = PySequence_Fast(infos, "info: a sequence of (key, text) is wanted");
    int result = fast == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; result == 0 && i < PySequence_Fast_GET_SIZE(fast); i++) {
        result = add_info(journal, PySequence_Fast_GET_ITEM(fast, i));
    }
    Py_XDECREF(fast);
    return result;
}

static int
set_context(Journal *journal, PyObject *context)
{
    PyObject *encoded = encode(context);
    if (encoded == NULL) {
        return -1;
    }
    int result = journal_set_context(journal, PyBytes_AS_STRING(encoded),
                                     (size_t)PyBytes_GET_SIZE(encoded));
    Py_DECREF(encoded);
    if (result < 0) {
        PyErr_NoMemory();
    }
    return result;
}

typedef struct {
    PyObject *prefix, *host, *context, *infos; /* the prefix is owned, the others borrowed */
    Py_buffer run;
    unsigned long long created;
    int branch, mode;
} Arguments;

static int
parse(PyObject *args, PyObject *kwargs, Arguments *given)
{
    static char *names[] = {"", "host", "run", "created", "branch", "mode", "context",
                            "info", NULL};
    PyObject *created = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&|$Uy*O!piUO:Journal", names,
                                     PyUnicode_FSConverter, &given->prefix, &given->host,
                                     &given->run, &PyLong_Type, &created, &given->branch,
                                     &given->mode, &given->context, &given->infos)) {
        return -1;
    }
    if (given->run.buf == NULL || given->host == NULL || created == NULL || given->run.len != 16) {
        PyErr_SetString(PyExc_TypeError, "host, run (16 bytes) and created must be given");
        return -1;
    }
    if (given->mode < 0 || given->mode > 2) {
        PyErr_Format(PyExc_ValueError, "mode: 0, 1 or 2, not %d", given->mode);
        return -1;
    }
    given->created = PyLong_AsUnsignedLongLong(created);
    return PyErr_Occurred() ? -1 : 0;
}

static Journal *
make(const Arguments *given)
{
    PyObject *host = encode(given->host);
    if (host == NULL) {
        return NULL;
    }
    uint32_t flags = (given->branch ? JOURNAL_FLAG_BRANCH : 0) |
                     (uint32_t)given->mode << JOURNAL_MODE_SHIFT;
    Journal *journal = journal_new(PyBytes_AS_STRING(given->prefix), PyBytes_AS_STRING(host),
                                   given->run.buf, given->created, flags);
    Py_DECREF(host);
    if (journal == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    if ((given->context != NULL && set_context(journal, given->context) < 0) ||
        (given->infos != NULL && add_infos(journal, given->infos) < 0)) {
        journal_free(journal);
        return NULL;
    }
    return journal;
}

static PyObject *
journal_new_object(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Arguments given = {0};
    PyObject *self = NULL;
    if (parse(args, kwargs, &given) == 0) {
        Journal *journal = make(&given);
        self = journal == NULL ? NULL : type->tp_alloc(type, 0);
        if (self != NULL) {
            ((JournalObject *)self)->journal = journal;
        }
        else if (journal != NULL) {
            journal_free(journal);
        }
    }
    Py_XDECREF(given.prefix);
    if (given.run.obj != NULL) {
        PyBuffer_Release(&given.run);
    }
    return self;
}

static void
journal_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    JournalObject *object = (JournalObject *)self;
    if (object->journal != NULL) {
        journal_free(object->journal);
    }
    type->tp_free(self);
    Py_DECREF(type);
}

static Journal *
of(PyObject *self)
{
    return ((JournalObject *)self)->journal;
}

PyDoc_STRVAR(generation_doc,
             "generation($self, /)\n--\n\n"
             "Numbers of series and contexts handed out before this changed mean nothing more.");

static PyObject *
generation(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromUnsignedLong(journal_generation(of(self)));
}

PyDoc_STRVAR(series_doc, "series($self, path, /)\n--\n\n"
                         "Define a series, one file in the current context: its number.");

static PyObject *
series(PyObject *self, PyObject *path)
{
    Py_ssize_t length;
    const char *text = PyUnicode_AsUTF8AndSize(path, &length);
    if (text == NULL) {
        return NULL;
    }
    FileStamp stamp;
    uint32_t number = journal_series(of(self), text, (size_t)length);
    file_stamp(text, &stamp);
    journal_stamp(of(self), number, &stamp);
    return PyLong_FromUnsignedLong(number);
}

PyDoc_STRVAR(line_doc, "line($self, series, line, /)\n--\n\nThe line (1-based) ran.");

static PyObject *
line(PyObject *self, PyObject *args)
{
    unsigned int number;
    int at;
    if (!PyArg_ParseTuple(args, "Ii:line", &number, &at)) {
        return NULL;
    }
    journal_line(of(self), number, at);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(jump_doc, "jump($self, series, start, to, /)\n--\n\n"
                       "Control went from one line to another, or out (minus the first line).");

static PyObject *
jump(PyObject *self, PyObject *args)
{
    unsigned int number;
    int from, to;
    if (!PyArg_ParseTuple(args, "Iii:jump", &number, &from, &to)) {
        return NULL;
    }
    journal_jump(of(self), number, from, to);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(close_doc, "close($self, /)\n--\n\nThe orderly end: the journal is complete.");

static PyObject *
close_journal(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    journal_close(of(self));
    Py_RETURN_NONE;
}

PyDoc_STRVAR(path_doc, "The file's path, or None while none is open.");

static PyObject *
get_path(PyObject *self, void *Py_UNUSED(closure))
{
    const char *path = journal_path(of(self));
    return path == NULL ? Py_NewRef(Py_None) : PyUnicode_DecodeFSDefault(path);
}

PyDoc_STRVAR(lost_doc, "Facts that could not be stored.");

static PyObject *
get_lost(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(journal_lost(of(self)));
}

static PyMethodDef methods[] = {
    {"generation", generation, METH_NOARGS, generation_doc},
    {"series", series, METH_O, series_doc},
    {"line", line, METH_VARARGS, line_doc},
    {"jump", jump, METH_VARARGS, jump_doc},
    {"close", close_journal, METH_NOARGS, close_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getters[] = {
    {"path", get_path, NULL, path_doc, NULL},
    {"lost", get_lost, NULL, lost_doc, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, (void *)journal_doc},
    {Py_tp_new, journal_new_object},
    {Py_tp_dealloc, journal_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_getset, getters},
    {0, NULL},
};

PyType_Spec journal_spec = {
    .name = "cov_tracer.Journal",
    .basicsize = sizeof(JournalObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = slots,
};
