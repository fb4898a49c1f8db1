#pragma once
#include "torsion_internal.h"

typedef struct vti_torsion_search vti_torsion_search;

/* A fit of one model to the means, in units in which angles and torques are about 1. */
typedef struct vti_torsion_problem {
    vti_torsion_model model;
    size_t n; /* <= VTI_TORSION_BINS */
    const double *phi, *T;
    double unit_phi, unit_T;
    double onset, zero; /* angle at the onset of yield; angle where the elastic line has no torque */
    double rho;         /* correlation of neighbouring residuals */
    double t;           /* factor of intervals */
    vti_torsion_search *work;
} vti_torsion_problem;

vt_status vti_torsion_search_create(vti_torsion_search **work, vt_error *err);
void vti_torsion_search_free(vti_torsion_search *work);

/* Torque is linear in the moduli: those of least squares at the angles and the thickness in x, whose VTI_P_B and
 * VTI_P_S they become. Both are held above 1e-9 of the other. Angles outside the domain are moved into it. False: none;
 * *rss is untouched. */
bool vti_torsion_project(const vti_torsion_problem *p, double *x, double *rss);

/* Least squares with x[VTI_P_D] held: from the best of a grid of angles at yield (of the layer and of the core), and
 * from `near` (NULL: none). False: it did not come to an end; x and *rss are untouched then. */
bool vti_torsion_solve(const vti_torsion_problem *p, const double *near, double *x, double *rss);

/* Covariance of the parameters at x with x[VTI_P_D] held; rows that do not belong to the model are 0. False: singular.
 */
bool vti_torsion_covariance(const vti_torsion_problem *p, const double *x, double rss, double *cov);

/* Free parameters of a model, without error and correlation. */
long vti_torsion_parameters(vti_torsion_model m);

/* Torque and its derivatives by the parameters, VTI_P values (NULL: not wanted). */
double vti_torsion_derive(vti_torsion_model m, const double *x, double phi, double *d);

/* Correlation of largest likelihood at x, and -2 ln likelihood there but for a constant. */
double vti_torsion_correlation(const vti_torsion_problem *p, const double *x, double *minus2lnL);

double vti_torsion_criterion(double minus2lnL, size_t n, long k);

/* Layered models: sections at held thickness, which make the profile of the likelihood. */
void vti_torsion_sections(vti_torsion_problem *p, vti_torsion_fit *f);
/* The intervals of a layered model that was fitted. */
void vti_torsion_section_intervals(vti_torsion_problem *p, vti_torsion_fit *f);

/* Criterion of a model of one material, fitted to fit, in a grip that slips once; where and by how much. +inf: none. */
double vti_torsion_slipped(const vti_torsion_problem *of, const vti_torsion_fit *fit, vti_torsion_slip *slip);
