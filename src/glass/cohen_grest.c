/* Cohen-Grest free-volume viscosity. */
#include <math.h>
#include <vitrum/cohen_grest.h>

vt_status vt_cohen_grest_viscosity(const vt_cohen_grest *p, size_t n, const double *T, double *eta, vt_error *err)
{
    if (!p || (n > 0 && (!T || !eta))) return vt_fail(err, VT_EARG, "law or array is NULL");
    if (!(p->eta0 > 0.0) || !(p->Z > 0.0) || !(p->V > 0.0) || !(p->Tq >= 0.0))
        return vt_fail(err, VT_EARG, "eta0 = %g Pa s, Z = %g K and V = %g K must be > 0, Tq = %g K >= 0", p->eta0, p->Z,
                       p->V, p->Tq);
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > 0.0)) return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not above 0 K", i, T[i]);
    for (size_t i = 0; i < n; i++) {
        const double D = T[i] - p->Tq, root = sqrt(D * D + p->V * T[i]);
        /* Below Tq the sum of D and the root cancels; its conjugate does not. */
        const double f = D >= 0.0 ? D + root : p->V * T[i] / (root - D); /* K */
        eta[i] = p->eta0 * exp(2.0 * p->Z / f);
    }
    return VT_OK;
}
