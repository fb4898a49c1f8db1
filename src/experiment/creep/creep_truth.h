#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>
#include <vitrum/experiment.h>
#include <vitrum/free_volume_flow.h>
#include <vitrum/random.h>

/* The virtual creep test (round trips of P02 and P03, section 11): a wire heated by its current and pulled by a force
 * that a feedback holds; its markers are tracked in images. SI throughout. */

typedef enum vti_creep_material { VTI_CREEP_NEWTONIAN, VTI_CREEP_SINH, VTI_CREEP_FREE_VOLUME } vti_creep_material;

typedef struct vti_creep_truth {
    /* programme: at each power all loads, one after the other */
    vt_list powers, loads, times;
    double segment_strain;
    /* wire */
    long wires;
    double diameter, gauge_length, diameter_error;
    /* glass */
    int material;                                             /* vti_creep_material */
    double glass_transition, viscosity, vft_strength, vft_T0; /* viscosity: at the glass transition */
    double activation_volume;
    double elastic_modulus, poisson_ratio, surface_tension;
    double free_volume_geometry, free_volume_jumps;
    double delayed_share, delayed_time;
    /* heating */
    double grip_temperature, thermal_resistance, thermal_time, ramp;
    int start; /* vti_creep_start */
    /* instrument */
    double force_time, sampling;
    double pixel_noise, gauge_pixels, noise_correlation;
    double force_noise, force_step, power_noise;
    long gaps;
    double gap_time, outliers, outlier_pixels, glitches, glitch_pixels;
} vti_creep_truth;
extern const vt_param VTI_CREEP_TRUTH[];

typedef enum vti_creep_start { VTI_CREEP_SETTLED, VTI_CREEP_COLD } vti_creep_start;

/* Takes what the alloy card tells in place of defaults that were not set. given: bitmap by row of VTI_CREEP_TRUTH.
 * text, at least 64 bytes: their names and tags; untouched without a card. */
void vti_creep_truth_from_card(vti_creep_truth *p, uint64_t given, const vt_card *card, char *text, size_t size);
/* Lists fit together? VT_ESHAPE, VT_ERANGE. */
vt_status vti_creep_truth_check(const vti_creep_truth *p, vt_error *err);

/* ---- laws ---- */
/* Temperature (K) that power P (W) ends in at engineering strain e. */
double vti_creep_temperature(const vti_creep_truth *p, double P, double e);
/* Newtonian viscosity at T (K), Pa s; +inf at vft_T0 and below. */
double vti_creep_viscosity(const vti_creep_truth *p, double T);
/* Stress unit of the law in tension, 2 sqrt(3) k T/V, Pa. */
double vti_creep_stress_unit(const vti_creep_truth *p, double T);
/* Equilibrium free volume at T, and the model of free-volume flow there; *f: its time unit is 1/f. */
vt_free_volume_model vti_creep_model(const vti_creep_truth *p, double T, double *f);
/* True strain rate (1/s) at T, stress sigma (Pa) and, for free-volume flow, reduced free volume v. */
double vti_creep_rate(const vti_creep_truth *p, double T, double sigma, double v);
/* Steady free volume at T and stress sigma; 0 for the other materials. */
double vti_creep_steady_volume(const vti_creep_truth *p, double T, double sigma);
/* Steady flow at T and stress sigma: true rate and rate sensitivity d ln sigma/d ln rate. */
void vti_creep_steady(const vti_creep_truth *p, double T, double sigma, double *rate, double *m);

/* ---- one wire ---- */
typedef struct vti_creep_step {
    double power, load; /* W, N */
    double time;        /* s: at least */
} vti_creep_step;
size_t vti_creep_steps(const vti_creep_truth *p);
vti_creep_step vti_creep_step_at(const vti_creep_truth *p, size_t k);

typedef struct vti_creep_state {
    double t;       /* s */
    double strain;  /* true, flow alone */
    double v;       /* reduced free volume */
    double T, F;    /* K, N: as they are, behind their set-points */
    double delayed; /* delayed elastic strain */
} vti_creep_state;

typedef struct vti_creep_wire {
    const vti_creep_truth *p;
    vt_free_volume_flow *flow; /* NULL unless the material needs it */
    double A0;                 /* m^2: stress-free, cold */
    vti_creep_state now;
} vti_creep_wire;

/* Wire at the start of step 0, as `start` says. VT_EMEMORY. */
vt_status vti_creep_wire_init(const vti_creep_truth *p, vti_creep_wire *wire, vt_error *err);
void vti_creep_wire_free(vti_creep_wire *wire);
/* Advances by dt within a step. VT_EDOMAIN: the wire fails or gets colder than T0; VT_ENOCONV. */
vt_status vti_creep_wire_advance(vti_creep_wire *wire, const vti_creep_step *step, double dt, vt_error *err);
double vti_creep_wire_stress(const vti_creep_wire *wire); /* F over the true area, Pa */
double vti_creep_wire_strain(const vti_creep_wire *wire); /* engineering, elastic part included */

/* ---- the record ---- */
typedef enum vti_creep_channel {
    VTI_CREEP_TIME,
    VTI_CREEP_STRAIN,
    VTI_CREEP_FORCE,
    VTI_CREEP_POWER,
    VTI_CREEP_CHANNELS
} vti_creep_channel;

typedef struct vti_creep_film {
    size_t n, room;
    double *value[VTI_CREEP_CHANNELS]; /* malloc'd */
} vti_creep_film;
void vti_creep_film_free(vti_creep_film *record);

/* Frames of one wire, appended to *record. The stream is the wire's own. edge: NULL, or room for one time of each step:
 * when it began. */
vt_status vti_creep_record_wire(const vti_creep_truth *p, vt_stream *stream, vti_creep_film *record, double *edge,
                                vt_error *err);

vt_status vti_creep_simulate(const vt_job *job, vt_table *record, vt_error *err);
