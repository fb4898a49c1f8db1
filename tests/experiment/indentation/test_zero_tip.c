/* Zero point through the area function: exact curves, the virtual indenter's noise, refusals. */
#include "check.h"
#include <vitrum/constants.h>
#include <vitrum/indent_zero.h>
#include <vitrum/random.h>

enum { N = 28 };
static const vt_area_function TIP = {.n = 2, .C = {24.5, 314.159}}; /* 50 nm */
static const double HARDNESS = 5.37e9, Q = 0.0817;

/* Loading to 1.5 mN at constant rate; contact at reading `h0`. Sum of the two terms by hand: A = C0 h_c^2 + C1 h_c is a
 * quadratic in h_c. */
static void curve(double h0, double u_h, double u_P, vt_stream *s, double h[N], double P[N])
{
    for (int i = 0; i < N; i++) {
        const double load = 1.5e-3 * (i + 2) / (N + 1), A = load / HARDNESS, b = 0.5 * 314.159e-9;
        const double h_c = A / (b + sqrt(b * b + 24.5 * A));
        h[i] = h0 + h_c + Q * sqrt(A) + (s ? u_h * vt_stream_normal(s) : 0.0);
        P[i] = load + (s ? u_P * vt_stream_normal(s) : 0.0);
    }
}

static vt_zero_tip tip(void)
{
    return (vt_zero_tip){.area = &TIP, .q = Q, .H = 9e9, .u_h = 0.2e-9, .u_P = 3e-6};
}

static void an_exact_loading_gives_its_contact_and_hardness(void)
{
    double h[N], P[N];
    vt_zero_tip_fit f;
    vt_error err = {0};
    const vt_zero_tip t = tip();
    curve(-37.3e-9, 0, 0, NULL, h, P);
    CHECK_OK(vt_indent_zero_tip(&t, N, h, P, &f, &err), &err);
    CHECK_ABS(f.h0, -37.3e-9, 1e-15); /* depth of an area is found to 1e-12 of 100 nm, the fit to 1e-10 of its span */
    CHECK_REL(f.H, HARDNESS, 1e-7);
    CHECK(f.chi < 1e-3);
}

/* C_f P at the last of these loads is 0.4 nm, which would move the contact by a quarter of that. */
static void the_frame_is_taken_off(void)
{
    double h[N], P[N];
    vt_zero_tip_fit f;
    vt_error err = {0};
    vt_zero_tip t = tip();
    t.C_f = 0.3e-6;
    curve(-37.3e-9, 0, 0, NULL, h, P);
    for (int i = 0; i < N; i++) h[i] += 0.3e-6 * P[i];
    CHECK_OK(vt_indent_zero_tip(&t, N, h, P, &f, &err), &err);
    CHECK_ABS(f.h0, -37.3e-9, 1e-15);
    CHECK_REL(f.H, HARDNESS, 1e-7);
    t.C_f = NAN;
    CHECK(vt_indent_zero_tip(&t, N, h, P, &f, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "C_f = nan");
}

static void intervals_hold_the_contact(void)
{
    enum { M = 2000 };
    int inside = 0;
    double pull = 0.0, square = 0.0;
    const vt_zero_tip t = tip();
    for (int m = 0; m < M; m++) {
        double h[N], P[N];
        vt_zero_tip_fit f;
        vt_error err = {0};
        vt_stream s;
        vt_stream_init(&s, 7, vt_stream_purpose("test/zero"), (uint64_t)m);
        curve(11e-9, 0.2e-9, 3e-6, &s, h, P);
        CHECK_OK(vt_indent_zero_tip(&t, N, h, P, &f, &err), &err);
        const double z = (f.h0 - 11e-9) / f.u_h0;
        inside += fabs(z) < 1.96;
        pull += z / M;
        square += z * z / M;
    }
    /* 0.95 -+ 3 sqrt(0.95 0.05/M), 1 -+ 3 sqrt(2/M); one in twenty looks like a misfit and counts with a larger u,
     * which takes 0.01 and 0.03 more. Correlation that chance gives to 28 readings would make it 0.98 and 0.7. */
    CHECK_BAND(inside / (double)M, 0.935, 0.975);
    CHECK_ABS(pull, 0.0, 3.0 / sqrt(M));
    CHECK_BAND(square, 0.87, 1.1);
}

/* A wrong q leaves a misfit: the interval must not stay as narrow as the noise. */
static void what_the_law_does_not_follow_widens_the_interval(void)
{
    double h[N], P[N];
    vt_zero_tip_fit right, wrong;
    vt_error err = {0};
    vt_zero_tip t = tip();
    curve(0.0, 0, 0, NULL, h, P);
    CHECK_OK(vt_indent_zero_tip(&t, N, h, P, &right, &err), &err);
    for (int i = 0; i < N; i++) h[i] += 4e-9 * sin(i / 3.0);
    CHECK_OK(vt_indent_zero_tip(&t, N, h, P, &wrong, &err), &err);
    CHECK(wrong.chi > 3.0);
    CHECK(wrong.u_h0 > 5.0 * right.u_h0);
}

static void bad_input_is_refused(void)
{
    double h[N], P[N];
    vt_zero_tip_fit f = {.h0 = -7.0};
    vt_error err = {0};
    vt_zero_tip t = tip();
    curve(0.0, 0, 0, NULL, h, P);
    CHECK(vt_indent_zero_tip(NULL, N, h, P, &f, &err) == VT_EARG);
    CHECK(vt_indent_zero_tip(&t, 7, h, P, &f, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "7 readings of the first loading: need 8");
    t.H = 0.0;
    CHECK(vt_indent_zero_tip(&t, N, h, P, &f, &err) == VT_EARG);
    t = tip();
    t.r = 1.0;
    CHECK(vt_indent_zero_tip(&t, N, h, P, &f, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "correlation r = 1 of the noise");
    t = tip();
    P[3] = -1e-6;
    CHECK(vt_indent_zero_tip(&t, N, h, P, &f, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "P[3] = -1e-06 N");
    curve(0.0, 0, 0, NULL, h, P);
    h[2] = NAN;
    CHECK(vt_indent_zero_tip(&t, N, h, P, &f, &err) == VT_ENOCONV);
    CHECK(f.h0 == -7.0);
}

CHECK_MAIN(CHECK_CASE(an_exact_loading_gives_its_contact_and_hardness), CHECK_CASE(the_frame_is_taken_off),
           CHECK_CASE(intervals_hold_the_contact), CHECK_CASE(what_the_law_does_not_follow_widens_the_interval),
           CHECK_CASE(bad_input_is_refused))
