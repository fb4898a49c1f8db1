#pragma once
#include <stddef.h>
#include <vitrum/error.h>
#include <vitrum/yield.h>

/* Tension on a chip (procedures P22, P23; ledger D3 to D7; Gravier et al., J. MEMS 18 (2009) 555). An actuator beam
 * with internal tension is released, contracts by u and pulls a specimen in series until their forces are equal. SI; u
 * > 0 stretches the specimen. Nothing here allocates; all functions are thread-safe; on failure outputs are untouched.
 */

typedef struct vt_onchip_structure {
    double E_a;           /* Pa, > 0: Young's modulus of the actuator */
    double L_a, w_a, t_a; /* m, > 0: its length with the under-etch, width, thickness */
    double eps_a;         /* < 0: its mismatch strain; free it would contract by -eps_a L_a */
    double L0, w, t;      /* m, > 0: specimen: effective length, width, thickness */
    double eps;           /* mismatch strain of the specimen; < 0: it stands under tension before release */
    double C_s;           /* m/N, >= 0: compliance in series with it: what stays elastic of a dogbone, overlap; or 0 */
    double u_s;           /* m: elongation of that part without force, by its mismatch strain; or 0 */
} vt_onchip_structure;

/* One structure at one displacement. */
typedef struct vt_onchip_point {
    double sigma_a; /* Pa: stress of the actuator, E_a [ln(1 - u/L_a) - eps_a] */
    double delta;   /* what is left of its mismatch strain, -eps_a + ln(1 - u/L_a) (about |eps_a| - u/L_a) */
    double F;       /* N: sigma_a w_a t_a */
    double own;     /* m: elongation of the specimen by itself, u - C_s F - u_s */
    double share;   /* d own/du: 1 + C_s k_a */
    double s;       /* Pa: nominal stress of the specimen, F/(w t) */
    double sigma;   /* Pa: its true stress, s (1 + own/L0)^(2 nu) */
    double strain;  /* its true strain, ln(1 + own/L0) - eps */
    double c2;      /* Pa/m: -d sigma/du */
} vt_onchip_point;

/* State at the displacement u (m). nu: how the section follows the length: 0.5 keeps the volume (plastic flow);
 * Poisson's ratio while elastic; 0 <= nu <= 0.5. At nu = 0.5, c2 = [k_a (L0 + own) - share F]/(w t L0) with k_a = E_a
 * w_a t_a/(L_a - u); share is 1 where nothing is in series. VT_EDOMAIN: a dimension or modulus not > 0, own <= -L0, u
 * >= L_a, C_s < 0, nu out of range; VT_ESIGN: eps_a >= 0; VT_EENERGY: delta < 0, u is beyond the free contraction.
 * Source: P22, P23. */
vt_status vt_onchip_state(const vt_onchip_structure *b, double u, double nu, vt_onchip_point *out, vt_error *err);

/* Displacement at which actuator and specimen balance, if the specimen carries the true stress sigma (Pa) at nu = 0.5:
 * the inverse of vt_onchip_state. VT_ENOROOT: no such u >= 0. */
vt_status vt_onchip_balance(const vt_onchip_structure *b, double sigma, double *u, vt_error *err);

/* d ln(sigma)/d ln(x) of the scales, and d sigma/dx, d strain/dx of the rest (P22, GUM). */
typedef struct vt_onchip_gum {
    double scale;                  /* d ln sigma/d ln x of E_a, w_a, t_a: 1 less C_s F/(L0 + own); of w and t: -1 */
    double stress_eps_a;           /* Pa: -scale/delta, times sigma */
    double stress_L_a;             /* Pa/m: scale u/(L_a (L_a - u)) over delta, times sigma */
    double stress_C_s, strain_C_s; /* Pa N/m, N/m */
    double stress_u, strain_u;     /* Pa/m, 1/m: one error of u moves both */
    double stress_L0, strain_L0;   /* Pa/m, 1/m */
    double strain_eps;             /* -1 */
    double stress_u_part[2];       /* Pa/m: of stress_u what the specimen and what the actuator gives */
} vt_onchip_gum;
/* Sensitivities at nu = 0.5. (u_sigma/sigma)^2 = sum of squares of the scales + [u(eps_a)/delta]^2
 * + u_u^2 [1/(L0+u) - 1/((L_a-u) delta)]^2 + [u u(L_a)/(L_a (L_a-u) delta)]^2. Errors of vt_onchip_state. */
vt_status vt_onchip_sensitivities(const vt_onchip_structure *b, double u, vt_onchip_gum *out, vt_error *err);

/* d eps_p/du = 1/(L0 + u) + c2/E: plastic strain that the specimen of modulus E (Pa, > 0) takes up as the actuator
 * moves (P23). VT_EDOMAIN. */
vt_status vt_onchip_plastic_rate(double L0, double u, double c2, double E, double *c3, vt_error *err);

/* S = d sigma/d ln(rate) (Pa) of a specimen whose displacement grows as A1 ln(A2 t): A1 (c2 + theta c3). theta = 0
 * (Pa): without hardening, as the paper has it, too small by the hardening that goes on as it relaxes (ledger D6). A1
 * in m. VT_EDOMAIN: an argument not finite, c2 or c3 not > 0, theta < 0. */
vt_status vt_onchip_rate_stress(double A1, double c2, double c3, double theta, double *S, vt_error *err);

/* V = M k T/S, m^3 (P23, ledger D3, D4). M, T (K), S (Pa) > 0. M = sqrt(3): shear volume of von Mises. VT_EDOMAIN. */
vt_status vt_onchip_volume(double M, double T, double S, double *V, vt_error *err);

/* m = S/(sigma - threshold): with threshold 0 of the total stress, else of the thermally activated part (ledger D7).
 * VT_EDOMAIN: S not > 0, sigma not above the threshold. */
vt_status vt_onchip_rate_sensitivity(double S, double sigma, double threshold, double *m, vt_error *err);

/* Displacement at time t (s, > 0): paper_law A1 ln(A2 t), A2 given by its logarithm since it is often e^60 and more;
 * and the general law u_r + A1 ln(1 + t/t_r) (t_r > 0), which it becomes for t >> t_r. VT_EDOMAIN. */
vt_status vt_onchip_log_law(double A1, double ln_A2, double t, double *u, vt_error *err);
vt_status vt_onchip_general_law(double u_r, double A1, double t_r, double t, double *u, vt_error *err);

/* Plastic strain rate (1/s) at the time t after release (s, > 0) of a specimen that began to flow at release and has
 * taken up eps_p (> 0) since. By the general law eps_p = p ln(1 + t/t_r), p = c3 A1 (> 0): the rate is p/(t + t_r) =
 * (p/t)(1 - exp(-eps_p/p)); p/t where much has flowed, eps_p/t where little has. VT_EDOMAIN. */
vt_status vt_onchip_flow_rate(double p, double eps_p, double t, double *rate, vt_error *err);

/* Drop of the stress from t1 to t2 (s) at constant S: S ln(t2/t1), Pa. VT_EDOMAIN: not 0 < t1 <= t2. */
vt_status vt_onchip_stress_drop(double S, double t1, double t2, double *drop, vt_error *err);

/* Length of a uniform beam of width w0 (m) that is as stiff as a dogbone of widths w (m, > 0) at n >= 2 ascending
 * places x (m), straight between them: w0 integral dx/w. VT_EARG; VT_EDOMAIN by index. Source: P22. A dogbone of which
 * only the length L0 of width w0 flows has what is beyond it in series: C_s = (L - L0)/(E w0 t), u_s = eps (x_n - x_1 -
 * L0); as long as all of it is elastic it is a beam of length L. */
vt_status vt_onchip_effective_length(size_t n, const double *x, const double *w, double w0, double *L, vt_error *err);

/* Mismatch strain of two beams of length L (m) that turn a pointer of arm A (m) about hinges `offset` O (m) apart,
 * whose tip moves by y (m): -y O/(2 L (A + O/2)); hinges without stiffness. VT_EDOMAIN. */
vt_status vt_onchip_pointer(double y, double L, double arm, double offset, double *eps_a, vt_error *err);

/* Standard uncertainties of the constants of the cooperative shear model: gamma_C0 0.002, gamma_C1 0.002, gamma_C
 * 0.0020; R and zeta are exact (P23). */
#define VT_CSM_UNCERTAINTY \
    { \
        .gamma_C0 = 0.002, .gamma_C1 = 0.002, .gamma_C = 0.0020 \
    }

/* Zone volume over activation volume, Omega = C' V_tau, with its standard uncertainty (ledger D5).
 * theta   T/Tg (> 0): C' with the root, 21.2 at 0.466; 0: without it, as the paper has it, 10.97
 * u       uncertainties in the fields of the constants
 * relative out: of gamma_C0, gamma_C1, gamma_C, d ln C'/d ln x times u/x: the uncertainty is the root of the sum of
 *          their squares times C'; may be NULL
 * VT_EARG, VT_EDOMAIN. */
vt_status vt_onchip_zone_factor(const vt_csm *p, const vt_csm *u, double theta, double *C, double *u_C,
                                double relative[3], vt_error *err);
