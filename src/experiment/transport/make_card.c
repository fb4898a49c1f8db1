/* The alloy card that the fit makes: constants with covariance and conventions. */
#include "experiment/emit_internal.h"
#include "transport.h"
#include <vitrum/constants.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { P = VTI_TRANSPORT_P };

static const struct {
    const char *key, *unit;
    bool logarithm;
    double scale;
} KEY[P] = {{"vft_viscosity_at_reference", "Pa s", true, 1.0},
            {"vft_strength", "1", false, 1.0},
            {"vft_T0", "K", false, 1.0},
            {"glass_activation_energy", "eV", false, VT_ELECTRONVOLT},
            {"kink_temperature", "K", false, 1.0},
            {"interface_mobility_at_reference", "m3 s-1", true, 1.0},
            {"interface_thickness", "m", true, 1.0},
            {"atomic_radius", "m", true, 1.0},
            {"interface_activation_energy", "eV", false, VT_ELECTRONVOLT}};

static vt_status add(vt_card *card, const vti_transport_run *run, const vti_fact *f, vt_error *err)
{
    char source[VT_CARD_TEXT];
    snprintf(source, sizeof source, "vitrum transport fit of %s, chi2 = %.3g with %zu degrees of freedom",
             run->path[0] ? run->path : "a table in memory", run->fit.sum.chi2, run->fit.sum.nu);
    return vti_emit_fact(card, f, source, run->result, err);
}

/* What the fit took as known, so that the card stands alone. */
static vt_status conventions(vt_card *card, const vti_transport_run *run, vt_error *err)
{
    const vti_transport_setup *s = &run->problem.setup;
    const double QI = run->fit.x[VTI_QI] * VT_ELECTRONVOLT;
    const double u_QI = VT_ELECTRONVOLT * sqrt(run->fit.cov[VTI_QI * P + VTI_QI]);
    vt_status st;
    VT_TRY(st = add(card, run, &(vti_fact){"glass_transition", "K", s->Tg, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"reference_temperature", "K", s->Tg, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"atomic_volume", "m3", s->Omega, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"relaxation_time_at_reference", "s", s->tau_g, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"stokes_einstein_constant", "1", s->c, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run,
                    &(vti_fact){"viscosity_prefactor", "1", s->prefactor, NAN, "convention of the viscosities"}, err));
    if (!run->fit.fixed[VTI_QI])
        VT_TRY(st = add(card, run,
                        &(vti_fact){"bulk_activation_energy", "eV", s->ratio * QI,
                                    hypot(s->ratio * u_QI, run->par->activation_ratio_u * QI),
                                    "assumed multiple of the interface activation energy"},
                        err));
done:
    return st;
}

/* Temperatures of what is measured at one, for maps: bounds and values known to worse than a fifth do not count. */
static vt_status data_range(vt_card *card, const vti_transport_run *run, vt_error *err)
{
    double low = NAN, high = NAN; /* K; fmin and fmax pass over NaN */
    for (size_t i = 0; i < run->problem.n; i++) {
        const vti_transport_row *r = &run->row[i];
        if (!VTI_TRANSPORT_FACTS[r->kind].at_temperature || r->bound || !(r->u <= 0.2 * r->value)) continue;
        low = fmin(low, r->T);
        high = fmax(high, r->T);
    }
    if (isnan(low)) return VT_OK;
    const vt_status st =
        add(card, run, &(vti_fact){"data_temperature_low", "K", low, NAN, "range of the observations"}, err);
    return st == VT_OK
               ? add(card, run, &(vti_fact){"data_temperature_high", "K", high, NAN, "range of the observations"}, err)
               : st;
}

static vt_status covariance(vt_card *card, const vti_transport_run *run, vt_error *err)
{
    const char *keys[P];
    double cov[P * P], scale[P];
    size_t index[P], n = 0;
    for (size_t j = 0; j < P; j++) {
        if (run->fit.fixed[j] || !vt_card_find(card, KEY[j].key)) continue;
        keys[n] = KEY[j].key;
        scale[n] = KEY[j].logarithm ? exp(run->fit.x[j]) : KEY[j].scale;
        index[n++] = j;
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) cov[a * n + b] = scale[a] * scale[b] * run->fit.cov[index[a] * P + index[b]];
    return vt_card_set_covariance(card, n, keys, cov, err);
}

static const char *alloy_name(const vti_transport_run *run)
{
    if (run->par->alloy[0]) return run->par->alloy;
    return run->job->alloy ? vt_card_alloy(run->job->alloy) : "alloy";
}

vt_status vti_transport_make_card(vti_transport_run *run, vt_error *err)
{
    vt_card *card = NULL;
    vt_status st;
    VT_TRY(st = vt_card_create(&card, alloy_name(run), err));
    for (size_t j = 0; j < P; j++) {
        if (run->fit.fixed[j]) continue;
        const double x = run->fit.x[j], u = sqrt(run->fit.cov[j * P + j]);
        const double value = KEY[j].logarithm ? exp(x) : KEY[j].scale * x;
        VT_TRY(st = add(card, run,
                        &(vti_fact){KEY[j].key, KEY[j].unit, value, KEY[j].logarithm ? value * u : KEY[j].scale * u,
                                    "joint fit of stated observations"},
                        err));
    }
    VT_TRY(st = conventions(card, run, err));
    VT_TRY(st = data_range(card, run, err));
    VT_TRY(st = covariance(card, run, err));
    vt_result_adopt_card(run->result, card);
    card = NULL;
done:
    vt_card_free(card);
    return st;
}
