/* Layered models: the thickness of a thin layer and its modulus are all but inseparable, so the fit goes along sections
 * of held thickness. They are the profile of the likelihood, and every interval comes from them. */
#include "models_internal.h"
#include <math.h>
#include <string.h>

enum { GRID = 16, WALK = 40, MEANS = 24 };
static const double D_LOW = 5e-4, D_HIGH = 0.9; /* SR/R searched */

struct section {
    bool done;
    double x[VTI_P], rss;
};

/* A function of the parameters at one section: value, and its standard uncertainty there. */
enum what { STIFFNESS, YIELD, SKIN, LAYER, CORE, WHATS };

static double value_of(enum what w, const struct section *s, const double *cov, double *u)
{
    const double d = s->x[VTI_P_D], x4 = pow(1.0 - d, 4.0);
    double g[VTI_P] = {0}, v = 0.0, u2 = 0.0;
    if (w == STIFFNESS) {
        g[VTI_P_B] = x4;
        g[VTI_P_S] = 1.0 - x4;
        v = x4 * s->x[VTI_P_B] + (1.0 - x4) * s->x[VTI_P_S];
    } else if (w == YIELD || w == CORE) {
        g[w == YIELD ? VTI_P_Y : VTI_P_W] = 1.0;
        v = s->x[w == YIELD ? VTI_P_Y : VTI_P_W];
    } else {
        g[VTI_P_S] = w == SKIN ? d : 1.0;
        v = g[VTI_P_S] * s->x[VTI_P_S];
    }
    for (size_t i = 0; i < VTI_P; i++)
        for (size_t j = 0; j < VTI_P; j++) u2 += g[i] * g[j] * cov[i * VTI_P + j];
    *u = sqrt(u2);
    return v;
}

/* Section at ln d, starting from another one (NULL: none). */
static struct section at(const vti_torsion_problem *p, const double *near, double lnd)
{
    struct section s = {.rss = INFINITY};
    s.x[VTI_P_D] = exp(lnd);
    s.done = vti_torsion_solve(p, near, s.x, &s.rss);
    return s;
}

/* Best section of a grid over all thicknesses. */
static struct section search(const vti_torsion_problem *p)
{
    struct section best = {.rss = INFINITY}, before = best;
    for (int k = 0; k < GRID; k++) {
        const double lnd = log(D_LOW) + (log(D_HIGH) - log(D_LOW)) * k / (GRID - 1);
        const struct section s = at(p, before.done ? before.x : NULL, lnd);
        if (!s.done) continue;
        before = s;
        if (s.rss < best.rss) best = s;
    }
    return best;
}

/* Golden section about a section, within one step of the grid on both sides. */
static struct section refine(const vti_torsion_problem *p, struct section best, double width, int steps)
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
static void widen(const vti_torsion_problem *p, const struct section *s, double limit, vti_torsion_fit *f)
{
    double cov[VTI_P * VTI_P], u;
    vti_torsion_extent *e[] = {&f->b0, &f->y, &f->skin, &f->layer, &f->w};
    if (!(s->rss <= limit) || !vti_torsion_covariance(p, s->x, s->rss, cov)) return;
    const double nu = (double)p->n - (double)f->k;
    for (int w = STIFFNESS; w < WHATS; w++) {
        const double v = value_of((enum what)w, s, cov, &u), half = u * sqrt((limit - s->rss) / (s->rss / nu));
        e[w]->low = fmin(e[w]->low, v - half);
        e[w]->high = fmax(e[w]->high, v + half);
    }
}

/* Walks from the best section until the limit is passed; the end by halving. NaN: not within D_LOW ... D_HIGH. */
static double walk(const vti_torsion_problem *p, const struct section *best, double sign, double limit,
                   vti_torsion_fit *f)
{
    struct section s = *best;
    double step = 0.06, inside = log(best->x[VTI_P_D]), outside = NAN;
    for (int k = 0; k < WALK && isnan(outside); k++) {
        const double edge = log(sign < 0.0 ? D_LOW : D_HIGH);
        const double next = sign * (inside + sign * step - edge) > 0.0 ? edge : inside + sign * step;
        const struct section n = at(p, s.x, next);
        if (!n.done) return NAN;
        widen(p, &n, limit, f);
        if (n.rss > limit)
            outside = next;
        else if (next == edge)
            return NAN;
        else {
            s = n;
            inside = next;
            step *= 1.3;
        }
    }
    for (int k = 0; k < 6 && isfinite(outside); k++) {
        const double middle = 0.5 * (inside + outside);
        const struct section n = at(p, s.x, middle);
        if (n.done) widen(p, &n, limit, f);
        if (n.done && n.rss <= limit) {
            s = n;
            inside = middle;
        } else
            outside = middle;
    }
    return isfinite(outside) ? exp(0.5 * (inside + outside)) : (double)NAN;
}

/* The section that halves the likelihood over the thickness, whose values are told. The best section will not do: where
 * the record bounds the thickness on one side only, the best one is at nothing half of the time, and the stiffness at
 * the lower end of its interval. */
static struct section median(const vti_torsion_problem *p, const struct section *best, double nu, double top)
{
    double sum[MEANS + 1] = {0}, before = 0.0;
    struct section s = {.done = false};
    const double width = (top - D_LOW) / MEANS;
    for (int k = 0; k <= MEANS; k++) {
        s = at(p, s.done ? s.x : best->x, log(D_LOW + width * k));
        const double rise = fmax(0.0, s.rss - best->rss) / (best->rss / nu), now = s.done ? exp(-0.5 * rise) : 0.0;
        if (k > 0) sum[k] = sum[k - 1] + 0.5 * (before + now);
        before = now;
    }
    const double half = 0.5 * sum[MEANS];
    int k = 1;
    while (k < MEANS && sum[k] < half) k++;
    if (!(sum[k] > sum[k - 1])) return *best;
    const double d = D_LOW + width * (k - 1 + (half - sum[k - 1]) / (sum[k] - sum[k - 1]));
    s = at(p, best->x, log(d));
    return s.done ? s : *best;
}

void vti_torsion_section_intervals(vti_torsion_problem *p, vti_torsion_fit *f)
{
    const double nu = (double)p->n - (double)f->k;
    double u;
    struct section best = {.done = true, .rss = f->rss};
    vti_torsion_extent *e[] = {&f->b0, &f->y, &f->skin, &f->layer, &f->w};
    memcpy(best.x, f->x, sizeof best.x);
    p->rho = f->rho;
    const double limit = best.rss * (1.0 + p->t * p->t / nu);
    for (int w = STIFFNESS; w < WHATS; w++) e[w]->low = e[w]->high = value_of((enum what)w, &best, f->cov, &u);
    widen(p, &best, limit, f);
    f->d.low = walk(p, &best, -1.0, limit, f);
    f->d.high = walk(p, &best, 1.0, limit, f);
    const double top = isfinite(f->d.high) ? fmin(D_HIGH, 1.3 * f->d.high) : D_HIGH;
    const struct section middle = median(p, &best, nu, top);
    f->d.value = middle.x[VTI_P_D];
    for (int w = STIFFNESS; w < WHATS; w++) {
        e[w]->value = value_of((enum what)w, &middle, f->cov, &u);
        e[w]->u = (e[w]->high - e[w]->low) / (2.0 * p->t);
    }
}

void vti_torsion_sections(vti_torsion_problem *p, vti_torsion_fit *f)
{
    const double cell = (log(D_HIGH) - log(D_LOW)) / (GRID - 1);
    double m2 = NAN;
    f->k = vti_torsion_parameters(p->model);
    struct section best = {.done = false};
    for (int pass = 0; pass < 3; pass++) { /* the second search is with the correlation of the first's end */
        p->rho = pass ? vti_torsion_correlation(p, best.x, &m2) : 0.0;
        best = pass < 2 ? search(p) : at(p, best.x, log(best.x[VTI_P_D]));
        if (best.done && pass) best = refine(p, best, pass < 2 ? cell : 0.3 * cell, 6);
        if (!best.done) return;
    }
    (void)vti_torsion_correlation(p, best.x, &m2);
    if (!vti_torsion_covariance(p, best.x, best.rss, f->cov)) return;
    memcpy(f->x, best.x, sizeof f->x);
    f->done = true;
    f->rss = best.rss;
    f->rho = p->rho;
    f->aicc = vti_torsion_criterion(m2, p->n, f->k);
}
