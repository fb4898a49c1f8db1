#pragma once
#include <stddef.h>
#include <vitrum/contact.h>
#include <vitrum/error.h>

/* Zero point of depth through a tip whose area function is known (P19 step 1).
 *
 * A parabola through the first loading takes the tip for a sharp cone: a tip of 50 nm radius is then found in contact
 * 6 nm before it is, which is 3 % of the hardness at 400 nm. With the area function A(h_c) the loading at constant
 * hardness is
 *
 *   h = h0 + h_c(P/H) + q sqrt(P/H) + C_f P,   A(h_c(P/H)) = P/H,
 *
 * since the elastic part epsilon P/S is proportional to sqrt(A). q = epsilon sqrt(pi) H/(2 beta E_r) is known from the
 * unloading: (h - h_c)/sqrt(A) at maximum load. */
typedef struct vt_zero_tip {
    const vt_area_function *area; /* borrowed */
    double q;                     /* 1, >= 0 */
    double H;                     /* Pa, > 0: hardness to begin with */
    double u_h, u_P;              /* m, N, >= 0, not both 0: noise of a reading */
    double r;                     /* its serial correlation (lag 1), 0 to below 1 */
    double C_f;                   /* m/N, finite: compliance of the frame that is still in the depths */
} vt_zero_tip;

typedef struct vt_zero_tip_fit {
    double h0, u_h0; /* m: reading of depth at contact; u of the noise with its serial correlation (1.3); with the
                        misfit where the noise does not explain the residuals */
    double H, u_H;   /* Pa: hardness in the window */
    double chi;      /* root mean square of the residuals over the noise */
    double r, n_eff; /* serial correlation, effective number of points */
} vt_zero_tip_fit;

/* Fit of h0 and H to n readings of the loading.
 *
 * h, P   in   m, N: loads above zero (the load in air is taken off); points of small load (1 % of the maximum and less)
 *             tell nothing and should be left out
 * fit    out
 *
 * VT_EARG: NULL, q < 0, H not > 0, noise, r; VT_EDOF: n < 8; VT_EDOMAIN: a load not > 0,
 * by index; VT_ENOROOT: an area that the function does not reach; VT_ENOCONV. On failure *fit is untouched. No
 * allocation; thread-safe. */
vt_status vt_indent_zero_tip(const vt_zero_tip *tip, size_t n, const double *h, const double *P, vt_zero_tip_fit *fit,
                             vt_error *err);
