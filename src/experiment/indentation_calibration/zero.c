/* Zero points through the tip: the loading of a round tip is neither a sphere's nor a cone's (procedure P19, step 1).
 */
#include "calibration_internal.h"
#include <math.h>
#include <vitrum/indent_zero.h>

/* The loading does not follow the tip (a pop-in) where residuals are above so many times the noise, and above this
 * share of the depth that is looked at: quiet readings show that the tip is not yet known well. */
static const double MISFIT = 3.0, COARSE = 0.05;

/* The unloading of the indent with the largest load; NULL: none is in. */
static const vti_cal_point *largest(const vti_cal_run *run, size_t indent)
{
    const vti_cal_point *best = NULL;
    for (size_t i = 0; i < run->npoints; i++) {
        const vti_cal_point *p = &run->point[i];
        if (p->indent == indent && !p->out && (!best || p->P > best->P)) best = p;
    }
    return best;
}

vt_status vti_cal_zero(vti_cal_run *run, double *change, vt_error *err)
{
    const vt_area_function f = vti_cal_area_function(run, &run->fit);
    (void)err;
    *change = 0.0;
    for (size_t k = 0; k < run->nindents; k++) {
        vti_cal_indent *in = &run->indent[k];
        const double C = run->reference[in->reference].C_f;
        const vti_cal_point *p = largest(run, k);
        vt_zero_tip_fit z;
        double h_c, A;
        in->chi = (double)NAN;
        if (in->out || in->nload < 8 || !p || !vti_cal_contact(run, p, C, &h_c, &A)) continue;
        const vt_zero_tip tip = {.area = &f,
                                 .q = fmax((p->h - C * p->P - h_c) / sqrt(A), 0.0),
                                 .H = p->P / A,
                                 .u_h = in->u_h,
                                 .u_P = in->u_P,
                                 .C_f = C};
        if (vt_indent_zero_tip(&tip, in->nload, in->load_h, in->load_P, &z, NULL) != VT_OK) continue;
        in->chi = z.chi;
        in->r = z.r;
        const double coarse = COARSE * fabs(in->load_h[in->nload - 1] - in->load_h[0]);
        if (!(z.chi < fmax(MISFIT, coarse / in->u_h))) continue;
        *change = fmax(*change, fabs(z.h0 - in->h0));
        in->h0 = z.h0;
        in->zero_by_tip = true;
    }
    return VT_OK;
}
