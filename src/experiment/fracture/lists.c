/* Specimens, views and points of a run, as they turn up in tables and pictures. */
#include "base/table_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool differ(double a, double b)
{
    return isfinite(a) && isfinite(b) && fabs(a - b) > 1e-6 * fmax(fabs(a), fabs(b));
}

static vt_status too_many(vt_error *err, const char *what)
{
    return vt_fail(err, VT_ELIMIT, "more than %d %s; reduce the tables in parts", VTI_FRACTURE_MOST, what);
}

vt_status vti_fracture_specimen_of(vti_fracture_run *run, const char *name, double diameter, size_t *index,
                                   vt_error *err)
{
    for (size_t i = run->specimens; i-- > 0;) {
        vti_fracture_specimen *s = &run->specimen[i];
        if (strcmp(s->name, name) != 0) continue;
        if (differ(s->diameter, diameter))
            return vt_fail(err, VT_EMISMATCH,
                           "specimen '%.40s' has the diameter %.4g um here and %.4g um before: give specimens names of "
                           "their own",
                           name, 1e6 * diameter, 1e6 * s->diameter);
        if (isnan(s->diameter)) s->diameter = diameter;
        *index = i;
        return VT_OK;
    }
    if (run->specimens == VTI_FRACTURE_MOST) return too_many(err, "specimens");
    vti_fracture_specimen *grown = vti_grow(run->specimen, run->specimens, &run->specimen_room, sizeof *grown);
    if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", run->specimens + 1);
    run->specimen = grown;
    grown[run->specimens] = (vti_fracture_specimen){.name = name,
                                                    .diameter = diameter,
                                                    .order = run->specimens,
                                                    .basis = VTI_BASIS_NONE,
                                                    .paper = NAN,
                                                    .bound = NAN};
    snprintf(grown[run->specimens].shown, VT_NAME, "%.50s", name[0] ? name : "the specimen");
    *index = run->specimens++;
    return VT_OK;
}

vt_status vti_fracture_view_of(vti_fracture_run *run, const vti_fracture_view *v, size_t *index, vt_error *err)
{
    for (size_t i = run->views; i-- > 0;) {
        vti_fracture_view *w = &run->view[i];
        if (w->specimen != v->specimen || w->number != v->number || w->table != v->table || w->stated || v->stated)
            continue;
        if (isfinite(v->azimuth) && isfinite(w->azimuth) && fabs(v->azimuth - w->azimuth) > 1e-9)
            return vt_fail(err, VT_EMISMATCH,
                           "view %g has the azimuth %.4g degrees here and %.4g before: number the views apart",
                           v->number, v->azimuth * 57.29577951308232, w->azimuth * 57.29577951308232);
        if (isnan(w->azimuth)) w->azimuth = v->azimuth;
        *index = i;
        return VT_OK;
    }
    if (run->views == VTI_FRACTURE_MOST) return too_many(err, "views");
    vti_fracture_view *grown = vti_grow(run->view, run->views, &run->view_room, sizeof *grown);
    if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu views", run->views + 1);
    run->view = grown;
    grown[run->views] = *v;
    run->specimen[v->specimen].views++;
    *index = run->views++;
    return VT_OK;
}

vt_status vti_fracture_add_point(vti_fracture_run *run, const vti_trace_point *p, vt_error *err)
{
    vti_trace_point *grown = vti_grow(run->point, run->n, &run->room, sizeof *grown);
    if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", run->n + 1);
    run->point = grown;
    grown[run->n] = *p;
    grown[run->n].order = run->n;
    run->n++;
    return VT_OK;
}

const char *vti_fracture_view_name(const vti_fracture_run *run, const vti_fracture_view *v, char *buf, size_t size)
{
    snprintf(buf, size, "%.40s, view %g", run->specimen[v->specimen].shown, v->number);
    return buf;
}
