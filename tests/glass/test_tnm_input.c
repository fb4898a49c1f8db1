/* The sum of exponentials, the points of a program, and what is refused. */
#include "check.h"
#include "glass/tnm_sets.h"

static void sum_of_exponentials_keeps_its_tolerance(void)
{
    static vt_kww s;
    static const double BETA[] = {0.15, 0.23, 0.41, 0.5, 0.65, 0.77, 0.88, 0.95, 0.97}, TOL[] = {1e-3, 1e-6, 1e-8};
    for (size_t i = 0; i < sizeof BETA / sizeof BETA[0]; i++)
        for (size_t j = 0; j < 3; j++) {
            double error = 1.0, sum = 0.0;
            if (BETA[i] > 0.96 && TOL[j] < 1e-7) continue; /* takes too many terms: below */
            CHECK(vt_kww_spectrum(BETA[i], TOL[j], &s, NULL) == VT_OK);
            CHECK(vt_kww_error(&s, 400, &error, NULL) == VT_OK);
            CHECK_BAND(error, 0.0, TOL[j]);
            for (size_t k = 0; k < s.n; k++) {
                CHECK(s.weight[k] > 0.0);
                sum += s.weight[k];
            }
            CHECK_ABS(sum, 1.0, 1e-13); /* rounding of up to 700 terms */
            for (size_t k = s.octave; k < s.n; k++) CHECK(s.rate[k] == 2.0 * s.rate[k - s.octave]);
        }
}

/* beta = 1/2 has a density in closed form: rate^(-3/2) exp(-1/(4 rate))/(2 sqrt(pi)). */
static void density_of_the_half_is_in_closed_form(void)
{
    static vt_kww s;
    CHECK(vt_kww_spectrum(0.5, 1e-9, &s, NULL) == VT_OK);
    const double h = log(2.0) / (double)s.octave, pi = 3.14159265358979323846;
    for (size_t k = 0; k < s.n; k++) {
        const double r = s.rate[k], w = h * exp(-0.25 / r) / (2.0 * sqrt(pi * r));
        if (w > 1e-8) CHECK_REL(s.weight[k], w, 1e-7); /* the sum was set to 1: 3e-10, and 640 angles */
    }
}

static void spectrum_refuses(void)
{
    static vt_kww s;
    vt_error err = {0};
    CHECK(vt_kww_spectrum(0.149, 0.0, &s, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "beta = 0.149 must be 0.15 to 0.97, or 1");
    CHECK(vt_kww_spectrum((double)NAN, 0.0, &s, NULL) == VT_EARG);
    CHECK(vt_kww_spectrum(0.5, 0.1, &s, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "tolerance 0.1");
    CHECK(vt_kww_spectrum(0.5, 0.0, NULL, NULL) == VT_EARG);
    CHECK(vt_kww_spectrum(0.97, 1e-9, &s, &err) == VT_ELIMIT);
    CHECK_TEXT(err.msg, "raise the tolerance");
    double e;
    CHECK(vt_kww_error(&s, 1, &e, NULL) == VT_EARG);
}

static void program_gives_its_points(void)
{
    const vt_tnm_leg leg[3] = {{480.3, 0.5, 0.0}, {480.3, 0.0, 1000.0}, {500.0, 0.0, 40.0}};
    const vt_tnm_program program = {490.0, 3, leg, 2.0, 7};
    double t[80], T[80];
    size_t from[4], n = 0;
    CHECK(vt_tnm_points(&program, 80, t, T, from, &n, NULL) == VT_OK);
    CHECK(from[0] == 0 && from[1] == 5 && from[2] == 5 + 43 && from[3] == 48 + 10 && n == 59);
    CHECK_REL(t[5], 19.4, 1e-14);
    CHECK_REL(t[6] - t[5], 1e-3, 1e-9); /* 1e-6 of the hold, as the difference of two times */
    CHECK_REL(t[48], 1019.4, 1e-14);
    CHECK(T[5] == 480.3 && T[30] == 480.3);
    CHECK_REL(t[58], 1059.4, 1e-14);
    CHECK(T[58] == 500.0);
    for (size_t i = 1; i < n; i++) CHECK(t[i] > t[i - 1]);
}

static void program_refuses(void)
{
    vt_error err = {0};
    size_t n = 7;
    const vt_tnm_leg both[1] = {{480.0, 0.5, 3.0}}, hold[1] = {{490.0, 0.5, 0.0}}, cold[1] = {{-3.0, 0.5, 0.0}};
    vt_tnm_program p = {490.0, 1, both, 2.0, 0};
    CHECK(vt_tnm_points(&p, 0, NULL, NULL, NULL, &n, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "leg[0]: rate = 0.5 K/s or time = 3 s");
    p.leg = hold;
    CHECK(vt_tnm_points(&p, 0, NULL, NULL, NULL, &n, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "it needs its time");
    p.leg = cold;
    CHECK(vt_tnm_points(&p, 0, NULL, NULL, NULL, &n, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "T_end = -3 K");
    p.leg = both;
    p.step = (double)NAN;
    CHECK(vt_tnm_points(&p, 0, NULL, NULL, NULL, &n, &err) == VT_EARG);
    const vt_tnm_leg good[1] = {{480.0, 0.5, 0.0}};
    double t[3], T[3];
    p = (vt_tnm_program){490.0, 1, good, 2.0, 0};
    CHECK(vt_tnm_points(&p, 3, t, T, NULL, &n, &err) == VT_ELIMIT);
    CHECK_TEXT(err.msg, "6 points, room for 3");
    p.step = 1e-9;
    CHECK(vt_tnm_points(&p, 0, NULL, NULL, NULL, &n, &err) == VT_ELIMIT);
    CHECK(n == 7); /* untouched */
}

static void relaxation_refuses(void)
{
    static vt_kww s;
    static double work[VT_TNM_WORK];
    const double t[3] = {0.0, 1.0, 2.0}, back[3] = {0.0, 2.0, 2.0}, T[3] = {600.0, 590.0, 580.0};
    const double zero[3] = {600.0, 590.0, 0.0};
    double Tf[3] = {-1.0, -1.0, -1.0};
    vt_error err = {0};
    vt_tnm p = TNM_SETS[0].p;
    CHECK(vt_kww_spectrum(p.beta, 0.0, &s, NULL) == VT_OK);
    const vt_tnm_path path = {3, t, T}, late = {3, back, T}, cold = {3, t, zero}, single = {1, t, T};
    CHECK(vt_tnm_follow(&p, &s, &late, 0.0, Tf, work, &err) == VT_ETIME);
    CHECK_TEXT(err.msg, "t[2] = 2 s");
    CHECK(vt_tnm_follow(&p, &s, &cold, 0.0, Tf, work, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[2] = 0 K");
    CHECK(vt_tnm_follow(&p, &s, &single, 0.0, Tf, work, NULL) == VT_EARG);
    CHECK(vt_tnm_follow(&p, &s, &path, (double)NAN, Tf, work, NULL) == VT_EARG);
    CHECK(vt_tnm_follow(&p, &s, &path, 0.0, NULL, work, NULL) == VT_EARG);
    p.x = 1.01;
    CHECK(vt_tnm_follow(&p, &s, &path, 0.0, Tf, work, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "x = 1.01");
    p.x = 0.4;
    p.dh_R = 0.0;
    CHECK(vt_tnm_follow(&p, &s, &path, 0.0, Tf, work, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "dh/R = 0 K");
    p.dh_R = 45e3;
    p.beta = 0.6;
    CHECK(vt_tnm_follow(&p, &s, &path, 0.0, Tf, work, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "of beta = 0.65, not of 0.6");
    p.beta = 0.65;
    CHECK(vt_tnm_follow(&p, &s, &path, 1e-300, Tf, work, &err) == VT_ENOCONV);
    CHECK(Tf[1] == -1.0 && Tf[2] == -1.0);
}

static void scans_refuse(void)
{
    const double T[3] = {1.0, 2.0, 3.0}, flat[3] = {0.1, 0.2, 0.3}, still[3] = {1.0, 1.0, 2.0};
    double a[3], b[3];
    vt_tnm_overshoot o;
    vt_error err = {0};
    CHECK(vt_tnm_scan(3, T, flat, &o, &err) == VT_ENOROOT);
    CHECK_TEXT(err.msg, "does not pass 1/2");
    CHECK(vt_tnm_scan(2, T, flat, &o, NULL) == VT_EARG);
    CHECK(vt_tnm_slope(3, still, T, a, b, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "in a hold");
    CHECK(vt_tnm_slope(1, T, T, a, b, NULL) == VT_EARG);
}

CHECK_MAIN(CHECK_CASE(sum_of_exponentials_keeps_its_tolerance), CHECK_CASE(density_of_the_half_is_in_closed_form),
           CHECK_CASE(spectrum_refuses), CHECK_CASE(program_gives_its_points), CHECK_CASE(program_refuses),
           CHECK_CASE(relaxation_refuses), CHECK_CASE(scans_refuse))
