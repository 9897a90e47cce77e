/* platform.h for Windows. There is no fork, and a file that is mapped cannot be cut. */
#include "platform.h"

#include <process.h>
#include <stdlib.h>
#include <windows.h>

static HANDLE
open_path(const char *path, DWORD how)
{
    WCHAR wide[32768];
    if (MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 32768) == 0) {
        return INVALID_HANDLE_VALUE;
    }
    return CreateFileW(wide, GENERIC_READ | GENERIC_WRITE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, how,
                       FILE_ATTRIBUTE_NORMAL, NULL);
}

static int
identify(HANDLE file, FileIdentity *identity)
{
    BY_HANDLE_FILE_INFORMATION found;
    if (!GetFileInformationByHandle(file, &found)) {
        return -1;
    }
    identity->device = found.dwVolumeSerialNumber;
    identity->number = ((uint64_t)found.nFileIndexHigh << 32) | found.nFileIndexLow;
    return 0;
}

/* A file that is mapped cannot be deleted here. */
int
mapping_is_there(const char *path, const FileIdentity *identity)
{
    (void)path;
    (void)identity;
    return 1;
}

static HANDLE
reopen(const char *path, const FileIdentity *identity)
{
    FileIdentity found;
    HANDLE file = open_path(path, OPEN_EXISTING);
    if (file == INVALID_HANDLE_VALUE) {
        return file;
    }
    if (identify(file, &found) != 0 || found.device != identity->device ||
        found.number != identity->number) {
        CloseHandle(file);
        return INVALID_HANDLE_VALUE;
    }
    return file;
}

/* CreateFileMapping with a maximum size lengthens the file, so its blocks are there. */
static void *
map(HANDLE file, uint64_t offset, size_t size)
{
    void *address;
    uint64_t end = offset + size;
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, (DWORD)(end >> 32),
                                        (DWORD)(end & 0xFFFFFFFFu), NULL);
    if (mapping == NULL) {
        return NULL;
    }
    address = MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, (DWORD)(offset >> 32),
                            (DWORD)(offset & 0xFFFFFFFFu), size);
    CloseHandle(mapping);
    return address;
}

void *
mapping_create(const char *path, size_t size, FileIdentity *identity, int *exists)
{
    void *address = NULL;
    HANDLE file = open_path(path, CREATE_NEW);
    *exists = file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_EXISTS;
    if (file == INVALID_HANDLE_VALUE) {
        return NULL;
    }
    if (identify(file, identity) == 0) {
        address = map(file, 0, size);
    }
    CloseHandle(file);
    return address;
}

void *
mapping_extend(const char *path, const FileIdentity *identity, uint64_t offset, size_t size)
{
    void *address;
    HANDLE file = reopen(path, identity);
    if (file == INVALID_HANDLE_VALUE) {
        return NULL;
    }
    address = map(file, offset, size);
    CloseHandle(file);
    return address;
}

void
mapping_release(void *address, size_t size)
{
    (void)size;
    UnmapViewOfFile(address);
}

int
mapping_truncate(const char *path, const FileIdentity *identity, uint64_t size)
{
    LARGE_INTEGER end;
    int result;
    HANDLE file = reopen(path, identity);
    if (file == INVALID_HANDLE_VALUE) {
        return -1;
    }
    end.QuadPart = (LONGLONG)size;
    result = SetFilePointerEx(file, end, NULL, FILE_BEGIN) && SetEndOfFile(file) ? 0 : -1;
    CloseHandle(file);
    return result;
}

int
mapping_write(const char *path, const FileIdentity *identity, uint64_t offset, const void *bytes,
              size_t size)
{
    LARGE_INTEGER place;
    DWORD written = 0;
    int result;
    HANDLE file = reopen(path, identity);
    if (file == INVALID_HANDLE_VALUE) {
        return -1;
    }
    place.QuadPart = (LONGLONG)offset;
    result = SetFilePointerEx(file, place, NULL, FILE_BEGIN) &&
                     WriteFile(file, bytes, (DWORD)size, &written, NULL) && written == size
                 ? 0
                 : -1;
    CloseHandle(file);
    return result;
}

int
file_append(const char *path, const void *bytes, size_t size)
{
    WCHAR wide[32768];
    DWORD written = 0;
    HANDLE file;
    if (MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 32768) == 0) {
        return -1;
    }
    file = CreateFileW(wide, FILE_APPEND_DATA,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return -1;
    }
    if (!WriteFile(file, bytes, (DWORD)size, &written, NULL)) {
        written = 0;
    }
    CloseHandle(file);
    return written == size ? 0 : -1;
}

/* No process gives up its rights here. */
void
file_stamp(const char *path, FileStamp *stamp)
{
    /* From 1601 to 1970, in the 100 ns that a FILETIME counts. */
    const int64_t epoch = 116444736000000000;
    WCHAR wide[32768];
    WIN32_FILE_ATTRIBUTE_DATA found;
    *stamp = (FileStamp){0};
    if (MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 32768) != 0 &&
        GetFileAttributesExW(wide, GetFileExInfoStandard, &found)) {
        int64_t written = ((int64_t)found.ftLastWriteTime.dwHighDateTime << 32) |
                          found.ftLastWriteTime.dwLowDateTime;
        stamp->size = ((uint64_t)found.nFileSizeHigh << 32) | found.nFileSizeLow;
        stamp->written = (written - epoch) * 100;
    }
}

int
appender_open(const char *path)
{
    (void)path;
    return -1;
}

int
appender_write(int appender, const void *bytes, size_t size)
{
    (void)appender;
    (void)bytes;
    (void)size;
    return -1;
}

void
appender_close(int appender)
{
    (void)appender;
}

int
descriptor_has_input(int descriptor)
{
    (void)descriptor;
    return 0;
}

/* There are no permissions to look at, and endings are added to names. */
int
file_is_executable(const char *path)
{
    (void)path;
    return 1;
}

/* A FILETIME counts 100 ns since 1601. */
uint64_t
wall_clock(void)
{
    FILETIME now;
    GetSystemTimePreciseAsFileTime(&now);
    uint64_t ticks = ((uint64_t)now.dwHighDateTime << 32) | now.dwLowDateTime;
    return (ticks - 116444736000000000u) * 100;
}

const char *
environment_get(const char *name)
{
    return getenv(name);
}

void
environment_set(const char *name, const char *value)
{
    (void)_putenv_s(name, value == NULL ? "" : value);
}

uint32_t
process_id(void)
{
    return (uint32_t)GetCurrentProcessId();
}

uint32_t
process_parent(void)
{
    return 0; /* a process may outlive its parent's number here, so nobody relies on it */
}

uint64_t
process_start(void)
{
    FILETIME created, ended, kernel, user;
    if (!GetProcessTimes(GetCurrentProcess(), &created, &ended, &kernel, &user)) {
        return 0;
    }
    return ((uint64_t)created.dwHighDateTime << 32) | created.dwLowDateTime;
}

uint64_t
clock_ticks(void)
{
    LARGE_INTEGER now;
    QueryPerformanceCounter(&now);
    return (uint64_t)now.QuadPart;
}

int
process_run(char *const argv[])
{
    return (int)_spawnv(_P_WAIT, argv[0], (const char *const *)argv);
}

int
process_watch_forks(void (*child)(void))
{
    (void)child;
    return 0;
}

int
thread_is_on_signal_stack(void)
{
    return 0;
}

int
process_guard_forks(void (*before)(void), void (*after)(void))
{
    (void)before;
    (void)after;
    return 0;
}
