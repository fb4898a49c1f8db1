#pragma once
#include <stdbool.h>
#include <vitrum/experiment.h>
#include <vitrum/random.h>
#include <vitrum/transport_law.h>

/* What forecasts and maps share: the transport constants of an alloy card as random variables, and the propagation of
 * all of them to many outputs at once (procedures 1.8). */

enum { VTI_INPUTS = 24, VTI_OUTPUTS = 24 };

/* Inputs that the transport law is made of; other inputs follow from VTI_IN_LAW on. */
typedef enum vti_law_input {
    VTI_IN_ETA,      /* ln(eta at T_ref / Pa s), or ln(eta0 / Pa s) if T_ref is infinite */
    VTI_IN_D,        /* D* */
    VTI_IN_T0,       /* K */
    VTI_IN_TK,       /* K */
    VTI_IN_QG,       /* J */
    VTI_IN_MOBILITY, /* ln(delta D_I / (m^3/s)) */
    VTI_IN_QI,       /* J */
    VTI_IN_OMEGA,    /* ln(m^3) */
    VTI_IN_TAU,      /* ln(tau_g / s) */
    VTI_IN_LAW
} vti_law_input;

/* An input: x = ln(value) if it is a positive scale factor, else the value; normal in x. */
typedef struct vti_input {
    char key[VT_NAME]; /* "" if the card has none: no law needs it */
    double x, u;       /* u: standard uncertainty of x */
    bool log;
} vti_input;

typedef struct vti_law {
    size_t n;
    vti_input input[VTI_INPUTS];
    double cov[VTI_INPUTS * VTI_INPUTS];    /* of x */
    double factor[VTI_INPUTS * VTI_INPUTS]; /* lower Cholesky factor of cov; rows of exact inputs are 0 */
    bool correlated[VTI_INPUTS];            /* fitted together with others */
    double T_ref;                           /* K; INFINITY: the viscosity is given by its limit eta0 */
    double Tg;                              /* K; NaN: not on the card */
    double prefactor;                       /* 32 or 16: what the viscosity goes with */
    bool kink, diffusion, relaxation;       /* the card has the constants of these */
} vti_law;

/* Reads the card of the job. prefactor: 32 or 16, or 0: that of the card (16 if it names none, with a warning).
 * VT_EREFERENCE: no card, or it lacks a constant of the viscosity law; without interface mobility, activation energy
 * or atomic volume, *law has diffusion false and the result a warning W_NO_DIFFUSION. */
vt_status vti_law_read(const vt_job *job, double prefactor, vt_result *result, vti_law *law, vt_error *err);

/* One more input (a setting with its uncertainty); returns its index in *index. VT_ELIMIT. */
vt_status vti_law_add(vti_law *law, const char *key, double value, double u, bool log, size_t *index, vt_error *err);

/* Factorizes cov; after the last vti_law_add. VT_EILLCOND. */
vt_status vti_law_factor(vti_law *law, vt_error *err);

/* The best estimate, and a draw of all inputs. x: law->n. */
void vti_law_best(const vti_law *law, double *x);
void vti_law_draw(const vti_law *law, vt_stream *stream, double *x);

/* Laws at x. */
vt_viscosity vti_law_viscosity(const vti_law *law, const double *x);
vt_arrhenius vti_law_mobility(const vti_law *law, const double *x);

/* ---- propagation ---- */

/* m outputs at x; NaN: outside the domain. */
typedef void (*vti_outputs)(const vti_law *law, const double *x, double *y, void *ctx);

typedef struct vti_forecast {
    const vti_law *law;
    vti_outputs f;
    void *ctx;
    size_t m;
    const bool *positive; /* m flags: a positive quantity, linearized in its logarithm */
    size_t draws;
    uint64_t seed;
    const char *purpose;
    double level;
    int threads;
} vti_forecast;

typedef struct vti_forecast_output {
    double value, u, low, high;
    bool known;     /* false: outside the domain at the best estimate */
    bool nonlinear; /* Monte Carlo and first order differ: Monte Carlo is reported (W_NONLINEAR) */
    double lost;    /* share of draws outside the domain */
    size_t nbudget;
    vt_budget_item budget[VT_BUDGET_MAX];
} vti_forecast_output;

/* First order beside Monte Carlo for every output (procedure 1.8). sample: NULL, or m * draws values, output j of draw
 * i at [j * draws + i]. Independent of the number of threads. VT_EMEMORY. */
vt_status vti_forecast_propagate(const vti_forecast *p, vti_forecast_output *out, double *sample, vt_error *err);

/* Puts output j into the result. scope: nscope entries. Warns W_NONLINEAR. */
typedef struct vti_forecast_property {
    const char *name, *symbol, *unit, *reading, *method;
} vti_forecast_property;
vt_status vti_forecast_emit(vt_result *result, const vti_forecast_property *what, const vt_scope *scope, size_t nscope,
                            const vti_forecast_output *out, double level, vt_error *err);
