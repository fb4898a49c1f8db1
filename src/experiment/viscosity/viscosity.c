/* Descriptor of the experiment `viscosity`. */
#include "viscosity_internal.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"temperature", "K", 1, 50.0, 5000.0, "T;temp", "temperature of the liquid in equilibrium"},
    {"viscosity", "Pa s", 0, 1e-5, 1e20, "eta", "shear viscosity; this or log10_viscosity"},
    {"log10_viscosity", "1", 0, -5.0, 20.0, "log_viscosity;log_eta;log10_eta;log10 viscosity",
     "decimal logarithm of the viscosity in Pa s"},
    {"series", "text", 0, 0.0, 0.0, "sample;specimen;melt;name", "which liquid: each one is fitted by itself"},
    {"uncertainty", "1", 0, 1e-6, 10.0, "u;log10_uncertainty",
     "standard uncertainty of log10(viscosity); without it the points count alike and their scatter is the "
     "uncertainty"},
    VT_COLUMN_END};

#define AT(field) offsetof(vti_viscosity_params, field)
static const vt_param PARAMS[] = {
    {"glass_viscosity", VT_REAL, "Pa s", "1e12 Pa s", 1e6, 1e16, NULL,
     "viscosity that defines the isoviscous temperature T12 and where fragility is taken", AT(glass_viscosity)},
    {"max_extrapolation", VT_REAL, "1", "3", 0, 20, NULL,
     "decades between the points and glass_viscosity beyond which T12 and fragility are not given",
     AT(max_extrapolation)},
    {"min_points", VT_INT, NULL, "6", 6, 1000000, NULL, "series with fewer points are left out, with a warning",
     AT(min_points)},
    {"series", VT_TEXT, NULL, "", 0, 0, NULL, "fit only the series of this name", AT(series)},
    VT_PARAM_END};
#undef AT

#define AT(field) offsetof(vti_viscosity_truth, field)
static const vt_param TRUTH[] = {
    {"law", VT_CHOICE, NULL, "vft", 0, 0, "vft|myega", "law of the liquid", AT(law)},
    {"isoviscous_temperature", VT_REAL, "K", "590 K", 100, 3000, NULL, "temperature of glass_viscosity",
     AT(isoviscous_temperature)},
    {"fragility", VT_REAL, "1", "52", 10, 300, NULL, "d log10(eta) / d(T12/T) at T12", AT(fragility)},
    {"log10_viscosity_infinite", VT_REAL, "1", "-4.3", -12, 5, NULL,
     "log10(eta / Pa s) in the limit of high temperature", AT(log10_viscosity_infinite)},
    {"glass_viscosity", VT_REAL, "Pa s", "1e12 Pa s", 1e6, 1e16, NULL, "viscosity at isoviscous_temperature",
     AT(glass_viscosity)},
    {"lowest_temperature", VT_REAL, "K", "585 K", 50, 5000, NULL, "of the points", AT(T_low)},
    {"highest_temperature", VT_REAL, "K", "1150 K", 50, 5000, NULL, "of the points, which are equally spaced in 1/T",
     AT(T_high)},
    {"points", VT_INT, NULL, "15", 2, 100000, NULL, "points per series", AT(points)},
    {"series", VT_INT, NULL, "1", 1, 10000, NULL, "series of the same law", AT(series)},
    {"scatter", VT_REAL, "1", "0.06", 0, 5, NULL, "standard deviation of log10(eta)", AT(scatter)},
    VT_PARAM_END};

static const vt_output OUTPUTS[] = {
    {"isoviscous_temperature", "T12", "K", "temperature of glass_viscosity by VFT, per series"},
    {"fragility", "m", "1", "d log10(eta) / d(T12/T) at T12 by VFT, per series"},
    {"log10_viscosity_infinite", "log10 eta_inf", "1", "limit of high temperature by VFT, per series"},
    {"vft_T0", "T0", "K", "temperature where VFT diverges, if the points show curvature"},
    {"vft_B", "B", "K", "B of eta = eta_inf exp(B/(T - T0))"},
    {"myega_isoviscous_temperature", "T12", "K", "the same by MYEGA"},
    {"myega_fragility", "m", "1", "the same by MYEGA"},
    {"myega_log10_viscosity_infinite", "log10 eta_inf", "1", "the same by MYEGA"},
    VT_OUTPUT_END};

const vt_experiment vti_viscosity_experiment = {
    .name = "viscosity",
    .summary = "fragility and isoviscous temperature of liquids from their viscosities",
    .reference = "Angell, Science 267 (1995) 1924; Mauro et al., PNAS 106 (2009) 19780; procedures P10",
    .details =
        "Viscosities of one or many liquids in equilibrium are fitted, liquid by liquid, by the VFT law and by the "
        "MYEGA law in the same three parameters: log10 of the viscosity at infinite temperature, the temperature T12 "
        "where the viscosity is glass_viscosity, and the fragility there. Least squares in log10(eta), weighted by "
        "the stated uncertainties or, without them, by the scatter itself. Intervals are profile-likelihood "
        "intervals; one that is open means that the quantity is not determined and is left out with a warning. The "
        "laws are compared by AICc, and a warning tells where T12 depends on the law.",
    .example = "vitrum simulate viscosity --seed 1 -o melt.csv && vitrum reduce viscosity melt.csv",
    .columns = COLUMNS,
    .params = PARAMS,
    .params_size = sizeof(vti_viscosity_params),
    .outputs = OUTPUTS,
    .reduce = vti_viscosity_reduce,
    .truth = TRUTH,
    .truth_size = sizeof(vti_viscosity_truth),
    .simulate = vti_viscosity_simulate};
