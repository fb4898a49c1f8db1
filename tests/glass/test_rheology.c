#include "check.h"
#include <vitrum/rheology.h>

enum { N = 600, F = 25 };

static double t[N], y[N], work[2 * N];

/* White noise of standard deviation 1, twelve uniforms of a fixed congruential sequence: the same on every machine. */
static double noise(uint64_t *state)
{
    double sum = -6.0;
    for (int k = 0; k < 12; k++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*state >> 11) / 9007199254740992.0;
    }
    return sum;
}

/* Burgers liquid: J = Jg + Jr (1 - exp(-t/lambda)) + t/eta, read every dt. */
struct burgers {
    double Jg, Jr, lambda, eta, dt, noise;
};

static void record(const struct burgers *b, uint64_t seed)
{
    for (size_t i = 0; i < N; i++) {
        t[i] = b->dt * (double)(i + 1);
        y[i] = b->Jg - b->Jr * expm1(-t[i] / b->lambda) + t[i] / b->eta + b->noise * noise(&seed);
    }
}

static const struct burgers MAXWELL = {.Jg = 3e-5, .lambda = 1.0, .eta = 2.7e5, .dt = 5.0, .noise = 2e-7};

static void a_maxwell_liquid_flows_at_its_viscosity(void)
{
    vt_creep_flow f = {0};
    vt_error err = {0};
    record(&MAXWELL, 7);
    CHECK_OK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err), &err);
    CHECK(f.constant && f.steady);
    CHECK_ABS(f.viscosity, MAXWELL.eta, 3.0 * f.u); /* 3 standard uncertainties; the seed is fixed */
    CHECK_REL(f.viscosity, MAXWELL.eta, 1e-3);
    /* 180 points, s = 2e-7: u(slope) = s sqrt(12/180^3)/5 = 5.7e-11 of 3.7e-6: 1.6e-5; four of them. */
    CHECK_REL(f.simple, MAXWELL.eta, 1e-4);
    CHECK_ABS(f.compliance, MAXWELL.Jg, 1e-7); /* s sqrt(4/600) = 2e-8 */
    CHECK_REL(f.terminal_time, MAXWELL.eta * MAXWELL.Jg, 5e-3);
    CHECK(f.white && f.quiet);
    /* Mean of 1 - Jg/J in ln t over the whole record is between its ends. */
    CHECK_BAND(f.exponent, 0.9, 1.0);
    CHECK_BAND(f.simple_exponent, 1.0 - 1.1 * MAXWELL.Jg * MAXWELL.eta / 2100.0, 1.0);
}

static void retarded_strain_is_left_out_of_the_window(void)
{
    const struct burgers b = {.Jg = 1e-5, .Jr = 2e-4, .lambda = 60.0, .eta = 2.7e5, .dt = 5.0, .noise = 2e-7};
    vt_creep_flow f = {0};
    vt_error err = {0};
    record(&b, 11);
    CHECK_OK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err), &err);
    CHECK(f.steady);
    CHECK_BAND(t[f.from], 3.0 * b.lambda, 2500.0); /* after 3 lambda 5 % of the retarded rate is left */
    CHECK_ABS(f.viscosity, b.eta, 3.0 * f.u);
    CHECK_REL(f.compliance, b.Jg + b.Jr, 0.05);
}

static void a_constant_rate_is_not_yet_flow(void)
{
    /* Flow is 80 % of the compliance at the end: exponent 0.8 there, although J(t) is straight. */
    struct burgers b = MAXWELL;
    b.Jg = 0.25 * b.dt * N / b.eta;
    vt_creep_flow f = {0};
    vt_error err = {0};
    record(&b, 3);
    CHECK_OK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err), &err);
    CHECK(f.constant && !f.steady);
    CHECK(f.exponent < 0.8);
    CHECK_BAND(f.simple_exponent, 0.7, 0.8);
}

static void a_power_law_never_becomes_steady(void)
{
    static const double POWER[] = {1.0 / 3.0, 0.5, 0.8};
    for (size_t k = 0; k < 3; k++) {
        vt_creep_flow f = {0};
        vt_error err = {0};
        uint64_t seed = 5;
        for (size_t i = 0; i < N; i++) {
            t[i] = 5.0 * (double)(i + 1);
            y[i] = 1e-5 * pow(t[i], POWER[k]) * (1.0 + 1e-4 * noise(&seed));
        }
        CHECK_OK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err), &err);
        CHECK(!f.steady);
        CHECK_ABS(f.simple_exponent, POWER[k], 1e-3); /* noise 1e-4 over ln(1/0.7) */
    }
}

/* Exponent 0.994 without noise: its rate changes by less than 0.1 % over the last quarter of the time, and is flow. The
 * slope there is 0.994 J/t. */
static void a_clean_record_is_no_worse(void)
{
    vt_creep_flow f = {0};
    vt_error err = {0};
    for (size_t i = 0; i < N; i++) {
        t[i] = 5.0 * (double)(i + 1);
        y[i] = 1e-5 * pow(t[i], 0.994);
    }
    CHECK_OK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err), &err);
    CHECK(f.constant && f.steady);
    CHECK_ABS(f.exponent, 0.994, 1e-6);
    CHECK_REL(1.0 / f.viscosity, 0.994 * y[N - 1] / t[N - 1], 2e-3);
    CHECK(f.test.difference <= VT_RHEOLOGY_FLOOR && f.u > 0.0);
}

static void the_interval_covers(void)
{
    struct burgers b = {.Jg = 1e-5, .Jr = 1e-4, .lambda = 60.0, .eta = 2.7e5, .dt = 5.0, .noise = 2e-5};
    int inside = 0, steady = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        vt_creep_flow f = {0};
        record(&b, 1000 * seed);
        if (vt_rheology_creep(N, t, y, 0.95, work, &f, NULL) != VT_OK || !f.steady) continue;
        steady++;
        inside += fabs(f.viscosity - b.eta) <= 1.96 * f.u;
    }
    /* Two tests at p > 0.05 refuse a straight window in 10 % of the cases; some shorter one often passes then:
     * not below 0.9 - 3 sqrt(0.9 0.1/200). */
    CHECK(steady >= 167);
    /* Not below 0.95 - 3 sqrt(0.95 0.05/200); the part for slow retardation may make it wider than needed. */
    CHECK_BAND((double)inside / steady, 0.904, 1.0);
}

/* Two modes: eta = 1.1e4. */
static double modulus(double time)
{
    return 1e3 * exp(-time / 10.0) + 1e4 * exp(-time / 0.1);
}

static void one_mode_is_integrated_to_both_ends(void)
{
    const double G = 2.7e4, tau = 13.0;
    vt_relaxation_integral r = {0};
    vt_error err = {0};
    double sum = 0.0;
    for (size_t i = 0; i < N; i++) {
        t[i] = 0.05 * tau * pow(200.0, (double)i / (N - 1.0)); /* 0.05 to 10 tau */
        y[i] = G * exp(-t[i] / tau);
        if (i > 0) sum += 0.5 * (y[i] + y[i - 1]) * (t[i] - t[i - 1]);
    }
    CHECK_OK(vt_rheology_relaxation(N, t, y, &r, &err), &err);
    /* Steps of 0.9 % in time; the power law between samples of an exponential errs by h^2/12 of x^2 in G: < 1e-4. */
    CHECK_REL(r.low, G * tau, 1e-3);
    CHECK_REL(r.simple, sum, 1e-12);
    CHECK_REL(r.terminal_time, tau, 2e-3);
    CHECK(r.reached);
    CHECK_BAND(G * tau, r.low * (1.0 - 1e-3), r.high);
    CHECK_REL(r.start_low, G * tau * -expm1(-0.05), 2e-2); /* the slope is taken over a factor 2 in time */
}

static void bounds_hold_two_modes(void)
{
    vt_relaxation_integral r = {0};
    vt_error err = {0};
    uint64_t seed = 9;
    for (size_t i = 0; i < N; i++) {
        t[i] = 0.02 * pow(5000.0, (double)i / (N - 1.0)); /* to 10 tau: e^-10 of 1e3 Pa lies below the noise, 0.5 Pa */
        y[i] = modulus(t[i]) + 0.5 * noise(&seed);
    }
    CHECK_OK(vt_rheology_relaxation(N, t, y, &r, &err), &err);
    CHECK(r.reached);
    CHECK_BAND(1.1e4, r.low, r.high);
    CHECK_ABS(r.viscosity, 1.1e4, 2.0 * r.u);
    CHECK_BAND(r.cut, 40.0, 90.0); /* e^-4 to e^-8: above 3 noise as a mean of the last quarter */
    CHECK_BAND(r.noise, 0.35, 0.7);
}

static void a_power_law_has_no_integral(void)
{
    vt_relaxation_integral r = {0};
    vt_error err = {0};
    for (size_t i = 0; i < N; i++) {
        t[i] = 0.2 + 0.5 * (double)i;
        y[i] = 1e4 / sqrt(t[i]);
    }
    CHECK_OK(vt_rheology_relaxation(N, t, y, &r, &err), &err);
    CHECK(!r.reached);
    CHECK(isinf(r.tail_high));
    CHECK_REL(r.exponent, 0.5, 1e-6);                     /* the interpolation is exact for powers */
    CHECK_REL(r.start_high, 1e4 * 2.0 * sqrt(0.2), 1e-9); /* integral of t^-1/2 from 0 */
    CHECK_REL(r.middle, 2e4 * (sqrt(t[N - 1]) - sqrt(0.2)), 1e-9);
    CHECK(r.viscosity == 0.0);
}

static double omega[F], storage[F], loss[F];

static void sweep(size_t modes, const double *g, const double *tau, double lowest)
{
    for (size_t i = 0; i < F; i++) {
        omega[i] = lowest * pow(10.0, 4.0 * (double)(F - 1 - i) / (F - 1.0)); /* high to low, as rheometers write */
        storage[i] = loss[i] = 0.0;
        for (size_t k = 0; k < modes; k++) {
            const double x = omega[i] * tau[k];
            storage[i] += g[k] * x * x / (1.0 + x * x);
            loss[i] += g[k] * x / (1.0 + x * x);
        }
    }
}

static vt_status oscillate(vt_terminal_zone *z, vt_error *err)
{
    double room[2 * F * (VT_NNLS_P_MAX + 1)];
    vt_nnls_work *ws = NULL;
    const vt_oscillation data = {.n = F, .omega = omega, .storage = storage, .loss = loss};
    vt_status st = vt_nnls_create(&ws, 2 * F, VT_NNLS_P_MAX, err);
    if (st == VT_OK) st = vt_rheology_oscillation(&data, 0.95, ws, room, z, err);
    vt_nnls_free(ws);
    return st;
}

static void the_terminal_zone_of_a_maxwell_liquid(void)
{
    const double g = 3e4, tau = 2.1;
    vt_terminal_zone z = {0};
    vt_error err = {0};
    sweep(1, &g, &tau, 0.02);
    CHECK_OK(oscillate(&z, &err), &err);
    CHECK(z.terminal && z.liquid);
    /* Slopes at x = omega tau from 0.042 to 0.13: 2 - 2 x^2/(1 + x^2) and 1 - 2 x^2/(1 + x^2), x^2 < 0.018. */
    CHECK_ABS(z.storage, 2.0, 0.04);
    CHECK_ABS(z.loss, 1.0, 0.04);
    CHECK_REL(z.simple, g * tau / (1.0 + 0.042 * 0.042), 1e-12);
    CHECK(z.low <= g * tau * (1.0 + 1e-12)); /* |G*|/omega = eta/sqrt(1 + x^2) */
    /* x^2/2 = 0.09 % at the lowest, and 2.9 times the 0.05 % of noise that the median bend of the curve passes for:
     * its fourth derivative, 0.13 in the median, times (ln 10^4/(F - 1))^4 over 0.67 sqrt(70). */
    CHECK_REL(z.low, g * tau, 2.5e-3);
    CHECK_REL(z.viscosity, g * tau, 0.03); /* two modes per decade stand for one that lies between them */
    CHECK_BAND(g * tau, z.interval_low, z.interval_high);
}

static void a_spectrum_on_the_grid_is_found(void)
{
    /* Longest time 10^0.5 over the lowest frequency: one of those that are tried. */
    const double g[] = {90.0, 1.1e3, 9e3, 4e4}, lowest = 0.013;
    double tau[4];
    double eta = 0.0, second = 0.0;
    for (size_t k = 0; k < 4; k++) {
        tau[k] = pow(10.0, 0.5 - 0.5 * (double)k) / lowest;
        eta += g[k] * tau[k];
        second += g[k] * tau[k] * tau[k];
    }
    vt_terminal_zone z = {0};
    vt_error err = {0};
    sweep(4, g, tau, lowest);
    CHECK_OK(oscillate(&z, &err), &err);
    CHECK_REL(z.viscosity, eta, 1e-8); /* exact data: least squares to rounding times the condition, below 1e6 */
    CHECK_REL(z.compliance, second / (eta * eta), 1e-7);
    CHECK(!z.terminal && z.liquid);
    CHECK(z.low < eta && z.simple < z.low);
    CHECK(z.misfit < 1e-9);
}

/* 3 % of noise on a terminal Maxwell liquid: the bound holds in at least 95 % of 200 records less three standard
 * deviations of that count (0.904), and stays within four times the noise. */
static void noise_does_not_lift_the_bound(void)
{
    const double g = 3e4, tau = 2.1;
    uint64_t seed = 8;
    int below = 0, near = 0;
    for (int k = 0; k < 200; k++) {
        vt_terminal_zone z = {0};
        vt_error err = {0};
        sweep(1, &g, &tau, 0.005);
        for (size_t i = 0; i < F; i++) {
            storage[i] *= 1.0 + 0.03 * noise(&seed);
            loss[i] *= 1.0 + 0.03 * noise(&seed);
        }
        CHECK_OK(oscillate(&z, &err), &err);
        below += z.low <= g * tau;
        near += z.low > 0.88 * g * tau;
    }
    CHECK(below >= 181);
    CHECK(near >= 181);
}

static void above_the_crossover_it_is_no_liquid_yet(void)
{
    const double g = 3e4, tau = 2.1;
    vt_terminal_zone z = {0};
    vt_error err = {0};
    sweep(1, &g, &tau, 0.7);
    CHECK_OK(oscillate(&z, &err), &err);
    CHECK(!z.liquid && !z.terminal);
    CHECK(z.low < g * tau && z.low > z.simple);
}

/* Below the crossover of the fast mode the plateau of a slow one comes up: G'' > G', but G' gains. */
static void a_plateau_below_the_crossover_is_seen(void)
{
    const double g[] = {2e4, 2e3}, tau[] = {1.3, 130.0};
    vt_terminal_zone z = {0};
    vt_error err = {0};
    sweep(2, g, tau, 0.1);
    CHECK_OK(oscillate(&z, &err), &err);
    CHECK(loss[F - 1] > storage[F - 1]);
    CHECK(!z.liquid);
    sweep(2, g, tau, 0.003);
    CHECK_OK(oscillate(&z, &err), &err);
    CHECK(z.liquid);
}

static void bad_records_are_refused(void)
{
    vt_creep_flow f = {.viscosity = -7.0};
    vt_relaxation_integral r = {.low = -7.0};
    vt_terminal_zone z = {.low = -7.0};
    vt_error err = {0};
    const double g = 3e4, tau = 2.1;
    record(&MAXWELL, 7);
    CHECK(vt_rheology_creep(31, t, y, 0.95, work, &f, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "31 readings");
    CHECK(vt_rheology_creep(N, t, NULL, 0.95, work, &f, &err) == VT_EARG);
    CHECK(vt_rheology_creep(N, t, y, 0.95, work, NULL, &err) == VT_EARG);
    y[17] = NAN;
    CHECK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err) == VT_ENAN);
    y[17] = -1e-6;
    CHECK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "compliance 17");
    record(&MAXWELL, 7);
    t[40] = 1.0;
    CHECK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err) == VT_ETIME);
    CHECK_TEXT(err.msg, "time 40 is 1 s after 200 s");
    record(&MAXWELL, 7);
    for (size_t i = 0; i < N; i++) y[i] = 1e-3 - 1e-8 * t[i];
    CHECK(vt_rheology_creep(N, t, y, 0.95, work, &f, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "does not rise over the last 30 %");
    for (size_t i = 0; i < N; i++) y[i] = 1e3 + t[i];
    CHECK(vt_rheology_relaxation(N, t, y, &r, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "does not fall");
    y[1] = -1.0;
    CHECK(vt_rheology_relaxation(N, t, y, &r, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "modulus 1");
    for (size_t i = 0; i < N; i++) y[i] = i < 8 ? 100.0 : i % 2 ? 50.0 : -50.0;
    CHECK(vt_rheology_relaxation(N, t, y, &r, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "noise");
    sweep(1, &g, &tau, 0.02);
    loss[3] = 0.0;
    CHECK(oscillate(&z, &err) == VT_ERANGE);
    sweep(1, &g, &tau, 0.02);
    for (size_t i = 0; i < F; i++) omega[i] = 1.0 + 0.1 * (double)i;
    CHECK(oscillate(&z, &err) == VT_ENARROW);
    omega[0] = 0.01;
    CHECK(oscillate(&z, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "fewer than 3 frequencies");
    CHECK(f.viscosity == -7.0 && r.low == -7.0 && z.low == -7.0);
}

CHECK_MAIN(CHECK_CASE(a_maxwell_liquid_flows_at_its_viscosity), CHECK_CASE(retarded_strain_is_left_out_of_the_window),
           CHECK_CASE(a_constant_rate_is_not_yet_flow), CHECK_CASE(a_power_law_never_becomes_steady),
           CHECK_CASE(a_clean_record_is_no_worse), CHECK_CASE(the_interval_covers),
           CHECK_CASE(one_mode_is_integrated_to_both_ends), CHECK_CASE(bounds_hold_two_modes),
           CHECK_CASE(a_power_law_has_no_integral), CHECK_CASE(the_terminal_zone_of_a_maxwell_liquid),
           CHECK_CASE(a_spectrum_on_the_grid_is_found), CHECK_CASE(noise_does_not_lift_the_bound),
           CHECK_CASE(above_the_crossover_it_is_no_liquid_yet), CHECK_CASE(a_plateau_below_the_crossover_is_seen),
           CHECK_CASE(bad_records_are_refused))
