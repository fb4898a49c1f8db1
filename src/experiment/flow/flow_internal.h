#pragma once
#include <vitrum/experiment.h>
#include <vitrum/threshold.h>

/* The experiment `flow`: the map of viscosity against strain rate and its transition to non-Newtonian flow (P04). */
extern const vt_experiment vti_flow_experiment;

typedef struct vti_flow_params {
    int label; /* vti_flow_label, or VTI_LABEL_BOTH */
    double sensitivity_threshold, scatter;
    char reference[VT_PARAM_TEXT];
} vti_flow_params;

typedef struct vti_flow_truth {
    double transition_stress, scatter, offset, shared, rate_error;
    double viscosity_low, viscosity_high, stress_low, stress_high;
    long bulk, nano, points;
} vti_flow_truth;

/* What calls a reading Newtonian: its class (morphology), or its rate sensitivity. */
typedef enum vti_flow_label { VTI_LABEL_BOTH, VTI_LABEL_CLASS, VTI_LABEL_SENSITIVITY } vti_flow_label;

typedef enum vti_flow_class { VTI_FLOW_UNKNOWN, VTI_FLOW_NEWTONIAN, VTI_FLOW_NOT } vti_flow_class;

typedef struct vti_flow_point {
    const char *group, *specimen; /* borrowed */
    size_t order;                 /* row over all tables */
    double eta, rate;             /* Pa s, 1/s */
    double ln_sigma, ln_eta;      /* sigma = 3 eta rate, Pa: free of the error that eta and rate share */
    vti_flow_class by[3];         /* by label; [VTI_LABEL_BOTH]: of whichever is known, for drawing */
} vti_flow_point;

typedef struct vti_flow_specimen {
    const char *group, *name;
    int g;
    size_t from, to;  /* its points */
    double low, high; /* ln Pa: between which it turns; infinite: not seen */
    double ln_eta;    /* mean of the points next to the turn */
    size_t wrong;     /* labels out of order */
} vti_flow_specimen;

typedef struct vti_flow_run {
    const vt_job *job;
    const vti_flow_params *par;
    vt_result *result;
    size_t n;
    vti_flow_point *point;       /* group by group, specimen by specimen */
    vti_flow_specimen *specimen; /* room for n */
    size_t specimens;
    int groups; /* the reference first */
    const char *group[VT_THRESHOLD_GROUPS];
    bool named; /* the tables name specimens */
    bool has[3];
    double *low, *high, *z; /* of the specimens that say something */
    int *g;
    size_t used;
    double ln_eta_mean;
    double line[VT_THRESHOLD_GROUPS]; /* ln sigma_c for the figure; NaN: none */
} vti_flow_run;

vt_status vti_flow_reduce(const vt_job *job, vt_result *result, vt_error *err);
vt_status vti_flow_simulate(const vt_job *job, vt_table *record, vt_error *err);

vt_status vti_flow_gather(vti_flow_run *run, vt_error *err);
/* Bounds of every specimen by one label. */
void vti_flow_bounds(vti_flow_run *run, vti_flow_label label);
/* Boundary, its slope, offsets of the groups by one label. */
vt_status vti_flow_boundary(vti_flow_run *run, vti_flow_label label, vt_error *err);
/* How far both labels agree. */
vt_status vti_flow_agreement(vti_flow_run *run, vt_error *err);
vt_status vti_flow_figures(vti_flow_run *run, vt_error *err);
