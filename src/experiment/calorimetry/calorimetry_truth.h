#pragma once
#include <vitrum/experiment.h>
#include <vitrum/random.h>
#include <vitrum/tnm.h>

/* The virtual calorimeter: a piece of glass is heated, cooled from the liquid and heated again. */

/* What the glass does. LINES: lines of heat capacity, a sigmoid step and Gaussian exotherms, which the second run has
 * not (section 11). RELAXATION: Tool, Narayanaswamy and Moynihan, one history from the making to the second run. */
typedef enum vti_calorimetry_model { VTI_CALORIMETRY_LINES, VTI_CALORIMETRY_RELAXATION } vti_calorimetry_model;

/* PAIR: two runs of one piece. RATES: heat capacity of heatings that follow coolings at several rates. Standards: one
 * heating of the empty pan, of sapphire, of a substance that melts. */
typedef enum vti_calorimetry_record {
    VTI_CALORIMETRY_PAIR,
    VTI_CALORIMETRY_RATES,
    VTI_CALORIMETRY_PAN,
    VTI_CALORIMETRY_SAPPHIRE,
    VTI_CALORIMETRY_MELTING
} vti_calorimetry_record;

typedef struct vti_calorimetry_truth {
    /* piece */
    int model, record;
    char specimen[VT_PARAM_TEXT], group[VT_PARAM_TEXT];
    double mass, mass_error, molar_mass, diameter;
    /* heat capacity */
    double glass_transition, glass_heat_capacity, glass_heat_slope, heat_capacity_step, step_slope;
    double step_width;                                         /* lines */
    vt_list exotherms, exotherm_temperatures, exotherm_widths; /* lines */
    /* relaxation */
    double transition_time, activation, nonlinearity, beta;
    double making_rate, making_temperature, anneal_temperature, anneal_time;
    vt_list cooling_rates;
    /* second run */
    double rerun_rate, crystallized, crystallization_temperature, crystallization_enthalpy, crystallization_width;
    /* instrument */
    double begin, end, heating_rate, spacing;
    double noise, curvature, drift, offset, response, gain_error, temperature_error;
    double gain_slope, pan_heat_capacity, pan_curvature, scale_offset, scale_slope, thermal_resistance;
    uint64_t calorimeter;
    /* a substance that melts */
    char substance[VT_PARAM_TEXT];
    double fusion_enthalpy, melt_heat_capacity, onset_error;
} vti_calorimetry_truth;
extern const vt_param VTI_CALORIMETRY_TRUTH[];

/* Lists fit together, temperatures in order? VT_ESHAPE, VT_ERANGE. */
vt_status vti_calorimetry_truth_check(const vti_calorimetry_truth *p, vt_error *err);
/* The relaxation law of the truth: tau = transition_time at T = Tf = glass_transition. */
vt_tnm vti_calorimetry_truth_law(const vti_calorimetry_truth *p);
vt_tnm_heat vti_calorimetry_truth_heat(const vti_calorimetry_truth *p);

/* Readings of a run: the middles of equal steps between begin and end. */
size_t vti_calorimetry_readings(const vti_calorimetry_truth *p);
double vti_calorimetry_place(const vti_calorimetry_truth *p, size_t i);

/* What the piece takes up, J/(kg K), in both runs at the readings (first and second: that many values each), and what
 * the making stored that cooling at rerun_rate does not, J/kg (released counts positive); without what run 2
 * crystallized between. VT_EMEMORY and the errors of vt_tnm_follow. */
vt_status vti_calorimetry_heat(const vti_calorimetry_truth *p, double *first, double *second, double *released,
                               vt_error *err);

/* The same of one heating after a cooling at `rate` (K/s). Tf: fictive temperature after the cooling; may be NULL. */
vt_status vti_calorimetry_heat_after(const vti_calorimetry_truth *p, double rate, double *heat, double *Tf,
                                     vt_error *err);

/* What the instrument makes of a run: specific heat flow (W/kg, n readings) with response, pan, base line, gain and
 * noise, in place. curvature: of this run. */
typedef struct vti_calorimetry_box {
    double gain, shift; /* 1, K: shared by all records of the calorimeter */
} vti_calorimetry_box;
vti_calorimetry_box vti_calorimetry_box_of(const vti_calorimetry_truth *p, uint64_t seed);
void vti_calorimetry_see(const vti_calorimetry_truth *p, const vti_calorimetry_box *box, double curvature,
                         vt_stream *stream, double *flow);

/* Temperature that the instrument writes for one of its sensor. */
double vti_calorimetry_scale(const vti_calorimetry_truth *p, const vti_calorimetry_box *box, double T);
/* One heating of a standard, W/kg at the readings; of the empty pan 0. VT_EKEY: a substance without a melting point. */
vt_status vti_calorimetry_standard(const vti_calorimetry_truth *p, double *flow, vt_error *err);

vt_status vti_calorimetry_simulate(const vt_job *job, vt_table *record, vt_error *err);
