/* Heat capacity and enthalpy of a relaxing glass. */
#include <math.h>
#include <vitrum/tnm.h>

vt_status vt_tnm_slope(size_t n, const double *T, const double *Tf, double *T_mid, double *slope, vt_error *err)
{
    if (!T || !Tf || !T_mid || !slope || n < 2)
        return vt_fail(err, VT_EARG, "array is NULL, or %zu points, fewer than 2", n);
    for (size_t i = 0; i + 1 < n; i++)
        if (!(fabs(T[i + 1] - T[i]) > 0.0))
            return vt_fail(err, VT_EDOMAIN, "T[%zu] = T[%zu] = %g K: no heat capacity in a hold", i + 1, i, T[i]);
    for (size_t i = 0; i + 1 < n; i++) {
        const double a = T[i], b = T[i + 1];
        slope[i] = (Tf[i + 1] - Tf[i]) / (b - a);
        T_mid[i] = 0.5 * (a + b);
    }
    return VT_OK;
}

/* Extremum of the parabola through three points around the highest (or lowest) one. */
static void parabola(size_t n, const double *T, const double *y, size_t i, double *T_top, double *top)
{
    *T_top = T[i];
    *top = y[i];
    if (i == 0 || i + 1 >= n) return;
    const double h = 0.5 * (T[i + 1] - T[i - 1]), first = 0.5 * (y[i + 1] - y[i - 1]);
    const double second = y[i + 1] - 2.0 * y[i] + y[i - 1];
    if (!(fabs(second) > 0.0)) return;
    *T_top = T[i] - h * first / second;
    *top = y[i] - 0.5 * first * first / second;
}

vt_status vt_tnm_scan(size_t n, const double *T_mid, const double *slope, vt_tnm_overshoot *out, vt_error *err)
{
    if (!T_mid || !slope || !out || n < 3)
        return vt_fail(err, VT_EARG, "array is NULL, or %zu points, fewer than 3", n);
    size_t top = 0, half = 0, low = 0;
    for (size_t i = 1; i < n; i++)
        if (slope[i] > slope[top]) top = i;
    for (size_t i = 0; i + 1 <= top; i++) {
        if (slope[i] < 0.5 && slope[i + 1] >= 0.5) half = i + 1;
        if (slope[i] < slope[low]) low = i;
    }
    if (half == 0)
        return vt_fail(err, VT_ENOROOT, "dTf/dT does not pass 1/2 between %g and %g K: it is %g to %g", T_mid[0],
                       T_mid[n - 1], slope[low], slope[top]);
    vt_tnm_overshoot o;
    parabola(n, T_mid, slope, top, &o.T_max, &o.max);
    parabola(n, T_mid, slope, low, &o.T_min, &o.min);
    const double a = slope[half - 1], b = slope[half];
    o.T_half = T_mid[half - 1] + (T_mid[half] - T_mid[half - 1]) * (0.5 - a) / (b - a);
    *out = o;
    return VT_OK;
}

double vt_tnm_heat_capacity(const vt_tnm_heat *h, double T, double Tf, double slope)
{
    return h->glass + h->glass_slope * (T - h->T_ref) + (h->step + h->step_slope * (Tf - h->T_ref)) * slope;
}

double vt_tnm_stored(const vt_tnm_heat *h, double Tf, double Tf_ref)
{
    return (Tf - Tf_ref) * (h->step + h->step_slope * (0.5 * (Tf + Tf_ref) - h->T_ref));
}
