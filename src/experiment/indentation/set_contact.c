/* Load at fixed depth, and what a compliance in series does to hardness and modulus (ledger C2, C3). */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/indent_set.h>

static vt_status check(const vt_tip *tip, double H, double E_r, const void *out, vt_error *err)
{
    if (!tip || !out) return vt_fail(err, VT_EARG, "tip or output is NULL");
    if (!(tip->C0 > 0.0) || !(tip->epsilon > 0.0) || !(tip->beta > 0.0))
        return vt_fail(err, VT_ERANGE, "C0 = %g, epsilon = %g and beta = %g must be > 0", tip->C0, tip->epsilon,
                       tip->beta);
    if (!(H > 0.0) || !(E_r > 0.0) || !isfinite(H) || !isfinite(E_r))
        return vt_fail(err, VT_ERANGE, "H = %g Pa and E_r = %g Pa must be > 0 and finite", H, E_r);
    return VT_OK;
}

/* The two terms of 1/sqrt(C): contact depth and elastic sink-in, m N^-1/2. */
static void terms(const vt_tip *tip, double H, double E_r, double t[2])
{
    t[0] = 1.0 / sqrt(tip->C0 * H);
    t[1] = tip->epsilon * sqrt(VT_PI * H) / (2.0 * tip->beta * E_r);
}

vt_status vt_load_coefficient(const vt_tip *tip, double H, double E_r, double *C, vt_error *err)
{
    double t[2];
    const vt_status st = check(tip, H, E_r, C, err);
    if (st != VT_OK) return st;
    terms(tip, H, E_r, t);
    *C = 1.0 / ((t[0] + t[1]) * (t[0] + t[1]));
    return VT_OK;
}

vt_status vt_load_ratio(const vt_tip *tip, double H, double E_r, double ratio_H, double ratio_E_r, double *ratio,
                        double slope[2], vt_error *err)
{
    double before[2], after[2];
    vt_status st = check(tip, H, E_r, ratio, err);
    if (st == VT_OK) st = check(tip, ratio_H * H, ratio_E_r * E_r, ratio, err);
    if (st != VT_OK) return st;
    terms(tip, H, E_r, before);
    terms(tip, ratio_H * H, ratio_E_r * E_r, after);
    const double sum = after[0] + after[1], root = (before[0] + before[1]) / sum;
    *ratio = root * root;
    if (slope) { /* ln C = -2 ln(t0 + t1), t0 ~ H^-1/2, t1 ~ H^1/2/E_r */
        slope[0] = (after[0] - after[1]) / sum;
        slope[1] = 2.0 * after[1] / sum;
    }
    return VT_OK;
}

vt_status vt_apparent_contact(const vt_tip *tip, double H, double E_r, double h, double C_s, vt_apparent *out,
                              vt_error *err)
{
    double t[2];
    const vt_status st = check(tip, H, E_r, out, err);
    if (st != VT_OK) return st;
    if (!(h > 0.0) || !isfinite(h) || !isfinite(C_s))
        return vt_fail(err, VT_ERANGE, "h = %g m must be > 0, C_s = %g m/N finite", h, C_s);
    terms(tip, H, E_r, t);
    const double k = t[0] + t[1], square = k * k + 4.0 * C_s * h;
    if (!(square >= 0.0))
        return vt_fail(err, VT_ENOROOT, "C_s = %g m/N: no load has the depth %g m; C_s must be above %g m/N", C_s, h,
                       -0.25 * k * k / h);
    const double root_P = 2.0 * h / (k + sqrt(square)), P = root_P * root_P;   /* h = k sqrt(P) + C_s P */
    const double C = sqrt(VT_PI * H) / (2.0 * tip->beta * E_r * root_P) + C_s; /* 1/S as read */
    const double h_c = h - tip->epsilon * P * C;
    if (!(C > 0.0) || !(h_c > 0.0))
        return vt_fail(err, VT_ERANGE, "C_s = %g m/N leaves no contact: 1/S = %g m/N, h_c = %g m", C_s, C, h_c);
    const double A = tip->C0 * h_c * h_c;
    *out = (vt_apparent){.P = P, .E_r = sqrt(VT_PI / A) / (2.0 * tip->beta * C), .H = P / A};
    return VT_OK;
}
