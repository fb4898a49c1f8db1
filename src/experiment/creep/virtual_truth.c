/* Parameters of the virtual creep test. Defaults: the nanowires of Magagnosc et al. 2016 (S000) at four powers under
 * 10 uN, noise of section 11. */
#include "creep_truth.h"
#include "experiment/truth_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>

#define AT(field) offsetof(vti_creep_truth, field)
const vt_param VTI_CREEP_TRUTH[] = {
    {"powers", VT_LIST, "W", "1.1,1.125,1.15,1.175 mW", 0, 1e3, NULL, "electrical powers, one after the other",
     AT(powers)},
    {"loads", VT_LIST, "N", "10 uN", 1e-9, 1e5, NULL, "forces at each power, one after the other", AT(loads)},
    {"times", VT_LIST, "s", "60 s", 1, 1e7, NULL, "least time of each step (power by power), or one for all",
     AT(times)},
    {"segment_strain", VT_REAL, "1", "0.04", 0, 3, NULL, "a step goes on until it has added this true strain",
     AT(segment_strain)},
    {"wires", VT_INT, NULL, "1", 1, 1000, NULL, "specimens", AT(wires)},
    {"diameter", VT_REAL, "m", "180 nm", 2e-8, 5e-3, NULL, "of the wire, as measured (S000: 150 to 200 nm)",
     AT(diameter)},
    {"diameter_error", VT_REAL, "1", "0.055", 0, 0.3, NULL,
     "standard deviation of true over measured diameter (S000: 11 % in area)", AT(diameter_error)},
    {"gauge_length", VT_REAL, "m", "5 um", 1e-8, 10, NULL, "between the markers", AT(gauge_length)},
    {"material", VT_CHOICE, NULL, "newtonian", 0, 0, "newtonian|sinh|free_volume",
     "law of flow; free_volume: creation by shear, annihilation, equilibrium by temperature", AT(material)},
    {"glass_transition", VT_REAL, "K", "507.6 K", 100, 2000, NULL, "Pt57.5 wires, implied by S000 (ledger B2)",
     AT(glass_transition)},
    {"viscosity", VT_REAL, "Pa s", "1e12 Pa s", 1, 1e18, NULL, "Newtonian, at the glass transition: its convention",
     AT(viscosity)},
    {"vft_strength", VT_REAL, "1", "16.4", 0.1, 1000, NULL, "D* (targets T8, Pt57.5, recalled there)",
     AT(vft_strength)},
    {"vft_T0", VT_REAL, "K", "336 K", 1, 2000, NULL, "T0 (targets T8, Pt57.5, recalled there)", AT(vft_T0)},
    {"activation_volume", VT_REAL, "m3", "0.1 nm^3", 1e-31, 1e-24, NULL,
     "V of the sinh law: transition near 290 MPa, assumed", AT(activation_volume)},
    {"elastic_modulus", VT_REAL, "Pa", "94.6 GPa", 1e8, 1e12, NULL, "Pt57.5 (materials 1.1, recalled there)",
     AT(elastic_modulus)},
    {"poisson_ratio", VT_REAL, "1", "0.42", 0, 0.499, NULL, "Pt57.5 (Schroers and Johnson 2004)", AT(poisson_ratio)},
    {"surface_tension", VT_REAL, "N m-1", "1 N/m", 0, 10, NULL, "pulls the wire together; 0: off (P02: about 1)",
     AT(surface_tension)},
    {"free_volume_geometry", VT_REAL, "1", "0.15", 1e-3, 10, NULL, "alpha of free-volume flow (targets T6)",
     AT(free_volume_geometry)},
    {"free_volume_jumps", VT_REAL, "1", "3", 0.1, 100, NULL, "n_D: jumps that annihilate one v* (targets T6)",
     AT(free_volume_jumps)},
    {"delayed_share", VT_REAL, "1", "0.3", 0, 10, NULL, "delayed elastic strain over the elastic one, assumed",
     AT(delayed_share)},
    {"delayed_time", VT_REAL, "s", "5 s", 1e-3, 1e5, NULL, "of its exponential (section 11)", AT(delayed_time)},
    {"grip_temperature", VT_REAL, "K", "20 degC", 1, 2000, NULL, "of the ends", AT(grip_temperature)},
    {"thermal_resistance", VT_REAL, "K W-1", "195 K/mW", 0, 1e12, NULL,
     "rise over power: 1.1 mW makes the glass transition", AT(thermal_resistance)},
    {"thermal_time", VT_REAL, "s", "5 s", 1e-3, 1e5, NULL,
     "of the exponential that temperature and feedback follow a new power in (section 11)", AT(thermal_time)},
    {"ramp", VT_REAL, "1", "0", 0, 1, NULL,
     "share of the rise that grows with the square of the length, as conduction along the wire does; the rest is in "
     "the contacts (ledger B5)",
     AT(ramp)},
    {"start", VT_CHOICE, NULL, "settled", 0, 0, "settled|cold",
     "the record begins at the first set-point, settled, or with a cold wire without force", AT(start)},
    {"force_time", VT_REAL, "s", "0.3 s", 1e-3, 1e5, NULL, "of the exponential that the force follows a new load in",
     AT(force_time)},
    {"sampling", VT_REAL, "Hz", "2 Hz", 1e-4, 1e5, NULL, "images per second", AT(sampling)},
    {"pixel_noise", VT_REAL, "1", "0.3", 0, 100, NULL, "noise of the distance of the markers, pixels (section 11)",
     AT(pixel_noise)},
    {"gauge_pixels", VT_REAL, "1", "600", 1, 1e6, NULL, "gauge length, pixels", AT(gauge_pixels)},
    {"noise_correlation", VT_REAL, "1", "0.5", 0, 0.99, NULL, "of the marker noise from image to image",
     AT(noise_correlation)},
    {"force_noise", VT_REAL, "N", "90 nN", 0, 1e3, NULL, "standard deviation of the force while held (S000)",
     AT(force_noise)},
    {"force_step", VT_REAL, "N", "20 nN", 0, 1e3, NULL, "resolution of the load cell (S000)", AT(force_step)},
    {"power_noise", VT_REAL, "1", "0.002", 0, 0.2, NULL, "relative noise of the power", AT(power_noise)},
    {"gaps", VT_INT, NULL, "0", 0, 1000, NULL, "places of each wire's record without images", AT(gaps)},
    {"gap_time", VT_REAL, "s", "10 s", 0, 1e6, NULL, "length of such a place", AT(gap_time)},
    {"outliers", VT_REAL, "1", "0", 0, 0.5, NULL, "share of images with a marker lost", AT(outliers)},
    {"outlier_pixels", VT_REAL, "1", "10", 0, 1e4, NULL, "standard deviation of their distance, pixels",
     AT(outlier_pixels)},
    {"glitches", VT_REAL, "1", "0", 0, 0.5, NULL, "share of images in which the wire seems to shrink", AT(glitches)},
    {"glitch_pixels", VT_REAL, "1", "6", 0, 1e4, NULL, "by this many pixels", AT(glitch_pixels)},
    VT_PARAM_END};
#undef AT

/* Viscosity at the glass transition, where the card has a law with its level; its tag, or 0. */
static char level(vti_creep_truth *p, uint64_t given, const vt_card *card)
{
    const vt_constant *eta = vt_card_find(card, "vft_viscosity_at_reference");
    const vt_constant *D = vt_card_find(card, "vft_strength"), *T0 = vt_card_find(card, "vft_T0");
    const vt_constant *T = vt_card_find(card, "reference_temperature");
    if (!T) T = vt_card_find(card, "glass_transition");
    if (!eta || !D || !T0 || !T || vti_is_among(given, VTI_CREEP_TRUTH, "viscosity")) return 0;
    const double B = D->value * T0->value;
    p->viscosity = eta->value * exp(B / (p->glass_transition - T0->value) - B / (T->value - T0->value));
    return eta->tag;
}

void vti_creep_truth_from_card(vti_creep_truth *p, uint64_t given, const vt_card *card, char *text, size_t size)
{
    static const vti_told TOLD[] = {{"surface_tension", "surface_tension"}};
    const vti_truth truth = {VTI_CREEP_TRUTH, p, given, card};
    if (!card) return;
    vti_truth_from_card(&truth, sizeof TOLD / sizeof *TOLD, TOLD, text, size);
    const char tag = level(p, given, card);
    if (tag) vti_truth_say(text, size, " viscosity (%c)", tag);
    vti_truth_say_rest(text, size);
}

vt_status vti_creep_truth_check(const vti_creep_truth *p, vt_error *err)
{
    const size_t steps = vti_creep_steps(p);
    if (p->powers.n == 0 || p->loads.n == 0 || p->times.n == 0)
        return vt_fail(err, VT_EARG, "powers, loads and times must not be empty");
    if (p->times.n != 1 && p->times.n != steps)
        return vt_fail(err, VT_ESHAPE,
                       "%zu times for %zu steps (%zu powers times %zu loads); give one, or one for each", p->times.n,
                       steps, p->powers.n, p->loads.n);
    for (size_t k = 0; k < p->powers.n; k++) {
        const double T = vti_creep_temperature(p, p->powers.x[k], 0.0);
        if (!(T > p->vft_T0))
            return vt_fail(err, VT_EDOMAIN, "at %g mW the wire has %g K, not above vft_T0 = %g K; raise powers[%zu]",
                           1e3 * p->powers.x[k], T, p->vft_T0, k);
    }
    if (!(p->glass_transition > p->vft_T0))
        return vt_fail(err, VT_EDOMAIN, "glass_transition = %g K is not above vft_T0 = %g K", p->glass_transition,
                       p->vft_T0);
    return VT_OK;
}
