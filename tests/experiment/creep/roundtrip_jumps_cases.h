#pragma once
/* Load jumps (P03): ROUND_TRIPS wires of each kind, each with 2, 4, 6, 8 uN at four powers; ROUND_TRIPS is a constant
 * of the program. */
#include "roundtrip.h"
#include <vitrum/flow.h>

/* A wire of 150 to 200 nm; powers that divide the viscosity by 2.5 each; x = sigma V/(2 sqrt(3) k T) at the highest
 * load is between 0.8 and 2, at the lowest a quarter of that, m between 0.8 and 0.48 there (section 11: x = 0.2 to 3).
 */
static void draw_jumps(struct settings *truth, uint64_t session)
{
    vt_stream r;
    vt_stream_init(&r, 20203, vt_stream_purpose("roundtrip/jumps"), session);
    const double d = (150.0 + 50.0 * vt_stream_uniform(&r)) * 1e-9, A0 = 0.25 * VT_PI * d * d;
    const double rate = 0.7e-5 * pow(2.0, vt_stream_uniform(&r)), eta = 2e-6 / A0 / (3.0 * rate);
    const double x = 0.8 + 1.2 * vt_stream_uniform(&r);
    const double V = x * 2.0 * sqrt(3.0) * VT_BOLTZMANN * 505.0 / (8e-6 / A0);
    const vti_creep_truth p = creep_truth(truth);
    char list[SETTING_TEXT];
    snprintf(list, sizeof list, "%.6f,%.6f,%.6f,%.6f mW", power_for(&p, eta), power_for(&p, 0.4 * eta),
             power_for(&p, 0.16 * eta), power_for(&p, 0.064 * eta));
    set_text(truth, "powers", list);
    set_number(truth, "diameter", 1e9 * d, "nm");
    set_text(truth, "loads", "2,4,6,8 uN");
    set_text(truth, "diameter_error", "0");
    set_text(truth, "times", "60 s");
    set_text(truth, "segment_strain", "0.015");
    set_text(truth, "sampling", "4 Hz");
    set_number(truth, "activation_volume", 1e27 * V, "nm^3");
    set_number(truth, "seed", (double)(1000 + session), "");
}

/* The record with a thermometer: a column with the temperature of the set-point. */
static vt_result *with_temperature(const vti_creep_truth *p, struct settings *truth, struct settings *how)
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
static void means(const vt_result *r, double P, double *ln_stress, double *ln_rate)
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
static double m_at_rate(const vti_creep_truth *p, double T, double rate)
{
    double low = 1e3, high = 1e11, at, m = 1.0;
    for (int i = 0; i < 200; i++) {
        const double s = sqrt(low * high);
        vti_creep_steady(p, T, s, &at, &m);
        if (at < rate)
            low = s;
        else
            high = s;
    }
    return m;
}

/* Class by the threshold 0.7, and how far m is from it in units of its uncertainty. */
struct classes {
    size_t n, opposite, far, far_right;
};

static void count_class(struct classes *c, const vt_property *m, double truth)
{
    const double away = (truth - 0.7) / m->q.u;
    const vt_flow_class is = vt_flow_class_of(m->q.low, m->q.high, 0.7);
    c->n++;
    c->opposite += (away > 2.0 && is == VT_FLOW_NON_NEWTONIAN) || (away < -2.0 && is == VT_FLOW_NEWTONIAN);
    if (fabs(away) < 4.0) return; /* up to 2 u + 1.96 u an interval may well hold the threshold */
    c->far++;
    c->far_right += is == (away > 0.0 ? VT_FLOW_NEWTONIAN : VT_FLOW_NON_NEWTONIAN);
}

enum { M, M_SINH, ETA_N, VOLUME, QUANTITIES };

/* What one campaign saw: intervals, classes by the polynomial and by the sinh law, errors of the polynomial. */
struct jumps {
    struct tally t[QUANTITIES];
    struct classes polynomial, sinh;
    double worst; /* |m - truth| less 2 u */
};

static void count_powers(struct jumps *c, const vti_creep_truth *p, const vt_result *r)
{
    const vt_property *q;
    bool first = true; /* of the sinh law: all its m follow from one V, one of each wire counts */
    for (size_t i = 0; (q = next(r, &i, "rate_sensitivity", NULL, NULL, NULL));) {
        const double P = scope_value(q, "power");
        const double T = vti_creep_temperature(p, p->powers.x[nearest_power(p, P)], 0.0);
        double ln_stress, ln_rate, rate, at_stress;
        means(r, P, &ln_stress, &ln_rate);
        const double m = m_at_rate(p, T, exp(ln_rate));
        count(&c->t[M], q, m);
        count_class(&c->polynomial, q, m);
        c->worst = fmax(c->worst, fabs(q->q.value - m) - 2.0 * q->q.u);
        vti_creep_steady(p, T, exp(ln_stress), &rate, &at_stress);
        const vt_property *s = NULL;
        for (size_t j = 0; (s = next(r, &j, "sinh_rate_sensitivity", NULL, NULL, NULL));)
            if (fabs(scope_value(s, "power") / P - 1.0) < 1e-9) break;
        if (!s) continue;
        if (first) count(&c->t[M_SINH], s, at_stress);
        first = false;
        count_class(&c->sinh, s, at_stress);
    }
    for (size_t i = 0; (q = next(r, &i, "newtonian_viscosity", NULL, NULL, NULL));) {
        const double P = p->powers.x[nearest_power(p, scope_value(q, "power"))];
        count(&c->t[ETA_N], q, vti_creep_viscosity(p, vti_creep_temperature(p, P, 0.0)));
    }
    size_t i = 0;
    if ((q = next(r, &i, "activation_volume", NULL, NULL, NULL))) count(&c->t[VOLUME], q, p->activation_volume);
}

static void say(const char *name, const char *by, const struct classes *c)
{
    fprintf(stderr, "%-12s classes by %s: %zu, opposite %zu, far %zu, of them right %zu\n", name, by, c->n, c->opposite,
            c->far, c->far_right);
    CHECK(c->opposite == 0);
}

static struct jumps campaign(const char *material)
{
    struct jumps c = {.t = {{.what = "m, polynomial"}, {.what = "m, sinh law"}, {.what = "eta_N"}, {.what = "V"}}};
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        draw_jumps(&truth, (uint64_t)session);
        set_text(&truth, "material", material);
        tell_wire(&how);
        const vti_creep_truth p = creep_truth(&truth);
        vt_result *r = with_temperature(&p, &truth, &how);
        if (r) count_powers(&c, &p, r);
        vt_result_free(r);
    }
    say(material, "polynomial", &c.polynomial);
    say(material, "sinh law", &c.sinh);
    return c;
}

/* An interval widened for misfit (5 % of the polynomials by chance) may hold the threshold: undetermined, not wrong. */
static void newtonian_wires_have_m_of_1(void)
{
    const struct jumps c = campaign("newtonian");
    judge(&c.t[M], "newtonian");
    judge(&c.t[ETA_N], "newtonian");
    CHECK(c.polynomial.far > 0);
    CHECK((double)c.polynomial.far_right / (double)c.polynomial.far >= 0.95);
    /* An interval of V that does not hold 0 invents one: 2.5 % are due, on one side. */
    const double invented = (double)c.t[VOLUME].n / ROUND_TRIPS;
    fprintf(stderr, "newtonian    a volume is invented in %.3f of the wires\n", invented);
    CHECK(invented <= 0.025 + 3.0 * sqrt(0.025 * 0.975 / ROUND_TRIPS));
}

/* The quadratic is not the law: up to x = 2 it is off by 0.03 in the middle of four loads. The sinh law is. */
static void sinh_wires_give_volume_and_viscosity(void)
{
    const struct jumps c = campaign("sinh");
    judge(&c.t[M_SINH], "sinh");
    judge(&c.t[ETA_N], "sinh");
    judge(&c.t[VOLUME], "sinh");
    fprintf(stderr, "sinh         polynomial beyond 2 u by at most %.4f\n", c.worst);
    CHECK(c.worst < 0.03);
    CHECK(c.sinh.far > 0);
    CHECK((double)c.sinh.far_right / (double)c.sinh.far >= 0.95);
}

CHECK_MAIN(CHECK_CASE(newtonian_wires_have_m_of_1), CHECK_CASE(sinh_wires_give_volume_and_viscosity))
