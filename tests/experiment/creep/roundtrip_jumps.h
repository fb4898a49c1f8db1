#pragma once
/* Load jumps of virtual wires (P03), whatever their law: the programme, the record, m of the truth. */
#include "roundtrip.h"

/* By how much the slope of a quadratic through four loads is off in their middle, at most: sinh law 0.019 up to x = 2,
 * 0.022 at 3, 0.028 at 3.3; free volume 0.027 at x = 0.9, less up to 1.2 [computed]. */
static const double CUT = 0.03;

/* What 15 holds of 0.015 and more leave of the section of a wire, about, when the last begins. */
static const double STRETCHED = 0.25;

/* Loads of 2 to 8 uN at powers that divide the viscosity by `step` each; eta: at the first. */
static inline void programme(struct settings *truth, uint64_t session, double d, double eta, double step)
{
    const vti_creep_truth p = creep_truth(truth);
    char list[SETTING_TEXT];
    snprintf(list, sizeof list, "%.6f,%.6f,%.6f,%.6f mW", power_for(&p, eta), power_for(&p, eta / step),
             power_for(&p, eta / (step * step)), power_for(&p, eta / (step * step * step)));
    set_text(truth, "powers", list);
    set_number(truth, "diameter", 1e9 * d, "nm");
    set_text(truth, "loads", "2,4,6,8 uN");
    set_text(truth, "diameter_error", "0");
    set_text(truth, "segment_strain", "0.015");
    set_text(truth, "sampling", "4 Hz");
    set_number(truth, "seed", (double)(1000 + session), "");
}

/* The record with a thermometer: a column with the temperature of the set-point. */
static inline vt_result *with_temperature(const vti_creep_truth *p, struct settings *truth, struct settings *how)
{
    vt_error err = {0};
    vt_table *t = simulated("creep", truth, &err);
    const size_t n = t ? vt_table_rows(t) : 0;
    double *T = malloc((n + 1) * sizeof *T);
    const double *P = t ? vt_table_values(t, (size_t)vt_table_find(t, "power")) : NULL;
    for (size_t i = 0; i < n; i++) T[i] = vti_creep_temperature(p, p->powers.x[nearest_power(p, P[i])], 0.0);
    vt_result *r = NULL;
    if (t && vt_table_add_si(t, "temperature", "K", n, T, &err) == VT_OK) r = reduced("creep", t, how, &err);
    if (!r) CHECK_FAILED("%s: %s", vt_status_name(err.code), err.msg);
    free(T);
    vt_table_free(t);
    return r;
}

/* Mean of ln stress, less surface tension, and of ln rate of the segments at a power, as the reduction saw them. */
static inline void means(const vt_result *r, double P, double *ln_stress, double *ln_rate)
{
    const vt_property *p;
    double n = 0.0;
    *ln_stress = *ln_rate = 0.0;
    for (size_t i = 0, j = 0; (p = next(r, &i, "strain_rate", "physics", NULL, NULL));) {
        const vt_property *eta = next(r, &j, "viscosity", "physics", NULL, NULL);
        if (!eta || fabs(scope_value(p, "power") / P - 1.0) > 1e-9) continue;
        *ln_rate += log(p->q.value);
        *ln_stress += log(3.0 * eta->q.value * p->q.value);
        n += 1.0;
    }
    *ln_stress /= n;
    *ln_rate /= n;
}

/* m of the truth at a power, where the rate is `rate`: stress from the inverse of the law, then its slope. */
static inline double m_at_rate(const vti_creep_truth *p, double T, double rate)
{
    double low = 1e3, high = 1e11, at, m = 1.0;
    for (int i = 0; i < 64; i++) {
        const double s = sqrt(low * high);
        vti_creep_steady(p, T, s, &at, &m);
        if (at < rate)
            low = s;
        else
            high = s;
    }
    return m;
}
