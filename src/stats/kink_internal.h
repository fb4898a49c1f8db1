#pragma once
/* Inside of the kink fit, shared by its files. */
#include "separable_internal.h"
#include <vitrum/kink.h>

struct vt_kink {
    size_t n_max, n;
    size_t m_min, m_max; /* divisions tried: the first m points are liquid */
    double *T;           /* K, descending */
    double *x;           /* 1/T */
    double *y;           /* ln eta */
    double *w;           /* 1/u */
    size_t *order;       /* sorted point i is the caller's point order[i] */
    double *wy;          /* weighted data of the running linear fit */
    double *work;        /* of the variable projection, or the Jacobian */
};

/* A possible solution. Energies over k, in K. */
typedef struct vti_kink_candidate {
    double a, B, T0, Tk, q, jump, chi2;
    size_t liquid;
    bool T0_at_zero;
} vti_kink_candidate;

/* Checks the data and copies them in order; sets the divisions. */
vt_status vti_kink_load(vt_kink *ws, const vt_kink_data *data, vt_error *err);

/* Checks options against loaded data. k: out, number of free parameters. */
vt_status vti_kink_check(const vt_kink *ws, const vt_kink_options *opt, size_t *k, vt_error *err);

/* Global minimum for loaded data and checked options. false: no candidate rises on cooling. */
bool vti_kink_search(vt_kink *ws, const vt_kink_options *opt, vti_kink_candidate *best);

/* Model at sorted point i. */
double vti_kink_model(const vti_kink_candidate *c, double T);
