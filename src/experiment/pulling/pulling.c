/* Descriptor of the experiment `pulling`. */
#include "pulling_internal.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"initial_length", "m", 1, 1e-8, 1.0, "L0;gap", "length of the wire between the plates before pulling"},
    {"initial_diameter", "m", 1, 1e-9, 5e-3, "d0", "diameter of the wire before pulling"},
    {"final_diameter", "m", 0, 1e-9, 5e-3, "d;diameter", "diameter of the thinned wire; empty: not measured"},
    {"shape", "text", 0, 0, 0, "morphology", "uniform, necked or broken; empty: not looked at"},
    {"array", "text", 0, 0, 0, "specimen;group", "which array the wire belongs to: each is reported by itself"},
    VT_COLUMN_END};

static const vt_column METADATA[] = {
    {"pulling_speed", "m s-1", 0, 0, 0, "speed;velocity;v", "speed at which the plates part"},
    {"top_temperature", "K", 0, 0, 0, NULL, "temperature of one plate"},
    {"bottom_temperature", "K", 0, 0, 0, NULL, "temperature of the other plate"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_pulling_params, field)
static const vt_param PARAMS[] = {
    {"pulling_speed", VT_REAL, "m s-1", NULL, 1e-12, 10.0, NULL, "speed at which the plates part", AT(pulling_speed)},
    {"top_temperature", VT_REAL, "K", "", 1.0, 2000.0, NULL, "temperature of one plate", AT(top_temperature)},
    {"bottom_temperature", VT_REAL, "K", "", 1.0, 2000.0, NULL, "temperature of the other plate",
     AT(bottom_temperature)},
    {"pulling_speed_u", VT_REAL, "1", "0.02", 0.0, 0.5, NULL,
     "relative standard uncertainty of the speed (slack, backlash), shared by all wires", AT(pulling_speed_u)},
    {"scale_u", VT_REAL, "1", "0.01", 0.0, 0.5, NULL,
     "relative standard uncertainty of the microscope's scale, shared by all lengths", AT(scale_u)},
    {"measurement_u", VT_REAL, "1", "0.03", 0.0, 0.5, NULL,
     "relative standard uncertainty of one length or diameter by itself; matters where wires are few",
     AT(measurement_u)},
    {"viscosity", VT_REAL, "Pa s", "", 1e-3, 1e16, NULL,
     "of the liquid: with surface_tension, capillary rounding is "
     "judged",
     AT(viscosity)},
    {"surface_tension", VT_REAL, "N m-1", "", 0.01, 10.0, NULL, "of the liquid", AT(surface_tension)},
    VT_PARAM_END};
#undef AT

#define AT(field) offsetof(vti_pulling_truth, field)
static const vt_param TRUTH[] = {
    {"pulling_speed", VT_REAL, "m s-1", "10 um/min", 1e-12, 10.0, NULL, "speed of the plates", AT(pulling_speed)},
    {"initial_length", VT_REAL, "m", "1.5 um", 1e-8, 1.0, NULL, "median", AT(initial_length)},
    {"length_spread", VT_REAL, "1", "0.1", 0.0, 1.0, NULL, "standard deviation of its logarithm", AT(length_spread)},
    {"initial_diameter", VT_REAL, "m", "150 nm", 1e-9, 5e-3, NULL, "median", AT(initial_diameter)},
    {"diameter_spread", VT_REAL, "1", "0.08", 0.0, 1.0, NULL, "standard deviation of its logarithm",
     AT(diameter_spread)},
    {"strain", VT_REAL, "1", "2.197", 0.01, 12.0, NULL, "median true strain", AT(strain)},
    {"strain_spread", VT_REAL, "1", "0.03", 0.0, 1.0, NULL, "standard deviation of its logarithm", AT(strain_spread)},
    {"necked_share", VT_REAL, "1", "0.1", 0.0, 1.0, NULL, "share of wires that neck", AT(necked_share)},
    {"measurement", VT_REAL, "1", "0.03", 0.0, 0.5, NULL, "relative error of every length and diameter",
     AT(measurement)},
    {"wires", VT_INT, NULL, "40", 1, 1000000, NULL, "wires of the array", AT(wires)},
    VT_PARAM_END};
#undef AT

static const vt_output OUTPUTS[] = {{"initial_strain_rate", "rate_0", "s-1", "v/L0, median of the wires"},
                                    {"final_strain_rate", "rate_f", "s-1", "v/L at the end, median of the wires"},
                                    {"true_strain", "eps", "1", "2 ln(d0/d), median of the wires"},
                                    {"final_length", "L", "m", "L0 (d0/d)^2, median of the wires"},
                                    {"pulling_time", "t", "s", "(L - L0)/v, median of the wires"},
                                    {"initial_diameter", "d0", "m", "median of the wires"},
                                    {"final_diameter", "d", "m", "median of the wires"},
                                    {"uniform_fraction", "f_u", "1", "share of uniform wires, Wilson interval"},
                                    VT_OUTPUT_END};

const vt_experiment vti_pulling_experiment = {
    .name = "pulling",
    .summary = "strain rates and strains of wires pulled at constant speed",
    .reference = "Magagnosc et al. 2016 (S000), Table 1; procedure P07; ledger B1",
    .details =
        "Wires between two plates that part at constant speed v. Volume is conserved, so a wire that thins uniformly "
        "from d0 to d has the length L = L0 (d0/d)^2, the true strain 2 ln(d0/d), and a rate that falls from v/L0 to "
        "v/L. Every wire is computed by itself; reported are the medians of an array with an interval from the order "
        "of the wires, widened by the speed and the microscope's scale, which all wires share. Shares are of the "
        "wires whose shape is told.",
    .example = "vitrum simulate pulling --seed 1 -o wires.csv && vitrum reduce pulling wires.csv",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = PARAMS,
    .params_size = sizeof(vti_pulling_params),
    .outputs = OUTPUTS,
    .reduce = vti_pulling_reduce,
    .truth = TRUTH,
    .truth_size = sizeof(vti_pulling_truth),
    .simulate = vti_pulling_simulate};
