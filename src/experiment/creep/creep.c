/* Descriptor of the experiment `creep`. */
#include "creep_internal.h"
#include "rheology_internal.h"
#include "creep_truth.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"time", "s", 1, -1e8, 1e9, "t;elapsed time;Time (s)", "of the reading, increasing within a specimen"},
    {"strain", "1", 0, -0.5, 100.0, "engineering_strain;e;axial strain", "(L - L0)/L0; or true_strain, or length"},
    {"true_strain", "1", 0, -0.7, 5.0, "eps;logarithmic_strain;Hencky strain", "ln(L/L0)"},
    {"length", "m", 0, 1e-8, 10.0, "L;gauge_length_now", "of the gauge; its initial value is gauge_length"},
    {"force", "N", 1, -1e4, 1e4, "F;load", "held by the instrument; tension positive"},
    {"power", "W", 0, -1e-6, 1e5, "electrical_power;P;dissipated power", "of the heating current"},
    {"temperature", "K", 0, 280.0, 2500.0, "T;specimen temperature", "of the specimen, where it is known"},
    {"specimen", "text", 0, 0, 0, "wire;sample", "one record for each run of equal names"},
    VT_COLUMN_END};

static const vt_column METADATA[] = {
    {"diameter", "m", VT_EACH_TABLE, 0, 0, "d;d0;wire diameter", "of the wire of this table"},
    {"second_diameter", "m", VT_EACH_TABLE, 0, 0, NULL, "of the wire of this table"},
    {"gauge_length", "m", VT_EACH_TABLE, 0, 0, "L0;initial length", "of the wire of this table"},
    {"temperature", "K", VT_EACH_TABLE, 0, 0, "T", "of this table"},
    {"group", "text", VT_EACH_TABLE, 0, 0, NULL, "of this table"},
    {"specimen", "text", 0, 0, 0, "wire;sample", "name of the wire of this table"},
    {"constants", "text", VT_EACH_TABLE, 0, 0, NULL, "where the constants of a virtual wire come from"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_creep_params, field)
static const vt_param PARAMS[] = {
    {"diameter", VT_LIST, "m", "", 1e-8, 2e-2, NULL,
     "of the wire at strain 0, at one or better five places along the gauge: those in series count as 1/<1/d^2>",
     AT(diameter)},
    {"second_diameter", VT_LIST, "m", "", 1e-8, 2e-2, NULL,
     "across the first, at the same places, where a wire is elliptic", AT(second_diameter)},
    {"diameter_u", VT_REAL, "1", "0.055", 0, 0.5, NULL,
     "relative standard uncertainty of the diameter, shared by all segments of a wire; twice that in stress and "
     "viscosity (5.5 %: S000)",
     AT(diameter_u)},
    {"gauge_length", VT_REAL, "m", "", 1e-8, 1.0, NULL,
     "at strain 0: needed with a column length, and for the check of power and dimensions", AT(gauge_length)},
    {"gauge_length_u", VT_REAL, "1", "0", 0, 0.5, NULL,
     "relative standard uncertainty of the gauge length; matters with a column length", AT(gauge_length_u)},
    {"force_u", VT_REAL, "1", "0", 0, 0.5, NULL, "relative standard uncertainty of the load cell's calibration",
     AT(force_u)},
    {"force_resolution", VT_REAL, "N", "0 N", 0, 1e3, NULL, "step of the load cell (rectangular); S000: 20 nN",
     AT(force_resolution)},
    {"surface_tension", VT_REAL, "N m-1", "0 N/m", 0, 10.0, NULL,
     "of the liquid: 2 gamma/d is subtracted; 0: not, but below 200 MPa 0 to 1 N/m stand in the budget of viscosity, "
     "rate sensitivity and sinh law",
     AT(surface_tension)},
    {"elastic_modulus", VT_REAL, "Pa", "", 1e6, 1e13, NULL,
     "of the specimen, with its delayed elasticity (relaxed): strain loses sigma/E; else it does not",
     AT(elastic_modulus)},
    {"poisson_ratio", VT_REAL, "1", "0.5", 0, 0.5, NULL,
     "of the specimen: with the elastic modulus its section grows by (1 - 2 nu) sigma/E; 0.5: it does not",
     AT(poisson_ratio)},
    {"temperature", VT_REAL, "K", "", 280.0, 2500.0, NULL, "of the specimen, where one is known and no column gives it",
     AT(temperature)},
    {"control_time", VT_REAL, "s", "0 s", 0, 1e6, NULL,
     "time constant of the force and power loops: three of them, at least two samples, are cut from either end",
     AT(control_time)},
    {"smallest_step", VT_REAL, "1", "0.05", 1e-4, 0.5, NULL,
     "relative step of the force that begins a segment; within one it may drift by half of that (P02: 5 %, but that "
     "is what each piece of a ramp drifts by when it is cut at steps of 5 %)",
     AT(smallest_step)},
    {"smallest_power_step", VT_REAL, "1", "0.01", 1e-4, 0.5, NULL, "relative step of the power that begins a segment",
     AT(smallest_power_step)},
    {"smallest_temperature_step", VT_REAL, "K", "1 K", 0.01, 100, NULL, "step of the temperature that begins a segment",
     AT(smallest_temperature_step)},
    {"smallest_strain", VT_REAL, "1", "0.005", 1e-6, 1.0, NULL,
     "true strain that a segment must gain, and ten times the noise", AT(smallest_strain)},
    {"largest_exponent", VT_REAL, "1", "4", 1.0, 20.0, NULL,
     "n of rate = K stress^n that the curvature of one segment may show; more is taken for drift: not steady",
     AT(largest_exponent)},
    {"sensitivity_threshold", VT_REAL, "1", "0.7", 0.05, 1.0, NULL,
     "rate sensitivity below which flow counts as non-Newtonian", AT(sensitivity_threshold)},
    {"thermal_conductivity", VT_REAL, "W m-1 K-1", "7 W/(m K)", 0.1, 1000.0, NULL,
     "of the specimen, for the check of power against dimensions", AT(thermal_conductivity)},
    {"largest_rise", VT_REAL, "K", "1000 K", 1.0, 1e4, NULL,
     "temperature rise by conduction alone above which power and dimensions contradict each other", AT(largest_rise)},
    {"grip_temperature", VT_REAL, "K", "", 1.0, 2500.0, NULL,
     "of the ends of the wire: with temperature and the VFT law it puts heating as the wire stretches into the "
     "intervals of rate sensitivity and sinh law",
     AT(grip_temperature)},
    {"vft_strength", VT_REAL, "1", "", 0.1, 1000.0, NULL, "D* of the VFT law; absent: that of the alloy",
     AT(vft_strength)},
    {"vft_T0", VT_REAL, "K", "", 1.0, 2000.0, NULL, "T0 of the VFT law; absent: that of the alloy", AT(vft_T0)},
    {"group", VT_TEXT, NULL, "", 0, 0, NULL, "bulk, nano, ...: goes into the points for the flow map", AT(group)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {
    {"strain_rate", "eps'", "s-1", "true strain rate in the middle of each segment, in both readings"},
    {"true_stress", "sigma", "Pa", "there, with the section at that strain"},
    {"viscosity", "eta", "Pa s", "sigma/(3 eps') of each segment, in both readings"},
    {"rate_sensitivity", "m", "1", "of each power with several loads, d ln(stress)/d ln(rate) at their mean rate"},
    {"sinh_rate_sensitivity", "m", "1", "of the sinh law at the mean stress of each power"},
    {"class", "", "1", "of each such power: 1 newtonian, 0 undetermined, -1 non-newtonian; the word is in its scope"},
    {"newtonian_viscosity", "eta_N", "Pa s", "of each power, limit of low stress of one sinh law for the wire"},
    {"transition_stress", "sigma_c", "Pa", "stress at which that law reaches the threshold of m: 4.10 k T/V for 0.7"},
    {"activation_volume", "V", "m3", "of that law, where temperatures are known; else the warning gives V/T"},
    {"viscosity_bound", "eta_min", "Pa s", "rheometer: the viscosity is at least this"},
    {"flow_exponent", "dlnJ/dlnt", "1", "rheometer, creep: 1 in steady flow"},
    {"recoverable_compliance", "J_e", "Pa-1", "rheometer: what comes back after flow"},
    {"modulus_ratio", "f_G", "1", "rheometer: modulus by oscillation over that by relaxation"},
    VT_OUTPUT_END};

const vt_experiment vti_creep_experiment = {
    .name = "creep",
    .summary = "viscosity and rate sensitivity from creep of heated wires under held forces",
    .reference = "Magagnosc et al. 2016 (S000), Figs. 2 to 4; procedures P02, P03, 1.2 to 1.6; ledger B4, B5",
    .details =
        "The record is cut where force, power or temperature change and where it has gaps. The transient of every "
        "segment is taken off, the rates of its halves and its curvature are tested, and a segment that is not steady "
        "has no viscosity but is named with its reason. A Newtonian liquid under constant force stretches so that L0/L "
        "falls along a straight line, whose slope gives the viscosity -F/(3 A0 slope) without differentiation (reading "
        "physics; surface tension is subtracted where it is given); the paper divides the stress in the middle by "
        "three "
        "times the slope of strain. L0/L that curves is fitted by the power law that straightens (L0/L)^n. Slopes are "
        "robust, their uncertainty counts serial correlation; the diameter, which all segments of a wire share, "
        "is a shared line of their budgets: 11 % in area is 11 % in viscosity. Several loads at one power give the "
        "rate "
        "sensitivity with errors in both variables and its class; all powers of a wire together give the sinh law. The "
        "curve flow_points has the columns of the experiment flow. "
        "Records of a rheometer (the other tables) are in shear and need no dimensions: creep compliance is steady "
        "where "
        "its rate is constant and is that of the whole compliance within 10 %, d ln J/d ln t = 1; the relaxation "
        "modulus "
        "is integrated, with bounds on what lies before its first and beyond its last reading; oscillation is "
        "extrapolated by a discrete spectrum. Reading paper: slope over the last 30 % of the time, integral of the "
        "readings, G''/omega at the lowest frequency. A test that does not reach flow gives a lower bound alone.",
    .example = "vitrum simulate creep --seed 1 -o wire.csv && vitrum reduce creep wire.csv",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = PARAMS,
    .params_size = sizeof(vti_creep_params),
    .outputs = OUTPUTS,
    .forms = vti_creep_forms,
    .reduce = vti_creep_reduce,
    .truth = VTI_CREEP_TRUTH,
    .truth_size = sizeof(vti_creep_truth),
    .simulate = vti_creep_simulate};
