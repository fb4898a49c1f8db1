/* kink=auto where neither kink nor bulk transition is stated: a glass branch, if viscosities and diameters prove one.
 */
#include "transport_internal.h"
#include <math.h>

enum { P = VTI_TRANSPORT_P };

/* AICc that the branch must gain: weight below 1 % for the law without it (procedure P10 step 4). */
static const double GAIN = 10.0;

static double aicc(const vti_transport_problem *p, const vti_transport_fit *f)
{
    double k = 0.0;
    const double n = (double)p->n;
    for (size_t j = 0; j < P; j++) k += !f->fixed[j];
    return n > k + 1.0 ? f->sum.chi2 + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0) : INFINITY;
}

static bool bears(const vti_transport_row *r)
{
    return r->T > 0.0 && !r->bound && (r->kind == VTI_VISCOSITY || r->kind == VTI_CRITICAL_DIAMETER);
}

/* The best of the fits that start with the kink at one of the stated temperatures. */
static bool best_kink(vt_nlfit *ws, vti_transport_problem *p, vti_transport_fit *best)
{
    bool found = false;
    for (size_t i = 0; i < p->n; i++) {
        vti_transport_fit f = {0};
        if (!bears(&p->row[i])) continue;
        vti_transport_start(p, f.x);
        f.x[VTI_TK] = p->row[i].T + 2.0;
        vti_transport_untouched(p, f.x, f.fixed);
        if (f.fixed[VTI_QG] || f.fixed[VTI_TK]) continue;
        if (vti_transport_solve(ws, p, 1, &f, NULL) != VT_OK || (found && !(f.sum.chi2 < best->sum.chi2))) continue;
        *best = f;
        found = true;
    }
    return found;
}

bool vti_transport_prove_kink(vt_nlfit *ws, vti_transport_problem *p, vti_transport_fit *fit)
{
    vti_transport_fit with = {0};
    p->setup.kink = true;
    if (best_kink(ws, p, &with) && aicc(p, &with) < aicc(p, fit) - GAIN) {
        *fit = with;
        return true;
    }
    p->setup.kink = false;
    return false;
}
