/* The alloy card that a study makes: the constants of its laws with their bootstrap covariance. */
#include "experiment/emit_internal.h"
#include "molding.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/constants.h>

static const struct {
    size_t j;
    const char *key, *unit;
} KEY[] = {{VTI_LAW_LN_ETA, "vft_viscosity_at_reference", "Pa s"},
           {VTI_LAW_STRENGTH, "vft_strength", "1"},
           {VTI_LAW_T0, "vft_T0", "K"},
           {VTI_LAW_TK, "kink_temperature", "K"},
           {VTI_LAW_QG, "glass_activation_energy", "eV"},
           {VTI_LAW_JUMP, "viscosity_jump", "1"},
           {VTI_LAW_LN_MOBILITY, "interface_mobility_at_reference", "m3 s-1"},
           {VTI_LAW_QI, "interface_activation_energy", "eV"},
           {VTI_LAW_OMEGA, "atomic_volume", "m3"}};
enum { KEYS = sizeof KEY / sizeof *KEY, FEW = 50 }; /* fewer replicates give no covariance */

static double outward(const vti_mold_run *run, size_t j, double x)
{
    if (j == VTI_LAW_LN_ETA) return exp(x) * (run->par->prefactor == VTI_READING_16 ? 2.0 : 1.0);
    return j == VTI_LAW_LN_MOBILITY ? exp(x) : x;
}

static vt_status add(vt_card *card, const vti_mold_run *run, const vti_fact *f, vt_error *err)
{
    char source[VT_CARD_TEXT];
    snprintf(source, sizeof source, "vitrum molding, %zu conditions of %s", run->nc,
             run->path[0] ? run->path : "a table in memory");
    return vti_emit_fact(card, f, source, run->result, err);
}

/* Did replicate i give every constant of the card? Covariances of one set of replicates are positive semidefinite. */
static bool whole(const vti_mold_run *run, size_t i)
{
    for (size_t k = 0; k < KEYS; k++)
        if (isfinite(run->laws.value[KEY[k].j]) && !isfinite(run->draws[i * VTI_LAW_N + KEY[k].j])) return false;
    return true;
}

/* Sample covariance of the replicates, of plain values. */
static double covariance(const vti_mold_run *run, size_t a, size_t b)
{
    double n = 0.0, ma = 0.0, mb = 0.0, S = 0.0;
    for (size_t i = 0; i < run->nrep; i++) {
        const double x = outward(run, a, run->draws[i * VTI_LAW_N + a]);
        const double y = outward(run, b, run->draws[i * VTI_LAW_N + b]);
        if (!whole(run, i)) continue;
        n += 1.0;
        const double dx = x - ma;
        ma += dx / n;
        mb += (y - mb) / n;
        S += dx * (y - mb);
    }
    return n > 2.0 ? S / (n - 1.0) : 0.0;
}

static vt_status assumptions(vt_card *card, const vti_mold_run *run, vt_error *err)
{
    const vti_mold_params *p = run->par;
    const vti_mold_known *k = &run->known;
    const double QI = run->laws.value[VTI_LAW_QI];
    const double prefactor = p->prefactor == VTI_READING_16 ? 16.0 : 32.0;
    vt_status st;
    VT_TRY(st = add(card, run, &(vti_fact){"glass_transition", "K", k->Tg, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"reference_temperature", "K", k->Tg, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"relaxation_time_at_reference", "s", k->tau_g, NAN, "taken as known"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"viscosity_prefactor", "1", prefactor, NAN, "convention of the viscosities"},
                    err));
    VT_TRY(st = add(card, run, &(vti_fact){"stokes_einstein_constant", "1", k->c, NAN, "assumed"}, err));
    VT_TRY(
        st = add(card, run, &(vti_fact){"interface_thickness", "m", k->delta, k->u_delta * k->delta, "assumed"}, err));
    VT_TRY(st = add(card, run, &(vti_fact){"atomic_radius", "m", k->R, k->u_R * k->R, "assumed"}, err));
    VT_TRY(st = add(card, run,
                    &(vti_fact){"bulk_activation_energy", "eV", p->activation_ratio * QI,
                                hypot(p->activation_ratio * sqrt(covariance(run, VTI_LAW_QI, VTI_LAW_QI)),
                                      p->activation_ratio_u * QI),
                                "assumed multiple of the interface activation energy"},
                    err));
done:
    return st;
}

static vt_status constants(vt_card *card, const vti_mold_run *run, vt_error *err)
{
    const char *keys[KEYS];
    double cov[KEYS * KEYS];
    size_t index[KEYS], n = 0;
    for (size_t i = 0; i < KEYS; i++) {
        const double x = run->laws.value[KEY[i].j];
        if (!isfinite(x)) continue;
        const bool taken = KEY[i].j == VTI_LAW_OMEGA;
        const double sample = sqrt(covariance(run, KEY[i].j, KEY[i].j));
        const double u = taken && run->nrep < FEW ? run->known.u_Omega * x : sample;
        const char *how = taken ? "taken as known" : "laws fitted to molded lengths";
        const vt_status st = add(
            card, run, &(vti_fact){KEY[i].key, KEY[i].unit, outward(run, KEY[i].j, x), u > 0.0 ? u : NAN, how}, err);
        if (st != VT_OK) return st;
        if (!(u > 0.0) || !vt_card_find(card, KEY[i].key)) continue;
        keys[n] = KEY[i].key;
        index[n++] = KEY[i].j;
    }
    if (run->nrep < FEW) return VT_OK;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            cov[a * n + b] = covariance(run, a <= b ? index[a] : index[b], a <= b ? index[b] : index[a]);
    return vt_card_set_covariance(card, n, keys, cov, err);
}

/* Temperatures of the conditions, for maps. */
static vt_status data_range(vt_card *card, const vti_mold_run *run, vt_error *err)
{
    double low = NAN, high = NAN; /* K; fmin and fmax pass over NaN */
    for (size_t i = 0; i < run->nc; i++) {
        low = fmin(low, run->c[i].T);
        high = fmax(high, run->c[i].T);
    }
    const vt_status st =
        add(card, run, &(vti_fact){"data_temperature_low", "K", low, NAN, "range of the conditions"}, err);
    return st == VT_OK
               ? add(card, run, &(vti_fact){"data_temperature_high", "K", high, NAN, "range of the conditions"}, err)
               : st;
}

vt_status vti_mold_make_card(vti_mold_run *run, vt_error *err)
{
    if (!isfinite(run->laws.value[VTI_LAW_T0]) || !run->laws.has_mobility) return VT_OK; /* no laws to carry */
    const char *name = run->job->alloy      ? vt_card_alloy(run->job->alloy)
                       : run->par->alloy[0] ? run->par->alloy
                                            : "alloy";
    vt_card *card = NULL;
    vt_status st;
    VT_TRY(st = vt_card_create(&card, name, err));
    VT_TRY(st = constants(card, run, err));
    VT_TRY(st = assumptions(card, run, err));
    VT_TRY(st = data_range(card, run, err));
    vt_result_adopt_card(run->result, card);
    card = NULL;
done:
    vt_card_free(card);
    return st;
}
