/* Every difference between the versions of CPython that this extension knows of.
 *
 * What: all the `#if`s on versions and builds, so that no other file needs one.
 * Evidence: Include/opcode.h and Python/bytecodes.c of each version; tests/tracer holds it. */
#ifndef COV_PYCOMPAT_H
#define COV_PYCOMPAT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <frameobject.h>
#include <opcode.h>

/* sys.monitoring exists from 3.12; one BRANCH event until 3.13, one per direction from 3.14. */
#define HAVE_MONITORING (PY_VERSION_HEX >= 0x030C0000)
#define HAVE_BRANCH_SIDES (PY_VERSION_HEX >= 0x030E0000)

/* From 3.14 on, giving a tool id back clears all that was set for it. */
#define HAVE_TOOL_CLEARING (PY_VERSION_HEX >= 0x030E0000)

/* `async for` reports its two ways as branch events from 3.14. */
#define HAVE_ASYNC_FOR_BRANCHES (PY_VERSION_HEX >= 0x030E0000)

/* Before 3.12 a generator goes on without a call event when what it delegates to ends by a throw. */
#define HAVE_UNCALLED_RESUMES (PY_VERSION_HEX < 0x030C0000)

#if PY_VERSION_HEX < 0x030C0000
#define PyUnstable_Eval_RequestCodeExtraIndex _PyEval_RequestCodeExtraIndex
#define PyUnstable_Code_GetExtra _PyCode_GetExtra
#define PyUnstable_Code_SetExtra _PyCode_SetExtra
#endif

/* Set a trace function in every thread of the interpreter; before 3.12 in this one. */
#if PY_VERSION_HEX >= 0x030C0000
#define trace_all_threads(function, object) PyEval_SetTraceAllThreads(function, object)
#else
#define trace_all_threads(function, object) PyEval_SetTrace(function, object)
#endif

#if PY_VERSION_HEX < 0x030D0000
/* Look a key up: 1 and a new reference, or 0 or -1 and NULL. */
static inline int
PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **found)
{
    *found = Py_XNewRef(PyDict_GetItemWithError(dict, key));
    return *found != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}

#define PyObject_GetOptionalAttr(object, name, found) _PyObject_LookupAttr(object, name, found)
#endif

/* The state of this thread if it may use Python right now, or NULL. Nothing is waited for. */
static inline PyThreadState *
attached_thread(void)
{
#if PY_VERSION_HEX >= 0x030D0000
    return PyThreadState_GetUnchecked();
#elif PY_VERSION_HEX >= 0x030C0000
    return _PyThreadState_UncheckedGet();
#else
    PyThreadState *state = _PyThreadState_UncheckedGet(); /* of whatever thread runs Python */
    return state != NULL && state == PyGILState_GetThisThreadState() ? state : NULL;
#endif
}

/* A local variable, which must be in use: a new reference, or NULL without an exception. */
static inline PyObject *
frame_variable(PyFrameObject *frame, const char *name)
{
#if PY_VERSION_HEX >= 0x030C0000
    PyObject *value = PyFrame_GetVarString(frame, name);
#else
    PyObject *locals = PyFrame_GetLocals(frame);
    PyObject *value = locals == NULL ? NULL : PyMapping_GetItemString(locals, name);
    Py_XDECREF(locals);
#endif
    if (value == NULL) {
        PyErr_Clear();
    }
    return value;
}

/* Where there is no GIL, a lock of our own orders the first facts. With a GIL it is nothing. */
#ifdef Py_GIL_DISABLED
typedef PyMutex CovLock;
#define cov_lock(lock) PyMutex_Lock(lock)
#define cov_unlock(lock) PyMutex_Unlock(lock)
#define LOCKS_ARE_REAL 1
#else
typedef char CovLock;
#define cov_lock(lock) ((void)(lock))
#define cov_unlock(lock) ((void)(lock))
#define LOCKS_ARE_REAL 0
#endif

/* Slots of a module that is safe in several interpreters and without the GIL. */
#if PY_VERSION_HEX >= 0x030D0000
#define COV_MODULE_SLOTS                                                                           \
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},                          \
        {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#elif PY_VERSION_HEX >= 0x030C0000
#define COV_MODULE_SLOTS {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#else
#define COV_MODULE_SLOTS
#endif

/* The bytecode of a code object as bytes, without specialisations: a new reference. CPython keeps
 * what it makes for that with the code object, as long as that lives. Nobody asked for it but us, so
 * it is taken away again; not without the GIL, where somebody may be about to use it. */
static inline PyObject *
code_bytes(PyCodeObject *code)
{
#ifdef Py_GIL_DISABLED
    return PyCode_GetCode(code);
#elif PY_VERSION_HEX >= 0x030C0000
    int known = code->_co_cached != NULL && code->_co_cached->_co_code != NULL;
    PyObject *bytes = PyCode_GetCode(code);
    if (!known && code->_co_cached != NULL) {
        Py_CLEAR(code->_co_cached->_co_code);
    }
    return bytes;
#else
    int known = code->_co_code != NULL;
    PyObject *bytes = PyCode_GetCode(code);
    if (!known) {
        Py_CLEAR(code->_co_code);
    }
    return bytes;
#endif
}

/* Units of RESUME, the instruction that begins every body, with its inline cache. */
#define RESUME_UNITS (PY_VERSION_HEX >= 0x030F0000 ? 2 : 1)

/* What an instruction does to the flow of control inside its code object. */
typedef enum {
    OP_PLAIN,       /* goes on to the next one */
    OP_NOTHING,     /* does nothing at all and starts no line (CACHE, RESUME and their like) */
    OP_CONDITIONAL, /* one of two ways: next, or `arg` units forward */
    OP_CONDITIONAL_BACKWARD,
    OP_FORWARD, /* always jumps */
    OP_BACKWARD,
    OP_RETURN,
    OP_RAISE,   /* the statement `raise` */
    OP_RERAISE, /* goes on raising what was caught */
    OP_END_ASYNC_FOR,
} OpcodeFlow;

/* A table, since it is asked for each instruction several times. Not there: OP_PLAIN. */
static inline OpcodeFlow
opcode_flow(int opcode)
{
    static const uint8_t flows[256] = {
        [CACHE] = OP_NOTHING,
        [RESUME] = OP_NOTHING,
#ifdef END_FOR
        [END_FOR] = OP_NOTHING,
#endif
#ifdef END_SEND
        [END_SEND] = OP_NOTHING,
#endif
#ifdef NOT_TAKEN
        [NOT_TAKEN] = OP_NOTHING,
#endif
#ifdef POP_ITER
        [POP_ITER] = OP_NOTHING,
#endif
#ifdef POP_JUMP_IF_FALSE
        [POP_JUMP_IF_FALSE] = OP_CONDITIONAL,
        [POP_JUMP_IF_TRUE] = OP_CONDITIONAL,
        [POP_JUMP_IF_NONE] = OP_CONDITIONAL,
        [POP_JUMP_IF_NOT_NONE] = OP_CONDITIONAL,
#endif
#ifdef POP_JUMP_FORWARD_IF_FALSE
        [POP_JUMP_FORWARD_IF_FALSE] = OP_CONDITIONAL,
        [POP_JUMP_FORWARD_IF_TRUE] = OP_CONDITIONAL,
        [POP_JUMP_FORWARD_IF_NONE] = OP_CONDITIONAL,
        [POP_JUMP_FORWARD_IF_NOT_NONE] = OP_CONDITIONAL,
        [JUMP_IF_FALSE_OR_POP] = OP_CONDITIONAL,
        [JUMP_IF_TRUE_OR_POP] = OP_CONDITIONAL,
#endif
        [FOR_ITER] = OP_CONDITIONAL,
#ifdef POP_JUMP_BACKWARD_IF_FALSE
        [POP_JUMP_BACKWARD_IF_FALSE] = OP_CONDITIONAL_BACKWARD,
        [POP_JUMP_BACKWARD_IF_TRUE] = OP_CONDITIONAL_BACKWARD,
        [POP_JUMP_BACKWARD_IF_NONE] = OP_CONDITIONAL_BACKWARD,
        [POP_JUMP_BACKWARD_IF_NOT_NONE] = OP_CONDITIONAL_BACKWARD,
#endif
        [JUMP_FORWARD] = OP_FORWARD,
        [SEND] = OP_FORWARD, /* the way it goes when what it awaits is done */
        [JUMP_BACKWARD] = OP_BACKWARD,
        [JUMP_BACKWARD_NO_INTERRUPT] = OP_BACKWARD,
        [RETURN_VALUE] = OP_RETURN,
#ifdef RETURN_CONST
        [RETURN_CONST] = OP_RETURN,
#endif
        [RAISE_VARARGS] = OP_RAISE,
        [RERAISE] = OP_RERAISE,
        [END_ASYNC_FOR] = OP_END_ASYNC_FOR,
    };
    return opcode < 0 ? OP_PLAIN : (OpcodeFlow)flows[opcode];
}

/* What a conditional jump asks: the same number for all that jump on the same answer, its negative
 * for those that jump on the opposite one; 0 for what is none. */
static inline int
opcode_condition(int opcode)
{
    switch (opcode) {
    case FOR_ITER:
        return 1;
#ifdef POP_JUMP_IF_FALSE
    case POP_JUMP_IF_TRUE:
        return 2;
    case POP_JUMP_IF_FALSE:
        return -2;
    case POP_JUMP_IF_NONE:
        return 3;
    case POP_JUMP_IF_NOT_NONE:
        return -3;
#endif
#ifdef POP_JUMP_FORWARD_IF_FALSE
    case POP_JUMP_FORWARD_IF_TRUE:
    case POP_JUMP_BACKWARD_IF_TRUE:
        return 2;
    case POP_JUMP_FORWARD_IF_FALSE:
    case POP_JUMP_BACKWARD_IF_FALSE:
        return -2;
    case POP_JUMP_FORWARD_IF_NONE:
    case POP_JUMP_BACKWARD_IF_NONE:
        return 3;
    case POP_JUMP_FORWARD_IF_NOT_NONE:
    case POP_JUMP_BACKWARD_IF_NOT_NONE:
        return -3;
    case JUMP_IF_TRUE_OR_POP:
        return 4;
    case JUMP_IF_FALSE_OR_POP:
        return 5;
#endif
    default:
        return 0;
    }
}

/* The same instruction for what owns what it loads: from 3.14 on the compiler may borrow it. */
static inline int
opcode_owning(int opcode)
{
    switch (opcode) {
#ifdef LOAD_FAST_BORROW
    case LOAD_FAST_BORROW:
        return LOAD_FAST;
    case LOAD_FAST_BORROW_LOAD_FAST_BORROW:
        return LOAD_FAST_LOAD_FAST;
#endif
    default:
        return opcode;
    }
}

/* Loads None (or another constant), as on leaving a `with` block. */
static inline int
opcode_loads_constant(int opcode)
{
#ifdef LOAD_COMMON_CONSTANT
    return opcode == LOAD_CONST || opcode == LOAD_COMMON_CONSTANT;
#else
    return opcode == LOAD_CONST;
#endif
}

/* Puts what was computed before somewhere: of all statements only `case x` begins so. */
static inline int
opcode_stores(int opcode)
{
    switch (opcode) {
    case STORE_NAME:
    case STORE_FAST:
    case STORE_GLOBAL:
    case STORE_DEREF:
    case UNPACK_SEQUENCE:
    case UNPACK_EX:
    case SWAP:
#ifdef STORE_FAST_STORE_FAST
    case STORE_FAST_STORE_FAST:
    case STORE_FAST_LOAD_FAST:
#endif
        return 1;
    default:
        return 0;
    }
}

/* May raise, and ends a statement: no value stays on the stack. */
static inline int
opcode_leaves_nothing(int opcode)
{
    switch (opcode) {
    case DELETE_ATTR:
    case DELETE_SUBSCR:
    case STORE_ATTR:
    case STORE_SUBSCR:
#ifdef STORE_SLICE
    case STORE_SLICE:
#endif
        return 1;
    default:
        return 0;
    }
}

/* Never raises: it moves what is there already. */
static inline int
opcode_is_harmless(int opcode)
{
    switch (opcode) {
    case COPY:
    case DELETE_DEREF: /* at the end of `except X as e`; a `del` as a whole body is rare */
    case DELETE_FAST:
    case DELETE_GLOBAL:
    case DELETE_NAME:
    case EXTENDED_ARG:
    case LOAD_CONST:
    case LOAD_FAST:
    case NOP:
    case POP_EXCEPT:
    case POP_TOP:
    case PUSH_EXC_INFO:
    case PUSH_NULL:
#ifdef LOAD_FAST_BORROW
    case LOAD_FAST_BORROW:
    case LOAD_FAST_BORROW_LOAD_FAST_BORROW:
#endif
#ifdef LOAD_FAST_LOAD_FAST
    case LOAD_FAST_LOAD_FAST:
#endif
#ifdef LOAD_COMMON_CONSTANT
    case LOAD_COMMON_CONSTANT:
#endif
#ifdef LOAD_SMALL_INT
    case LOAD_SMALL_INT:
#endif
        return 1;
    default:
        return opcode_stores(opcode);
    }
}

/* Of those that always jump: is a JUMP event told? */
static inline int
opcode_has_jump_event(int opcode)
{
    return opcode == JUMP_FORWARD || opcode == JUMP_BACKWARD;
}

/* How many units of what ends a loop FOR_ITER jumps over when there is no next value: END_FOR, and in
 * 3.13 the POP_TOP behind it. */
#if !defined(END_FOR)
enum { FOR_ITER_SKIPS = 0 };
#elif PY_VERSION_HEX >= 0x030D0000 && PY_VERSION_HEX < 0x030E0000
enum { FOR_ITER_SKIPS = 2 };
#else
enum { FOR_ITER_SKIPS = 1 };
#endif

/* Ends a loop, and starts no line even where one begins. */
static inline int
opcode_ends_loop(int opcode)
{
    switch (opcode) {
    case END_ASYNC_FOR:
#ifdef END_FOR
    case END_FOR:
#endif
#ifdef POP_ITER
    case POP_ITER:
#endif
        return HAVE_MONITORING;
    default:
        return 0;
    }
}

/* Looks whether an exception says that something which is awaited has ended, else lets it go on. */
static inline int
opcode_passes_awaited(int opcode)
{
#ifdef CLEANUP_THROW
    return opcode == END_ASYNC_FOR || opcode == CLEANUP_THROW;
#else
    return opcode == END_ASYNC_FOR;
#endif
}

/* Drops what was awaited once it is done, an instruction of its own from 3.12 on. */
static inline int
opcode_ends_await(int opcode)
{
#ifdef END_SEND
    return opcode == END_SEND;
#else
    (void)opcode;
    return 0;
#endif
}

/* Loads what a failing `assert` raises. */
static inline int
opcode_loads_assertion_error(int opcode, int argument)
{
#ifdef LOAD_COMMON_CONSTANT
    return opcode == LOAD_COMMON_CONSTANT && argument == 0;
#else
    (void)argument;
    return opcode == LOAD_ASSERTION_ERROR;
#endif
}

/* Until 3.11 what the compiler adds at the end of a block, `return None` or the end of a `finally`,
 * may have the line of a neighbour, run or not. */
#define HAVE_BORROWED_LINES (PY_VERSION_HEX < 0x030C0000)

/* From 3.13 on the NOP that ends what a `with` or a `try` protects may have the line of the
 * statement before it, though some come there that went round that statement. */
#define HAVE_BORROWED_ENDS (PY_VERSION_HEX >= 0x030D0000)

/* 3.11 prepares a call with an instruction of its own. */
static inline int
opcode_prepares_call(int opcode)
{
#ifdef PRECALL
    return opcode == PRECALL;
#else
    (void)opcode;
    return 0;
#endif
}

#endif
