#pragma once
#include <stdbool.h>
#include <vitrum/calorimeter.h>
#include <vitrum/experiment.h>

/* The experiment `calorimetry`: heat flow of scans, from which stored enthalpy, glass transition, crystallization and
 * peaks are read (P21). */
extern const vt_experiment vti_calorimetry_experiment;

/* Which way heat flow counts upwards. VTI_SIGN_FILE: as the file says; E_CONVENTION where it says nothing. */
typedef enum vti_calorimetry_sign { VTI_SIGN_FILE, VTI_SIGN_ENDO_UP, VTI_SIGN_EXO_UP } vti_calorimetry_sign;

typedef struct vti_calorimetry_params {
    double mass, mass_u, heating_rate, molar_mass, diameter;
    int sign;
    double gain_u, temperature_u, temperature_offset, thermal_lag;
    vt_list calibrant_measured, calibrant_true;
    vt_list anchor_low, anchor_high;
    vt_list glass_window, liquid_window, search, peak_window;
    double start_temperature, fit_step; /* of the form `relaxation` */
    double zero_u;
    char standards[VT_PARAM_TEXT];
} vti_calorimetry_params;
extern const vt_param VTI_CALORIMETRY_PARAMS[];

enum { VTI_SCAN_BINS = 1024, VTI_SCAN_PEAKS = 8, VTI_SCAN_RAMPS = 64, VTI_MELTS = 8 };

struct vti_standards;

/* One heating, cooling or hold of one piece. */
typedef struct vti_scan {
    const vt_table *table;  /* bound; borrowed */
    size_t rows, *row;      /* rows of the table that belong to it, kept */
    char specimen[VT_NAME]; /* which piece */
    const char *group;      /* "wire"; borrowed, "" */
    char label[32];         /* "heating 1" among the scans of its piece */
    int direction;          /* +1, -1 */
    int ordinal;            /* 1, 2: as the record says; 0: it says nothing */
    bool told;              /* by a column `scan`, metadata or as one of two files: the pair is meant */
    double q;               /* K/s, negative on cooling; NaN: unknown */
    bool specific;          /* y is W/kg, else W */
    double scale;           /* heat flow of the table to endothermic up, per mass if specific */
    bool by_table;          /* the table gives it per mass */
    const struct vti_standards *std;
    double lag; /* K: of this sample behind that of the calibrants, by the thermal resistance */
    bool blank; /* the empty pan is taken off */
    vti_calorimetry_params par;
    size_t n;                    /* bins */
    double *T, *y, *fit, *slope; /* K, heat flow upwards with the heat capacity (endothermic on heating), smoothed,
                                    its slope; kept */
    double *fine;                /* slope with the bandwidth that peaks need */
    double noise;                /* of one bin */
    size_t from, to;             /* bins without the transients of start and end */
    size_t npeaks;
    vt_peak peak[VTI_SCAN_PEAKS]; /* indices of bins */
    bool has_edge, has_step;
    char why[160]; /* why it has no step */
    vt_step_edge edge;
    vt_glass_step step;
    double glass; /* K: up to here it is a glass, as its own or another heating tells; NaN: not told */
    double u_window, u_step_window; /* K, unit of y: what the choice of the tangents' windows makes */
    double T_x, u_T_x, H_x;         /* K, K, unit of heat: crystallization, onset and release; NaN: none */
} vti_scan;

/* What two scans of one piece tell. */
typedef struct vti_release {
    const char *specimen, *group; /* borrowed */
    double value, u;              /* J/kg; u without the gain, which all pieces share */
    double diameter;              /* m; NaN: not told */
} vti_release;

/* A substance that melted. */
typedef struct vti_melt {
    char name[VT_NAME];
    double T_m, u; /* K: where it melts; uncertainty of its onset */
    double q, tau; /* K/s; s: an even scan is seen q tau too hot, beyond thermal_lag; NaN: not told */
    vt_melting_edge edge;
} vti_melt;

/* What runs of standards tell; filled stage by stage: temperature, pan, gain. */
typedef struct vti_standards {
    size_t melts;
    vti_melt melt[VTI_MELTS];
    double a, b, T0, u_a, u_b; /* correction a + b (T - T0), K, added to temperature, from which q tau is taken */
    double q, tau;             /* K/s, s: mean rate of the calibrants and the lag of an even scan over its rate */
    bool timed;                /* some calibrant tells tau, else 0 */
    double R, u_R, base;       /* K/W, W: thermal resistance, heat flow of the calibrants at their onsets */
    bool has_pan, has_gain;
    vti_scan pan;                /* W; owned */
    double c[3], T_c, low, high; /* factor of heat flow: c0 + c1 (T - T_c) + c2 (T - T_c)^2 from low to high, K */
    double u_gain;               /* relative; NaN: not told by sapphire */
} vti_standards;

typedef struct vti_calorimetry_run {
    const vt_job *job;
    const vti_calorimetry_params *par;
    vt_result *result;
    double molar_mass, gain_u;
    vti_standards std;
    size_t n, room;
    vti_scan *scan; /* piece by piece, in order of measurement */
    size_t releases;
    vti_release *release;
    double *work; /* 8 VTI_SCAN_BINS */
} vti_calorimetry_run;

vt_status vti_calorimetry_reduce(const vt_job *job, vt_result *result, vt_error *err);
/* Scans of all tables, endothermic up, per mass where it is known: E_KEY, E_CONVENTION, E_SIGN, E_RANGE_T. */
vt_status vti_scans_gather(vti_calorimetry_run *run, vt_error *err);
/* +1: the column counts endothermic upwards, -1: exothermic; from setting, file, or the scans themselves. */
vt_status vti_scans_sign(const vti_calorimetry_run *run, const vt_table *t, const vti_calorimetry_params *p,
                         const vt_ramp *ramp, size_t nramps, double *sign, vt_error *err);
/* Temperature as offset and calibrants of the settings make it of that of the table. */
double vti_scan_calibrated(const vti_calorimetry_params *p, double T);
/* Temperature of the sample, from that; and from that of the table. */
double vti_scan_settled(const vti_scan *s, double calibrated);
double vti_scan_temperature(const vti_scan *s, double T);
/* Standard uncertainty of its scale at T. */
double vti_scan_temperature_u(const vti_scan *s, double T);
/* Factor of heat flow that sapphire told, at T; of standards with has_gain. */
double vti_standards_factor(const vti_standards *k, double T);
/* Heat flow of the sample, endothermic up, per mass if specific: from that of the table at temperature T of the sample.
 * NaN: the empty pan or the factor of heat flow does not reach T. */
double vti_scan_flow(const vti_scan *s, double T, double y);
/* Sets lag and whether the pan is taken off, of a scan with sign, rate and direction known; y: n readings of its table.
 * VT_EMISMATCH: the pan was heated at another rate. */
vt_status vti_scan_standards(vti_calorimetry_run *run, vti_scan *s, size_t n, const double *y, vt_error *err);
/* Of n readings of such a scan, where the pan is taken off, those have no heat flow that pan or sapphire do not reach.
 * W_STANDARD where many; VT_ERANGE_T: most. */
vt_status vti_scan_reached(vti_calorimetry_run *run, const vti_scan *s, size_t n, const double *T, const double *y,
                           vt_error *err);
/* Scans of a table, added to those of the run; pan: of the empty pan, whose heat flow is none of a mass. */
vt_status vti_scans_add_table(vti_calorimetry_run *run, size_t index, bool pan, vt_error *err);
/* All standards among the tables, in the order in which one needs the other. *specimens: how many tables are none. */
vt_status vti_standards_gather(vti_calorimetry_run *run, size_t *specimens, vt_error *err);
/* Whether a window of the parameters is set; its ends were checked with the parameters. */
bool vti_window_is_set(const vt_list *window);
/* Bins, smooths, finds transients and peaks. */
vt_status vti_scan_prepare(const vti_calorimetry_run *run, vti_scan *s, vt_error *err);
/* Where a peak begins to bend the line before it, K: its flank is told from a slope on, below which it goes on. */
double vti_scan_peak_begin(const vti_scan *s, const vt_peak *p);
/* Mean heat flow of the five bins about bin i, as far as they lie in from ... to - 1. */
double vti_scan_mean(const vti_scan *s, size_t i, size_t from, size_t to);
/* Smoothed heat flow at T; NaN outside of what has settled. */
double vti_scan_fit(const vti_scan *s, double T);
/* Glass transitions of the scans from ... to - 1 of one piece, with windows that they share. */
vt_status vti_piece_transitions(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err);
/* Equal areas, with windows of their own. false: no fictive temperature between the lines. */
typedef struct vti_fictive {
    vt_glass_step step;
    double u_lines, u_window; /* K: of scatter; of the choice of the windows */
    double u_step_window;     /* unit of y: that of the step */
} vti_fictive;
bool vti_scan_fictive(const vti_scan *s, vti_fictive *out);
/* Name of a curve, which becomes that of a file: "what_of_number"; number 0: none. */
void vti_scan_curve(char out[VT_NAME], const char *what, const char *of, size_t number);
vt_status vti_scan_peaks(vti_calorimetry_run *run, vti_scan *s, vt_error *err);
vt_status vti_piece_release(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err);
vt_status vti_groups_compare(vti_calorimetry_run *run, vt_error *err);
vt_status vti_piece_figures(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err);

/* A value of a scan (or of a piece: s->label left out with whole) with its budget. */
typedef struct vti_scan_value {
    const char *name, *symbol, *unit, *reading, *method;
    double value;
    size_t nbudget;
    vt_budget_item budget[8];
    double dof;         /* 0: not limited */
    bool whole;         /* of the piece, not of one scan */
    const char *detail; /* text of a scope "peak", NULL: none */
} vti_scan_value;
void vti_scan_budget(vti_scan_value *v, const char *source, const char *group, char type, double u, double c);
/* Lines for gain and mass, where the value is per mass. */
void vti_scan_shared(const vti_scan *s, vti_scan_value *v);
vt_status vti_scan_emit(const vti_calorimetry_run *run, const vti_scan *s, const vti_scan_value *v, vt_error *err);
