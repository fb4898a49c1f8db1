/* What a transient leaves in a slope: closed cases of the average over its times. */
#include "check.h"
#include "experiment/creep/creep_internal.h"
#include <vitrum/random.h>

enum { N = 400 };

/* A line of slope 1 per second over 100 s with c exp(-t/tau) and noise; its least squares, and what the remainder
 * makes of it when `cut` samples are cut. */
struct made {
    double change, u;
    vt_line l;
};
static struct made make_cut(double c, double tau, double noise, size_t cut)
{
    double t[N], z[N];
    struct made m;
    vt_stream s;
    vt_stream_init(&s, 7, vt_stream_purpose("test/remainder"), 0);
    for (int i = 0; i < N; i++) {
        t[i] = 50.0 + 0.25 * i;
        z[i] = 3.0 + t[i] + c * exp(-(t[i] - 50.0) / tau) + noise * vt_stream_normal(&s);
    }
    const vti_creep_kept k = {.n = N - cut, .t = t + cut, .z = z + cut}, whole = {.n = N, .t = t, .z = z};
    CHECK(vt_line_ordinary(k.n, k.t, k.z, &m.l, NULL) == VT_OK);
    vti_creep_remainder(&k, &whole, &m.l, 1.0, &m.change, &m.u);
    return m;
}

static struct made make(double c, double tau, double noise)
{
    return make_cut(c, tau, noise, 0);
}

/* A large exponential: least squares is off by 3 u and more, the corrected slope is within 2 of its own u. */
static void an_exponential_is_taken_out_of_the_slope(void)
{
    for (double tau = 2.0; tau <= 10.0; tau += 1.0) {
        const struct made m = make(-2.0, tau, 0.5);
        CHECK(fabs(m.l.slope - 1.0) > 3.0 * m.l.u_slope);
        CHECK_ABS(m.l.slope + m.change, 1.0, 2.0 * hypot(m.l.u_slope, m.u));
        CHECK(m.u < 3.0 * m.l.u_slope);
    }
}

/* Behind a cut of 15 s, 5 % of it is left, as large as the noise: what the cut took off tells the time, and the
 * uncertainty is that of the amplitude: with tau = 5 s given, 0.673 of that of the slope of a line. */
static void what_was_cut_tells_the_time(void)
{
    const struct made m = make_cut(-10.0, 5.0, 0.5, 60);
    CHECK_ABS(m.l.slope + m.change, 1.0, 2.0 * hypot(m.l.u_slope, m.u));
    CHECK_REL(m.u / m.l.u_slope, 0.673, 0.2); /* tau is found to a step of the grid, 26 % */
}

/* Of a line alone, the change is below its uncertainty, and that below the one of the slope. */
static void a_line_is_left_within_its_uncertainty(void)
{
    const struct made m = make(0.0, 5.0, 0.5);
    CHECK(m.u > 0.0);
    CHECK(fabs(m.change) < 2.0 * m.u);
    CHECK(m.u < 1.5 * m.l.u_slope);
}

/* Noise and exponential as far apart as before: all scales with them. */
static void it_scales_with_the_signal(void)
{
    const struct made one = make(-2.0, 5.0, 0.5), ten = make(-20.0, 5.0, 5.0);
    CHECK_REL(ten.change, 10.0 * one.change, 1e-9); /* rounding of sums of 400 */
    CHECK_REL(ten.u, 10.0 * one.u, 1e-9);
}

static void without_noise_nothing_is_guessed(void)
{
    double t[N], z[N], change = 1.0, u = 1.0;
    for (int i = 0; i < N; i++) z[i] = t[i] = i;
    const vt_line exact = {.slope = 1.0};
    const vti_creep_kept k = {.n = N, .t = t, .z = z};
    vti_creep_remainder(&k, &k, &exact, 1.0, &change, &u);
    CHECK(change == 0.0 && u == 0.0);
}

CHECK_MAIN(CHECK_CASE(an_exponential_is_taken_out_of_the_slope), CHECK_CASE(what_was_cut_tells_the_time),
           CHECK_CASE(a_line_is_left_within_its_uncertainty), CHECK_CASE(it_scales_with_the_signal),
           CHECK_CASE(without_noise_nothing_is_guessed))
