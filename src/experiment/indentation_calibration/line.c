/* The straight line 1/S = C_f + b/sqrt(P) of a material of constant hardness (procedure P18, step 1). */
#include "calibration_internal.h"
#include <math.h>

/* Weighted least squares over the points of one reference. The standard deviation of 1/S is that of its group: far
 * larger, in m/N, at small loads, where it would otherwise decide about the intercept. */
vt_status vti_cal_line_fit(const vti_cal_run *run, size_t reference, const double *weight, vti_cal_line *line,
                           vt_error *err)
{
    double W = 0.0, X = 0.0, Y = 0.0, sxx = 0.0, sxy = 0.0, chi2 = 0.0, n = 0.0;
    for (int pass = 0; pass < 3; pass++) {
        const double slope = pass == 2 ? sxy / sxx : 0.0;
        for (size_t i = 0; i < run->npoints; i++) {
            const vti_cal_point *p = &run->point[i];
            const double times = weight ? weight[p->indent] : 1.0, sd = run->group[p->group].sd_K;
            if (p->out || p->reference != reference || !(times > 0.0)) continue;
            const double w = times / (sd * sd), x = 1.0 / sqrt(p->P);
            if (pass == 0) {
                n += times;
                W += w;
                X += w * (x - X) / W;
                Y += w * (p->K - Y) / W;
            }
            if (pass == 1) sxx += w * (x - X) * (x - X), sxy += w * (x - X) * (p->K - Y);
            if (pass == 2) chi2 += w * pow(p->K - Y - slope * (x - X), 2.0);
        }
    }
    if (!(n >= 3.0) || !(sxx > 1e-12 * W * X * X))
        return vt_fail(err, VT_ENARROW, "%s: 1/S against 1/sqrt(P) needs several loads",
                       run->reference[reference].material);
    line->slope = sxy / sxx;
    line->C_f = Y - line->slope * X;
    line->chi2_nu = chi2 / fmax(n - 2.0, 1.0);
    return VT_OK;
}
