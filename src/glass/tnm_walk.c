/* Points of a thermal program and their fictive temperatures, in memory of their own. */
#include <stdlib.h>
#include <vitrum/tnm.h>

vt_status vt_tnm_walk_make(const vt_tnm *p, const vt_tnm_program *program, double tolerance, double limit, size_t *from,
                           vt_tnm_walk *out, vt_error *err)
{
    struct memory {
        vt_kww spectrum;
        double work[VT_TNM_WORK];
    } *m = NULL;
    vt_tnm_walk w = {0};
    vt_status st;
    if (!p || !out) return vt_fail(err, VT_EARG, "law or result is NULL");
    *out = w;
    VT_TRY(st = vt_tnm_points(program, 0, NULL, NULL, from, &w.n, err));
    m = malloc(sizeof *m);
    w.t = malloc(3 * w.n * sizeof *w.t);
    if (!m || !w.t) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for a history of %zu points", w.n));
    w.T = w.t + w.n;
    w.Tf = w.T + w.n;
    VT_TRY(st = vt_tnm_points(program, w.n, w.t, w.T, NULL, &w.n, err));
    VT_TRY(st = vt_kww_spectrum(p->beta, tolerance, &m->spectrum, err));
    const vt_tnm_path path = {w.n, w.t, w.T};
    VT_TRY(st = vt_tnm_follow(p, &m->spectrum, &path, limit, w.Tf, m->work, err));
    *out = w;
    w.t = NULL;
done:
    free(m);
    free(w.t);
    return st;
}

void vt_tnm_walk_free(vt_tnm_walk *w)
{
    free(w->t);
    *w = (vt_tnm_walk){0};
}
