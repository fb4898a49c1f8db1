/* Columns of a descriptor that are text even where all their cells look like numbers. */
#include <stdlib.h>
#include <string.h>
#include <vitrum/experiment.h>

static size_t count(const vt_column *columns)
{
    size_t n = 0;
    for (const vt_column *c = columns; c && c->name; c++) n++;
    return n;
}

static size_t collect(const vt_column *columns, const char **names, size_t n)
{
    for (const vt_column *c = columns; c && c->name; c++) {
        if (strcmp(c->unit, "text") == 0) names[n++] = c->name;
        if (strncmp(c->unit, "row", 3) == 0) names[n++] = "unit";
    }
    return n;
}

vt_status vt_text_columns(const vt_column *columns, const vt_form *forms, const char ***names, vt_error *err)
{
    if (!names) return vt_fail(err, VT_EARG, "names is NULL");
    size_t room = count(columns) + 1, n;
    for (const vt_form *f = forms; f && f->name; f++) room += count(f->columns);
    const char **all = calloc(room, sizeof(*all));
    if (!all) return vt_fail(err, VT_EMEMORY, "no memory for %zu names", room);
    n = collect(columns, all, 0);
    for (const vt_form *f = forms; f && f->name; f++) n = collect(f->columns, all, n);
    *names = all;
    return VT_OK;
}
