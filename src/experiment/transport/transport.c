/* Descriptor of the experiment `transport`. */
#include "transport.h"
#include <stddef.h>

static const vt_column COLUMNS[] = {
    {"quantity", "text", 1, 0.0, 0.0, "observable;property",
     "what is stated: critical_diameter, viscosity, interface_mobility, kink_temperature, bulk_glass_transition, "
     "interface_glass_transition, stokes_einstein_breakdown, interface_activation_energy; also what is assumed: "
     "interface_thickness, atomic_radius, vft_viscosity_infinite"},
    {"temperature", "K", 0, 200.0, 3000.0, "T", "of a diameter, viscosity or mobility; empty otherwise"},
    {"value", "row", 1, 0.0, 0.0, NULL, "number in the unit of its row"},
    {"unit", "text", 1, 0.0, 0.0, NULL, "unit of value and uncertainty: nm, Pa s, m3/s, degC, K, eV"},
    {"uncertainty", "row interval", 1, 0.0, 0.0, "u;standard_uncertainty",
     "standard uncertainty in the unit of its row; of a positive scale factor (diameter, viscosity, mobility, "
     "thickness, radius) uncertainty/value is the standard deviation of its logarithm"},
    {"bound", "text", 0, 0.0, 0.0, NULL, "upper: pulls only from above; lower: only from below; empty: a value"},
    {"distribution", "text", 0, 0.0, 0.0, NULL,
     "normal or lognormal, where the default (lognormal for scale factors, else normal) is not meant"},
    {"source", "text", 0, 0.0, 0.0, "where;reference;note", "where the number stands: kept for the reader"},
    VT_COLUMN_END};

static const vt_column METADATA[] = {{"alloy", "text", 0, 0.0, 0.0, NULL, "name of the alloy"}, VT_COLUMN_END};

#define AT(field) offsetof(vti_transport_params, field)
static const vt_param PARAMS[] = {
    {"alloy", VT_TEXT, NULL, "", 0, 0, NULL, "name that the fitted alloy card gets", AT(alloy)},
    {"tg", VT_REAL, "K", "317 degC", 100, 3000, NULL,
     "calorimetric glass transition: reference temperature of the laws", AT(tg)},
    {"atomic_volume", VT_REAL, "m3", "1.233e-29 m3", 1e-30, 1e-27, NULL, "mean atomic volume Omega", AT(atomic_volume)},
    {"relaxation_time", VT_REAL, "s", "76 s", 1e-6, 1e9, NULL, "relaxation time at tg, from calorimetry",
     AT(relaxation_time)},
    {"exposure_time", VT_REAL, "s", "36000 s", 1e-3, 1e12, NULL,
     "time of the experiment that the stated glass transitions belong to", AT(exposure_time)},
    {"stokes_einstein_constant", VT_REAL, "1", "6", 1, 12, NULL, "c of D = kT/(c pi R eta): 6 stick, 4 slip",
     AT(stokes_einstein_constant)},
    {"activation_ratio", VT_REAL, "1", "2", 1, 10, NULL, "bulk over interface activation energy Q_B/Q_I: an assumption",
     AT(activation_ratio)},
    {"activation_ratio_u", VT_REAL, "1", "0.05", 0, 5, NULL,
     "its standard uncertainty; enters the budgets of T_SER and of the interface transition, not the fit",
     AT(activation_ratio_u)},
    {"interface_thickness", VT_REAL, "m", "0.5 nm", 1e-11, 1e-7, NULL,
     "assumed thickness delta, if the table has no row for it", AT(interface_thickness)},
    {"interface_thickness_factor", VT_REAL, "1", "1.65", 1.001, 100, NULL,
     "it is known to within this factor (one standard deviation)", AT(interface_thickness_factor)},
    {"atomic_radius", VT_REAL, "m", "0.13 nm", 2e-11, 1e-9, NULL,
     "assumed radius R of the diffusing atom, if the table has no row for it", AT(atomic_radius)},
    {"atomic_radius_u", VT_REAL, "1", "0.1", 1e-6, 1, NULL, "its relative standard uncertainty", AT(atomic_radius_u)},
    {"vft_viscosity_infinite", VT_REAL, "Pa s", "4e-5 Pa s", 1e-12, 1e3, NULL,
     "assumed viscosity of the VFT law at infinite temperature, if the table has no row for it",
     AT(vft_viscosity_infinite)},
    {"vft_viscosity_infinite_decades", VT_REAL, "1", "2", 1e-6, 20, NULL,
     "it is known to within this many decades (one standard deviation)", AT(vft_viscosity_infinite_decades)},
    {"shear_modulus", VT_REAL, "Pa", "35 GPa", 1e8, 1e12, NULL,
     "for the Maxwell check of viscosity against relaxation time, if the alloy card has none", AT(shear_modulus)},
    {"prefactor", VT_CHOICE, NULL, "32", 0, 0, "32|16",
     "convention of the stated viscosities: 32 mean-speed form (paper), 16 integrated form (physics)", AT(prefactor)},
    {"kink", VT_CHOICE, NULL, "auto", 0, 0, "auto|yes|no",
     "glass branch below a kink; auto: if a kink or bulk transition is stated, or "
     "viscosities and diameters prove one",
     AT(kink)},
    VT_PARAM_END};

static const vt_output OUTPUTS[] = {
    {"vft_viscosity_at_reference", "eta_g", "Pa s", "viscosity at tg, in both readings"},
    {"vft_strength", "D*", "1", "strength of the VFT law"},
    {"vft_T0", "T0", "K", "VFT temperature"},
    {"vft_viscosity_infinite", "eta_0", "Pa s", "viscosity of the VFT law at infinite temperature"},
    {"fragility", "m", "1", "kinetic fragility at tg"},
    {"kink_temperature", "T_k", "K", "where the viscosity leaves the VFT law"},
    {"glass_activation_energy", "Q_g", "J", "apparent activation energy of the viscosity below the kink"},
    {"interface_mobility_at_reference", "delta D_I", "m3 s-1", "interface thickness times diffusivity at tg"},
    {"interface_activation_energy", "Q_I", "J", "of the interface mobility"},
    {"interface_thickness", "delta", "m", "assumed, moved by the interface glass transition"},
    {"atomic_radius", "R", "m", "assumed, moved by the interface glass transition"},
    {"stokes_einstein_breakdown", "T_SER", "K", "tangency of Arrhenius and Stokes-Einstein diffusion"},
    {"bulk_glass_transition", "T_g,B", "K", "where the bulk relaxes in exposure_time"},
    {"interface_glass_transition", "T_g,I", "K", "where the interface relaxes in exposure_time"},
    {"maximum_critical_diameter", "d_c,max", "m", "largest critical diameter"},
    {"critical_diameter", "d_c", "m", "recomputed at each stated temperature"},
    {"viscosity", "eta", "Pa s", "recomputed at each stated temperature"},
    {"interface_mobility", "delta D_I", "m3 s-1", "recomputed at each stated temperature"},
    {"critical_diameter_predicted", "d_c", "m", "by the fit without it; so for every stated quantity"},
    {"viscosity_predicted", "eta", "Pa s", "by the fit without it"},
    {"interface_mobility_predicted", "delta D_I", "m3 s-1", "by the fit without it"},
    {"kink_temperature_predicted", "T_k", "K", "by the fit without it"},
    {"bulk_glass_transition_predicted", "T_g,B", "K", "by the fit without it, and without all derived temperatures"},
    {"interface_glass_transition_predicted", "T_g,I", "K", "the same"},
    {"stokes_einstein_breakdown_predicted", "T_SER", "K", "the same"},
    {"interface_activation_energy_predicted", "Q_I", "J", "by the fit without it"},
    {"pull", "pull", "1", "(recomputed - stated)/uncertainty of each observation"},
    {"chi_squared", "chi2", "1", "sum of the squared pulls"},
    VT_OUTPUT_END};

const vt_experiment vti_transport_experiment = {
    .name = "transport",
    .summary = "transport constants of an alloy from stated observations",
    .reference = "Liu et al., Nat. Commun. 14 (2023), doi 10.1038/s41467-023-41582-2; procedures P10, P12, 10.2",
    .details =
        "Nine constants (viscosity at tg, D*, T0, kink, glass activation energy, interface mobility and its activation "
        "energy, interface thickness, atomic radius) are fitted to any mix of stated critical diameters, viscosities, "
        "mobilities, transition temperatures and activation energies. ln d_c = [ln(8 c Omega/kT) + ln eta + ln delta "
        "D_I]/3; the bulk relaxes with the VFT branch, the interface D_B/D_I times faster, and D_B touches "
        "Stokes-Einstein at the breakdown temperature. Intervals are profile-likelihood intervals or percentiles of "
        "refits to values drawn within their uncertainties. Each observation is recomputed, with its pull, and "
        "predicted by a fit without it. Reading paper: viscosity of L = d sqrt(pt/32 eta); physics: of the integrated "
        "form (16), twice as large.",
    .example = "vitrum reduce transport studies/liu2023/stated.csv",
    .columns = COLUMNS,
    .metadata = METADATA,
    .params = PARAMS,
    .params_size = sizeof(vti_transport_params),
    .outputs = OUTPUTS,
    .reduce = vti_transport_reduce};
