#pragma once
#include <stdbool.h>
#include <vitrum/compression_law.h>
#include <vitrum/experiment.h>
#include <vitrum/rate_sensitivity.h>

/* The experiment `compression`: short cylinders pressed at constant crosshead speed or rate (P06). */
extern const vt_experiment vti_compression_experiment;
extern const vt_param VTI_COMPRESSION_PARAMS[], VTI_COMPRESSION_TRUTH[];
extern const vt_column VTI_COMPRESSION_METADATA[];

typedef enum vti_press { VTI_PRESS_AUTO, VTI_PRESS_CROSSHEAD, VTI_PRESS_TRUE_RATE, VTI_PRESS_NEITHER } vti_press;

typedef struct vti_compression_params {
    double diameter, height, temperature, machine_compliance; /* NaN: of each table by itself */
    double friction, friction_low, friction_high, friction_u;
    double force_u, diameter_u, height_u, displacement_u, compliance_u, temperature_u;
    double elastic_modulus, density, heat_capacity, thermal_conductivity; /* NaN: not known */
    double vft_strength, vft_T0, vft_viscosity_at_reference, reference_temperature;
    double strain_limit, strain_least, overshoot_strain, overshoot_least, drift, heating_limit, temperature_tolerance;
    double sensitivity_threshold, viscosity_threshold;
    int control; /* vti_press */
    char group[VT_PARAM_TEXT], specimen[VT_PARAM_TEXT];
} vti_compression_params;

/* Straight line of ln(stress) in strain over the steady window, and what it says. */
typedef struct vti_steady {
    size_t from, to;       /* samples */
    double strain;         /* centre */
    double slope, u_slope; /* d ln(stress)/d strain */
    double rise;           /* d ln(rate)/d strain there: 1 at constant crosshead speed, 0 at constant rate */
    double ln_stress, u;   /* at the centre; u: noise only, serial correlation included */
    double dof;
    double rate, u_rate; /* 1/s at the centre; u relative, noise only */
    double bend, u_bend; /* coefficient of strain^2 in ln(stress), beside the line */
    double drift;        /* relative change over the window that no rate explains */
} vti_steady;

/* One line of the budget: relative sensitivities of steady stress and viscosity to a source of standard uncertainty u.
 */
typedef struct vti_disc_influence {
    const char *source, *group; /* group "": of this specimen alone */
    char type;
    double u, stress, eta;
} vti_disc_influence;
enum { VTI_DISC_INFLUENCES = 12 };

typedef struct vti_disc_test {
    const char *name; /* borrowed */
    char group[VT_PARAM_TEXT];
    size_t table, row; /* first row */
    size_t n;
    double *t, *u, *F, *T;         /* readings, compression positive; T NULL: no column */
    double *strain, *stress, *fit; /* corrected; stress smoothed */
    double *gain;                  /* variance of fit over that of one reading */
    size_t *line;                  /* row of each reading in its table */
    vt_compression_disc disc;
    double temperature, u_temperature; /* K; NaN: not known */
    bool has_compliance;
    bool flipped_u, flipped_F;
    size_t contact;      /* first sample that is deformed */
    double u0, F0, u_u0; /* m, N: zero */
    size_t yield, end;   /* samples: end of loading; first one beyond the test */
    double modulus;      /* Pa: steepest slope of the corrected record; NaN */
    vti_press control;
    double noise; /* Pa: of one reading of the stress */
    vti_steady steady;
    bool is_steady, over;
    size_t peak;
    double peak_stress, peak_strain, u_peak; /* Pa, 1, Pa (noise) */
    double overshoot, u_overshoot, limit;    /* Pa; limit: smallest that would have been seen */
    size_t influences;
    vti_disc_influence influence[VTI_DISC_INFLUENCES];
    double u_friction;           /* half width of the rectangle that friction gives stress and viscosity; 0: none */
    double u_stress, u_eta;      /* relative */
    double own_stress, own_rate; /* relative; what other specimens do not share */
    double eta;                  /* Pa s */
    double heating;              /* K; NaN: not known */
    vt_rate_sensitivity m;       /* of the polynomial through the nearest rates */
    bool has_m;
    vt_rate_sensitivity law_m; /* of the steady law through all rates */
    bool has_law;
    double ratio, ratio_low, ratio_high; /* eta/eta_N by that law; NaN: not known */
    double ratio_paper;                  /* over the viscosity at the lowest rates; NaN: not known */
    vt_flow_class class_of, class_paper;
    vt_error why; /* why it has no steady state */
} vti_disc_test;

typedef struct vti_compression_run {
    const vt_job *job;
    vti_compression_params par;
    vt_result *result;
    size_t n;
    vti_disc_test *test; /* by temperature */
    double *room;
    size_t *lines;
    double compliance, u_compliance; /* of the platen run; NaN: none */
} vti_compression_run;

vt_status vti_compression_reduce(const vt_job *job, vt_result *result, vt_error *err);
vt_status vti_compression_simulate(const vt_job *job, vt_table *record, vt_error *err);

/* Specimens from the tables: names, geometry, sign, time; and the platen run. */
vt_status vti_compression_gather(vti_compression_run *run, vt_error *err);
vt_status vti_compression_platens(vti_compression_run *run, vt_error *err);
/* P06, steps 1 to 5 of one specimen. */
vt_status vti_compression_zero(vti_compression_run *run, vti_disc_test *s, vt_error *err);
vt_status vti_compression_curve(vti_compression_run *run, vti_disc_test *s, vt_error *err);
/* Steps 6 and 7. VT_ENOT_STEADY, VT_ESEGMENT_SHORT. */
vt_status vti_compression_steady(const vti_compression_run *run, vti_disc_test *s, double *scratch, vt_error *err);
vt_status vti_compression_overshoot(const vti_compression_run *run, vti_disc_test *s, vt_error *err);
/* Step 8: budget of steady stress and viscosity. */
void vti_compression_budget(const vti_compression_run *run, vti_disc_test *s);
/* Half width of the interval over u, of a value with a normal part and a rectangle of half width a, both relative. */
double vti_compression_cover(double level, double u, double a);
/* Steps 8 to 10 over all specimens: rate sensitivity, Newtonian limit, class. */
vt_status vti_compression_sensitivity(vti_compression_run *run, vt_error *err);
void vti_compression_class(const vti_compression_run *run, vti_disc_test *s);
vt_status vti_compression_warn(vti_compression_run *run, vti_disc_test *s, vt_error *err);
vt_status vti_compression_report(vti_compression_run *run, vt_error *err);
vt_status vti_compression_figures(vti_compression_run *run, vt_error *err);
