/* Rules of place and pile-up (P19, sanity): what makes an indent unfit before any statistics. */
#include "set_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Diameter of an indent, as P19 counts it: 7 h for a Berkovich tip (8.4 um are 3 diameters at 400 nm). */
static double diameter(const vti_indent_result *r)
{
    return 7.0 * r->h;
}

const char *vti_set_test(const vti_set *s, const vti_indent_result *r)
{
    if (r->indent != (size_t)-1) return s->indents->indent[r->indent].test;
    return r->row ? r->row->test : "";
}

/* Distance to the nearest edge; of a wire at best its radius. */
static double edge(const vti_indent_result *r)
{
    return isfinite(r->edge_distance) ? r->edge_distance : 0.5 * r->diameter;
}

static vt_status edges(vti_set *s, vt_result *result, vt_error *err)
{
    size_t n = 0, first = 0;
    for (size_t i = 0; i < s->n; i++) {
        vti_indent_result *r = &s->res[i];
        const double need = s->params->edge_rule * diameter(r);
        if (r->verdict.status != VT_OK || !(r->h > 0.0) || !(edge(r) < need)) continue;
        r->verdict.status = VT_EEDGE;
        snprintf(r->verdict.why, sizeof r->verdict.why,
                 "%s %.3g um from the edge, %.3g um (%g diameters of 7 h) are needed: indent less deep or farther in",
                 isfinite(r->edge_distance) ? "it lies" : "in the middle of the wire it would lie", 1e6 * edge(r),
                 1e6 * need, s->params->edge_rule);
        if (n++ == 0) first = i;
    }
    if (n == 0) return VT_OK;
    return vt_result_warn(result, err, "W_EDGE", "%zu results are left out, the first of test %s: %s", n,
                          vti_set_test(s, &s->res[first]), s->res[first].verdict.why);
}

typedef struct place {
    double x, y, d;
    const vti_indent_result *r;
} place;

static int by_x(const void *a, const void *b)
{
    const double x = ((const place *)a)->x, y = ((const place *)b)->x;
    return (x > y) - (x < y);
}

static const char *specimen(const vti_set *s, const vti_indent_result *r)
{
    if (r->indent != (size_t)-1) return s->indents->indent[r->indent].specimen;
    return r->row ? r->row->specimen : "";
}

static const vt_table *table(const vti_set *s, const vti_indent_result *r)
{
    if (r->indent != (size_t)-1) return s->indents->indent[r->indent].table;
    return r->row ? r->row->table : NULL;
}

/* On one specimen: of one name, or in one file without names. Tests of one file have tables of their own. */
static bool together(const vti_set *s, const vti_indent_result *a, const vti_indent_result *b)
{
    const char *sa = specimen(s, a), *sb = specimen(s, b);
    if (strcmp(sa, sb) != 0) return false;
    const vt_table *ta = table(s, a), *tb = table(s, b);
    return sa[0] || ta == tb || (ta && tb && strcmp(vt_table_path(ta), vt_table_path(tb)) == 0);
}

/* Nearest neighbours in units of diameters; sorted by x, so that only those within reach are looked at. */
static void nearest(const vti_set *s, size_t n, const place *p, double rule, size_t *close, double *least,
                    size_t *worst)
{
    *close = 0;
    *least = INFINITY;
    double widest = 0.0;
    for (size_t i = 0; i < n; i++) widest = fmax(widest, p[i].d);
    for (size_t i = 0; i < n; i++) {
        bool near = false;
        for (int way = -1; way <= 1; way += 2)
            for (size_t j = i + (size_t)way; j < n && fabs(p[j].x - p[i].x) < rule * widest; j += (size_t)way) {
                const double distance = hypot(p[j].x - p[i].x, p[j].y - p[i].y) / fmax(p[i].d, p[j].d);
                if (!(distance > 0.0) || !together(s, p[i].r, p[j].r)) continue;
                near = near || distance < rule;
                if (distance < *least) *least = distance, *worst = i;
            }
        if (near) ++*close;
    }
}

static vt_status spacing(const vti_set *s, vt_result *result, vt_error *err)
{
    size_t n = 0, close, worst = 0;
    double least;
    place *p = calloc(s->n + 1, sizeof *p);
    if (!p) return vt_fail(err, VT_EMEMORY, "no memory for the places of %zu indents", s->n);
    for (size_t i = 0; i < s->n; i++) {
        const vti_indent_result *r = &s->res[i];
        if (!isfinite(r->x) || !isfinite(r->y) || !(r->h > 0.0)) continue;
        if (n > 0 && p[n - 1].x == r->x && p[n - 1].y == r->y) { /* cycles of one indent: the deepest */
            p[n - 1].d = fmax(p[n - 1].d, diameter(r));
            continue;
        }
        p[n++] = (place){r->x, r->y, diameter(r), r};
    }
    qsort(p, n, sizeof *p, by_x);
    nearest(s, n, p, s->params->spacing_rule, &close, &least, &worst);
    vt_status st = VT_OK;
    if (close > 0)
        st = vt_result_warn(
            result, err, "W_SPACING",
            "%zu of %zu indents lie nearer to another than %g diameters of 7 h; the nearest, %s, at %.2g "
            "diameters: their fields overlap, which may raise hardness",
            close, n, s->params->spacing_rule, vti_set_test(s, p[worst].r), least);
    free(p);
    return st;
}

static vt_status pile_up(const vti_set *s, vt_result *result, vt_error *err)
{
    size_t n = 0, of = 0;
    double most = 0.0;
    for (size_t i = 0; i < s->n; i++) {
        const vti_indent_result *r = &s->res[i];
        if (r->verdict.status != VT_OK || !isfinite(r->pile_up)) continue;
        of++;
        if (!(r->pile_up > 0.7)) continue;
        n++;
        most = fmax(most, r->pile_up);
    }
    if (n == 0) return VT_OK;
    return vt_result_warn(
        result, err, "W_PILE_UP",
        "h_f/h is above 0.7 for %zu of %zu unloadings (up to %.3f): pile-up is likely, the contact area is "
        "then underestimated, hardness is too high by up to 60 %% and modulus by up to 30 %%; measure the "
        "area on an image, or use P/S^2 with a known modulus",
        n, of, most);
}

vt_status vti_set_places(vti_set *s, vt_result *result, vt_error *err)
{
    vt_status st;
    VT_TRY(st = edges(s, result, err));
    VT_TRY(st = spacing(s, result, err));
    VT_TRY(st = pile_up(s, result, err));
done:
    return st;
}
