/* The result object: curves, segments, figures. */
#include "base/result_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- curves ---- */
static vt_status check_curve(const vt_result *r, const char *name, const char *title, const vt_table *table,
                             vt_error *err)
{
    if (!r || !name || !title || !table) return vt_fail(err, VT_EARG, "result, name, title or table is NULL");
    if (!vti_result_is_stem(name))
        return vt_fail(err, VT_EARG, "curve \"%.64s\": the name becomes a file; use letters, digits, '_', '-'", name);
    if (strlen(title) >= sizeof r->curves->title)
        return vt_fail(err, VT_ELIMIT, "curve %s: title of %zu bytes, at most %zu", name, strlen(title),
                       sizeof r->curves->title - 1);
    for (size_t i = 0; i < r->ncurves; i++)
        if (strcmp(r->curves[i].name, name) == 0)
            return vt_fail(err, VT_EARG, "the result already has a curve %s", name);
    return VT_OK;
}

vt_status vt_result_add_curve(vt_result *r, const char *name, const char *title, vt_table *table, vt_error *err)
{
    vt_status st;
    VT_TRY(st = check_curve(r, name, title, table, err));
    VT_TRY(st = vti_grow_by_one(&r->curves, r->ncurves, sizeof *r->curves, err));
    result_curve *c = &r->curves[r->ncurves++];
    snprintf(c->name, sizeof c->name, "%s", name);
    snprintf(c->title, sizeof c->title, "%s", title);
    c->table = table;
    table = NULL;
done:
    vt_table_free(table);
    return st;
}

size_t vt_result_curves(const vt_result *r)
{
    return r ? r->ncurves : 0;
}

const char *vt_result_curve_name(const vt_result *r, size_t i)
{
    return r && i < r->ncurves ? r->curves[i].name : "";
}

const char *vt_result_curve_title(const vt_result *r, size_t i)
{
    return r && i < r->ncurves ? r->curves[i].title : "";
}

const vt_table *vt_result_curve(const vt_result *r, size_t i)
{
    return r && i < r->ncurves ? r->curves[i].table : NULL;
}

/* ---- segments ---- */
vt_status vt_result_add_segment(vt_result *r, const vt_segment *s, vt_error *err)
{
    if (!r || !s) return vt_fail(err, VT_EARG, "result or segment is NULL");
    if (!vti_result_terminated(s->name, sizeof s->name) || !s->name[0] ||
        !vti_result_terminated(s->unit, sizeof s->unit) || !s->unit[0] ||
        !vti_result_terminated(s->verdict, sizeof s->verdict))
        return vt_fail(err, VT_EINTERNAL, "a segment without name or unit, or a text that does not end");
    if (!isfinite(s->begin) || !isfinite(s->end) || !(s->begin <= s->end))
        return vt_fail(err, VT_EINTERNAL, "segment %s: [%g, %g] %s", s->name, s->begin, s->end, s->unit);
    const vt_status st = vti_grow_by_one(&r->segments, r->nsegments, sizeof *r->segments, err);
    if (st != VT_OK) return st;
    r->segments[r->nsegments++] = *s;
    return VT_OK;
}

size_t vt_result_segments(const vt_result *r)
{
    return r ? r->nsegments : 0;
}

const vt_segment *vt_result_segment(const vt_result *r, size_t i)
{
    return r && i < r->nsegments ? &r->segments[i] : NULL;
}

/* ---- figures ---- */
static vt_status check_figure(const vt_result *r, const vt_figure *f, vt_error *err)
{
    if (!vti_result_terminated(f->name, sizeof f->name) || !vti_result_is_stem(f->name))
        return vt_fail(err, VT_EARG, "figure \"%.63s\": the name becomes a file; use letters, digits, '_', '-'",
                       f->name);
    if (!vti_result_terminated(f->title, sizeof f->title) || !f->title[0] ||
        !vti_result_terminated(f->alt, sizeof f->alt) || !f->alt[0])
        return vt_fail(err, VT_EINTERNAL, "figure %s needs a title and a text that says what it shows", f->name);
    if (f->nseries > VT_SERIES_MAX || f->nlabels > VT_LABEL_MAX)
        return vt_fail(err, VT_ELIMIT, "figure %s: %zu series (at most %d), %zu labels (at most %d)", f->name,
                       f->nseries, VT_SERIES_MAX, f->nlabels, VT_LABEL_MAX);
    for (size_t i = 0; i < f->nlabels; i++)
        if (!isfinite(f->labels[i].x) || !isfinite(f->labels[i].y))
            return vt_fail(err, VT_EINTERNAL, "figure %s: label %zu at (%g, %g)", f->name, i, f->labels[i].x,
                           f->labels[i].y);
    for (size_t i = 0; i < r->nfigures; i++)
        if (strcmp(r->figures[i].name, f->name) == 0)
            return vt_fail(err, VT_EARG, "the result already has a figure %s", f->name);
    return VT_OK;
}

vt_status vt_result_add_figure(vt_result *r, const vt_figure *f, vt_error *err)
{
    vt_status st;
    if (!r || !f) return vt_fail(err, VT_EARG, "result or figure is NULL");
    VT_TRY(st = check_figure(r, f, err));
    VT_TRY(st = vti_grow_by_one(&r->figures, r->nfigures, sizeof *r->figures, err));
    r->figures[r->nfigures++] = *f;
done:
    return st;
}

size_t vt_result_figures(const vt_result *r)
{
    return r ? r->nfigures : 0;
}

const vt_figure *vt_result_figure(const vt_result *r, size_t i)
{
    return r && i < r->nfigures ? &r->figures[i] : NULL;
}
