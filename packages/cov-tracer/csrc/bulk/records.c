#include "records.h"

#include <string.h>

enum { OF_CONTEXT = 1, OF_SERIES, OF_LINE, OF_JUMP, OF_INFO, OF_STAMP, OF_PAD = 255 };
enum { RECORD = 16, LAST_LINE = (1 << 27) - 1, LAST_BYTE = LAST_LINE / 8 };

#define BY_KIND 0x9E3779B1u
#define BY_A 0x85EBCA77u
#define BY_B 0xC2B2AE3Du
#define BY_C 0x27D4EB2Fu

/* What there is besides the size of a record that was read. */
enum { CUT_OFF = 0, FAILED = -1 };

typedef struct {
    uint8_t kind, sub;
    uint16_t check;
    uint32_t a;
    int32_t b, c;
} Record;

typedef struct {
    const uint8_t *data;
    size_t end;
    int swapped;
    Groups groups;       /* series by number */
    PyObject *names;     /* list: path and context of groups.items[0], of the next, … */
    PyObject *contexts;  /* dict: number -> text */
    PyObject *stamps;    /* set of (path, (number, number)) */
    PyObject *infos;     /* list of (key, text) */
    PyObject *texts;     /* borrowed; dict: bytes -> (hash, text) */
    Py_ssize_t damaged, cut;
} Reading;

static uint32_t
other_order(uint32_t x)
{
    return x >> 24 | (x >> 8 & 0xFF00) | (x << 8 & 0xFF0000) | x << 24;
}

static inline Record
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

/* Whether the check is right; `text_hash` is 0 for records that have no text. */
static inline int
check_holds(const Record *record, uint32_t text_hash)
{
    uint32_t h = (record->kind + 256u * record->sub) * BY_KIND + record->a * BY_A +
                 (uint32_t)record->b * BY_B + (uint32_t)record->c * BY_C;
    h ^= text_hash;
    return record->check == (uint16_t)(h >> 16 ^ h);
}

/* Take a fact: 1 if it is one, 0 if it is damaged, -1 without memory. */
static inline int
take(Group *group, const Record *record)
{
    if (group == NULL || record->sub != 0 || !check_holds(record, 0)) {
        return 0;
    }
    if (record->kind == OF_JUMP) {
        return keys_add(&group->pairs, pair_key(record->b, record->c)) < 0 ? -1 : 1;
    }
    if (record->b < 0 || record->b > LAST_LINE || record->c != 0) {
        return 0;
    }
    return bits_add(&group->lines, record->b) < 0 ? -1 : 1;
}

/* Take lines of one series, in a row and in this machine's byte order: most records are such. Where
 * the first stands that is none, or that the bitmap has no room for. */
static size_t
take_lines(const Reading *reading, size_t position, Group *group)
{
    const uint32_t number = (uint32_t)group->number, begin = OF_LINE * BY_KIND + number * BY_A;
    const size_t room = group->lines.capacity < LAST_BYTE ? group->lines.capacity : LAST_BYTE;
    uint8_t *bytes = group->lines.bytes;
    size_t place = 0;
    uint8_t byte = room > 0 ? bytes[0] : 0; /* bytes[place]: the next line is often in it, too */
    const uint8_t *next = reading->data + position, *end = reading->data + reading->end;
    for (; end - next >= RECORD; next += RECORD) {
        uint16_t check;
        uint32_t a, line, c;
        memcpy(&check, next + 2, sizeof check);
        memcpy(&a, next + 4, sizeof a);
        memcpy(&line, next + 8, sizeof line);
        memcpy(&c, next + 12, sizeof c);
        uint32_t h = begin + line * BY_B;
        size_t at = line / 8;
        if (next[0] != OF_LINE || (next[1] | (a ^ number) | c) != 0 || at >= room ||
            check != (uint16_t)(h >> 16 ^ h)) {
            break;
        }
        if (at != place) {
            bytes[place] = byte;
            place = at;
            byte = bytes[at];
        }
        byte |= (uint8_t)(1 << line % 8);
    }
    if (room > 0) {
        bytes[place] = byte;
    }
    return (size_t)(next - reading->data);
}

/* Take facts as long as there are any; where they end, or FAILED. */
static Py_ssize_t
take_facts(Reading *reading, size_t position)
{
    Group *group = NULL; /* facts of one series come together */
    for (; reading->end - position >= RECORD; position += RECORD) {
        Record record = record_at(reading->data + position, reading->swapped);
        if (record.kind == 0) {
            continue;
        }
        if (record.kind != OF_LINE && record.kind != OF_JUMP) {
            break;
        }
        if (group == NULL || group->number != record.a) {
            group = groups_find(&reading->groups, record.a);
        }
        int taken = take(group, &record);
        if (taken < 0) {
            PyErr_NoMemory();
            return FAILED;
        }
        reading->damaged += !taken;
        if (taken && record.kind == OF_LINE && !reading->swapped) {
            position = take_lines(reading, position + RECORD, group) - RECORD;
        }
    }
    return (Py_ssize_t)position;
}

static uint32_t
hash_of(const uint8_t *text, size_t length)
{
    uint32_t hash = 0x811C9DC5u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ text[i]) * 0x01000193u;
    }
    return hash;
}

static PyObject *
decoded(const char *text, Py_ssize_t length)
{
    PyObject *found = PyUnicode_DecodeUTF8(text, length, "surrogatepass");
    if (found == NULL && PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) {
        PyErr_Clear();
        found = PyUnicode_DecodeUTF8(text, length, "backslashreplace");
    }
    return found;
}

/* The text of a path or a context, which was met before as often as not. A new reference. */
static PyObject *
remembered(PyObject *texts, const char *text, Py_ssize_t length, uint32_t hash)
{
    PyObject *known = NULL, *found = NULL, *key = PyBytes_FromStringAndSize(text, length);
    if (key == NULL || PyDict_GetItemRef(texts, key, &known) < 0) {
        goto done;
    }
    if (known != NULL && PyTuple_Check(known) && PyTuple_GET_SIZE(known) == 2) {
        found = Py_NewRef(PyTuple_GET_ITEM(known, 1));
        goto done;
    }
    found = decoded(text, length);
    Py_XSETREF(known, found == NULL ? NULL : Py_BuildValue("(IO)", (unsigned int)hash, found));
    if (known == NULL || PyDict_SetItem(texts, key, known) < 0) {
        Py_CLEAR(found);
    }
done:
    Py_XDECREF(key);
    Py_XDECREF(known);
    return found;
}

/* Put `value`, to which it takes over the reference, under a number that has none yet. */
static int
put_first(PyObject *dict, uint32_t number, PyObject *value)
{
    PyObject *key = PyLong_FromUnsignedLong(number);
    int failed = key == NULL || value == NULL || PyDict_SetDefault(dict, key, value) == NULL;
    Py_XDECREF(key);
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

/* The label of a context; NULL, maybe with an exception, if there is none. A new reference. */
static PyObject *
context_of(const Reading *reading, int32_t number)
{
    PyObject *found = NULL, *key = PyLong_FromLong(number);
    if (key != NULL) {
        PyDict_GetItemRef(reading->contexts, key, &found);
        Py_DECREF(key);
    }
    return found;
}

/* Add a series, unless its number is taken. */
static int
define_series(Reading *reading, uint32_t number, PyObject *path, PyObject *context)
{
    size_t before = reading->groups.count;
    if (groups_get(&reading->groups, number) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (reading->groups.count == before) {
        return 0;
    }
    return PyList_Append(reading->names, path) < 0 ? -1 : PyList_Append(reading->names, context);
}

static int
define(Reading *reading, const Record *record, PyObject *text, PyObject *context)
{
    if (record->kind == OF_CONTEXT) {
        return put_first(reading->contexts, record->a, Py_NewRef(text));
    }
    if (record->kind == OF_SERIES) {
        return define_series(reading, record->a, text, context);
    }
    PyObject *info = Py_BuildValue("(iO)", record->sub, text);
    int failed = info == NULL ? -1 : PyList_Append(reading->infos, info);
    Py_XDECREF(info);
    return failed;
}

/* Whether the fields are those of a record with text. */
static int
makes_sense(const Record *record)
{
    switch (record->kind) {
    case OF_CONTEXT:
        return record->c >= 0 && record->sub == 0 && record->a > 0 && record->b == 0;
    case OF_SERIES: /* its context is looked up by the caller */
        return record->c >= 0 && record->sub == 0 && record->a > 0;
    case OF_INFO:
        return record->c >= 0 && record->a == 0 && record->b == 0;
    default:
        return 0;
    }
}

static Py_ssize_t
damaged(Reading *reading)
{
    reading->damaged++;
    return RECORD;
}

static Py_ssize_t
cut_off(Reading *reading, size_t position)
{
    reading->cut = (Py_ssize_t)position;
    return CUT_OFF;
}

static Py_ssize_t
read_text(Reading *reading, size_t position, const Record *record)
{
    size_t length = (size_t)record->c;
    const uint8_t *raw = reading->data + position + RECORD;
    PyObject *context = NULL, *text = NULL;
    if (record->kind == OF_SERIES) {
        context = context_of(reading, record->b);
        if (context == NULL) {
            return PyErr_Occurred() ? FAILED : damaged(reading);
        }
    }
    Py_ssize_t size = FAILED;
    if (length > reading->end - position - RECORD) {
        size = cut_off(reading, position);
        goto done;
    }
    uint32_t hash = hash_of(raw, length);
    if (!check_holds(record, hash)) {
        size = damaged(reading);
        goto done;
    }
    if (record->kind == OF_INFO) {
        text = decoded((const char *)raw, (Py_ssize_t)length);
    }
    else {
        text = remembered(reading->texts, (const char *)raw, (Py_ssize_t)length, hash);
    }
    if (text != NULL && define(reading, record, text, context) == 0) {
        size = (Py_ssize_t)(RECORD + (length + RECORD - 1) / RECORD * RECORD);
    }
done:
    Py_XDECREF(context);
    Py_XDECREF(text);
    return size;
}

/* Add the stamp of a series that is defined. */
static int
add_stamp(Reading *reading, const Record *record)
{
    Group *group = groups_find(&reading->groups, record->a);
    Py_ssize_t place = 2 * (Py_ssize_t)(group - reading->groups.items);
    PyObject *stamp =
        Py_BuildValue("(O(II))", PyList_GET_ITEM(reading->names, place), (unsigned int)record->b,
                      (unsigned int)record->c);
    int failed = stamp == NULL ? -1 : PySet_Add(reading->stamps, stamp);
    Py_XDECREF(stamp);
    return failed;
}

/* Read one record that is no fact: its size, CUT_OFF or FAILED. */
static Py_ssize_t
read_other(Reading *reading, size_t position)
{
    Record record = record_at(reading->data + position, reading->swapped);
    if (record.kind == OF_PAD) {
        if (record.c < RECORD || record.c % RECORD != 0 || !check_holds(&record, 0)) {
            return damaged(reading);
        }
        int crosses = (size_t)record.c > reading->end - position;
        return crosses ? cut_off(reading, position) : record.c;
    }
    if (record.kind == OF_STAMP) {
        if (record.sub != 0 || groups_find(&reading->groups, record.a) == NULL ||
            !check_holds(&record, 0)) {
            return damaged(reading);
        }
        return add_stamp(reading, &record) < 0 ? FAILED : RECORD;
    }
    return makes_sense(&record) ? read_text(reading, position, &record) : damaged(reading);
}

static int
read_all(Reading *reading, size_t position)
{
    while (position <= reading->end && reading->end - position >= RECORD) {
        Py_ssize_t size = take_facts(reading, position);
        if (size == FAILED) {
            return -1;
        }
        position = (size_t)size;
        if (reading->end - position < RECORD) {
            break;
        }
        size = read_other(reading, position);
        if (size == FAILED) {
            return -1;
        }
        if (size == CUT_OFF) {
            break;
        }
        position += (size_t)size;
    }
    return 0;
}

PyObject *
records_packed(Keys *pairs)
{
    if (pairs->count == 0) {
        return PyBytes_FromStringAndSize(NULL, 0);
    }
    keys_sort(pairs);
    return PyBytes_FromStringAndSize((char *)pairs->items,
                                     (Py_ssize_t)(pairs->count * sizeof *pairs->items));
}

static PyObject *
series_result(Reading *reading)
{
    PyObject *found = PyDict_New();
    for (size_t i = 0; found != NULL && i < reading->groups.count; i++) {
        Group *group = &reading->groups.items[i];
        PyObject *number = PyLong_FromUnsignedLongLong(group->number);
        PyObject *series =
            Py_BuildValue("(OONN)", PyList_GET_ITEM(reading->names, 2 * (Py_ssize_t)i),
                          PyList_GET_ITEM(reading->names, 2 * (Py_ssize_t)i + 1),
                          PyBytes_FromStringAndSize((char *)group->lines.bytes,
                                                    (Py_ssize_t)bits_size(&group->lines)),
                          records_packed(&group->pairs));
        if (number == NULL || series == NULL || PyDict_SetItem(found, number, series) < 0) {
            Py_CLEAR(found);
        }
        Py_XDECREF(number);
        Py_XDECREF(series);
    }
    return found;
}

static int
start_reading(Reading *reading)
{
    reading->cut = -1;
    reading->names = PyList_New(0);
    reading->contexts = PyDict_New();
    reading->stamps = PySet_New(NULL);
    reading->infos = PyList_New(0);
    if (reading->names == NULL || reading->contexts == NULL || reading->stamps == NULL ||
        reading->infos == NULL) {
        return -1;
    }
    return put_first(reading->contexts, 0, PyUnicode_FromString(""));
}

static void
stop_reading(Reading *reading)
{
    groups_clear(&reading->groups);
    Py_CLEAR(reading->names);
    Py_CLEAR(reading->contexts);
    Py_CLEAR(reading->stamps);
    Py_CLEAR(reading->infos);
}

const char records_decode_doc[] =
    PyDoc_STR("decode($module, data, begin, end, swapped, total, texts, /)\n--\n\n"
              "What the records of a journal say; see cov_data.bulk.");

PyObject *
records_decode(PyObject *module, PyObject *args)
{
    Py_buffer data;
    Py_ssize_t begin, end;
    unsigned int total; /* to look at every check takes less time than to make the sum */
    PyObject *result = NULL;
    Reading reading = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "y*nnpIO!:decode", &data, &begin, &end, &reading.swapped, &total,
                          &PyDict_Type, &reading.texts)) {
        return NULL;
    }
    if (begin < 0 || end < 0 || end > data.len) {
        PyErr_SetString(PyExc_ValueError, "the records are not within the data");
        goto done;
    }
    reading.data = data.buf;
    reading.end = (size_t)end;
    if (start_reading(&reading) == 0 && read_all(&reading, (size_t)begin) == 0) {
        PyObject *series = series_result(&reading);
        if (series != NULL) {
            result = Py_BuildValue("(NOOnn)", series, reading.stamps, reading.infos,
                                   reading.damaged, reading.cut);
        }
    }
done:
    stop_reading(&reading);
    PyBuffer_Release(&data);
    return result;
}
