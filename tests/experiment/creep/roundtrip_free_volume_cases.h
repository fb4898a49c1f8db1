#pragma once
/* Wires that flow by free volume, created by shear and annihilated (P02, P03): ROUND_TRIPS wires of each kind;
 * ROUND_TRIPS is a constant of the program. Finer than the reduction, which knows steady flow only: free volume lags
 * behind set points and behind the stress as the wire thins, and a power law stands for its steady law. */
#include "roundtrip_jumps.h"

enum { FEWER = ROUND_TRIPS / 5 }; /* null and breakage: the other campaigns have them in full */

/* Temperature at which the wire flows with a rate under a stress. */
static double temperature_for(const vti_creep_truth *p, double stress, double rate)
{
    double low = p->vft_T0 + 60.0, high = 800.0, at, m;
    for (int i = 0; i < 60; i++) {
        const double T = 0.5 * (low + high);
        vti_creep_steady(p, T, stress, &at, &m);
        if (at < rate)
            low = T;
        else
            high = T;
    }
    return 0.5 * (low + high);
}

/* Activation volume for x = sigma V/(2 sqrt(3) k T) under a stress. */
static void set_volume(struct settings *truth, double x, double stress)
{
    set_text(truth, "material", "free_volume");
    set_number(truth, "activation_volume", 1e27 * x * 2.0 * sqrt(3.0) * VT_BOLTZMANN * 505.0 / stress, "nm^3");
}

/* The wires of the other campaign of segments, with powers for rates 2.5 times apart: what a load of x = 1 does to free
 * volume doubles them. */
static vti_creep_truth draw_segments(struct settings *truth, uint64_t session)
{
    vt_stream r;
    vt_stream_init(&r, 20204, vt_stream_purpose("roundtrip/free volume"), session);
    draw_creep(truth, session);
    const vti_creep_truth wire = creep_truth(truth);
    const double stress = wire.loads.x[0] / (0.25 * VT_PI * wire.diameter * wire.diameter);
    set_volume(truth, 0.1 * pow(10.0, vt_stream_uniform(&r)), stress);
    const vti_creep_truth p = creep_truth(truth);
    const double rate = 5e-5 * pow(3.0, vt_stream_uniform(&r));
    double mW[4];
    for (int k = 0; k < 4; k++) {
        const double T = temperature_for(&p, stress * exp(0.03 * k), rate * pow(2.5, k));
        mW[k] = 1e3 * (T - p.grip_temperature) / p.thermal_resistance;
    }
    char list[SETTING_TEXT];
    snprintf(list, sizeof list, "%.6f,%.6f,%.6f,%.6f mW", mW[0], mW[1], mW[2], mW[3]);
    set_text(truth, "powers", list);
    set_text(truth, "times", "60 s");
    set_text(truth, "segment_strain", "0.02");
    return creep_truth(truth);
}

static void viscosities_are_those_of_steady_flow(void)
{
    struct tally t = {.what = "viscosity"};
    double least = 1.0;
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        const vti_creep_truth p = draw_segments(&truth, (uint64_t)session);
        tell_wire(&how);
        vt_result *r = there_and_back("creep", &truth, &how);
        const vt_property *eta;
        for (size_t i = 0, j = 0; r && (eta = next(r, &i, "viscosity", "physics", NULL, NULL));) {
            const vt_property *rate = next(r, &j, "strain_rate", "physics", NULL, NULL);
            const double P = p.powers.x[nearest_power(&p, scope_value(eta, "power"))];
            const double stress = 3.0 * eta->q.value * rate->q.value;
            double steady, m;
            vti_creep_steady(&p, vti_creep_temperature(&p, P, 0.0), stress, &steady, &m);
            count(&t, eta, stress / (3.0 * steady));
            least = fmin(least, m);
        }
        vt_result_free(r);
    }
    judge(&t, "free volume");
    fprintf(stderr, "free volume  m down to %.3f\n", least);
    CHECK((double)t.n > 0.85 * 4.0 * ROUND_TRIPS);
    CHECK(least < 0.6);
}

/* Load jumps, x under the last load. */
static void draw_jumps(struct settings *truth, uint64_t session, double low, double high)
{
    vt_stream r;
    vt_stream_init(&r, 20205, vt_stream_purpose("roundtrip/free volume, jumps"), session);
    const double d = (150.0 + 50.0 * vt_stream_uniform(&r)) * 1e-9, A0 = 0.25 * VT_PI * d * d;
    const double rate = 4e-4 * pow(2.0, vt_stream_uniform(&r)), last = 8e-6 / A0 * exp(STRETCHED);
    set_volume(truth, low * pow(high / low, vt_stream_uniform(&r)), last);
    const vti_creep_truth p = creep_truth(truth);
    set_text(truth, "times", "50 s");
    programme(truth, session, d, 8.0 * vti_creep_viscosity(&p, temperature_for(&p, last, rate)), 2.0);
}

/* m of the polynomial against that of the steady law; beyond: intervals that miss it by more than CUT. */
static struct tally sensitivities(const char *what, long trips, const double x[2], long *beyond)
{
    struct tally t = {.what = what};
    *beyond = 0;
    for (long session = 0; session < trips; session++) {
        struct settings truth = {0}, how = {0};
        draw_jumps(&truth, (uint64_t)session, x[0], x[1]);
        tell_wire(&how);
        const vti_creep_truth p = creep_truth(&truth);
        vt_result *r = with_temperature(&p, &truth, &how);
        const vt_property *m;
        for (size_t i = 0; r && (m = next(r, &i, "rate_sensitivity", NULL, NULL, NULL));) {
            const double P = scope_value(m, "power");
            const double T = vti_creep_temperature(&p, p.powers.x[nearest_power(&p, P)], 0.0);
            double ln_stress, ln_rate;
            means(r, P, &ln_stress, &ln_rate);
            const double is = m_at_rate(&p, T, exp(ln_rate));
            count(&t, m, is);
            *beyond += m->q.low - CUT > is || m->q.high + CUT < is;
        }
        vt_result_free(r);
    }
    CHECK(t.n > 3 * trips);
    return t;
}

static void load_jumps_give_m_of_steady_flow(void)
{
    long misses;
    const struct tally t = sensitivities("m", ROUND_TRIPS, (double[]){0.2, 0.9}, &misses);
    const double n = (double)t.n, beyond = (double)misses / n;
    fprintf(stderr, "free volume  m misses by more than %.2f in %.3f of %g, mean error %+.3f %%\n", CUT, beyond, n,
            100.0 * t.relative / n);
    CHECK(beyond <= 0.05 + 3.0 * sqrt(0.05 * 0.95 / n));
}

/* Null: stresses far below that of the transition, m = 1 to 1e-4. */
static void low_stresses_are_newtonian(void)
{
    long misses;
    const struct tally t = sensitivities("m, low stress", FEWER, (double[]){0.004, 0.02}, &misses);
    judge(&t, "free volume");
}

/* Breakage: all of the rise grows with the square of the length. */
static void ramped_heating_is_not_steady(void)
{
    for (long session = 0; session < FEWER; session++) {
        struct settings truth = {0}, how = {0};
        vt_error err = {0};
        const vti_creep_truth p = draw_segments(&truth, (uint64_t)session);
        char first[SETTING_TEXT];
        snprintf(first, sizeof first, "%.6f mW", 1e3 * p.powers.x[0]); /* it runs away: one power is enough */
        set_text(&truth, "powers", first);
        set_text(&truth, "ramp", "1");
        tell_wire(&how);
        vt_table *t = simulated("creep", &truth, &err);
        vt_result *r = t ? reduced("creep", t, &how, &err) : NULL;
        if (r || err.code != VT_ENOT_STEADY)
            CHECK_FAILED("session %ld: %s %s", session, vt_status_name(err.code), err.msg);
        vt_result_free(r);
        vt_table_free(t);
    }
}

CHECK_MAIN(CHECK_CASE(viscosities_are_those_of_steady_flow), CHECK_CASE(load_jumps_give_m_of_steady_flow),
           CHECK_CASE(low_stresses_are_newtonian), CHECK_CASE(ramped_heating_is_not_steady))
