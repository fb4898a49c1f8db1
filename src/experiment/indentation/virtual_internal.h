#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>
#include <vitrum/experiment.h>
#include <vitrum/random.h>

/* The virtual indenter (round trips of P18 to P20, section 11): a rounded tip in a glass that yields at constant
 * hardness, creeps in the holds and recovers along a power law. Its curves are what `reduce indentation` must take
 * apart, written the other way round: from modulus, hardness and tip to load and depth. SI throughout. */

/* ---- tip ---- */
typedef enum vti_tip_shape {
    VTI_TIP_HYPERBOLOID, /* A = C0 h^2 + 2 pi R h, exactly a two-term area function */
    VTI_TIP_SPHERE       /* spherical cap that goes over into the cone without a kink of the profile */
} vti_tip_shape;

typedef struct vti_tip {
    int shape; /* vti_tip_shape */
    double C0; /* area over depth squared of the sharp tip: 24.5 for a Berkovich tip */
    double R;  /* m: radius of the apex; 0: sharp */
} vti_tip;

/* Area of contact at contact depth h_c >= 0, m^2; and the depth at which the tip has area A. */
double vti_tip_area(const vti_tip *tip, double h_c);
double vti_tip_depth(const vti_tip *tip, double A);

/* Area function that a faultless calibration of the tip would state: C[k] of h^(2^(1-k)), in nm. */
void vti_tip_terms(const vti_tip *tip, double C[9]);

/* ---- material under the tip ---- */
typedef struct vti_ground {
    double H;            /* Pa: load over area of contact at the end of the hold */
    double K;            /* Pa: beta times reduced modulus */
    double m;            /* exponent of the unloading curve */
    double epsilon;      /* of h_c = h - epsilon P/S */
    double creep;        /* part of the contact depth that a hold at the maximum load adds */
    double lag;          /* m: largest lag of the contact depth before a pop-in; 0: none */
    int pop_ins;         /* number of pop-ins of a loading */
    double pop_in_place; /* 0 ... 0.5: shifts them along the loading */
    double C_series;     /* m/N: frame and mount together */
} vti_ground;

/* Contact at load P with contact depth h_c: its stiffness and the depth of the tip, without the compliance in series.
 */
typedef struct vti_touch {
    double P, h_c, S, h;
} vti_touch;
void vti_touch_at(const vti_ground *g, const vti_tip *tip, double P, double h_c, vti_touch *touch);

/* Contact depth at the end of a hold at load P. */
double vti_yielded_depth(const vti_ground *g, const vti_tip *tip, double P);

/* Depth at load P below `peak` on its unloading curve, h_f + (P/alpha)^(1/m) through (peak->P, peak->h) with slope
 * peak->S there. */
double vti_recovered_depth(const vti_ground *g, const vti_touch *peak, double P);

/* Load at which a loading, before its hold, reaches depth h + C P; C: compliance that the depth includes, m/N. */
double vti_load_at_depth(const vti_ground *g, const vti_tip *tip, double h, double C);

/* ---- continuous stiffness: the tip swings below its peak along the unloading curve ---- */
typedef struct vti_oscillator {
    double amplitude; /* m: peak amplitude of the measured displacement, held constant */
    double frequency; /* Hz */
    double K_s;       /* N/m: support spring */
    double mass;      /* kg */
    double damping;   /* N s/m */
} vti_oscillator;

typedef struct vti_swing {
    double force, displacement, phase; /* N, m (peak), rad: what the lock-in amplifier reads */
    double mean_load, mean_depth;      /* N, m: over the cycle; depth with the compliance in series */
    bool lost;                         /* the tip leaves the surface within the cycle */
} vti_swing;
void vti_swing_at(const vti_ground *g, const vti_oscillator *o, const vti_touch *peak, vti_swing *swing);

/* Stiffness that an instrument computes from one reading: (F0/h0) cos(phase) - K_s + m omega^2 (P20), N/m. Compliance
 * in series is still in it. */
double vti_swing_stiffness(const vti_oscillator *o, double force, double displacement, double phase);

/* ---- test program: what the load does over time ---- */
typedef enum vti_part_kind { VTI_AIR, VTI_LOAD, VTI_GROW, VTI_HOLD, VTI_REST, VTI_UNLOAD, VTI_LEAVE } vti_part_kind;
typedef struct vti_part {
    vti_part_kind kind;
    double P0, P1; /* N at its ends; LOAD, UNLOAD linear, GROW at constant rate over load */
    size_t n;      /* readings; the part lasts n over the sampling rate */
} vti_part;
enum { VTI_PARTS_MAX = 128, VTI_CYCLES_MAX = 30 };

typedef struct vti_program {
    size_t parts, readings;
    vti_part part[VTI_PARTS_MAX];
} vti_program;

/* ---- truth parameters ---- */
typedef struct vti_indent_truth {
    char groups[VT_PARAM_TEXT];
    vt_list specimens, modulus_ratios, hardness_ratios, mount_compliances;
    long indents;
    double modulus, hardness, poisson_ratio;
    double modulus_specimens, hardness_specimens, modulus_indents, hardness_indents;
    double exponent;
    int epsilon;
    double creep;
    int tip;
    double tip_constant, tip_radius;
    double indenter_modulus, indenter_poisson_ratio, beta;
    int mode, control;
    vt_list loads, depths;
    long cycles;
    double sampling, approach, approach_speed, loading_time, hold_time, unloading_time, drift_hold, load_rate;
    double amplitude, frequency, support_stiffness, moving_mass, damping, phase_noise, amplitude_noise;
    double frame_compliance, drift, drift_scatter, load_noise, depth_noise, noise_correlation;
    double load_step, depth_step, depth_offset, load_offset;
    long pop_ins;
    double pop_in_size;
    double spacing, phase_fraction, phase_size, phase_modulus_ratio, phase_hardness_ratio;
    int state;
    double area_error, frame_error, load_error, poisson_error;
} vti_indent_truth;
extern const vt_param VTI_INDENT_TRUTH[];

enum { VTI_MODE_CYCLES, VTI_MODE_CSM };

/* Program of one indent to maximum load P. */
void vti_program_make(const vti_indent_truth *p, double P, vti_program *program);

/* ---- population ---- */
/* The instrument of a run as it really is, and what it states of itself. */
typedef struct vti_instrument_truth {
    double nu;         /* of the material: stated value plus its error */
    double load_gain;  /* load as read over true load */
    double area_scale; /* stated over true area */
    double C_f;        /* m/N: stated frame compliance */
} vti_instrument_truth;

typedef struct vti_specimen_truth {
    double E, H; /* Pa: means of the specimen */
    double C_s;  /* m/N: of its mount */
} vti_specimen_truth;

typedef struct vti_virtual_indent {
    vti_tip tip;
    vti_ground ground;
    double P;         /* N: maximum load */
    double drift;     /* m/s */
    double load_gain; /* of the load as read */
    double x, y;      /* m */
} vti_virtual_indent;

void vti_population_instrument(const vti_indent_truth *p, uint64_t seed, vti_instrument_truth *out);
/* Lists fit the number of groups? VT_ESHAPE, VT_ERANGE, VT_EARG. */
vt_status vti_population_check(const vti_indent_truth *p, size_t *groups, vt_error *err);
size_t vti_population_specimens(const vti_indent_truth *p, size_t group); /* of one group */
/* specimen: counted through all groups; names its random stream. */
void vti_population_specimen(const vti_indent_truth *p, uint64_t seed, size_t group, size_t specimen,
                             vti_specimen_truth *out);
/* Indent k of a specimen; the stream is its own. */
void vti_population_indent(const vti_indent_truth *p, const vti_instrument_truth *box,
                           const vti_specimen_truth *specimen, uint64_t seed, size_t k, vt_stream *s,
                           vti_virtual_indent *out);

/* ---- one indent ---- */

/* Columns of a record. */
typedef enum vti_channel {
    VTI_TIME,
    VTI_DEPTH,
    VTI_FORCE,
    VTI_STIFFNESS,
    VTI_HARMONIC_DISPLACEMENT,
    VTI_HARMONIC_LOAD,
    VTI_PHASE,
    VTI_FREQUENCY,
    VTI_X,
    VTI_Y,
    VTI_CHANNELS
} vti_channel;

/* Writes program->readings values to each channel[0 ... VTI_FREQUENCY]; the dynamic ones are NaN where the tip does not
 * swing. The stream is the indent's own. */
void vti_virtual_record(const vti_indent_truth *p, const vti_virtual_indent *indent, const vti_program *program,
                        vt_stream *stream, double *const channel[VTI_CHANNELS]);

vt_status vti_indentation_simulate(const vt_job *job, vt_table *record, vt_error *err);
