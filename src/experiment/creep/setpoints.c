/* Segments between set points. */
#include "creep_internal.h"
#include <stdlib.h>

static vt_status append(vti_creep_run *run, const vti_creep_segment *s, vt_error *err)
{
    if (run->segments == run->room) {
        const size_t room = run->room ? 2 * run->room : 16;
        vti_creep_segment *more = realloc(run->segment, room * sizeof *more);
        if (!more) return vt_fail(err, VT_EMEMORY, "no memory for %zu segments", room);
        run->segment = more;
        run->room = room;
    }
    run->segment[run->segments++] = *s;
    return VT_OK;
}

vt_status vti_creep_setpoints(vti_creep_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->records; i++) {
        const vti_creep_segment s = {.record = i, .number = 1, .edge = {0, run->record[i].n}};
        const vt_status st = append(run, &s, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}
