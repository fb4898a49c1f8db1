/* The rival that a layer must beat too: a wire of one material in a grip that slipped once, by too little to be seen.
 * What a slip leaves is a bend like that of a thin layer on a core that yields later. */
#include "models_internal.h"
#include <math.h>
#include <string.h>

enum { COLUMNS = 4, MARGIN = 8, ROUNDS = 4 };

/* White residuals of a fit, orthonormal directions in which its parameters move it, and dT/dphi, white and not. */
struct tangent {
    double e[VTI_TORSION_BINS], q[COLUMNS][VTI_TORSION_BINS], g[VTI_TORSION_BINS], w[VTI_TORSION_BINS];
    size_t k;
    double white;
};

static void tangent(const vti_torsion_problem *p, const double *x, struct tangent *t)
{
    const size_t of[COLUMNS] = {VTI_P_B, VTI_P_Y, VTI_P_Z, VTI_P_S};
    double before[VTI_P] = {0}, e0 = 0.0;
    t->k = p->model == VTI_TORSION_HARDENING ? 4 : 3;
    t->white = 1.0 / sqrt(1.0 - p->rho * p->rho);
    for (size_t i = 0; i < p->n; i++) {
        double d[VTI_P];
        const double e = p->T[i] - vti_torsion_derive(p->model, x, p->phi[i], d), c = i ? t->white : 1.0;
        const double r = i ? p->rho : 0.0;
        t->e[i] = c * (e - r * e0);
        t->g[i] = d[VTI_P_Z];
        t->w[i] = c * (d[VTI_P_Z] - r * before[VTI_P_Z]);
        for (size_t k = 0; k < t->k; k++) t->q[k][i] = c * (d[of[k]] - r * before[of[k]]);
        memcpy(before, d, sizeof before);
        e0 = e;
    }
    for (size_t k = 0; k < t->k; k++) { /* Gram-Schmidt */
        double norm = 0.0;
        for (size_t l = 0; l < k; l++) {
            double dot = 0.0;
            for (size_t i = 0; i < p->n; i++) dot += t->q[k][i] * t->q[l][i];
            for (size_t i = 0; i < p->n; i++) t->q[k][i] -= dot * t->q[l][i];
        }
        for (size_t i = 0; i < p->n; i++) norm += t->q[k][i] * t->q[k][i];
        for (size_t i = 0; i < p->n && norm > 0.0; i++) t->q[k][i] /= sqrt(norm);
    }
}

/* Squares that a shift of all readings from `at` on takes, and the shift; at = 0: the best place of all, and the shift
 * above 0, since a slip loses twist. Sums run from the end. The residuals are orthogonal to the directions already. */
static double best_shift(const vti_torsion_problem *p, const struct tangent *t, size_t *at, double *shift)
{
    double qw[COLUMNS] = {0}, ew = 0.0, ww = 0.0, most = 0.0;
    const size_t held = *at;
    for (size_t i = p->n; i-- > MARGIN;) {
        const double first = t->white * t->g[i]; /* at the slip itself */
        const double dot = ew + first * t->e[i];
        double own = ww + first * first;
        for (size_t k = 0; k < t->k; k++) own -= (qw[k] + first * t->q[k][i]) * (qw[k] + first * t->q[k][i]);
        const bool place = held == 0 ? dot > 0.0 && i + MARGIN <= p->n : i == held;
        if (place && own > 1e-6 * ww && dot * dot / own > most) {
            most = dot * dot / own;
            *shift = dot / own;
            *at = i;
        }
        ew += t->w[i] * t->e[i];
        ww += t->w[i] * t->w[i];
        for (size_t k = 0; k < t->k; k++) qw[k] += t->w[i] * t->q[k][i];
    }
    return most;
}

double vti_torsion_slipped(const vti_torsion_problem *of, const vti_torsion_fit *fit, vti_torsion_slip *slip)
{
    double phi[VTI_TORSION_BINS], x[VTI_P], rss, m2, least = INFINITY, total = 0.0;
    struct tangent t;
    vti_torsion_problem p = *of;
    size_t at = 0;
    memcpy(phi, of->phi, of->n * sizeof *phi);
    memcpy(x, fit->x, sizeof x);
    p.phi = phi;
    p.rho = fit->rho;
    for (int k = 0; k < ROUNDS; k++) {
        double shift = 0.0;
        tangent(&p, x, &t);
        if (!(best_shift(&p, &t, &at, &shift) > 0.0)) break;
        total += shift;
        for (size_t i = at; i < p.n; i++) phi[i] = of->phi[i] - total;
        if (!vti_torsion_solve(&p, x, x, &rss)) break;
        p.rho = vti_torsion_correlation(&p, x, &m2);
        if (!(m2 < least)) break;
        least = m2;
        *slip = (vti_torsion_slip){of->phi[at], total};
    }
    return vti_torsion_criterion(least, p.n, fit->k + 2);
}
