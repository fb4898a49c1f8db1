#include "check.h"
#include "kink_reference.h"

static vt_kink *workspace(size_t n)
{
    vt_kink *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_kink_create(&ws, n, &err), &err);
    return ws;
}

static void law_gives_the_reference_table(void)
{
    const vt_kink_law law = reference_law();
    double y[POINTS];
    CHECK(vt_kink_ln_eta(&law, POINTS, REFERENCE_T, y, NULL) == VT_OK);
    CHECK_REL(exp(law.ln_eta0), 3.969e-5, 1.3e-4);                                 /* printed with four digits */
    for (int i = 0; i < POINTS; i++) CHECK_REL(exp(y[i]), REFERENCE_ETA[i], 5e-5); /* printed with five digits */
}

static void exact_data_give_the_law_back(void)
{
    const vt_kink_law law = reference_law();
    double y[POINTS], u[POINTS], shuffled_T[POINTS], shuffled_y[POINTS];
    vt_kink *ws = workspace(POINTS);
    vt_error err = {0};
    simulate(&law, 0.0, "-", 0, y, u);
    for (int i = 0; i < POINTS; i++) {
        u[i] = 0.1;
        shuffled_T[i] = REFERENCE_T[(3 * i + 2) % POINTS];
        shuffled_y[i] = y[(3 * i + 2) % POINTS];
    }
    const vt_kink_data data = {.n = POINTS, .T = shuffled_T, .ln_eta = shuffled_y, .u = u};
    for (int fixed = 0; fixed < 2; fixed++) {
        const vt_kink_options opt = {.fix_eta0 = fixed, .held = law};
        vt_kink_fit fit;
        CHECK_OK(vt_kink_solve(ws, &data, &opt, &fit, &err), &err);
        /* Rounding of ln eta (3e-15) times the condition of the Jacobian, sqrt(6e6) with eta0 free. */
        CHECK_REL(fit.law.T0, law.T0, 1e-9);
        CHECK_REL(fit.law.B, law.B, 1e-8);
        CHECK_REL(fit.law.ln_eta0, law.ln_eta0, 1e-8);
        CHECK_REL(fit.law.Tk, law.Tk, 1e-11);
        CHECK_REL(fit.law.Qg, law.Qg, 1e-11);
        CHECK(fit.k == (fixed ? 4u : 5u) && fit.liquid == 4 && fit.glass == 3 && !fit.edge && !fit.T0_at_zero);
    }
    vt_kink_free(ws);
}

static void a_jump_is_found_and_told_from_none(void)
{
    vt_kink_law law = reference_law();
    law.jump = 0.8;
    double y[POINTS], u[POINTS];
    vt_kink *ws = workspace(POINTS);
    vt_error err = {0};
    simulate(&law, 0.0, "-", 0, y, u);
    for (int i = 0; i < POINTS; i++) u[i] = 0.02;
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    const vt_kink_options jump = {.model = VT_KINK_JUMP, .fix_eta0 = true, .held = law},
                          none = {.model = VT_KINK_CONTINUOUS, .fix_eta0 = true, .held = law};
    vt_kink_fit fit, continuous;
    CHECK_OK(vt_kink_solve(ws, &data, &jump, &fit, &err), &err);
    CHECK_OK(vt_kink_solve(ws, &data, &none, &continuous, &err), &err);
    CHECK_REL(fit.law.T0, law.T0, 1e-10); /* exact data */
    CHECK_REL(fit.law.Qg, law.Qg, 1e-10);
    CHECK_ABS(fit.law.Tk, 565.15, 1e-9); /* middle between 560.15 and 570.15 K */
    /* At the middle: the true jump moved by the difference of the slopes over the 4.5 K between. */
    double at[2];
    const double Tm[2] = {565.15, 560.64};
    CHECK(vt_kink_ln_eta(&(vt_kink_law){.ln_eta0 = law.ln_eta0, .B = law.B, .T0 = law.T0}, 2, Tm, at, NULL) == VT_OK);
    const double glass =
        law.ln_eta0 + law.B / (law.Tk - law.T0) + 0.8 + law.Qg / VT_BOLTZMANN * (1 / 565.15 - 1 / law.Tk);
    CHECK_ABS(fit.law.jump, glass - at[0], 1e-9);
    CHECK(continuous.chi2 > fit.chi2 + 10.0);
    const size_t kk = VT_KINK_TK * VT_KINK_PARAMETERS + VT_KINK_TK;
    CHECK_REL(sqrt(fit.cov[kk]), 10.0 / sqrt(12.0), 1e-12); /* rectangular over 10 K */
    vt_kink_free(ws);
}

/* Scan that knows nothing of divisions: Tk and T0 on fine grids, everything else by normal equations. */
static double brute_force(const double *y, const double *u, const vt_kink_law *held)
{
    double best = INFINITY;
    for (double Tk = 550.15; Tk <= 580.15 + 1e-9; Tk += 0.1)
        for (double T0 = 360.0; T0 < 470.0; T0 += 0.1) {
            double A = 0, B = 0, C = 0, D = 0, E = 0, F = 0;
            for (int i = 0; i < POINTS; i++) {
                const double w = 1.0 / (u[i] * u[i]), f = 1.0 / (fmax(REFERENCE_T[i], Tk) - T0);
                const double g = REFERENCE_T[i] < Tk ? 1.0 / REFERENCE_T[i] - 1.0 / Tk : 0.0, r = y[i] - held->ln_eta0;
                A += w * f * f, B += w * f * g, C += w * g * g, D += w * f * r, E += w * g * r, F += w * r * r;
            }
            const double det = A * C - B * B, b = (C * D - B * E) / det, q = (A * E - B * D) / det;
            best = fmin(best, F - b * D - q * E);
        }
    return best;
}

static void the_minimum_is_global(void)
{
    static const double Tk[3] = {560.65, 546.0,
                                 584.0}; /* inside, below and above the range in which a kink is sought */
    vt_kink_law law = reference_law();
    vt_kink *ws = workspace(POINTS);
    int on_a_temperature = 0;
    for (uint64_t r = 0; r < 12; r++) {
        double y[POINTS], u[POINTS];
        vt_kink_fit fit;
        law.Tk = Tk[r % 3];
        simulate(&law, 0.1, "global", r, y, u);
        const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
        const vt_kink_options opt = {.fix_eta0 = true, .held = law, .no_covariance = true};
        CHECK(vt_kink_solve(ws, &data, &opt, &fit, NULL) == VT_OK);
        for (int i = 0; i < POINTS; i++) on_a_temperature += fit.law.Tk == REFERENCE_T[i];
        const double scan = brute_force(y, u, &law);
        /* Grid of 0.1 K: chi2 above the minimum by (0.05/0.8)^2 + (0.05/4)^2; below by rounding of F - b D - q E only.
         */
        CHECK_BAND(scan - fit.chi2, -1e-6, 0.02);
    }
    CHECK(on_a_temperature >= 3); /* both kinds of minimum were met */
    vt_kink_free(ws);
}

/* P10 [N]: SD of T0, Qg, Tk for SD of ln eta 0.05, 0.10, 0.20 with eta0 fixed. */
static void scatter_is_that_of_the_procedures(void)
{
    static const double sd[3] = {0.05, 0.10, 0.20};
    static const double expected[3][3] = {{2.0, 0.13, 0.5}, {3.8, 0.25, 0.9}, {6.9, 0.59, 1.9}};
    enum { REPLICATES = 2000 };
    const vt_kink_law law = reference_law();
    const vt_kink_options opt = {.fix_eta0 = true, .held = law, .no_covariance = true};
    vt_kink *ws = workspace(POINTS);
    for (int k = 0; k < 3; k++) {
        double m[3] = {0}, v[3] = {0}, y[POINTS], u[POINTS];
        for (uint64_t r = 0; r < REPLICATES; r++) {
            vt_kink_fit fit = {0};
            simulate(&law, sd[k], "scatter", r, y, u);
            const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
            CHECK(vt_kink_solve(ws, &data, &opt, &fit, NULL) == VT_OK); /* none may fail */
            const double p[3] = {fit.law.T0 - law.T0, (fit.law.Qg - law.Qg) / VT_ELECTRONVOLT, fit.law.Tk - law.Tk};
            for (int j = 0; j < 3; j++) m[j] += p[j] / REPLICATES, v[j] += p[j] * p[j] / REPLICATES;
        }
        /* Procedures print 1 to 2 digits from an own campaign of unknown size: 12 %. */
        for (int j = 0; j < 3; j++) CHECK_REL(sqrt(v[j] - m[j] * m[j]), expected[k][j], 0.12);
    }
    vt_kink_free(ws);
}

static void single_laws_match_their_data(void)
{
    const vt_kink_law vft = {.ln_eta0 = -10.1, .B = 5400.0, .T0 = 417.0}, line = {.ln_eta0 = -30.0, .B = 30000.0};
    double y[POINTS], u[POINTS];
    vt_kink *ws = workspace(POINTS);
    vt_kink_fit fit;
    simulate(&vft, 0.0, "-", 0, y, u);
    for (int i = 0; i < POINTS; i++) u[i] = 0.1;
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    const vt_kink_options v = {.model = VT_KINK_VFT}, a = {.model = VT_KINK_ARRHENIUS};
    CHECK(vt_kink_solve(ws, &data, &v, &fit, NULL) == VT_OK);
    CHECK_REL(fit.law.T0, 417.0, 1e-9); /* exact data times condition */
    CHECK(fit.law.Tk == 0.0 && fit.k == 3);
    CHECK_REL(fit.aicc, 6.0 + 24.0 / 3.0, 1e-12); /* chi2 = 0, n = 7, k = 3 */
    simulate(&line, 0.0, "-", 0, y, u);
    for (int i = 0; i < POINTS; i++) u[i] = 0.1;
    CHECK(vt_kink_solve(ws, &data, &a, &fit, NULL) == VT_OK);
    CHECK_REL(fit.law.B, 30000.0, 1e-10);
    CHECK(vt_kink_solve(ws, &data, &v, &fit, NULL) == VT_OK);
    CHECK(fit.law.T0 < 1e-3); /* no curvature */
    vt_kink_free(ws);
}

static void two_arrhenius_lines_are_a_kink_with_T0_at_zero(void)
{
    /* -ln D with Q = 1.58 eV above and 1.10 eV below 561.3 K. */
    const vt_kink_law law = {
        .ln_eta0 = 20.0, .B = 1.58 * VT_ELECTRONVOLT / VT_BOLTZMANN, .Tk = 561.3, .Qg = 1.10 * VT_ELECTRONVOLT};
    double y[POINTS], u[POINTS];
    vt_kink *ws = workspace(POINTS);
    vt_kink_fit fit;
    vt_error err = {0};
    simulate(&law, 0.0, "-", 0, y, u);
    for (int i = 0; i < POINTS; i++) u[i] = 0.02;
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    const vt_kink_options opt = {.hold_T0 = true};
    CHECK_OK(vt_kink_solve(ws, &data, &opt, &fit, &err), &err);
    CHECK(fit.k == 4 && fit.law.T0 == 0.0);
    CHECK_REL(fit.law.B, law.B, 1e-10); /* exact data times condition */
    CHECK_REL(fit.law.Qg, law.Qg, 1e-10);
    CHECK_REL(fit.law.Tk, law.Tk, 1e-10);
    CHECK(fit.cov[VT_KINK_T0 * VT_KINK_PARAMETERS + VT_KINK_T0] == 0.0);
    vt_kink_free(ws);
}

static void profile_ends_lie_where_chi2_has_risen(void)
{
    static const size_t index[3] = {VT_KINK_T0, VT_KINK_TK, VT_KINK_QG};
    const vt_kink_law law = reference_law();
    vt_kink_options opt = {.fix_eta0 = true, .held = law};
    double y[POINTS], u[POINTS];
    vt_kink *ws = workspace(POINTS);
    vt_kink_fit fit, at;
    vt_error err = {0};
    simulate(&law, 0.05, "profile", 1, y, u);
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    CHECK_OK(vt_kink_solve(ws, &data, &opt, &fit, &err), &err);
    for (int j = 0; j < 3; j++) {
        const vt_nlfit_profile_request what = {.index = index[j], .level = 0.95};
        vt_nlfit_interval ends = {0};
        CHECK_OK(vt_kink_profile(ws, &data, &opt, &fit, &what, &ends, &err), &err);
        CHECK(ends.low_closed && ends.high_closed);
        vt_kink_options held = opt;
        held.hold_T0 = j == 0, held.hold_Tk = j == 1, held.hold_Qg = j == 2;
        for (int side = 0; side < 2; side++) {
            const double v = side ? ends.high : ends.low;
            held.held.T0 = v, held.held.Tk = v, held.held.Qg = v;
            CHECK_OK(vt_kink_solve(ws, &data, &held, &at, &err), &err);
            CHECK_ABS(at.chi2 - fit.chi2, 3.841459, 1e-4); /* ends are found to 1e-6 of their distance */
        }
    }
    vt_kink_free(ws);
}

static void refusals_name_what_is_wrong(void)
{
    double T[POINTS], y[POINTS], u[POINTS];
    const vt_kink_law law = reference_law();
    vt_kink *ws = workspace(POINTS);
    vt_kink_fit fit = {.chi2 = -7.0};
    vt_error err = {0};
    vt_kink_options opt = {.fix_eta0 = true, .held = law};
    simulate(&law, 0.1, "refuse", 0, y, u);
    memcpy(T, REFERENCE_T, sizeof T);
    vt_kink_data d = {.n = 4, .T = T, .ln_eta = y, .u = u};
    CHECK(vt_kink_solve(ws, &d, &opt, &fit, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "3 liquid and 2 glass");
    d.n = POINTS;
    T[2] = -3.0;
    CHECK(vt_kink_solve(ws, &d, &opt, &fit, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[2] = -3 K");
    T[2] = REFERENCE_T[2];
    u[5] = 0.0;
    CHECK(vt_kink_solve(ws, &d, &opt, &fit, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "u[5] = 0");
    u[5] = 0.1;
    y[1] = NAN;
    CHECK(vt_kink_solve(ws, &d, &opt, &fit, &err) == VT_ENAN);
    for (int i = 0; i < POINTS; i++) y[i] = 20.0 - (double)i;
    opt.fix_eta0 = false;
    CHECK(vt_kink_solve(ws, &d, &opt, &fit, &err) == VT_EUNPHYSICAL);
    CHECK_TEXT(err.msg, "does not rise on cooling");
    opt.hold_T0 = true;
    opt.held.T0 = 590.0;
    CHECK(vt_kink_solve(ws, &d, &opt, &fit, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "held T0 = 590 K");
    CHECK(vt_kink_solve(NULL, &d, &opt, &fit, &err) == VT_EARG);
    CHECK(fit.chi2 == -7.0); /* untouched */
    double out = 1.0;
    CHECK(vt_kink_ln_eta(&(vt_kink_law){.B = 1.0, .T0 = 500.0}, 1, &(double){499.0}, &out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[0] = 499 K");
    vt_kink_free(ws);
}

static void data_that_do_not_enclose_the_kink_are_marked(void)
{
    vt_kink_law law = reference_law();
    law.Tk = 545.0; /* one temperature below */
    double y[POINTS], u[POINTS];
    vt_kink *ws = workspace(POINTS);
    vt_kink_fit fit;
    simulate(&law, 0.0, "-", 0, y, u);
    for (int i = 0; i < POINTS; i++) u[i] = 0.1;
    const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
    const vt_kink_options opt = {.fix_eta0 = true, .held = law};
    CHECK(vt_kink_solve(ws, &data, &opt, &fit, NULL) == VT_OK);
    CHECK(fit.edge);
    CHECK_ABS(fit.law.Tk, 550.15, 1e-9);
    vt_kink_free(ws);
}

CHECK_MAIN(CHECK_CASE(law_gives_the_reference_table), CHECK_CASE(exact_data_give_the_law_back),
           CHECK_CASE(a_jump_is_found_and_told_from_none), CHECK_CASE(the_minimum_is_global),
           CHECK_CASE(scatter_is_that_of_the_procedures), CHECK_CASE(single_laws_match_their_data),
           CHECK_CASE(two_arrhenius_lines_are_a_kink_with_T0_at_zero),
           CHECK_CASE(profile_ends_lie_where_chi2_has_risen), CHECK_CASE(refusals_name_what_is_wrong),
           CHECK_CASE(data_that_do_not_enclose_the_kink_are_marked))
