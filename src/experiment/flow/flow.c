/* Descriptor of the experiment `flow`. */
#include "flow_internal.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"viscosity", "Pa s", 1, 1e-3, 1e18, "eta", "uniaxial stress over three times the strain rate"},
    {"strain_rate", "s-1", 1, 1e-12, 1e6, "rate", "true strain rate in steady flow"},
    {"class", "text", 0, 0, 0, "morphology;label", "newtonian, non-newtonian or undetermined; empty: not told"},
    {"rate_sensitivity", "1", 0, -1.0, 3.0, "m", "d ln(stress)/d ln(rate); below the threshold: non-Newtonian"},
    {"group", "text", 0, 0, 0, NULL, "bulk, nano, ...: the offset of each group from the reference is given"},
    {"specimen", "text", 0, 0, 0, "alloy;wire;sample", "what the readings of one specimen share"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_flow_params, field)
static const vt_param PARAMS[] = {
    {"label", VT_CHOICE, NULL, "both", 0, 0, "both|class|rate_sensitivity",
     "what calls a reading Newtonian; both: one boundary by each", AT(label)},
    {"sensitivity_threshold", VT_REAL, "1", "0.7", 0.05, 1.0, NULL,
     "rate sensitivity below which flow counts as non-Newtonian", AT(sensitivity_threshold)},
    {"reference", VT_TEXT, NULL, "bulk", 0, 0, NULL, "group that the others are compared with", AT(reference)},
    {"scatter", VT_REAL, "1", "0.2", 0.01, 3.0, NULL,
     "expected scatter of ln(transition stress) between specimens; matters where readings do not show it", AT(scatter)},
    VT_PARAM_END};
#undef AT

#define AT(field) offsetof(vti_flow_truth, field)
static const vt_param TRUTH[] = {
    {"transition_stress", VT_REAL, "Pa", "100 MPa", 1e3, 1e11, NULL, "median of the bulk alloys",
     AT(transition_stress)},
    {"scatter", VT_REAL, "1", "0.2", 0.0, 2.0, NULL, "of ln(transition stress) between specimens", AT(scatter)},
    {"offset", VT_REAL, "1", "4", 0.01, 100.0, NULL, "transition stress of nano over that of bulk", AT(offset)},
    {"shared", VT_REAL, "1", "0.11", 0.0, 1.0, NULL, "relative error of the viscosity that one wire's readings share",
     AT(shared)},
    {"rate_error", VT_REAL, "1", "0.01", 0.0, 1.0, NULL, "relative error of each rate", AT(rate_error)},
    {"viscosity_low", VT_REAL, "Pa s", "1e7 Pa s", 1e-3, 1e18, NULL, "range of the viscosities", AT(viscosity_low)},
    {"viscosity_high", VT_REAL, "Pa s", "1e11 Pa s", 1e-3, 1e18, NULL, "range of the viscosities", AT(viscosity_high)},
    {"stress_low", VT_REAL, "Pa", "30 MPa", 1e2, 1e12, NULL, "range of the bulk stresses; those of nano: times offset",
     AT(stress_low)},
    {"stress_high", VT_REAL, "Pa", "300 MPa", 1e2, 1e12, NULL, "range of the bulk stresses", AT(stress_high)},
    {"bulk", VT_INT, NULL, "9", 1, 100000, NULL, "bulk alloys", AT(bulk)},
    {"nano", VT_INT, NULL, "6", 0, 100000, NULL, "nanowires", AT(nano)},
    {"points", VT_INT, NULL, "6", 1, 1000, NULL, "readings of each specimen", AT(points)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"transition_slope", "b", "1", "ln rate_c = a + b ln eta; -1 is a constant stress"},
    {"transition_stress", "sigma_c", "Pa", "3 eta rate at the transition, per group"},
    {"offset_factor", "f", "1", "transition stress of a group over that of the reference"},
    {"label_agreement", "kappa", "1", "Cohen's kappa of class and rate sensitivity"},
    VT_OUTPUT_END};

const vt_experiment vti_flow_experiment = {
    .name = "flow",
    .summary = "transition from Newtonian to non-Newtonian flow on the map of viscosity and rate",
    .reference = "Magagnosc et al. 2016 (S000), Fig. 5; procedure P04; ledger B3",
    .details =
        "Viscosity and rate come from the same stress and rate, so their errors are tied; the stress 3 eta rate is "
        "free "
        "of that and is what is compared. Every specimen turns somewhere between its last Newtonian and its first "
        "non-Newtonian reading; these intervals, open on one side where it was not followed far enough, give the "
        "transition stress of each group, its scatter between specimens and the offset of one group from another by "
        "maximum likelihood, with profile intervals. Specimens count, not readings. The slope of the transition in "
        "ln rate against ln viscosity is tested against -1, that is a constant stress. Labels by morphology and by "
        "rate "
        "sensitivity give one boundary each, and their agreement is told.",
    .example = "vitrum simulate flow --seed 1 -o map.csv && vitrum reduce flow map.csv",
    .columns = COLUMNS,
    .params = PARAMS,
    .params_size = sizeof(vti_flow_params),
    .outputs = OUTPUTS,
    .reduce = vti_flow_reduce,
    .truth = TRUTH,
    .truth_size = sizeof(vti_flow_truth),
    .simulate = vti_flow_simulate};
