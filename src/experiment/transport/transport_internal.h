#pragma once
#include <vitrum/nlfit.h>
#include <vitrum/transport_law.h>
#include <stdbool.h>
#include <stddef.h>

/* The transport constants of one alloy from stated observations (procedures 10.2, 10.5). */

/* Parameters of the fit, in this order. Energies in eV: all numbers are then within a few decades of 1. */
typedef enum vti_transport_parameter {
    VTI_LN_ETA,      /* ln(eta at Tg / Pa s) */
    VTI_STRENGTH,    /* D* */
    VTI_T0,          /* K */
    VTI_QG,          /* eV: glass branch */
    VTI_TK,          /* K */
    VTI_LN_MOBILITY, /* ln(delta D_I at Tg / (m^3/s)) */
    VTI_LN_DELTA,    /* ln(delta / m) */
    VTI_LN_RADIUS,   /* ln(R / m) */
    VTI_QI,          /* eV: interface diffusion */
    VTI_TRANSPORT_P
} vti_transport_parameter;

/* What an observation is of. */
typedef enum vti_transport_kind {
    VTI_CRITICAL_DIAMETER,
    VTI_VISCOSITY,
    VTI_INTERFACE_MOBILITY,
    VTI_KINK_TEMPERATURE,
    VTI_BULK_TRANSITION,
    VTI_INTERFACE_TRANSITION,
    VTI_STOKES_EINSTEIN_BREAKDOWN,
    VTI_INTERFACE_ENERGY,
    VTI_INTERFACE_THICKNESS,
    VTI_ATOMIC_RADIUS,
    VTI_VISCOSITY_INFINITE,
    VTI_TRANSPORT_KINDS
} vti_transport_kind;

/* What is known of a kind. */
typedef struct vti_transport_fact {
    const char *name;   /* the word in column "quantity" */
    const char *symbol; /* */
    const char *unit;   /* SI */
    bool scale;         /* a positive scale factor: predicted as its logarithm, lognormal unless said otherwise */
    bool at_temperature;
    double low, high; /* plausible box, SI (procedures 1.1 step 8) */
} vti_transport_fact;
extern const vti_transport_fact VTI_TRANSPORT_FACTS[VTI_TRANSPORT_KINDS];

/* One stated observation. */
typedef struct vti_transport_row {
    vti_transport_kind kind;
    double T;       /* K; NaN where the kind has none */
    double value;   /* SI */
    double u;       /* standard uncertainty, SI */
    bool lognormal; /* u / value is the standard deviation of ln(value) */
    int bound;      /* 0: two-sided; +1: upper bound (no pull below it); -1: lower bound */
    bool assumed;   /* stands for a parameter, not for a row of the table */
    long line;      /* in the table's file */
} vti_transport_row;

/* What the fit takes as known. */
typedef struct vti_transport_setup {
    double Tg;        /* K */
    double Omega;     /* m^3 */
    double tau_g;     /* s */
    double t_exp;     /* s */
    double c;         /* Stokes-Einstein constant */
    double ratio;     /* Q_B / Q_I */
    double prefactor; /* 32 or 16 */
    bool kink;        /* the glass has its own branch */
} vti_transport_setup;

enum { VTI_TRANSPORT_ROWS = 256 };

typedef struct vti_transport_problem {
    vti_transport_setup setup;
    size_t n;
    const vti_transport_row *row;
    const double *stated; /* NULL: row[i].value; else n values in their place (perturbed replicates) */
    const bool *skip;     /* NULL, or n flags: left out, residual 0 */
} vti_transport_problem;

/* Law with the constants x. VT_EDOMAIN if they are outside the laws. */
vt_status vti_transport_law(const vti_transport_setup *s, const double *x, vt_transport_law *law, vt_error *err);

/* Prediction of row i at x: y = ln(value) of a scale factor, else the value in SI (kelvin, joule); grad:
 * VTI_TRANSPORT_P derivatives with respect to x, or NULL. */
vt_status vti_transport_predict(const vti_transport_setup *s, const vti_transport_row *row, const double *x, double *y,
                                double *grad, vt_error *err);

/* Weighted residual (y - stated)/sigma from a prediction; *slope: its derivative with respect to y. One-sided rows give
 * 0 on the permitted side. */
double vti_transport_pull(const vti_transport_row *row, double stated, double y, double *slope);

/* For vt_nlfit: ctx is a vti_transport_problem. */
int vti_transport_residual(const double *x, double *r, void *ctx);
int vti_transport_jacobian(const double *x, double *J, void *ctx);

/* Temperature where the interface relaxes in t_exp, with derivatives (1/x), or NULL; d_ratio: with respect to Q_B/Q_I.
 */
vt_status vti_transport_interface_transition(const vti_transport_setup *s, const double *x, double *T, double *grad,
                                             double *d_ratio, vt_error *err);
vt_status vti_transport_bulk_transition(const vti_transport_setup *s, const double *x, double *T, double *grad,
                                        vt_error *err);
vt_status vti_transport_breakdown(const vti_transport_setup *s, const double *x, double *T, double *grad,
                                  double *d_ratio, vt_error *err);

/* A start from the observations themselves. */
void vti_transport_start(const vti_transport_problem *p, double *x);

/* ---- fit ---- */
typedef struct vti_transport_fit {
    double x[VTI_TRANSPORT_P];
    double cov[VTI_TRANSPORT_P * VTI_TRANSPORT_P];
    bool fixed[VTI_TRANSPORT_P]; /* no observation depends on it */
    vt_nlfit_summary sum;
} vti_transport_fit;

/* Which parameters no row depends on. */
void vti_transport_untouched(const vti_transport_problem *p, const double *x, bool *fixed);

/* How well the observations separate the free constants, to first order at fit->x. */
typedef struct vti_transport_separation {
    size_t constants, rank;     /* free ones; independent observations of them */
    double condition;           /* of the scaled normal matrix */
    bool open[VTI_TRANSPORT_P]; /* takes part in what is not, or least, determined */
} vti_transport_separation;

/* VT_EDOF: no constant is free. */
vt_status vti_transport_separate(const vti_transport_problem *p, const vti_transport_fit *fit,
                                 vti_transport_separation *s, vt_error *err);
/* Too few independent observations, or a condition above 1e7. */
bool vti_transport_ill(const vti_transport_separation *s);
/* The refusal in words: VT_EDOF or VT_EILLCOND, the constants, what to add. */
vt_status vti_transport_refuse_open(const vti_transport_problem *p, const vti_transport_separation *s, vt_error *err);

/* starts 1: from x as it is; more: procedure 1.5. fit->fixed must be set and fit->x hold the start. */
vt_status vti_transport_solve(vt_nlfit *ws, const vti_transport_problem *p, size_t starts, vti_transport_fit *fit,
                              vt_error *err);

/* After a fit without kink: a glass branch that the observations prove (AICc) replaces it; true, and p->setup.kink is
 * set. */
bool vti_transport_prove_kink(vt_nlfit *ws, vti_transport_problem *p, vti_transport_fit *fit);

/* u^2 of a function with gradient g. */
double vti_transport_variance(const vti_transport_fit *fit, const double *g);
