/* units: journal.c journalformat.c platform_posix.c */
#include "journal.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform.h"
#include "reading.h"

static const uint8_t RUN[16] = {0xA0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xFF};

static Journal *
start(uint32_t flags)
{
    char here[4000], prefix[4096];
    CHECK(getcwd(here, sizeof here) != NULL);
    snprintf(prefix, sizeof prefix, "%s/.coverage.host", here);
    Journal *journal = journal_new(prefix, "host", RUN, 1234567890123456789u, flags);
    CHECK(journal != NULL);
    return journal;
}

typedef struct {
    char path[4096];
    uint8_t *bytes;
    size_t size;
    uint64_t tail;
} File;

static File
load_path(const char *path)
{
    File file = {0};
    struct stat status;
    CHECK(path != NULL && strlen(path) < sizeof file.path);
    strcpy(file.path, path);
    int fd = open(path, O_RDONLY);
    CHECK(fd >= 0 && fstat(fd, &status) == 0);
    file.size = (size_t)status.st_size;
    file.bytes = malloc(file.size);
    CHECK(file.bytes != NULL && read(fd, file.bytes, file.size) == (ssize_t)file.size);
    close(fd);
    file.tail = u64(file.bytes + 16);
    CHECK(file.tail <= file.size);
    return file;
}

static File
load(const Journal *journal)
{
    return load_path(journal_path(journal));
}

static void
done(File file)
{
    free(file.bytes);
}

static void
expect(File file, uint64_t *place, unsigned kind, uint32_t a, int32_t b, int32_t c)
{
    Found found = next_told(file.bytes, file.tail, place);
    CHECK(found.kind == kind && found.sub == 0 && found.a == a && found.b == b && found.c == c);
}

static void
nothing_is_opened_before_the_first_fact(void)
{
    Journal *journal = start(0);
    CHECK(journal_add_info(journal, 8, "ctrace", 6) == 0);
    CHECK(journal_set_context(journal, "x", 1) == 0);
    journal_close(journal);
    CHECK(journal_path(journal) == NULL);
    journal_free(journal);
}

static void
a_stamp_is_a_record_of_its_series(void)
{
    Journal *journal = start(JOURNAL_FLAG_BRANCH);
    FileStamp unknown = {0}, stamp = {.size = 0x100000002u, .written = 0x1122334455667788};
    uint32_t series = journal_series(journal, "a", 1);
    journal_stamp(journal, series, &unknown);
    journal_stamp(journal, 0, &stamp);
    journal_stamp(journal, series, &stamp);
    File file = load(journal);
    CHECK(file.tail == 128 + 32 + 16);
    const uint8_t *record = file.bytes + 160;
    CHECK(record[0] == 6 && record[1] == 0 && u32(record + 4) == series);
    CHECK(u32(record + 8) == 2 && u32(record + 12) == (0x11223344u ^ 0x55667788u));
    done(file);
    journal_free(journal);
    unlink(file.path);
}

static void
a_stamp_tells_size_and_time(void)
{
    FileStamp stamp;
    const char *path = "stamped";
    FILE *made = fopen(path, "w");
    CHECK(made != NULL && fputs("four", made) >= 0 && fclose(made) == 0);
    file_stamp(path, &stamp);
    CHECK(stamp.size == 4);
    CHECK(llabs((long long)wall_clock() - (long long)stamp.written) < 60ll * 1000000000ll);
    unlink(path);
    file_stamp(path, &stamp);
    CHECK(stamp.size == 0 && stamp.written == 0);
}

static void
the_header_is_as_drawn(void)
{
    Journal *journal = start(JOURNAL_FLAG_BRANCH | 2 << JOURNAL_MODE_SHIFT);
    journal_series(journal, "a", 1);
    File file = load(journal);
    const uint8_t *h = file.bytes;
    uint16_t version, size;
    memcpy(&version, h + 12, 2);
    memcpy(&size, h + 14, 2);
    CHECK(memcmp(h, "COVJRNL\n", 8) == 0 && u32(h + 8) == 0x01020304u);
    CHECK(version == 1 && size == 128 && u64(h + 16) == 128 + 32);
    CHECK(u32(h + 24) == (uint32_t)getpid() && u32(h + 28) == 0);
    CHECK(u64(h + 32) == process_start());
    /* FNV-1a of "host", 64 bit. */
    CHECK(u64(h + 40) == 0x4077F8CC7EAF4D6Fu);
    CHECK(memcmp(h + 48, RUN, 16) == 0 && u64(h + 64) == 1234567890123456789u);
    CHECK(u32(h + 72) == 5 && u32(h + 76) == 0 && u32(h + 80) == 0);
    for (int i = 84; i < 128; i++) {
        CHECK(h[i] == 0);
    }
    char name[64];
    snprintf(name, sizeof name, "/.coverage.host.pid%u.X", (unsigned)getpid());
    const char *place = strstr(file.path, name);
    CHECK(place != NULL && strlen(place) == strlen(name) + 8 + strlen("x.cov-journal"));
    CHECK(strcmp(place + strlen(name) + 8, "x.cov-journal") == 0);
    done(file);
    journal_free(journal);
    unlink(file.path);
}

static void
records_are_as_drawn_byte_by_byte(void)
{
    Journal *journal = start(JOURNAL_FLAG_BRANCH);
    CHECK(journal_add_info(journal, 8, "sysmon", 6) == 0);
    uint32_t series = journal_series(journal, "/a.py", 5);
    journal_line(journal, series, 0x01020304);
    journal_jump(journal, series, 7, -3);
    File file = load(journal);
    uint8_t wanted[96] = {
        5, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0,
        's', 'y', 's', 'm', 'o', 'n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0,
        '/', 'a', '.', 'p', 'y', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        3, 0, 0, 0, 1, 0, 0, 0, 4, 3, 2, 1, 0, 0, 0, 0,
        4, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0xFD, 0xFF, 0xFF, 0xFF,
    };
    uint64_t place = 128;
    while (place < file.tail) { /* checks the checks */
        (void)next_record(file.bytes, file.tail, &place);
    }
    const uint16_t one = 1;
    CHECK(file.tail == 128 + sizeof wanted);
    for (size_t i = 0; i < sizeof wanted && *(const uint8_t *)&one; i++) { /* little endian */
        int in_check = i % 16 / 2 == 1 && (i < 16 || (i >= 32 && i < 48) || i >= 64);
        CHECK(in_check || file.bytes[128 + i] == wanted[i]);
    }
    done(file);
    journal_free(journal);
    unlink(file.path);
}

static uint32_t
adler32(const uint8_t *bytes, uint64_t size)
{
    uint32_t low = 1, high = 0;
    for (uint64_t i = 0; i < size; i++) {
        low = (low + bytes[i]) % 65521;
        high = (high + low) % 65521;
    }
    return high << 16 | low;
}

static void
it_grows_over_segments_and_no_record_crosses_them(void)
{
    enum { FACTS = 700000, EVERY = 5000 };
    char text[3000];
    Journal *journal = start(JOURNAL_FLAG_BRANCH);
    uint32_t series = 0;
    memset(text, 'p', sizeof text);
    for (int32_t i = 0; i < FACTS; i++) {
        if (i % EVERY == 0) { /* texts of many lengths, so that segments end in many places */
            series = journal_series(journal, text, (size_t)(i / EVERY * 17 % 3000));
            CHECK(series == (uint32_t)(i / EVERY + 1));
        }
        i % 2 ? journal_line(journal, series, i) : journal_jump(journal, series, i, -i);
    }
    CHECK(journal_lost(journal) == 0);
    journal_close(journal);
    File file = load(journal);
    CHECK(u32(file.bytes + 28) == 1);
    uint64_t ends[] = {65536, 327680, 1376256, 5570560, 9764864, 13959168}, place = 128;
    size_t segment = 0;
    for (int32_t i = 0, told = -1; place < file.tail;) {
        uint64_t begin = place;
        Found found = next_record(file.bytes, file.tail, &place);
        while (begin >= ends[segment]) {
            segment++;
        }
        CHECK(place <= ends[segment]);
        if (found.kind == PAD) {
            CHECK(place == ends[segment]);
        }
        else if (found.kind == SERIES) {
            CHECK(found.a == (uint32_t)(i / EVERY + 1) && found.c == i / EVERY * 17 % 3000);
        }
        else {
            told = i++;
            CHECK(found.kind == (told % 2 ? LINE : JUMP) && found.b == told);
            CHECK(found.c == (told % 2 ? 0 : -told));
        }
        CHECK(place < file.tail || i == FACTS);
    }
    CHECK(segment >= 4);
    done(file);
    journal_free(journal);
    file = load_path(file.path);
    CHECK(file.size == file.tail); /* cut to size at the end, and summed up */
    CHECK(u32(file.bytes + 80) == adler32(file.bytes + 128, file.size - 128));
    done(file);
    unlink(file.path);
}

static void
a_text_longer_than_a_segment_has_one_of_its_own(void)
{
    size_t size = 5 * 1024 * 1024 + 3;
    char *text = malloc(size);
    CHECK(text != NULL);
    memset(text, 'q', size);
    Journal *journal = start(0);
    CHECK(journal_series(journal, "a", 1) == 1);
    CHECK(journal_series(journal, text, size) == 2);
    CHECK(journal_series(journal, text, JOURNAL_TEXT_LIMIT + 1u) == 0);
    CHECK(journal_add_info(journal, 1, text, JOURNAL_TEXT_LIMIT + 1u) == -1);
    CHECK(journal_set_context(journal, text, JOURNAL_TEXT_LIMIT + 1u) == -1);
    journal_line(journal, 0, 5); /* nobody knows of what */
    journal_line(journal, 3, 5);
    CHECK(journal_lost(journal) == 2);
    journal_line(journal, 2, 6);
    File file = load(journal);
    uint64_t place = 128;
    expect(file, &place, SERIES, 1, 0, 1);
    expect(file, &place, SERIES, 2, 0, (int32_t)size);
    expect(file, &place, LINE, 2, 6, 0);
    CHECK(place == file.tail && u32(file.bytes + 76) == 2);
    done(file);
    free(text);
    journal_free(journal);
    unlink(file.path);
}

static void
contexts_begin_a_generation_and_stand_before_their_series(void)
{
    Journal *journal = start(0);
    uint32_t generation = journal_generation(journal);
    CHECK(generation != 0 && journal_series(journal, "a", 1) == 1);
    CHECK(journal_set_context(journal, "one\0two", 7) == 0);
    CHECK(journal_generation(journal) != generation);
    CHECK(journal_series(journal, "a", 1) == 2 && journal_series(journal, "b", 1) == 3);
    CHECK(journal_set_context(journal, "", 0) == 0 && journal_series(journal, "a", 1) == 4);
    CHECK(journal_set_context(journal, "one", 3) == 0 && journal_series(journal, "a", 1) == 5);
    File file = load(journal);
    uint64_t place = 128;
    expect(file, &place, SERIES, 1, 0, 1);
    Found context = next_record(file.bytes, file.tail, &place);
    CHECK(context.kind == CONTEXT && context.a == 1 && context.c == 7);
    CHECK(memcmp(context.text, "one\0two", 7) == 0);
    expect(file, &place, SERIES, 2, 1, 1);
    expect(file, &place, SERIES, 3, 1, 1);
    expect(file, &place, SERIES, 4, 0, 1);
    expect(file, &place, CONTEXT, 2, 0, 3);
    expect(file, &place, SERIES, 5, 2, 1);
    CHECK(place == file.tail);
    done(file);
    journal_free(journal);
    unlink(file.path);
}

static void
a_fact_after_the_end_takes_the_mark_back(void)
{
    Journal *journal = start(0);
    uint32_t series = journal_series(journal, "a", 1);
    journal_close(journal);
    File closed = load(journal);
    journal_line(journal, series, 9);
    File open = load(journal);
    CHECK(u32(closed.bytes + 28) == 1 && u32(open.bytes + 28) == 0);
    CHECK(open.tail == closed.tail + 16);
    done(closed);
    done(open);
    journal_free(journal);
    unlink(open.path);
}

/* Runs in a forked child: exits with 0 if all is as it should be. */
static void
child(Journal *journal, const char *parents, uint32_t generation)
{
    CHECK(journal_path(journal) == NULL && journal_generation(journal) != generation);
    CHECK(journal_series(journal, "c", 1) == 1); /* numbers begin anew */
    journal_line(journal, 1, 77);
    CHECK(strcmp(journal_path(journal), parents) != 0);
    File file = load(journal);
    uint64_t place = 128;
    CHECK(u32(file.bytes + 24) == (uint32_t)getpid());
    expect(file, &place, CONTEXT, 1, 0, 3);
    CHECK(memcmp(file.bytes + 48, RUN, 16) == 0);
    expect(file, &place, SERIES, 1, 1, 1);
    expect(file, &place, LINE, 1, 77, 0);
    done(file);
    journal_free(journal);
    CHECK(unlink(file.path) == 0);
    exit(0);
}

static void
wait_for(pid_t pid)
{
    int status;
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
a_forked_child_has_a_file_of_its_own(size_t lines)
{
    Journal *journal = start(0);
    CHECK(journal_set_context(journal, "ctx", 3) == 0);
    uint32_t series = journal_series(journal, "a", 1);
    for (size_t i = 0; i < lines; i++) { /* more than a segment: there are two mappings then */
        journal_line(journal, series, (int32_t)i);
    }
    File before = load(journal);
    uint32_t generation = journal_generation(journal);
    pid_t pid = fork();
    if (pid == 0) {
        child(journal, before.path, generation);
    }
    wait_for(pid);
    journal_line(journal, series, 3);
    File after = load(journal);
    CHECK(strcmp(before.path, after.path) == 0 && after.tail == before.tail + 16);
    done(before);
    done(after);
    journal_free(journal);
    unlink(after.path);
}

static Journal *busy;
static volatile int stop;

static void *
write_on(void *unused)
{
    (void)unused;
    uint32_t generation = 0, series = 0;
    for (int32_t i = 0; !stop; i++) {
        if (generation != journal_generation(busy)) {
            generation = journal_generation(busy);
            series = journal_series(busy, "thread", 6);
        }
        journal_line(busy, series, i);
    }
    return NULL;
}

/* A child forked while other threads write: whatever they held or had half done is gone. */
static void
a_child_forked_amid_writing_threads_works(void)
{
    pthread_t threads[3];
    busy = start(0);
    for (int i = 0; i < 3; i++) {
        CHECK(pthread_create(&threads[i], NULL, write_on, NULL) == 0);
    }
    for (int i = 0; i < 60; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            uint32_t series = journal_series(busy, "child", 5);
            journal_line(busy, series, 1);
            File file = load(busy);
            uint64_t place = 128;
            expect(file, &place, SERIES, 1, 0, 5);
            expect(file, &place, LINE, 1, 1, 0);
            CHECK(place == file.tail && unlink(file.path) == 0);
            _exit(0);
        }
        wait_for(pid);
    }
    stop = 1;
    for (int i = 0; i < 3; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    File file = load(busy);
    for (uint64_t place = 128; place < file.tail;) {
        (void)next_record(file.bytes, file.tail, &place);
    }
    done(file);
    journal_free(busy);
    unlink(file.path);
}

static void
the_end_of_the_process_finishes_every_journal(void)
{
    Journal *first = start(0), *second = start(0), *unused = start(0);
    CHECK(journal_series(first, "a", 1) == 1 && journal_series(second, "b", 1) == 1);
    File one = load(first), two = load(second);
    CHECK(one.size == 65536 && strcmp(one.path, two.path) != 0);
    done(one);
    done(two);
    journal_finish_all();
    journal_line(first, 1, 1); /* too late, and no harm */
    CHECK(journal_series(first, "late", 4) == 0 && journal_path(first) == NULL);
    one = load_path(one.path);
    two = load_path(two.path);
    CHECK(one.size == 160 && one.tail == 160 && u32(one.bytes + 28) == 1);
    CHECK(two.size == 160 && two.tail == 160 && u32(two.bytes + 28) == 1);
    done(one);
    done(two);
    journal_free(first);
    journal_free(second);
    journal_free(unused);
    unlink(one.path);
    unlink(two.path);
}

int
main(void)
{
    nothing_is_opened_before_the_first_fact();
    the_header_is_as_drawn();
    a_stamp_is_a_record_of_its_series();
    a_stamp_tells_size_and_time();
    records_are_as_drawn_byte_by_byte();
    it_grows_over_segments_and_no_record_crosses_them();
    a_text_longer_than_a_segment_has_one_of_its_own();
    contexts_begin_a_generation_and_stand_before_their_series();
    a_fact_after_the_end_takes_the_mark_back();
    a_forked_child_has_a_file_of_its_own(3);
    a_forked_child_has_a_file_of_its_own(6000);
    a_child_forked_amid_writing_threads_works();
    the_end_of_the_process_finishes_every_journal();
    return 0;
}
