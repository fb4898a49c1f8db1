/* Which way heat flow counts upwards. */
#include "calorimetry_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>

enum { CELLS = 64 };

/* Means of y in cells of temperature between low and high over the rows of a ramp; NaN where a cell is empty. */
static void means(const double *T, const double *y, const vt_ramp *r, double low, double high, double out[CELLS])
{
    size_t count[CELLS] = {0};
    for (size_t k = 0; k < CELLS; k++) out[k] = 0.0;
    for (size_t i = r->from; i < r->to; i++) {
        const double at = (T[i] - low) / (high - low) * CELLS;
        if (!(at >= 0.0 && at < CELLS) || !isfinite(y[i])) continue;
        out[(size_t)at] += y[i];
        count[(size_t)at]++;
    }
    for (size_t k = 0; k < CELLS; k++) out[k] = count[k] ? out[k] / (double)count[k] : (double)NAN;
}

static void range(const double *T, const vt_ramp *r, double *low, double *high)
{
    *low = fmin(T[r->from], T[r->to - 1]);
    *high = fmax(T[r->from], T[r->to - 1]);
}

/* A heating and a cooling through the same temperatures differ by (q1 - q2) times a heat capacity, which is positive:
 * share of cells where that is so, less 1/2. 0: no such pair. */
static double evidence(const double *T, const double *y, const vt_ramp *ramp, size_t n)
{
    double best = 0.0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (ramp[i].direction <= 0 || ramp[j].direction >= 0) continue;
            double a[CELLS], b[CELLS], low, high, l, h;
            range(T, &ramp[i], &low, &high);
            range(T, &ramp[j], &l, &h);
            low = fmax(low, l);
            high = fmin(high, h);
            if (!(high - low > 10.0)) continue;
            means(T, y, &ramp[i], low, high, a);
            means(T, y, &ramp[j], low, high, b);
            double up = 0.0, all = 0.0;
            for (size_t k = 0; k < CELLS; k++) {
                if (!isfinite(a[k]) || !isfinite(b[k])) continue;
                up += a[k] > b[k];
                all += 1.0;
            }
            if (all >= 8.0 && fabs(up / all - 0.5) > fabs(best)) best = up / all - 0.5;
        }
    return best;
}

vt_status vti_scans_sign(const vti_calorimetry_run *run, const vt_table *t, const vti_calorimetry_params *p,
                         const vt_ramp *ramp, size_t nramps, double *sign, vt_error *err)
{
    const double *T = vti_bound_numbers(t, "temperature"), *y = vti_bound_numbers(t, "heat_flow");
    const double found = evidence(T, y ? y : vti_bound_numbers(t, "specific_heat_flow"), ramp, nramps);
    const double told = p->sign == VTI_SIGN_ENDO_UP ? 1.0 : p->sign == VTI_SIGN_EXO_UP ? -1.0 : 0.0;
    if (told == 0.0 && fabs(found) < 0.4)
        return vt_fail_at(err, VT_ECONVENTION, vt_table_path(t), 0, 0,
                          "nothing says whether heat flow counts endothermic or exothermic upwards; add --set "
                          "sign=endo_up or --set sign=exo_up, or a line '# sign: endo_up'");
    if (told != 0.0 && told * found < -0.4)
        return vt_fail_at(err, VT_ESIGN, vt_table_path(t), 0, 0,
                          "with sign=%s the heat capacity is negative: heatings and coolings through the same "
                          "temperatures say the opposite; set sign=%s",
                          told > 0.0 ? "endo_up" : "exo_up", told > 0.0 ? "exo_up" : "endo_up");
    *sign = told != 0.0 ? told : found > 0.0 ? 1.0 : -1.0;
    if (told != 0.0) return VT_OK;
    return vt_result_warn(run->result, err, "W_SIGN",
                          "%.200s does not say which way heat flow counts; taken as %s upwards, since its heatings lie "
                          "%s its coolings and a heat capacity is positive",
                          vt_table_path(t)[0] ? vt_table_path(t) : "the record",
                          *sign > 0.0 ? "endothermic" : "exothermic", *sign > 0.0 ? "above" : "below");
}
