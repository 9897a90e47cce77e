#include "module.h"

#include <stdlib.h>

#include "asynchronous.h"
#include "codeslot.h"
#include "codeunits.h"
#include "displaced.h"
#include "ending.h"
#include "following.h"
#include "journaltype.h"
#include "ledger.h"
#include "platform.h"
#include "signals.h"
#include "realpath.h"
#include "telling.h"
#include "toolids.h"
#include "tracedfunction.h"
#include "tracer.h"

/* Study the units of a code object: 0, or -1 with an exception. */
static int
study(CodeInfo *info, PyObject *code)
{
    if (!PyCode_Check(code)) {
        PyErr_SetString(PyExc_TypeError, "a code object is wanted");
        return -1;
    }
    if (codeunits_study(info, (PyCodeObject *)code) < 0) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

/* dict[key] = value, of which both references are taken over; either may be NULL. 0, or -1. */
static int
put(PyObject *dict, PyObject *key, PyObject *value)
{
    int result = key == NULL || value == NULL ? -1 : PyDict_SetItem(dict, key, value);
    Py_XDECREF(key);
    Py_XDECREF(value);
    return result;
}

PyDoc_STRVAR(code_units_doc,
             "code_units($module, code, /)\n--\n\n"
             "What a trace function must know of each code unit (two bytes of bytecode): the\n"
             "UNIT_ flags, two bytes a unit.");

static PyObject *
code_units(PyObject *module, PyObject *code)
{
    CodeInfo info = {0};
    PyObject *result;
    (void)module;
    if (study(&info, code) < 0) {
        return NULL;
    }
    result = PyBytes_FromStringAndSize(
        (char *)info.units, (Py_ssize_t)(info.unit_count * sizeof *info.units));
    codeinfo_clear(&info);
    return result;
}

PyDoc_STRVAR(with_exits_doc,
             "with_exits($module, code, /)\n--\n\n"
             "Where leaving each `with` block leads: unit -> line, or minus the first line.");

static PyObject *
with_exits(PyObject *module, PyObject *code)
{
    CodeInfo info = {0};
    PyObject *result;
    (void)module;
    if (study(&info, code) < 0) {
        return NULL;
    }
    result = PyDict_New();
    for (size_t i = 0; result != NULL && i < info.step_count; i++) {
        const Step *step = &info.steps[i];
        if (put(result, PyLong_FromLong(step->line), PyLong_FromLong(step->next)) < 0) {
            Py_CLEAR(result);
        }
    }
    codeinfo_clear(&info);
    return result;
}

PyDoc_STRVAR(crossings_doc,
             "crossings($module, code, /)\n--\n\n"
             "Ways that lead through a `finally`: (line, unit on the way) -> lines, or minus the\n"
             "first line, to one of which they lead.");

static PyObject *
crossings(PyObject *module, PyObject *code)
{
    CodeInfo info = {0};
    PyObject *result;
    (void)module;
    if (study(&info, code) < 0) {
        return NULL;
    }
    result = PyDict_New();
    for (size_t i = 0; result != NULL && i < info.crossings.count; i++) {
        const Crossing *one = &info.crossings.found[i];
        PyObject *key = Py_BuildValue("(in)", one->from, (Py_ssize_t)one->unit);
        PyObject *lines = one->to == JUMP_OPEN    ? PyTuple_New(0)
                          : one->too == JUMP_OPEN ? Py_BuildValue("(i)", one->to)
                                                  : Py_BuildValue("(ii)", one->to, one->too);
        if (put(result, key, lines) < 0) {
            Py_CLEAR(result);
        }
    }
    codeinfo_clear(&info);
    return result;
}

/* Path and arguments, as C wants them: to be freed; the texts belong to `fast`. NULL with an
 * exception set. */
static char **
words_of(PyObject *fast)
{
    Py_ssize_t count = PySequence_Fast_GET_SIZE(fast);
    char **words = calloc((size_t)count + 1, sizeof *words);
    if (words == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        words[i] = PyBytes_AsString(PySequence_Fast_GET_ITEM(fast, i));
        if (words[i] == NULL) {
            free(words);
            return NULL;
        }
    }
    return words;
}

PyDoc_STRVAR(at_end_doc,
             "at_end($module, command, /)\n--\n\n"
             "When the interpreter has ended, finish the journals; then run this command (a list\n"
             "of path and arguments as bytes; empty: none) and wait for it, in this process only.");

static PyObject *
at_end(PyObject *module, PyObject *command)
{
    PyObject *result = NULL;
    PyObject *fast = PySequence_Fast(command, "a list of bytes is wanted");
    char **words = fast == NULL ? NULL : words_of(fast);
    (void)module;
    if (words == NULL) {
        goto done;
    }
    if (ending_watch() < 0) {
        PyErr_SetString(PyExc_RuntimeError, "no room for a function at the end of Python");
        goto done;
    }
    if (ending_set_command(words[0] != NULL ? words : NULL) < 0) {
        PyErr_NoMemory();
        goto done;
    }
    result = Py_NewRef(Py_None);
done:
    free(words);
    Py_XDECREF(fast);
    return result;
}

PyDoc_STRVAR(at_signal_doc,
             "at_signal($module, name, command, ends, /)\n--\n\n"
             "Run this command (a list of path and arguments as bytes) at the signal TERM, USR1 or\n"
             "USR2, if it is left to its default action: whether it is. With `ends` the command is\n"
             "waited for in this process, which then dies of the signal. No Python code notices.");

static PyObject *
at_signal(PyObject *module, PyObject *args)
{
    const char *name;
    PyObject *command;
    int ends;
    (void)module;
    if (!PyArg_ParseTuple(args, "sO!p:at_signal", &name, &PyList_Type, &command, &ends)) {
        return NULL;
    }
    char **words = words_of(command);
    if (words == NULL) {
        return NULL;
    }
    int watches = signals_watch(name, ends ? SIGNAL_ENDS : SIGNAL_SAVES, words);
    free(words);
    return watches < 0 ? PyErr_NoMemory() : PyBool_FromLong(watches);
}

PyDoc_STRVAR(keep_ledger_doc,
             "keep_ledger($module, path, /)\n--\n\n"
             "Tell the ledger at this absolute path (None: nobody) of processes from now on, and of\n"
             "the end of this one. Format: docs/formats/ledger.md.");

static PyObject *
keep_ledger(PyObject *module, PyObject *path)
{
    PyObject *bytes = NULL;
    int kept;
    (void)module;
    if (path != Py_None && !PyUnicode_FSConverter(path, &bytes)) {
        return NULL;
    }
    kept = ledger_keep(bytes == NULL ? NULL : PyBytes_AS_STRING(bytes));
    Py_XDECREF(bytes);
    return kept < 0 ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

PyDoc_STRVAR(record_doc,
             "record($module, kind, fields, /)\n--\n\n"
             "Add a record with these fields, a list of pairs (key, text), to the ledger, if one\n"
             "is kept. The process's ids and the time are added to them.");

static PyObject *
record(PyObject *module, PyObject *args)
{
    const char *kind;
    PyObject *fields;
    LedgerRecord made;
    (void)module;
    if (!PyArg_ParseTuple(args, "sO!:record", &kind, &PyList_Type, &fields)) {
        return NULL;
    }
    ledger_record_begin(&made, kind);
    ledger_record_add_number(&made, "ppid", process_parent());
    ledger_record_add_number(&made, "start", process_start());
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(fields); i++) {
        const char *key;
        PyObject *text;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(fields, i), "sU:record", &key, &text)) {
            ledger_record_drop(&made);
            return NULL;
        }
        telling_add_text(&made, key, text);
    }
    ledger_record_write(&made);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(follow_processes_doc,
             "follow_processes($module, assignment, library, ways, /)\n--\n\n"
             "Give new processes this variable (\"NAME=text\"), and tell the ledger of them, for these\n"
             "ways of coming to be (cov_cli.measured.settings.WAYS). `library` is the directory of\n"
             "the standard library.");

static PyObject *
follow_processes(PyObject *module, PyObject *args)
{
    PyObject *assignment, *library, *ways;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOO:follow_processes", &assignment, &library, &ways) ||
        following_processes_begin(assignment, library, ways) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(unfollow_processes_doc,
             "unfollow_processes($module, /)\n--\n\nUndo what follow_processes did.");

static PyObject *
unfollow_processes(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    (void)module;
    following_processes_end();
    Py_RETURN_NONE;
}

PyDoc_STRVAR(follow_threads_doc,
             "follow_threads($module, tracer, /)\n--\n\n"
             "Have what new threads run wrapped by the tracer's method `wrap`.");

static PyObject *
follow_threads(PyObject *module, PyObject *tracer)
{
    (void)module;
    return following_threads_begin(tracer) < 0 ? NULL : Py_NewRef(Py_None);
}

PyDoc_STRVAR(unfollow_threads_doc,
             "unfollow_threads($module, /)\n--\n\nUndo what follow_threads did.");

static PyObject *
unfollow_threads(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    (void)module;
    following_threads_end();
    Py_RETURN_NONE;
}

PyDoc_STRVAR(begins_doc,
             "begins($module, frame, /)\n--\n\n"
             "A function begins to run: if it is one of asyncio that starts processes, complete the\n"
             "environment that it was given. For trace functions in Python.");

static PyObject *
begins(PyObject *module, PyObject *frame)
{
    (void)module;
    if (!PyFrame_Check(frame)) {
        PyErr_SetString(PyExc_TypeError, "a frame is wanted");
        return NULL;
    }
    PyCodeObject *code = PyFrame_GetCode((PyFrameObject *)frame);
    (void)asynchronous_begins(code, (PyFrameObject *)frame);
    Py_DECREF(code);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(follow_settrace_doc,
             "follow_settrace($module, journal, ours, /)\n--\n\n"
             "Have the journal told when the program sets a trace function in the place of `ours`, a\n"
             "Tracer or what PyTracer calls its function.");

static PyObject *
follow_settrace(PyObject *module, PyObject *args)
{
    ModuleState *state = PyModule_GetState(module);
    PyObject *journal, *ours;
    if (!PyArg_ParseTuple(args, "O!O:follow_settrace", state->journal_type, &journal, &ours)) {
        return NULL;
    }
    if (displaced_follow((PyTypeObject *)state->tracer_type, journal, ours) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(follow_tool_ids_doc,
             "follow_tool_ids($module, tracer, fallen_back, /)\n--\n\n"
             "Give the tracer's sys.monitoring id to whoever asks for it, and go to another one. If\n"
             "there is none, the tracer becomes a trace function, and `fallen_back` is called.");

static PyObject *
follow_tool_ids(PyObject *module, PyObject *args)
{
    ModuleState *state = PyModule_GetState(module);
    PyObject *tracer, *fallen_back;
    if (!PyArg_ParseTuple(args, "O!O:follow_tool_ids", state->tracer_type, &tracer,
                          &fallen_back) ||
        toolids_follow((Tracer *)tracer, fallen_back) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(unfollow_tool_ids_doc,
             "unfollow_tool_ids($module, /)\n--\n\nGive back what follow_tool_ids took.");

static PyObject *
unfollow_tool_ids(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    (void)module;
    toolids_unfollow();
    Py_RETURN_NONE;
}

PyDoc_STRVAR(unfollow_settrace_doc,
             "unfollow_settrace($module, /)\n--\n\nGive sys.settrace back to the program.");

static PyObject *
unfollow_settrace(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    (void)module;
    displaced_unfollow();
    Py_RETURN_NONE;
}

static int
add_type(PyObject *module, PyType_Spec *spec, PyObject **place, int visible)
{
    *place = PyType_FromModuleAndSpec(module, spec, NULL);
    if (*place == NULL) {
        return -1;
    }
    return visible ? PyModule_AddType(module, (PyTypeObject *)*place) : 0;
}

static int
add_flags(PyObject *module)
{
    static const struct {
        const char *name;
        int value;
    } flags[] = {
        {"UNIT_HANDLER", UNIT_HANDLER},   {"UNIT_WITH_HANDLER", UNIT_WITH_HANDLER},
        {"UNIT_WITH_EXIT", UNIT_WITH_EXIT}, {"UNIT_RAISE", UNIT_RAISE},
        {"UNIT_RERAISE", UNIT_RERAISE},   {"UNIT_YIELD", UNIT_YIELD},
        {"UNIT_RESUMED", UNIT_RESUMED},   {"UNIT_RETURN", UNIT_RETURN},
        {"UNIT_BORROWED", UNIT_BORROWED}, {"UNIT_ITERATES", UNIT_ITERATES},
        {"UNIT_PASSING", UNIT_PASSING},   {"UNIT_FINALLY", UNIT_FINALLY},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (PyModule_AddIntConstant(module, flags[i].name, flags[i].value) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
module_exec(PyObject *module)
{
    ModuleState *state = PyModule_GetState(module);
    state->code_slot = codeslot_capsule();
    if (state->code_slot == NULL) {
        return -1;
    }
    if (add_type(module, &journal_spec, &state->journal_type, 1) < 0 ||
        add_type(module, &tracer_spec, &state->tracer_type, 1) < 0 ||
        add_type(module, &tracedfunction_spec, &state->traced_function_type, 0) < 0 ||
        add_flags(module) < 0 ||
        PyModule_AddStringConstant(module, "CORE", HAVE_MONITORING ? "sysmon" : "ctrace") < 0 ||
        PyModule_AddIntConstant(module, "MAIN_INTERPRETER",
                                PyInterpreterState_Get() == PyInterpreterState_Main()) < 0) {
        return -1;
    }
    return PyModule_AddStringConstant(module, "__version__", COV_TRACER_VERSION);
}

static int
module_traverse(PyObject *module, visitproc visit, void *arg)
{
    ModuleState *state = PyModule_GetState(module);
    Py_VISIT(state->journal_type);
    Py_VISIT(state->tracer_type);
    Py_VISIT(state->traced_function_type);
    Py_VISIT(state->code_slot);
    return 0;
}

static int
module_clear(PyObject *module)
{
    ModuleState *state = PyModule_GetState(module);
    Py_CLEAR(state->journal_type);
    Py_CLEAR(state->tracer_type);
    Py_CLEAR(state->traced_function_type);
    Py_CLEAR(state->code_slot);
    return 0;
}

static void
module_free(void *module)
{
    (void)module_clear(module);
}

PyDoc_STRVAR(real_path_doc,
             "real_path($module, path, known='', /)\n--\n\n"
             "What os.path.realpath says of an absolute path; None: ask it yourself. `known` is what\n"
             "it said of another one: there is no link on the way there.");

static PyObject *
real_path(PyObject *module, PyObject *args)
{
    char resolved[REALPATH_ROOM];
    PyObject *path = NULL, *known = NULL, *result = NULL;
    (void)module;
    if (PyArg_ParseTuple(args, "O&|O&:real_path", PyUnicode_FSConverter, &path,
                         PyUnicode_FSConverter, &known)) {
        const char *before = known == NULL ? "" : PyBytes_AS_STRING(known);
        result = realpath_find(PyBytes_AS_STRING(path), before, resolved) < 0
                     ? Py_NewRef(Py_None)
                     : PyUnicode_DecodeFSDefault(resolved);
        Py_DECREF(path);
        Py_XDECREF(known);
    }
    return result;
}

static PyMethodDef functions[] = {
    {"at_end", at_end, METH_O, at_end_doc},
    {"at_signal", at_signal, METH_VARARGS, at_signal_doc},
    {"begins", begins, METH_O, begins_doc},
    {"code_units", code_units, METH_O, code_units_doc},
    {"crossings", crossings, METH_O, crossings_doc},
    {"follow_processes", follow_processes, METH_VARARGS, follow_processes_doc},
    {"follow_settrace", follow_settrace, METH_VARARGS, follow_settrace_doc},
    {"follow_threads", follow_threads, METH_O, follow_threads_doc},
    {"follow_tool_ids", follow_tool_ids, METH_VARARGS, follow_tool_ids_doc},
    {"keep_ledger", keep_ledger, METH_O, keep_ledger_doc},
    {"real_path", real_path, METH_VARARGS, real_path_doc},
    {"record", record, METH_VARARGS, record_doc},
    {"unfollow_processes", unfollow_processes, METH_NOARGS, unfollow_processes_doc},
    {"unfollow_settrace", unfollow_settrace, METH_NOARGS, unfollow_settrace_doc},
    {"unfollow_threads", unfollow_threads, METH_NOARGS, unfollow_threads_doc},
    {"unfollow_tool_ids", unfollow_tool_ids, METH_NOARGS, unfollow_tool_ids_doc},
    {"with_exits", with_exits, METH_O, with_exits_doc},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, module_exec},
    COV_MODULE_SLOTS {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cov_tracer._tracer",
    .m_doc = "Event sources and the journal, in C.",
    .m_size = sizeof(ModuleState),
    .m_methods = functions,
    .m_slots = slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC
PyInit__tracer(void)
{
    return PyModuleDef_Init(&definition);
}
