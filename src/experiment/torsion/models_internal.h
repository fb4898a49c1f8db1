#pragma once
#include "torsion_internal.h"
#include <vitrum/nlfit.h>

/* A fit of one model to the means, in units in which angles and torques are about 1. */
typedef struct vti_torsion_problem {
    vti_torsion_model model;
    size_t n;
    const double *phi, *T;
    double unit_phi, unit_T;
    double rho, white; /* correlation of neighbouring residuals; 1/sqrt(1 - rho^2) */
    double t;          /* factor of intervals */
    vt_nlfit *work;
} vti_torsion_problem;

/* Least squares with x[VTI_P_D] held, the residuals made white by p->rho. False: it did not come to an end; x and *rss
 * are untouched then. */
bool vti_torsion_solve(vti_torsion_problem *p, double *x, double *cov, double *rss);

/* Correlation of largest likelihood at x, and -2 ln likelihood there but for a constant. */
double vti_torsion_correlation(vti_torsion_problem *p, const double *x, double *minus2lnL);

double vti_torsion_criterion(double minus2lnL, size_t n, long k);

/* M1 and M2: sections at held thickness, which make the profile of the likelihood. from: solution of M0; rho: its
 * correlation. */
void vti_torsion_sections(vti_torsion_problem *p, const double *from, double rho, vti_torsion_fit *f);
