/* Slips of a unit that no single column shows, since a thousand times more is plausible too (procedures 1.1, step 8):
 * lengths against diameters, temperatures against tg, viscosities against what tg means. */
#include "experiment/experiment_internal.h"
#include "molding.h"
#include <math.h>

/* Templates reach aspect ratios of some hundreds; an imprint shorter than a fiftieth of the pore is not measured. */
static const double MOST_ASPECT = 1000.0, LEAST_ASPECT = 0.02;
/* Glass is molded between 0.85 and 1.2 Tg. Outside these, but inside them once kelvin and Celsius are exchanged: a
 * slip. */
static const double LEAST_RATIO = 0.75, MOST_RATIO = 1.3;
/* Pa s. At the calorimetric Tg 1e12 is usual and 1.7e9 the least that was stated (ledger A11). */
static const double LEAST_VISCOSITY = 1e7;

static vt_status lengths(const vti_mold_run *run, vt_error *err)
{
    for (size_t i = 0; i < run->n; i++) {
        const double L = run->L[i], d = run->d[i], sd = run->sd[i];
        if (!(L <= MOST_ASPECT * d) || !(L >= LEAST_ASPECT * d))
            return vt_fail_at(err, VT_EUNITS, run->file[i], run->line[i], 0,
                              "length %g nm is %.3g diameters of %g nm, outside %g ... %g: is the unit of length or "
                              "diameter wrong by a factor of 1000?",
                              1e9 * L, L / d, 1e9 * d, LEAST_ASPECT, MOST_ASPECT);
        if (sd > L)
            return vt_fail_at(err, VT_EUNITS, run->file[i], run->line[i], 0,
                              "length_sd %g nm exceeds the length %g nm: is its unit wrong?", 1e9 * sd, 1e9 * L);
    }
    return VT_OK;
}

/* Conditions are sorted by falling temperature: the first is the hottest. */
static vt_status temperatures(const vti_mold_run *run, vt_error *err)
{
    const double Tg = run->known.Tg, hot = run->c[0].T, cold = run->c[run->nc - 1].T;
    const size_t i = run->c[0].first;
    if (hot < LEAST_RATIO * Tg && hot + 273.15 < MOST_RATIO * Tg)
        return vt_fail_at(err, VT_EUNITS, run->file[i], run->line[i], 0,
                          "every temperature is below %g tg (%.6g K; the highest is %.6g K): it looks like degC in a "
                          "column of K; write [degC] in the header, or set the tg of the alloy",
                          LEAST_RATIO, Tg, hot);
    if (cold > MOST_RATIO * Tg && cold - 273.15 > LEAST_RATIO * Tg)
        return vt_fail_at(err, VT_EUNITS, run->file[i], run->line[i], 0,
                          "every temperature is above %g tg (%.6g K; the lowest is %.6g K): it looks like K in a "
                          "column of degC; write [K] in the header, or set the tg of the alloy",
                          MOST_RATIO, Tg, cold);
    return VT_OK;
}

vt_status vti_mold_slips(const vti_mold_run *run, vt_error *err)
{
    const vt_status st = lengths(run, err);
    return st == VT_OK && run->nc > 0 ? temperatures(run, err) : st;
}

static bool tg_is_known(const vti_mold_run *run)
{
    if (vti_is_among(run->job->given, VTI_MOLD_PARAMS, "tg")) return true;
    return run->job->alloy && vt_card_find(run->job->alloy, "glass_transition");
}

vt_status vti_mold_level(vti_mold_run *run, vt_error *err)
{
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        char label[96];
        if (c->T > run->known.Tg || !isfinite(c->best.ln_a)) continue;
        const double eta = exp(vti_mold_ln_eta(c, c->best.ln_a));
        if (eta >= LEAST_VISCOSITY) continue;
        vti_mold_label(c, label, sizeof label);
        if (tg_is_known(run))
            return vt_fail_at(
                err, VT_EUNITS, run->file[c->first], run->line[c->first], 0,
                "the lengths at %s give a viscosity of %.2g Pa s, but no glass has less than %.0e Pa s at "
                "or below its tg (%.6g K): is the unit of pressure or time wrong?",
                label, eta, LEAST_VISCOSITY, run->known.Tg);
        return vt_result_warn(
            run->result, err, "W_UNITS",
            "the lengths at %s give a viscosity of %.2g Pa s, far below that of a glass at tg; is the "
            "unit of pressure or time wrong, or tg (%.6g K) not that of this alloy?",
            label, eta, run->known.Tg);
    }
    return VT_OK;
}
