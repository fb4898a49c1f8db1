#pragma once
#include <vitrum/experiment.h>
#include <vitrum/rheology.h>

/* Records of a rheometer as forms of the experiment `creep`: compliance, relaxation, oscillation. All are in shear. */
extern const vt_form vti_creep_forms[];

/* Index of the forms. */
typedef enum vti_rheology_test { VTI_COMPLIANCE, VTI_RELAXATION, VTI_OSCILLATION, VTI_TESTS } vti_rheology_test;

typedef struct vti_rheology_record {
    const vt_table *table; /* borrowed, as x, a, b */
    size_t index;          /* of the table */
    vti_rheology_test test;
    double T; /* K; NaN: not told */
    char specimen[VT_NAME];
    char label[VT_NAME]; /* "creep at 175 degC" */
    size_t n, first;     /* readings used; row of the first in the table */
    const double *x;     /* s, or rad/s */
    const double *a, *b; /* 1/Pa; Pa; storage and loss modulus, Pa */
    bool done;           /* its reduction did not fail */
    vt_creep_flow flow;  /* of its test */
    vt_relaxation_integral integral;
    vt_terminal_zone zone;
    bool found;            /* it has a viscosity */
    double simple, eta, u; /* Pa s */
    double low, high;      /* interval */
    double bound;          /* Pa s, lower bound; 0: none */
} vti_rheology_record;

typedef struct vti_rheology_run {
    const vt_job *job;
    const vt_experiment *experiment;
    vt_result *result;
    size_t records;
    vti_rheology_record *record;
    double *work; /* room for the longest record, twice, and for the equations of a spectrum */
    vt_nnls_work *nnls;
} vti_rheology_run;

/* Do all tables of the job have one of the forms? Some, but not all: VT_EMISMATCH. */
vt_status vti_rheology_wanted(const vt_job *job, bool *wanted, vt_error *err);
/* e: the experiment whose tables they are. */
vt_status vti_rheology_reduce(const vt_job *job, const vt_experiment *e, vt_result *result, vt_error *err);

vt_status vti_rheology_gather(vti_rheology_run *run, vt_error *err);
/* Viscosities, segments and warnings of one record. */
vt_status vti_rheology_report(vti_rheology_run *run, const vti_rheology_record *r, vt_error *err);
/* Where the tests of one temperature agree and where not. */
vt_status vti_rheology_compare(vti_rheology_run *run, vt_error *err);
vt_status vti_rheology_figures(vti_rheology_run *run, vt_error *err);

/* Moduli that a spectrum means. */
double vti_rheology_modulus(const vt_terminal_zone *z, double time);
void vti_rheology_dynamic(const vt_terminal_zone *z, double omega, double *storage, double *loss);
