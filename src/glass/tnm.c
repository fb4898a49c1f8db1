/* Fictive temperature along a thermal history: one linear equation per relaxation rate. */
#include <math.h>
#include <string.h>
#include <vitrum/tnm.h>

enum { HALVINGS = 40 };

static vt_status check_law(const vt_tnm *p, const vt_kww *s, vt_error *err)
{
    if (!p || !s) return vt_fail(err, VT_EARG, "law or spectrum is NULL");
    if (!isfinite(p->ln_A) || !(p->dh_R > 0.0) || isinf(p->dh_R))
        return vt_fail(err, VT_EARG, "ln A = %g must be finite, dh/R = %g K > 0", p->ln_A, p->dh_R);
    if (!(p->x >= 0.0) || !(p->x <= 1.0)) return vt_fail(err, VT_EARG, "x = %g must be 0 to 1", p->x);
    if (!(s->beta == p->beta) || s->n < 1 || s->n > VT_KWW_TERMS || s->octave < 1 || s->octave > s->n)
        return vt_fail(err, VT_EARG, "the spectrum is of beta = %g, not of %g", s->beta, p->beta);
    return VT_OK;
}

static vt_status check_path(const vt_tnm_path *path, vt_error *err)
{
    if (!path || !path->t || !path->T) return vt_fail(err, VT_EARG, "history is NULL");
    if (path->n < 2) return vt_fail(err, VT_EARG, "a history needs 2 points, has %zu", path->n);
    for (size_t i = 0; i < path->n; i++) {
        if (!isfinite(path->t[i]) || (i > 0 && !(path->t[i] > path->t[i - 1])))
            return vt_fail(err, VT_ETIME, "time t[%zu] = %g s does not follow the one before", i, path->t[i]);
        if (!(path->T[i] > 0.0) || isinf(path->T[i]))
            return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not > 0 and finite", i, path->T[i]);
    }
    return VT_OK;
}

double vt_tnm_ln_tau(const vt_tnm *p, double T, double Tf)
{
    return p->ln_A + p->dh_R * (p->x / T + (1.0 - p->x) / Tf);
}

struct walk {
    const vt_tnm *p;
    const vt_kww *s;
    double limit;
    double *lag;         /* K: of each rate, times the rate; kept */
    double *share;       /* weight over rate */
    double *lost, *next; /* scratch */
};

/* One step dT, over the reduced time dxi, of the lags d of all rates: d' = d exp(-z) + dT (1 - exp(-z))/z with z =
 * rate dxi, which is exact for a temperature linear in xi; into next. Returns the sum of weight d'. lost: 1 - exp(-z),
 * by 1 - e^2 = (1 - e)(2 - (1 - e)) from one octave to the next, which keeps its relative precision. */
static double relax(const struct walk *w, double dT, double dxi)
{
    const size_t n = w->s->n, m = w->s->octave;
    const double push = dT / dxi, *restrict lag = w->lag, *restrict share = w->share;
    double *restrict lost = w->lost, *restrict next = w->next;
    for (size_t k = 0; k < m; k++) lost[k] = -expm1(-w->s->rate[k] * dxi);
    /* From z = 64 on nothing is left. */
    const int octaves = 6 - ilogb(w->s->rate[0] * dxi);
    const size_t gone = octaves < 1 ? m : (size_t)octaves < n / m ? (size_t)octaves * m : n;
    for (size_t k = m; k < gone; k++) lost[k] = lost[k - m] * (2.0 - lost[k - m]);
    for (size_t k = gone; k < n; k++) lost[k] = 1.0;
    for (size_t k = 0; k < n; k++) next[k] = lag[k] + lost[k] * (push - lag[k]);
    double sum[4] = {0.0, 0.0, 0.0, 0.0}; /* in the same order on every machine */
    size_t k = 0;
    for (; k + 4 <= n; k += 4)
        for (size_t j = 0; j < 4; j++) sum[j] += share[k + j] * next[k + j];
    for (; k < n; k++) sum[0] += share[k] * next[k];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Reduced time of dt at ln tau; above 0, so that quotients exist. */
static double reduced(double dt, double ln_tau)
{
    return fmin(fmax(dt * exp(-ln_tau), 1e-200), 1e200);
}

/* One interval from (T_a, *Tf) in dt to T_b. */
static vt_status interval(const struct walk *w, double dt, double T_a, double T_b, double *Tf, vt_error *err)
{
    double done = 0.0, part = 1.0; /* shares of the interval */
    for (int halved = 0; done < 1.0;) {
        const double T0 = T_a + (T_b - T_a) * done, dT = (T_b - T_a) * part;
        const double start = vt_tnm_ln_tau(w->p, T0, *Tf), mid = T0 + 0.5 * dT;
        const double lag = relax(w, 0.5 * dT, reduced(0.5 * dt * part, start));
        const double ln_tau = vt_tnm_ln_tau(w->p, mid, mid - lag);
        if (2.0 * fabs(ln_tau - start) > w->limit) {
            if (++halved > HALVINGS)
                return vt_fail(err, VT_ENOCONV, "ln tau changes by more than %g in %g s near %g K", w->limit, dt * part,
                               T0);
            part *= 0.5;
            continue;
        }
        *Tf = T0 + dT - relax(w, dT, reduced(dt * part, ln_tau));
        memcpy(w->lag, w->next, w->s->n * sizeof *w->lag);
        done += part;
        /* Only a multiple of the double step may be doubled: the shares then end at 1 exactly. */
        if (halved > 0 && 8.0 * fabs(ln_tau - start) < w->limit && fmod(done, 2.0 * part) == 0.0) {
            part *= 2.0;
            halved--;
        }
    }
    return VT_OK;
}

vt_status vt_tnm_follow(const vt_tnm *p, const vt_kww *s, const vt_tnm_path *path, double limit, double *Tf,
                        double *work, vt_error *err)
{
    vt_status st = check_law(p, s, err);
    if (st == VT_OK) st = check_path(path, err);
    if (st != VT_OK) return st;
    if (!Tf || !work) return vt_fail(err, VT_EARG, "Tf or work is NULL");
    if (!(limit >= 0.0)) return vt_fail(err, VT_EARG, "limit %g of a step must be > 0, or 0", limit);
    const struct walk w = {.p = p,
                           .s = s,
                           .limit = limit > 0.0 ? limit : VT_TNM_LIMIT,
                           .lag = work,
                           .share = work + VT_KWW_TERMS,
                           .lost = work + 2 * VT_KWW_TERMS,
                           .next = work + 3 * VT_KWW_TERMS};
    double now = path->T[0];
    for (size_t k = 0; k < s->n; k++) {
        w.lag[k] = 0.0;
        w.share[k] = s->weight[k] / s->rate[k];
    }
    Tf[0] = now;
    for (size_t i = 1; i < path->n; i++) {
        st = interval(&w, path->t[i] - path->t[i - 1], path->T[i - 1], path->T[i], &now, err);
        if (st != VT_OK) return st;
        Tf[i] = now;
    }
    return VT_OK;
}
