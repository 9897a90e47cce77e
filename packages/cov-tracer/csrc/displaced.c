#include "displaced.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journaltype.h"
#include "settrace.h"
#include "trouble.h"

enum {
    PLACES_LIMIT = 20,  /* what one place more would tell nobody reads */
    THREADS_LIMIT = 64, /* displaced at the same time */
    FILE_SIZE = 240,
};

/* Where another trace function took over, and how far what ran since is unknown. */
typedef struct {
    char file[FILE_SIZE];
    int line;
    char until_file[FILE_SIZE];
    int until; /* 0: it never came back */
    int off;   /* it was no other function: tracing was switched off */
    unsigned times, told;
} Place;

typedef struct {
    unsigned long thread;
    int place;
} Displaced;

typedef struct {
    int active; /* else the stand-in only hands on */
    PyTypeObject *tracer_type;
    PyObject *journal_object, *ours;
    PyObject *original, *stand_in;
    Py_tracefunc calls_python; /* the C trace function behind sys.settrace, once it was seen */
    CovLock lock; /* of what follows */
    Place places[PLACES_LIMIT];
    int place_count;
    unsigned elsewhere; /* displacements at further places */
    Displaced threads[THREADS_LIMIT];
    int thread_count;
} Watch;

static const char watch_name[] = "cov_tracer.displaced";

static PyObject *
interpreter_dict(void)
{
    return PyInterpreterState_GetDict(PyInterpreterState_Get()); /* borrowed; NULL: no memory */
}

/* This interpreter's, or NULL. No exception is set. */
static Watch *
find_watch(void)
{
    PyObject *dict = interpreter_dict();
    PyObject *capsule = dict == NULL ? NULL : PyDict_GetItemString(dict, watch_name);
    return capsule == NULL ? NULL : PyCapsule_GetPointer(capsule, watch_name);
}

static int
is_in_c(const Watch *watch)
{
    return Py_IS_TYPE(watch->ours, watch->tracer_type);
}

static int
is_ours_now(const Watch *watch)
{
    return PyThreadState_Get()->c_traceobj == watch->ours;
}

static Journal *
journal_of(const Watch *watch)
{
    return ((JournalObject *)watch->journal_object)->journal;
}

static void
copy_name(char *target, const char *text)
{
    size_t length = strlen(text);
    if (length >= FILE_SIZE) {
        text += length - FILE_SIZE + 1; /* the end of a path tells more than its beginning */
        while (((unsigned char)*text & 0xC0) == 0x80) {
            text++;
        }
    }
    snprintf(target, FILE_SIZE, "%s", text);
}

static void
tell(Watch *watch, Place *place)
{
    char about[FILE_SIZE + 32], text[2 * FILE_SIZE + 160];
    char until[FILE_SIZE + 32] = "from then on", times[24] = "";
    if (place->until > 0) {
        int same = strcmp(place->file, place->until_file) == 0;
        snprintf(until, sizeof until, "until line %d%s%s", place->until, same ? "" : " of ",
                 same ? "" : place->until_file);
    }
    if (place->times > 1) {
        snprintf(times, sizeof times, " (%u times)", place->times);
    }
    snprintf(about, sizeof about, "displaced %s:%d", place->file, place->line);
    snprintf(text, sizeof text, "%s: after line %d %s %s is unknown%s", place->file, place->line,
             place->off ? "the trace function was taken away; what ran"
                        : "another trace function took over; what was called or traced by it",
             until, times);
    trouble_tell(journal_of(watch), about, text);
    place->told = place->times;
}

/* The file of a frame if it is measured, or NULL. Valid as long as the frame's code. */
static const char *
measured_file(const Watch *watch, PyFrameObject *frame, PyCodeObject *code)
{
    if (is_in_c(watch)) {
        return settrace_file_of((Tracer *)watch->ours, code);
    }
    PyObject *local = PyObject_GetAttrString((PyObject *)frame, "f_trace");
    int traced = local != NULL && local != Py_None;
    Py_XDECREF(local);
    return traced ? PyUnicode_AsUTF8(code->co_filename) : NULL;
}

/* The innermost line of measured code that this thread is at, or any line if there is none. */
static int
where(const Watch *watch, char *file)
{
    int line = 0;
    PyFrameObject *frame = PyEval_GetFrame();
    Py_XINCREF(frame);
    for (int found = 0; frame != NULL && !found;) {
        PyCodeObject *code = PyFrame_GetCode(frame);
        const char *name = measured_file(watch, frame, code);
        found = name != NULL;
        if (name == NULL && line == 0) {
            PyErr_Clear();
            name = PyUnicode_AsUTF8(code->co_filename);
        }
        PyErr_Clear();
        if (name != NULL) {
            line = PyFrame_GetLineNumber(frame);
            copy_name(file, name);
        }
        Py_DECREF(code);
        PyFrameObject *back = PyFrame_GetBack(frame);
        Py_DECREF(frame);
        frame = back;
    }
    Py_XDECREF(frame);
    return line;
}

static int
place_at(Watch *watch, const char *file, int line, int off)
{
    for (int i = 0; i < watch->place_count; i++) {
        const Place *place = &watch->places[i];
        if (place->line == line && place->off == off && strcmp(place->file, file) == 0) {
            return i;
        }
    }
    if (watch->place_count == PLACES_LIMIT) {
        watch->elsewhere++;
        return -1;
    }
    Place *place = &watch->places[watch->place_count];
    snprintf(place->file, FILE_SIZE, "%s", file);
    place->line = line;
    place->off = off;
    return watch->place_count++;
}

/* The place where this thread was displaced, which is forgotten: or -1. */
static int
take_thread(Watch *watch)
{
    unsigned long thread = PyThread_get_thread_ident();
    for (int i = 0; i < watch->thread_count; i++) {
        if (watch->threads[i].thread == thread) {
            int place = watch->threads[i].place;
            watch->threads[i] = watch->threads[--watch->thread_count];
            return place;
        }
    }
    return -1;
}

static void
note_taken(Watch *watch, int off)
{
    char file[FILE_SIZE] = "";
    int line = where(watch, file);
    if (line <= 0) {
        return;
    }
    cov_lock(&watch->lock);
    int number = place_at(watch, file, line, off);
    if (number >= 0) {
        Place *place = &watch->places[number];
        if (place->times++ == 0) {
            tell(watch, place);
        }
        (void)take_thread(watch);
        if (watch->thread_count < THREADS_LIMIT) {
            watch->threads[watch->thread_count].thread = PyThread_get_thread_ident();
            watch->threads[watch->thread_count++].place = number;
        }
    }
    cov_unlock(&watch->lock);
}

/* `number` is the place where this thread was displaced. */
static void
note_back(Watch *watch, int number)
{
    char file[FILE_SIZE] = "";
    int line = where(watch, file);
    if (line <= 0) {
        return;
    }
    cov_lock(&watch->lock);
    Place *place = &watch->places[number];
    int later = strcmp(place->until_file, file) == 0 && place->until < line;
    if (place->until == 0 || later) {
        place->until = line;
        snprintf(place->until_file, FILE_SIZE, "%s", file);
        tell(watch, place);
    }
    cov_unlock(&watch->lock);
}

/* Tracing ends altogether in a thread that was displaced. */
static void
note_end(Watch *watch)
{
    cov_lock(&watch->lock);
    int number = take_thread(watch);
    cov_unlock(&watch->lock);
    if (number >= 0) {
        note_back(watch, number);
    }
}

/* Whether this thread was displaced, as far as was noticed, and whoever displaced us has frames tell
 * their `f_trace`. */
static int
is_known_displaced(Watch *watch)
{
    unsigned long thread = PyThread_get_thread_ident();
    int known = 0;
    cov_lock(&watch->lock);
    for (int i = 0; i < watch->thread_count; i++) {
        known |= watch->threads[i].thread == thread;
    }
    cov_unlock(&watch->lock);
    Py_tracefunc now = PyThreadState_Get()->c_tracefunc;
    return known && now != NULL && now == watch->calls_python;
}

/* What a tracer in Python knows of the active frames is out of date. */
static void
resume_in_python(PyObject *function)
{
    PyObject *tracer = PyObject_GetAttrString(function, "__self__");
    PyObject *done = tracer == NULL ? NULL : PyObject_CallMethod(tracer, "resumed", NULL);
    Py_XDECREF(tracer);
    Py_XDECREF(done);
    PyErr_Clear();
}

/* sys.settrace(what sys.gettrace() gave): we are back, with all that belongs to a C function. */
static PyObject *
come_back(Watch *watch)
{
    int was_ours = is_ours_now(watch);
    int known = is_known_displaced(watch);
    cov_lock(&watch->lock);
    int number = take_thread(watch);
    cov_unlock(&watch->lock);
    if (is_in_c(watch)) {
        if (!was_ours && !known) {
            settrace_doubt((Tracer *)watch->ours);
        }
        (was_ours ? settrace_start : settrace_resume)((Tracer *)watch->ours);
    }
    else {
        PyObject *done = PyObject_CallOneArg(watch->original, watch->ours);
        if (done == NULL) {
            return NULL;
        }
        Py_DECREF(done);
        if (number >= 0) {
            resume_in_python(watch->ours);
        }
    }
    if (number >= 0) {
        note_back(watch, number);
    }
    Py_RETURN_NONE;
}

/* The frames of this thread that are measured go on telling us, whoever gets the calls; unless
 * tracing is `off`. */
static void
stay(Watch *watch, int was_ours, int known, int off)
{
    if (is_in_c(watch)) {
        Tracer *tracer = (Tracer *)watch->ours;
        if (off || !known) {
            settrace_doubt(tracer);
        }
        if (!off) {
            settrace_stay(tracer, was_ours ? SEEN_BY_US : known ? SEEN_BY_OTHERS : SEEN_BY_NOBODY);
        }
    }
    else if (!off && PyThreadState_Get()->c_traceobj == NULL) {
        resume_in_python(watch->ours);
    }
}

static PyObject *
settrace(PyObject *module, PyObject *function)
{
    Watch *watch = find_watch();
    (void)module;
    if (watch == NULL) {
        Py_RETURN_NONE; /* the interpreter is being taken down: nothing is traced any more */
    }
    if (!watch->active) {
        return PyObject_CallOneArg(watch->original, function);
    }
    if (function == watch->ours) {
        return come_back(watch);
    }
    int was_ours = is_ours_now(watch), known = is_known_displaced(watch);
    int off = function == Py_None;
    stay(watch, was_ours, known, off); /* before theirs could see it */
    PyObject *result = PyObject_CallOneArg(watch->original, function);
    if (result != NULL && !off) {
        watch->calls_python = PyThreadState_Get()->c_tracefunc;
    }
    int ends = known && off;
    if (result != NULL && ends) {
        note_end(watch);
    }
    if (result != NULL && (was_ours || ends)) {
        note_taken(watch, off);
    }
    return result;
}

/* What was passed again since it was told or did not end, and how much was not told at all. */
static void
tell_the_rest(Watch *watch)
{
    char text[120];
    for (int i = 0; i < watch->thread_count; i++) {
        Place *place = &watch->places[watch->threads[i].place];
        place->told = place->until == 0 ? place->told : 0;
        place->until = 0;
    }
    for (int i = 0; i < watch->place_count; i++) {
        if (watch->places[i].told != watch->places[i].times) {
            tell(watch, &watch->places[i]);
        }
    }
    if (watch->elsewhere > 0) {
        snprintf(text, sizeof text,
                 "other trace functions took over %u times at further places; what ran then is "
                 "unknown",
                 watch->elsewhere);
        trouble_tell(journal_of(watch), "displaced", text);
    }
    watch->elsewhere = 0;
}

static void
free_watch(Watch *watch)
{
    Py_XDECREF(watch->tracer_type);
    Py_XDECREF(watch->journal_object);
    Py_XDECREF(watch->ours);
    Py_XDECREF(watch->original);
    Py_XDECREF(watch->stand_in);
    free(watch);
}

static void
destroy(PyObject *capsule)
{
    Watch *watch = PyCapsule_GetPointer(capsule, watch_name);
    if (watch != NULL) {
        if (watch->active) {
            tell_the_rest(watch);
        }
        free_watch(watch);
    }
}

/* Everything about it is the original's, but for what it does: its help is taken from there when
 * it is first made, the same text in every interpreter. */
static PyMethodDef definition = {"settrace", settrace, METH_O, NULL};

static PyObject *
make_stand_in(PyObject *original)
{
    PyObject *module = PyCFunction_GET_SELF(original);
    PyObject *name = PyObject_GetAttrString(original, "__module__");
    definition.ml_doc = ((PyCFunctionObject *)original)->m_ml->ml_doc;
    PyObject *made = name == NULL ? NULL : PyCFunction_NewEx(&definition, module, name);
    Py_XDECREF(name);
    return made;
}

/* Takes over the reference to `original`. */
static int
install(PyTypeObject *tracer_type, PyObject *journal_object, PyObject *ours, PyObject *original)
{
    PyObject *dict = interpreter_dict();
    Watch *watch = calloc(1, sizeof *watch);
    PyObject *capsule = watch == NULL ? NULL : PyCapsule_New(watch, watch_name, destroy);
    if (capsule == NULL || dict == NULL) {
        Py_XDECREF(capsule); /* frees the watch */
        if (capsule == NULL) {
            free(watch);
        }
        Py_DECREF(original);
        PyErr_NoMemory();
        return -1;
    }
    watch->tracer_type = (PyTypeObject *)Py_NewRef((PyObject *)tracer_type);
    watch->journal_object = Py_NewRef(journal_object);
    watch->ours = Py_NewRef(ours);
    watch->original = original;
    watch->stand_in = make_stand_in(original);
    int result = watch->stand_in == NULL || PyDict_SetItemString(dict, watch_name, capsule) < 0 ||
                         PySys_SetObject("settrace", watch->stand_in) < 0
                     ? -1
                     : 0;
    watch->active = result == 0;
    Py_DECREF(capsule);
    return result;
}

int
displaced_follow(PyTypeObject *tracer_type, PyObject *journal_object, PyObject *ours)
{
    displaced_unfollow();
    PyObject *original = PySys_GetObject("settrace"); /* borrowed */
    if (original == NULL || !PyCFunction_CheckExact(original) ||
        PyCFunction_GET_FLAGS(original) != METH_O) {
        return 0; /* somebody else stands there already */
    }
    return install(tracer_type, journal_object, ours, Py_NewRef(original));
}

void
displaced_unfollow(void)
{
    Watch *watch = find_watch();
    if (watch == NULL || !watch->active) {
        return;
    }
    watch->active = 0;
    tell_the_rest(watch);
    if (PySys_GetObject("settrace") == watch->stand_in) {
        (void)PySys_SetObject("settrace", watch->original);
    }
}

static void
forget_thread(Watch *watch)
{
    cov_lock(&watch->lock);
    (void)take_thread(watch);
    cov_unlock(&watch->lock);
}

void
displaced_thread_begins(void)
{
    Watch *watch = find_watch();
    if (watch != NULL) {
        forget_thread(watch); /* its number may have been another one's */
    }
}
