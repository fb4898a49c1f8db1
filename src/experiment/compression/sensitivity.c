/* P06, steps 9 and 10: rate sensitivity and Newtonian limit from all specimens at one temperature, and the class. */
#include "compression_internal.h"
#include "base/quantity_internal.h"
#include "experiment/compression/law_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The steady specimens of one temperature, by rate. */
struct series {
    vti_disc_test **test;
    size_t n;
    double T; /* K, mean; NaN: not known */
    double *ln_rate, *ln_stress, *u_ln_rate, *u_ln_stress;
    vt_nlfit *ws;
};

static int by_rate(const void *a, const void *b)
{
    const vti_disc_test *x = *(vti_disc_test *const *)a, *y = *(vti_disc_test *const *)b;
    return (x->steady.rate > y->steady.rate) - (x->steady.rate < y->steady.rate);
}

static const char *at(const struct series *g, char text[32])
{
    if (isfinite(g->T))
        snprintf(text, 32, "%.2f K", g->T);
    else
        snprintf(text, 32, "one temperature");
    return text;
}

/* m at the rate of each specimen. What stands in its way is a warning: the rest of the result does not lean on it. */
static vt_status sensitivity(vti_compression_run *run, struct series *g, vt_error *err)
{
    const vt_load_jumps jumps = {.n = g->n,
                                 .ln_rate = g->ln_rate,
                                 .ln_stress = g->ln_stress,
                                 .u_ln_rate = g->u_ln_rate,
                                 .u_ln_stress = g->u_ln_stress,
                                 .level = run->job->common.level,
                                 .threshold = run->par.sensitivity_threshold};
    vt_rate_sensitivity_fit fit;
    vt_error why = {0};
    char T[32];
    vt_rate_sensitivity *m = malloc((g->n + 1) * sizeof *m);
    if (!m) return vt_fail(err, VT_EMEMORY, "no memory for %zu rate sensitivities", g->n);
    vt_status st = vt_rate_sensitivity_points(g->ws, &jumps, &fit, m, &why);
    for (size_t i = 0; st == VT_OK && i < g->n; i++) {
        g->test[i]->m = m[i];
        g->test[i]->has_m = true;
    }
    free(m);
    if (st != VT_OK)
        return vt_result_warn(run->result, err, "W_NO_SENSITIVITY", "no rate sensitivity at %s: %s: %s", at(g, T),
                              vt_status_name(why.code), why.msg);
    if (fit.chord)
        st = vt_result_warn(run->result, err, "W_DOF",
                            "rate sensitivity at %s is the chord of two levels: nothing tests the straight line",
                            at(g, T));
    return st;
}

/* What all specimens of a series share in the viscosity, relative. */
static double shared(const vti_disc_test *s)
{
    return sqrt(fmax(s->u_eta * s->u_eta - s->own_stress * s->own_stress - s->own_rate * s->own_rate, 0.0));
}

/* Newtonian limit after the published procedure: mean of the lowest rates whose viscosities agree within twice their
 * uncertainty, none with an overshoot. */
static vt_status lowest_rates(vti_compression_run *run, struct series *g, vt_error *err)
{
    double sum = 0.0, weight = 0.0;
    size_t k = 0;
    for (; k < g->n && !g->test[k]->over; k++) {
        const vti_disc_test *s = g->test[k];
        const double own = fmax(hypot(s->own_stress, s->own_rate), 1e-6), ln_eta = log(s->eta);
        if (k > 0 && fabs(ln_eta - sum / weight) > 2.0 * hypot(own, 1.0 / sqrt(weight))) break;
        sum += ln_eta / (own * own);
        weight += 1.0 / (own * own);
    }
    char T[32];
    if (k < 2)
        return vt_result_warn(
            run->result, err, "W_NEWTONIAN_LIMIT", "at %s %s: the Newtonian limit is not reached; press slower",
            at(g, T), k ? "the viscosities of the two lowest rates differ" : "the lowest rate has an overshoot");
    const double eta_N = exp(sum / weight);
    const vti_disc_test *s = g->test[0];
    for (size_t i = 0; i < g->n; i++) g->test[i]->ratio_paper = g->test[i]->eta / eta_N;
    char method[VT_METHOD_TEXT];
    snprintf(method, sizeof method, "mean of the %zu lowest rates, whose viscosities agree", k);
    const vti_value v = {.name = "newtonian_viscosity",
                         .symbol = "eta_N",
                         .unit = "Pa s",
                         .reading = "paper",
                         .method = method,
                         .value = eta_N,
                         .u = eta_N * hypot(shared(s), 1.0 / sqrt(weight)),
                         .T = g->T};
    return vti_emit_covered(run->result, &v, run->job->common.level, err);
}

/* Viscosity of the VFT law at T; NaN: not known. */
static double vft(const vti_compression_params *p, double T)
{
    const double T0 = p->vft_T0, B = p->vft_strength * T0, T_ref = p->reference_temperature;
    if (!(p->vft_viscosity_at_reference > 0.0) || !(B > 0.0) || !(T > T0) || !(T_ref > T0)) return NAN;
    return p->vft_viscosity_at_reference * exp(B / (T - T0) - B / (T_ref - T0));
}

static vt_status against_vft(vti_compression_run *run, const struct series *g, double eta_N, double u_ln, vt_error *err)
{
    const double law = vft(&run->par, g->T);
    if (!isfinite(law) || fabs(log(eta_N / law)) <= 2.0 * hypot(u_ln, g->test[0]->u_eta)) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_VFT",
        "at %.2f K the Newtonian limit is %.3g Pa s, the VFT law says %.3g Pa s: temperature, alloy or "
        "crystallization",
        g->T, eta_N, law);
}

static vti_disc_points points_of(const vti_compression_run *run, const struct series *g)
{
    return (vti_disc_points){g->n, g->ln_rate, g->ln_stress, g->u_ln_rate, g->u_ln_stress, run->job->common.level};
}

static vt_status emit_limit(vti_compression_run *run, const struct series *g, double eta_N, double fitted,
                            const char *method, vt_error *err)
{
    const double u = hypot(shared(g->test[0]), fitted), level = run->job->common.level;
    const double k = vti_compression_cover(level, u, g->test[0]->u_friction);
    const vti_value v = {.name = "newtonian_viscosity",
                         .symbol = "eta_N",
                         .unit = "Pa s",
                         .reading = "physics",
                         .method = method,
                         .value = eta_N,
                         .u = eta_N * u,
                         .low = eta_N * exp(-k * u),
                         .high = eta_N * exp(k * u),
                         .level = level,
                         .T = g->T};
    const vt_status st = vti_emit_value(run->result, &v, err);
    return st == VT_OK ? against_vft(run, g, eta_N, u, err) : st;
}

/* m and eta/eta_N of every specimen by the sinh law. */
static void by_sinh(const vti_compression_run *run, const struct series *g, const vt_sinh_joint_fit *fit, double k)
{
    for (size_t i = 0; i < g->n; i++) {
        vti_disc_test *s = g->test[i];
        vt_sinh_interval m, ratio;
        if (vt_sinh_joint_at(fit, 0, exp(g->ln_stress[i]), &m, &ratio, NULL) != VT_OK) continue;
        s->law_m = (vt_rate_sensitivity){.m = m.value, .u = (m.high - m.low) / (2.0 * k), .low = m.low, .high = m.high};
        s->law_m.class_of = vt_flow_class_of(m.low, m.high, run->par.sensitivity_threshold);
        s->has_law = isfinite(s->law_m.u);
        s->ratio = ratio.value;
        s->ratio_low = ratio.low;
        s->ratio_high = ratio.high;
    }
}

static void by_free_volume(const vti_compression_run *run, const struct series *g, const vti_disc_law *law)
{
    for (size_t i = 0; i < g->n; i++) {
        vti_disc_test *s = g->test[i];
        vti_disc_law_point p;
        vti_disc_law_at(law, g->ln_stress[i], g->u_ln_stress[i], &p);
        s->law_m = (vt_rate_sensitivity){
            .m = p.m, .u = p.u_m, .low = p.m - law->factor * p.u_m, .high = p.m + law->factor * p.u_m};
        s->law_m.class_of = vt_flow_class_of(s->law_m.low, s->law_m.high, run->par.sensitivity_threshold);
        s->has_law = true;
        s->ratio = exp(p.ln_ratio);
        s->ratio_low = exp(p.ln_ratio - law->factor * p.u_ln_ratio);
        s->ratio_high = exp(p.ln_ratio + law->factor * p.u_ln_ratio);
    }
}

/* The sinh law; where it misses and the points suffice, that of free volume. */
static vt_status law(vti_compression_run *run, struct series *g, int *zeros, vt_error *err)
{
    const vti_disc_points p = points_of(run, g);
    const vt_sinh_points points = {.n = p.n,
                                   .ln_rate = p.ln_rate,
                                   .ln_stress = p.ln_stress,
                                   .u_ln_rate = p.u_ln_rate,
                                   .u_ln_stress = p.u_ln_stress,
                                   .group = zeros,
                                   .groups = 1,
                                   .T = isfinite(g->T) ? &g->T : NULL,
                                   .level = p.level};
    vt_sinh_joint_fit fit;
    vti_disc_law wide;
    vt_error why = {0};
    char T[32];
    const double k = vti_coverage_factor(p.level, INFINITY);
    if (vt_sinh_joint_solve(g->ws, &points, &fit, &why) != VT_OK)
        return vt_result_warn(run->result, err, "W_NO_LAW", "no steady law at %s: %s: %s", at(g, T),
                              vt_status_name(why.code), why.msg);
    const vt_sinh_interval *e = &fit.eta_N[0];
    if (fit.misfit && g->n > 3 && vti_disc_law_fit(g->ws, &p, &wide, &why) == VT_OK) {
        by_free_volume(run, g, &wide);
        return emit_limit(run, g, exp(wide.theta[0]), wide.factor / k * sqrt(wide.cov[0]),
                          "limit of the free-volume law through all rates", err);
    }
    by_sinh(run, g, &fit, k);
    if (!e->low_closed || !e->high_closed) return VT_OK;
    return emit_limit(run, g, e->value, log(e->high / e->low) / (2.0 * k), "limit of the sinh law through all rates",
                      err);
}

/* Relative change of viscosity per kelvin near the glass transition, where no VFT law tells (P06). */
static const double PER_KELVIN = 0.2;

static double per_kelvin(const vti_compression_params *p, double T)
{
    const double B = p->vft_strength * p->vft_T0, away = T - p->vft_T0;
    return B > 0.0 && away > 0.0 ? B / (away * away) : PER_KELVIN;
}

/* Tests that count as one temperature: is it known, and close enough for m, which takes all differences for rate? */
static vt_status warn_temperature(vti_compression_run *run, const struct series *g, vt_error *err)
{
    double low = INFINITY, high = -INFINITY, own = INFINITY;
    if (isnan(g->T))
        return vt_result_warn(run->result, err, "W_TEMPERATURE",
                              "%zu specimens without a temperature count as tests at one: give it as a column, a line "
                              "'# temperature: 255 [degC]' or --set temperature=VALUE",
                              g->n);
    for (size_t i = 0; i < g->n; i++) {
        low = fmin(low, g->test[i]->temperature);
        high = fmax(high, g->test[i]->temperature);
        own = fmin(own, hypot(g->test[i]->own_stress, g->test[i]->own_rate));
    }
    const double change = per_kelvin(&run->par, g->T) * (high - low);
    if (!(change > 2.0 * own)) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_TEMPERATURE",
        "tests from %.2f to %.2f K count as one temperature, though viscosity changes by about %.2g %% "
        "between them, which the rate sensitivity takes for an effect of rate: lower "
        "temperature_tolerance, now %.3g K",
        low, high, 100.0 * change, run->par.temperature_tolerance);
}

/* The largest part of the budget near the glass transition. */
static vt_status warn_budget(vti_compression_run *run, vt_error *err)
{
    const vti_compression_params *p = &run->par;
    if (p->vft_strength > 0.0 && p->vft_T0 > 0.0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_BUDGET",
        "the viscosities carry no uncertainty of temperature, for no VFT law is known: near the glass "
        "transition %.2g K is about %.2g %%; --alloy NAME or vft_strength and vft_T0 bring it in",
        p->temperature_u, 100.0 * PER_KELVIN * p->temperature_u);
}

/* Are tests at `first` and at T one series? Unknown temperatures are none of the known ones. */
static bool together(double first, double T, double tolerance)
{
    return isnan(first) ? isnan(T) : T <= first + tolerance;
}

static vt_status one_series(vti_compression_run *run, struct series *g, int *zeros, vt_error *err)
{
    double T = 0.0;
    for (size_t i = 0; i < g->n; i++) T += g->test[i]->temperature / (double)g->n;
    g->T = T;
    qsort(g->test, g->n, sizeof *g->test, by_rate);
    for (size_t i = 0; i < g->n; i++) {
        const vti_disc_test *s = g->test[i];
        g->ln_rate[i] = log(s->steady.rate);
        g->ln_stress[i] = s->steady.ln_stress;
        g->u_ln_rate[i] = s->own_rate;
        g->u_ln_stress[i] = s->own_stress;
    }
    if (g->n < 2) return VT_OK;
    vt_status st = warn_temperature(run, g, err);
    if (st == VT_OK) st = sensitivity(run, g, err);
    if (st == VT_OK) st = lowest_rates(run, g, err);
    return st == VT_OK && g->n > 2 ? law(run, g, zeros, err) : st;
}

/* Three criteria: published rule on the values, and on their intervals. */
void vti_compression_class(const vti_compression_run *run, vti_disc_test *s)
{
    const double m_c = run->par.sensitivity_threshold, eta_c = run->par.viscosity_threshold;
    const bool slow = s->ratio_paper < eta_c, insensitive = s->has_m && s->m.m < m_c;
    const bool known = s->has_m || isfinite(s->ratio_paper); /* a single test without overshoot tells nothing */
    s->class_paper = s->over || slow || insensitive ? VT_FLOW_NON_NEWTONIAN
                     : known                        ? VT_FLOW_NEWTONIAN
                                                    : VT_FLOW_UNDETERMINED;
    const vt_flow_class by_m = s->has_law ? s->law_m.class_of : s->has_m ? s->m.class_of : VT_FLOW_UNDETERMINED;
    const vt_flow_class by_eta = vt_flow_class_of(s->ratio_low, s->ratio_high, eta_c);
    if (s->over || by_m == VT_FLOW_NON_NEWTONIAN || by_eta == VT_FLOW_NON_NEWTONIAN)
        s->class_of = VT_FLOW_NON_NEWTONIAN;
    else if (by_m == VT_FLOW_NEWTONIAN && by_eta != VT_FLOW_UNDETERMINED)
        s->class_of = VT_FLOW_NEWTONIAN;
    else if (by_m == VT_FLOW_NEWTONIAN && isnan(s->ratio))
        s->class_of = VT_FLOW_NEWTONIAN;
    else
        s->class_of = VT_FLOW_UNDETERMINED;
}

vt_status vti_compression_sensitivity(vti_compression_run *run, vt_error *err)
{
    struct series g = {0};
    vt_status st = VT_EMEMORY;
    double *x = malloc(4 * run->n * sizeof *x);
    vti_disc_test **list = malloc(run->n * sizeof *list);
    int *zeros = calloc(run->n, sizeof *zeros);
    if (!x || !list || !zeros) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", run->n);
        goto done;
    }
    VT_TRY(st = vt_nlfit_create(&g.ws, run->n + 3, 3, err));
    g.ln_rate = x;
    g.ln_stress = x + run->n;
    g.u_ln_rate = x + 2 * run->n;
    g.u_ln_stress = x + 3 * run->n;
    g.test = list;
    for (size_t i = 0; i < run->n;) {
        const double first = run->test[i].temperature;
        for (g.n = 0; i < run->n && together(first, run->test[i].temperature, run->par.temperature_tolerance); i++)
            if (run->test[i].is_steady) list[g.n++] = &run->test[i];
        if (g.n > 0) VT_TRY(st = one_series(run, &g, zeros, err));
    }
    for (size_t i = 0; i < run->n; i++) vti_compression_class(run, &run->test[i]);
    st = warn_budget(run, err);
done:
    vt_nlfit_free(g.ws);
    free(x);
    free(list);
    free(zeros);
    return st;
}
