/* From the views of a specimen to its angle, or to a bound; and the mode (P32, step 3). */
#include "fracture_internal.h"
#include <math.h>
#include <vitrum/constants.h>

static const double DEGREE = VT_PI / 180.0;

/* Views of the specimen as arrays; *azimuths: all are known. */
static vt_status collect(const vti_fracture_run *run, const vti_fracture_specimen *s, vt_fracture_views *v,
                         double *store, bool *azimuths, vt_error *err)
{
    double *apparent = store, *u = store + VT_FRACTURE_VIEWS, *azimuth = store + 2 * VT_FRACTURE_VIEWS;
    *v = (vt_fracture_views){.apparent = apparent, .u = u, .azimuth_u = run->par->azimuth_u};
    *azimuths = true;
    for (size_t i = 0; i < run->views; i++) {
        const vti_fracture_view *w = &run->view[i];
        if (&run->specimen[w->specimen] != s) continue;
        if (v->n == VT_FRACTURE_VIEWS)
            return vt_fail(err, VT_ELIMIT, "%s has more than %d views", s->shown, VT_FRACTURE_VIEWS);
        apparent[v->n] = w->apparent;
        u[v->n] = w->u;
        azimuth[v->n++] = w->azimuth;
        *azimuths = *azimuths && isfinite(w->azimuth);
        v->unsigned_angles = v->unsigned_angles || (w->stated && !run->par->angles);
    }
    if (*azimuths) v->azimuth = azimuth;
    return VT_OK;
}

/* As published: the angle as it looks; of several looks the largest, which the others bound. */
static void as_published(vti_fracture_specimen *s, const vt_fracture_views *v)
{
    for (size_t i = 0; i < v->n; i++) {
        if (i > 0 && !(fabs(v->apparent[i]) > s->paper)) continue;
        s->paper = fabs(v->apparent[i]);
        s->u_paper = v->u[i];
    }
}

static vt_status warn_views(vti_fracture_run *run, const vti_fracture_specimen *s, vt_error *err)
{
    if (!(s->angle.p_value < 0.01)) return VT_OK;
    return vt_result_warn(run->result, err, "W_VIEWS",
                          "%s: its views do not lie on one plane (chi2 = %.3g, p = %.2g): a helix or a kinked crack, a "
                          "wrong azimuth or a mirrored picture; uncertainties are stretched by %.3g",
                          s->shown, s->angle.chi2, s->angle.p_value, s->angle.scale);
}

static vt_status warn_bound(vti_fracture_run *run, const vti_fracture_specimen *s, size_t n, vt_error *err)
{
    return vt_result_warn(run->result, err, "W_BOUND",
                          "%s: %zu view%s not show the tilt towards the observer: the angle is at least %.3g "
                          "degrees (level %.3g), not known from above; look from three azimuths or unwrap the trace",
                          s->shown, n, n == 1 ? " does" : "s do", s->bound / DEGREE, run->job->common.level);
}

static vt_status of_views(vti_fracture_run *run, vti_fracture_specimen *s, const vt_fracture_views *v, bool azimuths,
                          vt_error *err)
{
    const double level = run->job->common.level;
    vt_error why = {0};
    vt_status st = VT_OK;
    if (azimuths) {
        st = vt_fracture_known(v, level, &s->angle, &why);
        s->basis = VTI_BASIS_KNOWN;
        if (st == VT_OK) return warn_views(run, s, err);
    } else {
        s->basis = VTI_BASIS_RANDOM;
        st = vt_fracture_random(v, level, &s->angle, &why);
        if (st == VT_OK) return VT_OK;
    }
    s->basis = VTI_BASIS_BOUND;
    if (st != VT_ENARROW) return vt_fail(err, st, "%s: %s", s->shown, why.msg);
    return vt_result_warn(run->result, err, "W_AZIMUTH", "%s: %s; a lower bound only", s->shown, why.msg);
}

vt_status vti_fracture_orient(vti_fracture_run *run, vti_fracture_specimen *s, vt_error *err)
{
    double store[3 * VT_FRACTURE_VIEWS];
    vt_fracture_views v;
    bool azimuths;
    vt_status st = collect(run, s, &v, store, &azimuths, err);
    if (st != VT_OK || v.n == 0) return st;
    as_published(s, &v);
    st = vt_fracture_bound(&v, run->job->common.level, &s->bound, err);
    if (st != VT_OK) return st;
    if (v.n >= 3) {
        st = of_views(run, s, &v, azimuths, err);
        if (st != VT_OK || s->basis != VTI_BASIS_BOUND) return st;
    }
    s->basis = VTI_BASIS_BOUND;
    return warn_bound(run, s, v.n, err);
}

vti_fracture_mode vti_fracture_mode_of(const vti_fracture_params *p, double low, double high)
{
    const double flat = p->mode_tolerance, helix = 0.25 * VT_PI;
    if (high <= flat) return VTI_MODE_FLAT;
    if (low >= helix - flat && high <= helix + flat) return VTI_MODE_HELIX;
    if (low > flat && high < helix - flat) return VTI_MODE_MIXED;
    return VTI_MODE_OPEN;
}

const char *vti_fracture_mode_text(vti_fracture_mode mode)
{
    static const char *const TEXT[VTI_MODES] = {"not determined", "mode III, flat", "mixed", "mode I, 45 degrees"};
    return TEXT[mode];
}
