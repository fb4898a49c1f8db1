#include "check.h"
#include <complex.h>
#include <vitrum/csm.h>
#include <vitrum/random.h>

enum { N = 900 };

/* Force on a driven mass on spring and dashpot in parallel with contact and frame in series, complex algebra. */
static vt_oscillation driven(double S, double C_f, double loss)
{
    vt_oscillation o = {
        .h0 = 2.1e-9, .omega = 2.0 * 3.14159265358979323846 * 45.0, .K_s = 83.0, .mass = 0.0117, .D = 1.9};
    const double complex spring = 1.0 / (1.0 / S + C_f) + I * loss;
    const double complex K = spring + o.K_s - o.mass * o.omega * o.omega + I * o.omega * o.D;
    o.C_f = C_f;
    o.F0 = cabs(K) * o.h0;
    o.phi = carg(K);
    return o;
}

static void stiffness_is_what_the_oscillator_had(void)
{
    const double STIFF[] = {310.0, 8.7e3, 1.9e5}, FRAME[] = {0.0, 0.13e-6, -0.07e-6};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const vt_oscillation o = driven(STIFF[i], FRAME[j], 71.0);
            double S = 0.0, loss = 0.0;
            vt_error err = {0};
            CHECK_OK(vt_oscillation_stiffness(&o, &S, &loss, &err), &err);
            /* K_s - m omega^2 (-850 N/m) and the phase cost three digits at 310 N/m. */
            CHECK_REL(S, STIFF[i], 1e-12);
            CHECK_REL(loss, 71.0, 1e-9);
        }
}

static void missing_calibrations_are_named(void)
{
    double S = -7.0, loss = -7.0;
    vt_error err = {0};
    vt_oscillation o = driven(5e4, 0.0, 3.0);
    o.mass = NAN;
    CHECK(vt_oscillation_stiffness(&o, &S, NULL, &err) == VT_ECSM_CAL);
    CHECK_TEXT(err.msg, "moving mass is not known");
    o = driven(5e4, 0.0, 3.0);
    o.phi = NAN;
    CHECK(vt_oscillation_stiffness(&o, &S, NULL, &err) == VT_ECSM_CAL);
    CHECK_TEXT(err.msg, "phase");
    o = driven(5e4, 0.0, 3.0);
    o.K_s = NAN;
    CHECK(vt_oscillation_stiffness(&o, &S, NULL, &err) == VT_ECSM_CAL);
    CHECK_TEXT(err.msg, "support spring");
    o = driven(5e4, 0.0, 3.0);
    o.D = NAN;
    CHECK(vt_oscillation_stiffness(&o, &S, &loss, &err) == VT_ECSM_CAL);
    CHECK_TEXT(err.msg, "damping");
    o.D = 1.9;
    o.C_f = 1e-3;
    CHECK(vt_oscillation_stiffness(&o, &S, NULL, &err) == VT_EUNPHYSICAL);
    o = driven(5e4, 0.0, 3.0);
    o.F0 *= -1.0;
    CHECK(vt_oscillation_stiffness(&o, &S, NULL, &err) == VT_EARG);
    o = driven(5e4, 0.0, 3.0);
    o.phi = 3.0; /* nearly opposite: the mass moves in air */
    CHECK(vt_oscillation_stiffness(&o, &S, NULL, &err) == VT_EUNPHYSICAL);
    CHECK_TEXT(err.msg, "no contact");
    CHECK(S == -7.0 && loss == -7.0);
}

static void bias_has_its_published_values(void)
{
    /* Procedure P20: h0 = 2 nm, H_e = 91, 22, 11 nm give 0.991, 0.962, 0.921; its exponent is not stated. m = 1.4
     * gives them to one unit of the last digit. */
    CHECK_ABS(vt_oscillation_bias(4.0 / 91.0, 1.4), 0.991, 1e-3);
    CHECK_ABS(vt_oscillation_bias(4.0 / 22.0, 1.4), 0.962, 1e-3);
    CHECK_ABS(vt_oscillation_bias(4.0 / 11.0, 1.4), 0.921, 1e-3);
    CHECK(vt_oscillation_bias(0.0, 1.4) == 1.0);
    CHECK_REL(vt_oscillation_bias(1.0, 1.4), 1.0 / 1.4, 1e-15);
    /* Small amplitude: 1 - (m - 1) x/2 + (m - 1)(m - 2) x^2/6, next term 1e-13. */
    CHECK_REL(vt_oscillation_bias(1e-4, 1.3), 1.0 - 0.15e-4 - 0.3 * 0.7 / 6.0 * 1e-8, 1e-12);
}

static void correction_undoes_the_cycle(void)
{
    const double P = 0.83e-3, m = 1.38, H_e = 31e-9, S = m * P / H_e;
    for (double h0 = 0.2e-9; h0 < 15e-9; h0 *= 1.8) {
        /* Secant of P (1 - u/H_e)^m over 2 h0 from the peak. */
        const double app = P * (1.0 - pow(1.0 - 2.0 * h0 / H_e, m)) / (2.0 * h0), F0 = app * h0;
        const vt_oscillation_point in = {.P = P - F0, .h = 77e-9 - h0, .S = app, .h0 = h0, .F0 = F0, .m = m};
        vt_oscillation_corrected c;
        vt_error err = {0};
        CHECK_OK(vt_oscillation_correct(&in, &c, &err), &err);
        CHECK_REL(c.S, S, 1e-12); /* cancellation in 1 - drop^... : x = 0.01 keeps 14 digits */
        CHECK_REL(c.P, P, 1e-14);
        CHECK_REL(c.h, 77e-9, 1e-14);
        CHECK_REL(c.span, H_e, 1e-12);
        CHECK_REL(c.ratio, vt_oscillation_bias(2.0 * h0 / H_e, m), 1e-12);
    }
}

static void tapping_is_refused(void)
{
    vt_oscillation_point in = {.P = 10e-6, .h = 9e-9, .S = 3100.0, .h0 = 2e-9, .F0 = 2e-6, .m = 1.4};
    vt_oscillation_corrected c = {.S = -7.0};
    vt_error err = {0};
    CHECK(vt_oscillation_correct(&in, &c, &err) == VT_ETAPPING);
    CHECK_TEXT(err.msg, "amplitude of 2 nm");
    CHECK_TEXT(err.msg, "0.012 mN");
    CHECK(c.S == -7.0);
    in.S = 2900.0; /* 2 h0 S = 11.6 uN of 12 uN */
    CHECK_OK(vt_oscillation_correct(&in, &c, &err), &err);
    in.h0 = 0.0;
    in.F0 = 0.0;
    CHECK_OK(vt_oscillation_correct(&in, &c, &err), &err);
    CHECK(c.S == in.S && c.ratio == 1.0);
    in.m = 1.0;
    CHECK(vt_oscillation_correct(&in, &c, &err) == VT_EARG);
}

/* P/S^2 of a material with a rise below `knee`: q (1 + (knee/h - 1) a), with noise of AR(1). */
static void record(double knee, double rise, double noise, double rho, double *h, double *P, double *S)
{
    vt_stream r;
    double e = 0.0;
    vt_stream_init(&r, 11, vt_stream_purpose("test/csm"), 0);
    for (int i = 0; i < N; i++) {
        h[i] = (i + 1) * 1.1e-9;
        P[i] = 1.3e11 * h[i] * h[i];
        e = rho * e + sqrt(1.0 - rho * rho) * vt_stream_normal(&r);
        const double q = 1.7e-12 * (1.0 + (h[i] < knee ? rise * (knee / h[i] - 1.0) : 0.0)) * (1.0 + noise * e);
        S[i] = sqrt(P[i] / q);
    }
}

static void plateau_begins_where_the_rise_ends(void)
{
    double h[N], P[N], S[N];
    vt_plateau w;
    vt_error err = {0};
    record(310e-9, 1.5, 0.004, 0.0, h, P, S);
    CHECK_OK(vt_plateau_find(N, h, P, S, NULL, &w, &err), &err);
    /* 48 cells from 50 to 990 nm: 20 nm each. The window may take in the foot of the rise as far as 3 % allow. */
    CHECK_BAND(w.low, 240e-9, 325e-9);
    CHECK_REL(w.high, 990e-9, 1e-6);
    CHECK_REL(w.mean, 1.7e-12, 0.01);
    CHECK(fabs(w.change) <= 0.03);
    vt_plateau_options tight = {.tolerance = 0.004};
    CHECK_OK(vt_plateau_find(N, h, P, S, &tight, &w, &err), &err);
    CHECK_BAND(w.low, 285e-9, 330e-9);
    CHECK_REL(w.mean, 1.7e-12, 0.001);
    CHECK_BAND(w.n_eff, 0.8 * (double)w.n, (double)w.n + 0.5);
    /* A limit from above ends it there. */
    vt_plateau_options limited = {.h_max = 700e-9};
    CHECK_OK(vt_plateau_find(N, h, P, S, &limited, &w, &err), &err);
    CHECK_BAND(w.high, 698e-9, 700e-9);
}

static void correlated_readings_count_less(void)
{
    double h[N], P[N], S[N], y[N];
    vt_plateau w;
    vt_depth_mean mean;
    vt_error err = {0};
    record(10e-9, 0.0, 0.01, 0.8, h, P, S);
    CHECK_OK(vt_plateau_find(N, h, P, S, NULL, &w, &err), &err);
    /* (1 - 0.8)/(1 + 0.8) = 1/9 of 850 points; r1 of 850 points scatters by 0.02, which is 12 % of 1 - r. */
    CHECK_BAND(w.n_eff, 60.0, 135.0);
    CHECK_REL(w.length, (w.high - w.low) / w.n_eff, 1e-12);
    CHECK(w.p_value > 1e-3);
    for (int i = 0; i < N; i++) y[i] = i % 7 == 3 ? NAN : P[i] / (S[i] * S[i]);
    CHECK_OK(vt_depth_average(N, h, y, 100e-9, 900e-9, &mean, &err), &err);
    CHECK_BAND((double)mean.n, 620.0, 630.0);
    CHECK_BAND(mean.n_eff, 40.0, 140.0);
    CHECK_BAND(fabs(mean.mean / 1.7e-12 - 1.0), 0.0, 4.0 * 0.01 * 3.0 / sqrt(727.0)); /* 4 of its standard errors */
    CHECK_REL(mean.u, mean.sd / sqrt(mean.n_eff), 1e-12);
}

static void without_a_plateau_there_is_none(void)
{
    double h[N], P[N], S[N];
    vt_plateau w = {.low = -7.0};
    vt_error err = {0};
    record(2e-6, 4.0, 0.001, 0.0, h, P, S);
    CHECK(vt_plateau_find(N, h, P, S, NULL, &w, &err) == VT_ENOT_STEADY);
    CHECK_TEXT(err.msg, "allowed are 3 %");
    CHECK(vt_plateau_find(40, h, P, S, NULL, &w, &err) == VT_EDOF); /* all above 50 nm */
    for (int i = 0; i < N; i++) S[i] = NAN;
    CHECK(vt_plateau_find(N, h, P, S, NULL, &w, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "0 readings");
    const vt_plateau_options wrong = {.h_min = 3e-7, .h_max = 2e-7};
    CHECK(vt_plateau_find(N, h, P, S, &wrong, &w, &err) == VT_EARG);
    CHECK(vt_plateau_find(N, h, NULL, S, NULL, &w, &err) == VT_EARG);
    CHECK(w.low == -7.0);
    vt_depth_mean m;
    CHECK(vt_depth_average(N, h, S, 1e-7, 2e-7, &m, &err) == VT_EDOF);
    CHECK(vt_depth_average(N, h, P, 2e-7, 1e-7, &m, &err) == VT_EARG);
}

CHECK_MAIN(CHECK_CASE(stiffness_is_what_the_oscillator_had), CHECK_CASE(missing_calibrations_are_named),
           CHECK_CASE(bias_has_its_published_values), CHECK_CASE(correction_undoes_the_cycle),
           CHECK_CASE(tapping_is_refused), CHECK_CASE(plateau_begins_where_the_rise_ends),
           CHECK_CASE(correlated_readings_count_less), CHECK_CASE(without_a_plateau_there_is_none))
