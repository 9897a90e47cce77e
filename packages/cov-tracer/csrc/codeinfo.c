#include "codeinfo.h"

#include <stdlib.h>
#include <string.h>

#include "linetable.h"

void
codeinfo_clear(CodeInfo *info)
{
    free(info->jumps);
    free(info->steps);
    free(info->borrowed);
    departures_clear(&info->departures);
    free(info->unseen);
    free(info->units);
    free(info->crossings.found);
    memset(info, 0, sizeof *info);
}

void
codeinfo_take(CodeInfo *info, CodeInfo *studied, uint32_t tracer, FileEntry *file)
{
    int32_t marked = info->definition_line;
    CodeInfo old = *info;
    *info = *studied;
    info->definition_line = marked;
    info->tracer = tracer;
    info->file = file;
    memset(studied, 0, sizeof *studied);
    codeinfo_clear(&old);
}

int
codeinfo_is_unseen(const CodeInfo *info, int32_t line)
{
    if (info->unseen == NULL || line < info->lowest || line > info->highest) {
        return 0;
    }
    size_t bit = (size_t)(line - info->lowest);
    return (info->unseen[bit / 8] >> bit % 8) & 1;
}

size_t
codeinfo_saw_line(CodeInfo *info, int32_t line)
{
    if (codeinfo_is_unseen(info, line)) {
        size_t bit = (size_t)(line - info->lowest);
        info->unseen[bit / 8] &= (uint8_t)~(1u << bit % 8);
        info->unseen_count--;
    }
    return info->unseen_count;
}

int32_t
codeinfo_with_exit(const CodeInfo *info, size_t unit)
{
    for (size_t i = 0; i < info->step_count; i++) {
        if (info->steps[i].line == (int32_t)unit) {
            return info->steps[i].next;
        }
    }
    return JUMP_OPEN;
}

const Crossing *
codeinfo_crossing(const CodeInfo *info, int32_t from, size_t unit)
{
    for (size_t i = 0; i < info->crossings.count; i++) {
        const Crossing *crossing = &info->crossings.found[i];
        if (crossing->unit == unit && crossing->from == from) {
            return crossing;
        }
    }
    return NULL;
}

int
codeinfo_add_step(CodeInfo *info, int32_t line, int32_t next)
{
    if (next == JUMP_OPEN || line == NO_LINE) {
        return 0;
    }
    Step *steps = realloc(info->steps, (info->step_count + 1) * sizeof *steps);
    if (steps == NULL) {
        return -1;
    }
    steps[info->step_count++] = (Step){.line = line, .next = next};
    info->steps = steps;
    return 0;
}
