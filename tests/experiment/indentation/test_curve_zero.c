/* Zero point (P19 step 1) and thermal drift (P18). Coverage is in test_curve_coverage.c. */
#include "check.h"
#include "curve_record.h"

enum { N = 600 };

typedef struct loading {
    double t[N], h[N], P[N];
    vt_indent_cycle cycle[1];
    vt_indent_segments s;
} loading;

/* `air` samples on the way to the surface at h0, then P = P_air + a (h - h0)^k in equal steps of depth. */
static void load(loading *l, size_t air, double h0, double P_air, double a, double k)
{
    const double step = 1e-9;
    for (size_t i = 0; i < N; i++) {
        const double z = step * ((double)i - (double)air + (i == air ? 0.0 : 0.1 * sin(1.3 * (double)i)));
        l->t[i] = 0.1 * (double)i;
        l->h[i] = h0 + z;
        l->P[i] = P_air + (z > 0.0 ? a * pow(z, k) : 0.0);
    }
    l->cycle[0] = (vt_indent_cycle){.load_from = air, .hold_from = N, .unload_from = N, .P_max = l->P[N - 1]};
    l->s = (vt_indent_segments){.cycle = l->cycle, .cycles = 1, .P_air = P_air, .noise = {.h = 1e-10, .P = 1e-7}};
}

static vt_status zero(const loading *l, const vt_indent_zero_options *o, vt_indent_zero *z, vt_error *err)
{
    vt_indent_work *ws = NULL;
    const vt_indent_curve c = {.n = N, .t = l->t, .h = l->h, .P = l->P};
    CHECK_OK(vt_indent_create(&ws, N, err), err);
    const vt_status st = vt_indent_zero_fit(ws, &c, &l->s, o, z, err);
    vt_indent_free(ws);
    return st;
}

static void an_exact_law_gives_its_zero(void)
{
    static loading l;
    static const struct {
        size_t air;
        double h0, P_air, k;
    } CASE[] = {{120, 37.3e-9, 2.1e-5, 2.0}, {0, -4.1e-9, 0.0, 2.0}, {75, -812e-9, -3e-6, 1.5}, {3, 1.1e-9, 0.0, 1.5}};
    vt_error err = {0};
    for (size_t i = 0; i < 4; i++) {
        vt_indent_zero z = {0};
        const double a = CASE[i].k == 2.0 ? 6.1e10 : 3.3e7;
        load(&l, CASE[i].air, CASE[i].h0, CASE[i].P_air, a, CASE[i].k);
        const vt_indent_zero_options o = {.law = CASE[i].k == 2.0 ? VT_INDENT_ZERO_CONE : VT_INDENT_ZERO_SPHERE};
        CHECK_OK(zero(&l, &o, &z, &err), &err);
        /* rounding of loads, 1e-16, over the window of 150 nm: 1e-14 of it; the iteration stops at 1e-11 */
        CHECK_ABS(z.h0, CASE[i].h0, 1e-10 * 150e-9);
        CHECK_REL(z.a, a, 1e-9);
        CHECK(z.u_h0 < 1e-15 && z.chi < 1e-6);
        CHECK(z.k == CASE[i].k);
        CHECK_ABS((double)z.contact, (double)CASE[i].air, 1.0);
        CHECK(l.P[z.to - 1] <= CASE[i].P_air + 0.1 * (l.P[N - 1] - CASE[i].P_air));
    }
}

/* A sphere fitted as a cone: chi says so, and the two laws bracket the contact. */
static void the_wrong_law_shows(void)
{
    static loading l;
    vt_error err = {0};
    vt_indent_zero z[2];
    load(&l, 100, 20e-9, 0.0, 3.3e7, 1.5);
    CHECK_OK(zero(&l, &(vt_indent_zero_options){.law = VT_INDENT_ZERO_CONE}, &z[0], &err), &err);
    CHECK_OK(zero(&l, &(vt_indent_zero_options){.law = VT_INDENT_ZERO_SPHERE}, &z[1], &err), &err);
    CHECK(z[0].chi > 5.0 && z[1].chi < 0.01);
    CHECK(z[0].h0 < z[1].h0 - 2e-9); /* a parabola starts flatter, so earlier */
    CHECK(z[0].r > 0.5);             /* misfit is no noise */
}

/* An error of the load in air moves the zero point, and its uncertainty knows. */
static void the_load_in_air_enters(void)
{
    static loading l;
    vt_error err = {0};
    vt_indent_zero a, b;
    load(&l, 100, 20e-9, 0.0, 6.1e10, 2.0);
    CHECK_OK(zero(&l, NULL, &a, &err), &err);
    const double d = 1e-6;
    l.s.P_air = d, l.s.u_P_air = d;
    CHECK_OK(zero(&l, NULL, &b, &err), &err);
    CHECK_REL(fabs(b.h0 - a.h0), b.u_h0, 0.3); /* first order in d: 1 uN of 2 mN; misfit adds to u */
}

static void zero_points_that_are_not_there_are_refused(void)
{
    static loading l;
    vt_error err = {0};
    vt_indent_zero z = {.h0 = -7.0};
    load(&l, 0, 0.0, 0.0, 6.1e10, 2.0);
    l.cycle[0].load_from = 300; /* contact not recorded: starts at 25 % of the load */
    CHECK(zero(&l, NULL, &z, &err) == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "contact was not recorded");
    l.cycle[0].load_from = 0;
    CHECK(zero(&l, &(vt_indent_zero_options){.high = 1e-4}, &z, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "6 samples below 0.0001");
    CHECK(zero(&l, &(vt_indent_zero_options){.low = 0.5, .high = 0.2}, &z, &err) == VT_EARG);
    CHECK(zero(&l, &(vt_indent_zero_options){.law = (vt_indent_zero_law)7}, &z, &err) == VT_EARG);
    for (size_t i = 0; i < N; i++) l.h[i] = -l.h[i];
    CHECK(zero(&l, NULL, &z, &err) == VT_ENOCONV);
    CHECK_TEXT(err.msg, "no zero point");
    l.s.cycles = 0;
    CHECK(zero(&l, NULL, &z, &err) == VT_EARG);
    CHECK(z.h0 == -7.0); /* untouched */
}

static void stiffness_tells_the_contact(void)
{
    double h[40], S[40], h0 = -7.0, u = -7.0;
    vt_error err = {0};
    for (size_t i = 0; i < 40; i++) {
        h[i] = 2e-9 * (double)i;
        S[i] = i < 21 ? 30.0 * cos(2.0 * (double)i) : 500.0 * ((double)i - 20.0); /* contact at sample 20, 40 nm */
    }
    S[5] = 900.0; /* a knock in air */
    S[9] = NAN;
    CHECK_OK(vt_indent_zero_stiffness(40, h, S, 200.0, &h0, &u, &err), &err);
    CHECK_BAND(h0, 40e-9, 42e-9); /* between samples 20 and 21 */
    CHECK_REL(u, 2e-9 / sqrt(12.0), 1e-12);
    h0 = -7.0;
    CHECK(vt_indent_zero_stiffness(40, h, S, 1e6, &h0, &u, &err) == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "below the threshold");
    CHECK(vt_indent_zero_stiffness(15, h + 25, S + 25, 200.0, &h0, &u, &err) == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "record the approach");
    CHECK(vt_indent_zero_stiffness(40, h, S, NAN, &h0, &u, &err) == VT_EARG);
    CHECK(h0 == -7.0);
}

static vt_status drift_of(const vt_indent_curve *c, size_t from, size_t to, const vt_indent_drift_options *o,
                          vt_indent_drift *d, vt_error *err)
{
    vt_indent_work *ws = NULL;
    CHECK_OK(vt_indent_create(&ws, c->n, err), err);
    const vt_status st = vt_indent_drift_fit(ws, c, from, to, o, d, err);
    vt_indent_free(ws);
    return st;
}

static void a_straight_drift_is_found_and_taken_off(void)
{
    static double t[N], h[N], P[N], out[N];
    vt_stream draw;
    vt_error err = {0};
    vt_indent_drift d = {0};
    vt_stream_init(&draw, 3, vt_stream_purpose("test/drift"), 0);
    for (size_t i = 0; i < N; i++) {
        t[i] = 0.2 * (double)i, P[i] = 1e-3;
        /* recovery in the first seconds, noise */
        h[i] = 4e-7 + 0.05e-9 * t[i] + 3e-9 * exp(-t[i] / 5.0) + 5e-11 * vt_stream_normal(&draw);
    }
    h[333] += 40e-9; /* a knock on the table */
    const vt_indent_curve c = {.n = N, .t = t, .h = h, .P = P};
    CHECK_OK(drift_of(&c, 0, N, NULL, &d, &err), &err);
    CHECK_REL(d.discarded, 20.0, 1e-12);
    CHECK_REL(d.duration, 0.2 * (N - 1) - 20.0, 1e-12);
    /* the knock would move the rate by 40 nm/500 readings/80 s = 1 pm/s times its leverage; noise: 0.1 pm/s; what is
     * left of the recovery after 20 s, 0.05 nm fading in 5 s, 0.1 pm/s */
    CHECK_ABS(d.rate, 0.05e-9, 0.4e-12);
    CHECK(d.low < d.rate && d.rate < d.high && d.from == 100 && d.to == N);
    CHECK_OK(drift_of(&c, 0, N, &(vt_indent_drift_options){.discard = 40.0, .discard_share = 0.9}, &d, &err), &err);
    CHECK_ABS(d.rate, 0.05e-9, 4.0 * d.u_rate);
    CHECK_BAND(d.u_rate, 0.03e-12, 0.3e-12); /* 0.05 nm sqrt(12/400)/80 s = 0.11 pm/s */
    CHECK_OK(drift_of(&c, 300, 330, NULL, &d, &err), &err);
    CHECK_REL(d.discarded, 2.0, 1e-9); /* a third of 5.8 s, to the next sample */
    CHECK_OK(vt_indent_drift_correct(&c, 0.05e-9, 10.0, out, &err), &err);
    CHECK_ABS(out[400], h[400] - 0.05e-9 * 70.0, 1e-20);         /* 80 s, 70 s after contact */
    for (size_t i = 0; i < N; i++) h[i] = 4e-7 - 0.07e-9 * t[i]; /* computed: nothing but rounding */
    CHECK_OK(drift_of(&c, 0, N, NULL, &d, &err), &err);
    CHECK_REL(d.rate, -0.07e-9, 1e-9); /* rounding of 4e-7 m, 5e-23 m, over 80 s */
}

/* A hold whose wander is worth fewer than eight points: block means, with the scatter that they have. */
static void a_wandering_hold_is_fitted_by_blocks(void)
{
    static double t[N], h[N], P[N];
    vt_stream draw;
    vt_error err = {0};
    vt_indent_drift d = {0};
    double walk = 0.0;
    vt_stream_init(&draw, 3, vt_stream_purpose("test/drift"), 1);
    for (size_t i = 0; i < N; i++) {
        walk = 0.995 * walk + 1e-10 * vt_stream_normal(&draw);
        t[i] = 0.2 * (double)i, h[i] = walk + 0.05e-9 * t[i], P[i] = 1e-3;
    }
    const vt_indent_curve c = {.n = N, .t = t, .h = h, .P = P};
    CHECK_OK(drift_of(&c, 0, N, NULL, &d, &err), &err);
    CHECK(d.blocks == 8 && d.dof == 6.0 && d.n_eff < 8.0);
    CHECK(d.low < 0.05e-9 && 0.05e-9 < d.high);
}

static void drifts_that_cannot_be_had_are_refused(void)
{
    static double t[N], h[N], P[N];
    vt_error err = {0};
    vt_indent_drift d = {.rate = -7.0};
    for (size_t i = 0; i < N; i++) t[i] = (double)i, h[i] = 1e-9 * (double)(i % 7), P[i] = 1e-3;
    vt_indent_curve c = {.n = N, .t = t, .h = h, .P = P};
    CHECK(drift_of(&c, 10, 19, NULL, &d, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "6 samples remain of the hold of 8 s");
    CHECK(drift_of(&c, 10, N + 1, NULL, &d, &err) == VT_EARG);
    CHECK(drift_of(&c, 10, N, &(vt_indent_drift_options){.level = 2.0}, &d, &err) == VT_EARG);
    c.t = NULL;
    CHECK(drift_of(&c, 10, N, NULL, &d, &err) == VT_ETIME);
    CHECK_TEXT(err.msg, "the record has no time");
    CHECK(vt_indent_drift_correct(&c, 1e-10, 0.0, h, &err) == VT_ETIME);
    c.t = t;
    CHECK(vt_indent_drift_correct(&c, NAN, 0.0, h, &err) == VT_ENAN);
    CHECK(d.rate == -7.0); /* untouched */
}

CHECK_MAIN(CHECK_CASE(an_exact_law_gives_its_zero), CHECK_CASE(the_wrong_law_shows), CHECK_CASE(the_load_in_air_enters),
           CHECK_CASE(zero_points_that_are_not_there_are_refused), CHECK_CASE(stiffness_tells_the_contact),
           CHECK_CASE(a_straight_drift_is_found_and_taken_off), CHECK_CASE(a_wandering_hold_is_fitted_by_blocks),
           CHECK_CASE(drifts_that_cannot_be_had_are_refused))
