/* Contact of the virtual indenter: tip of finite radius, Oliver and Pharr's relations the other way round (P18, P19).
 */
#include "virtual_internal.h"
#include <math.h>
#include <vitrum/constants.h>

/* Half angle of the cone of equal area. */
static double cone_slope(const vti_tip *tip)
{
    return sqrt(tip->C0 / VT_PI);
}

/* Sphere and cone of the same tangent meet at depth R (1 - sin a), a the half angle; the cone's own apex lies
 * R (1/sin a - 1) above the sphere's. */
static void joint(const vti_tip *tip, double *depth, double *shift)
{
    const double k = cone_slope(tip), sine = k / sqrt(1.0 + k * k);
    *depth = tip->R * (1.0 - sine);
    *shift = tip->R * (1.0 / sine - 1.0);
}

double vti_tip_area(const vti_tip *tip, double h_c)
{
    if (tip->shape == VTI_TIP_HYPERBOLOID) return h_c * (tip->C0 * h_c + 2.0 * VT_PI * tip->R);
    double depth, shift;
    joint(tip, &depth, &shift);
    if (h_c < depth) return VT_PI * h_c * (2.0 * tip->R - h_c);
    return tip->C0 * (h_c + shift) * (h_c + shift);
}

double vti_tip_depth(const vti_tip *tip, double A)
{
    const double b = VT_PI * tip->R;
    if (!(A > 0.0)) return 0.0;
    if (tip->shape == VTI_TIP_HYPERBOLOID) return A / (b + sqrt(b * b + tip->C0 * A));
    double depth, shift;
    joint(tip, &depth, &shift);
    if (A < VT_PI * depth * (2.0 * tip->R - depth)) return A / (b + sqrt(b * b - VT_PI * A));
    return sqrt(A / tip->C0) - shift;
}

void vti_tip_terms(const vti_tip *tip, double C[9])
{
    for (int k = 0; k < 9; k++) C[k] = 0.0;
    C[0] = tip->C0;
    C[1] = 2e9 * VT_PI * tip->R;
    if (tip->shape == VTI_TIP_HYPERBOLOID) return;
    double depth, shift;
    joint(tip, &depth, &shift);
    C[1] = 2e9 * tip->C0 * shift;
    /* The constant of C0 (h + shift)^2; h^(1/128) is within 2 % of 1.045 from 40 nm to 3 um, which is 1e-4 of the area
     * at 50 nm for R = 50 nm. */
    C[8] = tip->C0 * (1e9 * shift) * (1e9 * shift) / 1.045;
}

void vti_touch_at(const vti_ground *g, const vti_tip *tip, double P, double h_c, vti_touch *touch)
{
    touch->P = P;
    touch->h_c = h_c;
    touch->S = 2.0 * g->K * sqrt(vti_tip_area(tip, h_c) / VT_PI);
    touch->h = touch->S > 0.0 ? h_c + g->epsilon * P / touch->S : 0.0;
}

double vti_yielded_depth(const vti_ground *g, const vti_tip *tip, double P)
{
    return vti_tip_depth(tip, P / g->H);
}

double vti_recovered_depth(const vti_ground *g, const vti_touch *peak, double P)
{
    const double H_e = g->m * peak->P / peak->S; /* span of the recovery, h_max - h_f */
    return peak->h - H_e * (1.0 - pow(fmax(P, 0.0) / peak->P, 1.0 / g->m));
}

double vti_load_at_depth(const vti_ground *g, const vti_tip *tip, double h, double C)
{
    /* h(P) rises from 0; at the area of contact depth h the tip is deeper than h for sure. Bisection halves the bracket
     * 200 times: to the last digit. */
    double low = 0.0, high = g->H * vti_tip_area(tip, h / (1.0 - g->creep));
    for (int i = 0; i < 200; i++) {
        const double P = 0.5 * (low + high);
        vti_touch touch;
        vti_touch_at(g, tip, P, (1.0 - g->creep) * vti_yielded_depth(g, tip, P), &touch);
        if (touch.h + C * P < h)
            low = P;
        else
            high = P;
    }
    return 0.5 * (low + high);
}
