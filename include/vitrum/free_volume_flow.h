#pragma once
#include <vitrum/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Transients of free-volume flow: stress overshoot, creep, rest.
 *
 * Normalised one-dimensional model (Spaepen, Acta Metall. 25 (1977) 407, in the form of targets T6): stress sigma in
 * sigma_0 = 2 k T/Omega, time in 1/f, free volume v = v_f/(alpha_g v*):
 *
 *   d sigma/dt = E (rate - exp(-1/v) sinh sigma)
 *   d v/dt     = exp(-1/v)/alpha ((cosh sigma - 1)/(K v) - 1/n_D),   K = E/(3 (1 - nu))
 *
 * The first term of the second line creates free volume by shear, the second annihilates it by diffusion. The steady
 * state is that of vt_free_volume_steady. With an equilibrium free volume v_eq > 0 (temperature above the glass
 * transition) annihilation stops there: 1/n_D becomes (1 - exp(1/v - 1/v_eq))/n_D, whose sign changes at v_eq. */
typedef struct vt_free_volume_model {
    double E;     /* > 0: Young's modulus over sigma_0 */
    double K;     /* > 0: E/(3 (1 - nu)) */
    double alpha; /* > 0: geometrical factor of the free volume */
    double n_D;   /* > 0: jumps that annihilate one v* */
    double v_eq;  /* > 0: equilibrium free volume; 0: none, annihilation goes on */
} vt_free_volume_model;

typedef struct vt_free_volume_state {
    double strain; /* total */
    double sigma;  /* stress over sigma_0 */
    double v;      /* reduced free volume, > 0 */
} vt_free_volume_state;

/* A stage of a history: total strain rate held (0: relaxation at held strain), or stress held (0: rest). */
typedef enum vt_flow_control { VT_FLOW_RATE, VT_FLOW_STRESS } vt_flow_control;
typedef struct vt_free_volume_stage {
    vt_flow_control control;
    double value;    /* rate in f, or stress in sigma_0 (reached elastically at once) */
    double duration; /* 1/f, > 0 */
} vt_free_volume_stage;

/* Largest |sigma| inside a stage of held rate, at which d sigma/dt changes sign. */
typedef struct vt_free_volume_peak {
    bool found;
    double time; /* from the beginning of the stage, 1/f */
    vt_free_volume_state state;
} vt_free_volume_peak;

typedef struct vt_free_volume_flow vt_free_volume_flow; /* workspace, one per thread */

/* VT_EARG, VT_EMEMORY. */
vt_status vt_free_volume_flow_create(vt_free_volume_flow **ws, vt_error *err);
void vt_free_volume_flow_free(vt_free_volume_flow *ws); /* NULL allowed */

/* Integrates one stage (GSL odeiv2 msbdf: stiff, variable order, analytic Jacobian); stages are chained by *state.
 *
 * tolerance  in      relative tolerance of a step, 1e-12 to 1e-3
 * n, time    in      n times from the beginning of the stage, ascending, 0 to duration; NULL if n = 0
 * path       out     n states at these times (undefined on failure); NULL if n = 0
 * state      in out  state before and after the stage
 * peak       out     NULL: not wanted
 *
 * VT_EARG: NULL, model or tolerance out of range; VT_EDOMAIN: v not > 0, rate, stress or duration out of range, times
 * not ascending; VT_ENOCONV: the step became too small or more than a million. On failure state and peak are untouched.
 */
vt_status vt_free_volume_flow_stage(vt_free_volume_flow *ws, const vt_free_volume_model *model,
                                    const vt_free_volume_stage *stage, double tolerance, size_t n, const double *time,
                                    vt_free_volume_state *path, vt_free_volume_state *state, vt_free_volume_peak *peak,
                                    vt_error *err);
