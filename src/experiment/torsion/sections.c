/* Layered models: the thickness of a thin layer and its modulus are all but inseparable, so the fit goes along sections
 * of held thickness. They are the profile of the likelihood, and every interval comes from them. */
#include "models_internal.h"
#include <math.h>
#include <string.h>

enum { GRID = 16, WALK = 30 };
static const double D_LOW = 5e-4, D_HIGH = 0.6; /* SR/R searched */

struct section {
    bool done;
    double x[VTI_P], cov[VTI_P * VTI_P], rss;
};

/* A function of the parameters at one section: value, and its standard uncertainty there. */
enum what { STIFFNESS, YIELD, SKIN, LAYER, WHATS };

static double value_of(enum what w, const struct section *s, double *u)
{
    const double d = s->x[VTI_P_D], x4 = pow(1.0 - d, 4.0);
    double g[VTI_P] = {0}, v = 0.0, u2 = 0.0;
    if (w == STIFFNESS) {
        g[VTI_P_B] = x4;
        g[VTI_P_S] = 1.0 - x4;
        v = x4 * s->x[VTI_P_B] + (1.0 - x4) * s->x[VTI_P_S];
    } else if (w == YIELD) {
        g[VTI_P_Y] = 1.0;
        v = s->x[VTI_P_Y];
    } else {
        g[VTI_P_S] = w == SKIN ? d : 1.0;
        v = g[VTI_P_S] * s->x[VTI_P_S];
    }
    for (size_t i = 0; i < VTI_P; i++)
        for (size_t j = 0; j < VTI_P; j++) u2 += g[i] * g[j] * s->cov[i * VTI_P + j];
    *u = sqrt(u2);
    return v;
}

/* Section at ln d, starting from another one. */
static struct section at(vti_torsion_problem *p, const double *from, double lnd)
{
    struct section s = {.rss = INFINITY};
    memcpy(s.x, from, sizeof s.x);
    s.x[VTI_P_D] = exp(lnd);
    s.done = vti_torsion_solve(p, s.x, s.cov, &s.rss);
    return s;
}

/* Best section of a grid over all thicknesses. */
static struct section search(vti_torsion_problem *p, const double *from)
{
    struct section best = {.rss = INFINITY};
    double x[VTI_P];
    memcpy(x, from, sizeof x);
    for (int k = 0; k < GRID; k++) {
        const double lnd = log(D_LOW) + (log(D_HIGH) - log(D_LOW)) * k / (GRID - 1);
        const struct section s = at(p, x, lnd);
        if (!s.done) continue;
        memcpy(x, s.x, sizeof x);
        if (s.rss < best.rss) best = s;
    }
    return best;
}

/* Golden section about a section, within one step of the grid on both sides. */
static struct section refine(vti_torsion_problem *p, struct section best, double width, int steps)
{
    const double golden = 0.5 * (sqrt(5.0) - 1.0);
    double low = fmax(log(D_LOW), log(best.x[VTI_P_D]) - width), high = fmin(log(D_HIGH), log(best.x[VTI_P_D]) + width);
    double la = high - golden * (high - low), lb = low + golden * (high - low);
    struct section a = at(p, best.x, la), b = at(p, best.x, lb);
    for (int k = 0; k < steps; k++) {
        if (a.rss < best.rss) best = a;
        if (b.rss < best.rss) best = b;
        if (a.rss < b.rss) {
            high = lb;
            lb = la;
            b = a;
            la = high - golden * (high - low);
            a = at(p, best.x, la);
        } else {
            low = la;
            la = lb;
            a = b;
            lb = low + golden * (high - low);
            b = at(p, best.x, lb);
        }
    }
    return a.rss < best.rss ? a : b.rss < best.rss ? b : best;
}

/* Widens the intervals by a section: at a rise of the sum of squares below the limit, what is left of it is the width
 * that the other parameters have there. */
static void widen(const struct section *s, const struct section *best, double t, double nu, vti_torsion_fit *f)
{
    const double unit = best->rss / nu, left = t * t - (s->rss - best->rss) / unit;
    vti_torsion_extent *e[] = {&f->b0, &f->y, &f->skin, &f->layer};
    if (!(left >= 0.0)) return;
    for (int w = STIFFNESS; w < WHATS; w++) {
        double u;
        const double v = value_of((enum what)w, s, &u), half = u * sqrt(left * unit / (s->rss / nu));
        e[w]->low = fmin(e[w]->low, v - half);
        e[w]->high = fmax(e[w]->high, v + half);
    }
}

/* Walks from the best section until the limit is passed; the end by halving. NaN: not within D_LOW ... D_HIGH. */
static double walk(vti_torsion_problem *p, const struct section *best, double sign, double nu, vti_torsion_fit *f)
{
    const double limit = best->rss * (1.0 + p->t * p->t / nu);
    struct section s = *best;
    double step = 0.06, inside = log(best->x[VTI_P_D]), outside = NAN;
    for (int k = 0; k < WALK && isnan(outside); k++) {
        const double next = inside + sign * step;
        if (next < log(D_LOW) || next > log(D_HIGH)) return NAN;
        const struct section n = at(p, s.x, next);
        if (!n.done) return NAN;
        widen(&n, best, p->t, nu, f);
        if (n.rss > limit)
            outside = next;
        else {
            s = n;
            inside = next;
            step *= 1.3;
        }
    }
    for (int k = 0; k < 5 && isfinite(outside); k++) {
        const double middle = 0.5 * (inside + outside);
        const struct section n = at(p, s.x, middle);
        if (n.done) widen(&n, best, p->t, nu, f);
        if (n.done && n.rss <= limit) {
            s = n;
            inside = middle;
        } else
            outside = middle;
    }
    return isfinite(outside) ? exp(0.5 * (inside + outside)) : (double)NAN;
}

static void intervals(vti_torsion_problem *p, const struct section *best, vti_torsion_fit *f)
{
    const double nu = (double)p->n - (double)f->k;
    double u;
    vti_torsion_extent *e[] = {&f->b0, &f->y, &f->skin, &f->layer};
    for (int w = STIFFNESS; w < WHATS; w++) {
        e[w]->value = value_of((enum what)w, best, &u);
        e[w]->low = e[w]->high = e[w]->value;
    }
    widen(best, best, p->t, nu, f);
    f->d.value = best->x[VTI_P_D];
    f->d.low = walk(p, best, -1.0, nu, f);
    f->d.high = walk(p, best, 1.0, nu, f);
    f->d.u = (f->d.high - f->d.low) / (2.0 * p->t);
    for (int w = STIFFNESS; w < WHATS; w++) e[w]->u = (e[w]->high - e[w]->low) / (2.0 * p->t);
}

void vti_torsion_sections(vti_torsion_problem *p, const double *from, double rho, vti_torsion_fit *f)
{
    const double cell = (log(D_HIGH) - log(D_LOW)) / (GRID - 1);
    double x[VTI_P], m2 = NAN;
    f->k = 5;
    memcpy(x, from, sizeof x);
    x[VTI_P_S] = x[VTI_P_B];
    p->rho = rho;
    struct section best = search(p, x);
    if (!best.done) return;
    for (int pass = 0; pass < 2; pass++) {
        p->rho = vti_torsion_correlation(p, best.x, &m2);
        best = at(p, best.x, log(best.x[VTI_P_D]));
        if (!best.done) best = search(p, x); /* from elsewhere: the correlation has moved the section away */
        if (best.done) best = refine(p, best, pass ? 0.3 * cell : cell, 6);
        if (!best.done) return;
    }
    (void)vti_torsion_correlation(p, best.x, &m2);
    memcpy(f->x, best.x, sizeof f->x);
    memcpy(f->cov, best.cov, sizeof f->cov);
    f->done = true;
    f->rss = best.rss;
    f->rho = p->rho;
    f->aicc = vti_torsion_criterion(m2, p->n, f->k);
    if (p->model == VTI_TORSION_LAYERED) intervals(p, &best, f);
}
