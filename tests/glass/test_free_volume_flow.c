#include "glass/printed.h"
#include <vitrum/free_volume.h>
#include <vitrum/free_volume_flow.h>

/* Targets T6: E = 240, nu = 1/3, alpha = 0.15, n_D = 3, v0 = 0.05. */
static const vt_free_volume_model T6 = {.E = 240.0, .K = 120.0, .alpha = 0.15, .n_D = 3.0};

static vt_free_volume_state pull(vt_free_volume_state s, double rate, double strain, double tolerance,
                                 vt_free_volume_peak *peak)
{
    vt_free_volume_flow *ws = NULL;
    const vt_free_volume_stage stage = {VT_FLOW_RATE, rate, strain / rate};
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    CHECK(vt_free_volume_flow_stage(ws, &T6, &stage, tolerance, 0, NULL, NULL, &s, peak, NULL) == VT_OK);
    vt_free_volume_flow_free(ws);
    return s;
}

/* Peak and steady state of the nine rates, both branches: below 1e-9 the glass relaxes first, above it rejuvenates.
 * The table has six decimals: half a unit of the last, and 1e-6 for the error that a tolerance of 1e-11 leaves after a
 * thousand steps. */
static void transients_are_the_published_table(void)
{
    static const struct {
        double rate, strain, peak, steady, v;
    } ROW[] = {{1e-12, 0.011646, 2.047013, 1.525605, 0.035193}, {1e-10, 0.013145, 2.090170, 1.638694, 0.041783},
               {1e-9, 0.013978, 2.126911, 1.705585, 0.046078},  {1e-8, 0.014551, 2.408264, 1.781429, 0.051334},
               {1e-7, 0.018624, 3.633450, 1.868434, 0.057906},  {1e-6, 0.026759, 5.638178, 1.969658, 0.066347},
               {1e-5, 0.036108, 7.887631, 2.089487, 0.077556},  {1e-4, 0.045668, 10.182648, 2.234482, 0.093109},
               {1e-3, 0.055258, 12.484258, 2.414991, 0.115988}};
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_free_volume_peak peak;
        const vt_free_volume_state end = pull((vt_free_volume_state){.v = 0.05}, ROW[i].rate, 2.0, 1e-11, &peak);
        CHECK(peak.found);
        CHECK_ABS(peak.state.strain, ROW[i].strain, 0.7e-6);
        CHECK_ABS(peak.state.sigma, ROW[i].peak, 1.5e-6);
        CHECK_ABS(end.sigma, ROW[i].steady, 0.6e-6);
        CHECK_ABS(end.v, ROW[i].v, 0.6e-6);
        CHECK_REL(end.strain, 2.0, 1e-12);
    }
}

static void long_flow_is_the_closed_steady_law(void)
{
    for (double rate = 1e-12; rate < 1e-2; rate *= 10.0) {
        double sigma, v;
        CHECK(vt_free_volume_steady(T6.K, T6.n_D, 1, &rate, &sigma, &v, NULL) == VT_OK);
        const vt_free_volume_state end = pull((vt_free_volume_state){.v = 0.05}, rate, 5.0, 1e-10, NULL);
        CHECK_REL(end.sigma, sigma, 1e-8);
        CHECK_REL(end.v, v, 1e-8);
    }
}

/* The error of the peak falls with the tolerance, at least as its power 0.6 (multistep methods: error per step). */
static void error_follows_the_tolerance(void)
{
    vt_free_volume_peak exact, a, b;
    pull((vt_free_volume_state){.v = 0.05}, 1e-5, 0.1, 1e-12, &exact);
    pull((vt_free_volume_state){.v = 0.05}, 1e-5, 0.1, 1e-5, &a);
    pull((vt_free_volume_state){.v = 0.05}, 1e-5, 0.1, 1e-9, &b);
    const double ea = fabs(a.state.sigma - exact.state.sigma), eb = fabs(b.state.sigma - exact.state.sigma);
    CHECK_BAND(log(ea / eb) / log(1e4), 0.6, 1.6);
    CHECK(eb < 1e-5);
}

static void overshoot_grows_with_rate(void)
{
    double before = 1.0;
    for (double rate = 1e-9; rate < 2e-3; rate *= 10.0) {
        vt_free_volume_peak peak;
        const vt_free_volume_state end = pull((vt_free_volume_state){.v = 0.05}, rate, 2.0, 1e-8, &peak);
        CHECK(peak.state.sigma / end.sigma > before);
        before = peak.state.sigma / end.sigma;
    }
}

/* Flow, rest without stress, flow again: the longer the rest, the higher the second peak. */
static void overshoot_grows_with_rest(void)
{
    const double rate = 1e-6, rest[] = {1e5, 1e6, 1e7, 1e8, 1e9};
    vt_free_volume_flow *ws = NULL;
    double before = 0.0, v = 1.0;
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        vt_free_volume_state s = pull((vt_free_volume_state){.v = 0.05}, rate, 1.0, 1e-9, NULL);
        const vt_free_volume_stage stage[2] = {{VT_FLOW_STRESS, 0.0, rest[i]}, {VT_FLOW_RATE, rate, 0.2 / rate}};
        vt_free_volume_peak peak;
        CHECK(vt_free_volume_flow_stage(ws, &T6, &stage[0], 1e-9, 0, NULL, NULL, &s, NULL, NULL) == VT_OK);
        CHECK(s.v < v && s.sigma == 0.0);
        v = s.v;
        CHECK(vt_free_volume_flow_stage(ws, &T6, &stage[1], 1e-9, 0, NULL, NULL, &s, &peak, NULL) == VT_OK);
        CHECK(peak.found && peak.state.sigma > before);
        before = peak.state.sigma;
    }
    vt_free_volume_flow_free(ws);
}

/* Without stress dv/dt = -exp(-1/v)/(alpha n_D): Ei is avoided by du/dt = exp(-u) u^2/(alpha n_D), u = 1/v, whose time
 * between two values is an integral; Simpson with 4000 strips is exact to 1e-10. */
static void rest_is_the_closed_integral(void)
{
    vt_free_volume_flow *ws = NULL;
    vt_free_volume_state s = {.v = 0.05};
    const double u0 = 20.0, u1 = 24.0;
    double t = 0.0;
    enum { STRIPS = 4000 };
    for (int i = 0; i <= STRIPS; i++) {
        const double u = u0 + (u1 - u0) * i / STRIPS;
        t += (i == 0 || i == STRIPS ? 1.0 : i % 2 ? 4.0 : 2.0) * exp(u) / (u * u);
    }
    t *= (u1 - u0) / STRIPS / 3.0 * T6.alpha * T6.n_D;
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    const vt_free_volume_stage stage = {VT_FLOW_STRESS, 0.0, t};
    CHECK(vt_free_volume_flow_stage(ws, &T6, &stage, 1e-12, 0, NULL, NULL, &s, NULL, NULL) == VT_OK);
    CHECK_REL(1.0 / s.v, u1, 1e-8);
    vt_free_volume_flow_free(ws);
}

/* Above the glass transition the free volume comes to v_eq from both sides, and small flow is Newtonian there. */
static void free_volume_comes_to_equilibrium(void)
{
    vt_free_volume_model m = T6;
    m.v_eq = 0.06;
    vt_free_volume_flow *ws = NULL;
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    for (int side = 0; side < 2; side++) {
        vt_free_volume_state s = {.v = side ? 0.08 : 0.05};
        const vt_free_volume_stage rest = {VT_FLOW_STRESS, 0.0, 1e9}, flow = {VT_FLOW_STRESS, 1e-3, 1e6};
        CHECK(vt_free_volume_flow_stage(ws, &m, &rest, 1e-10, 0, NULL, NULL, &s, NULL, NULL) == VT_OK);
        CHECK_REL(s.v, 0.06, 1e-8);
        const double before = s.strain + 1e-3 / m.E;
        CHECK(vt_free_volume_flow_stage(ws, &m, &flow, 1e-10, 0, NULL, NULL, &s, NULL, NULL) == VT_OK);
        CHECK_REL((s.strain - before) / 1e6, exp(-1.0 / 0.06) * 1e-3, 1e-4); /* (cosh - 1)/(K v) makes 1e-7/14 of v */
    }
    vt_free_volume_flow_free(ws);
}

/* Stress at held strain, without change of v: tanh(sigma/2) falls as exp(-E exp(-1/v) t). v is kept by a huge alpha. */
static void relaxation_at_held_strain_is_closed(void)
{
    vt_free_volume_model m = T6;
    m.alpha = 1e12;
    vt_free_volume_flow *ws = NULL;
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    vt_free_volume_state s = {.sigma = 3.0, .v = 0.05}, path[3];
    const double k = m.E * exp(-20.0), time[3] = {0.0, 0.5 / k, 2.0 / k};
    const vt_free_volume_stage stage = {VT_FLOW_RATE, 0.0, 3.0 / k};
    CHECK(vt_free_volume_flow_stage(ws, &m, &stage, 1e-11, 3, time, path, &s, NULL, NULL) == VT_OK);
    CHECK(path[0].sigma == 3.0);
    for (size_t i = 1; i < 3; i++) CHECK_REL(tanh(0.5 * path[i].sigma), tanh(1.5) * exp(-k * time[i]), 1e-8);
    CHECK_REL(tanh(0.5 * s.sigma), tanh(1.5) * exp(-3.0), 1e-8);
    vt_free_volume_flow_free(ws);
}

static void compression_is_tension_turned(void)
{
    vt_free_volume_peak up, down;
    vt_free_volume_flow *ws = NULL;
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    for (int sign = -1; sign < 2; sign += 2) {
        vt_free_volume_state s = {.v = 0.05};
        const vt_free_volume_stage stage = {VT_FLOW_RATE, sign * 1e-5, 1e5};
        CHECK(vt_free_volume_flow_stage(ws, &T6, &stage, 1e-8, 0, NULL, NULL, &s, sign < 0 ? &down : &up, NULL) ==
              VT_OK);
    }
    CHECK(up.found && down.found);
    CHECK(up.state.sigma == -down.state.sigma && up.state.strain == -down.state.strain);
    vt_free_volume_flow_free(ws);
}

static void refusals_name_the_value(void)
{
    vt_free_volume_flow *ws = NULL;
    vt_free_volume_state s = {.v = 0.05}, bad = {.v = -0.05}, path[2];
    vt_free_volume_model m = T6;
    const vt_free_volume_stage stage = {VT_FLOW_RATE, 1e-5, 1e5}, still = {VT_FLOW_RATE, 1e-5, 0.0};
    const double time[2] = {2.0, 1.0};
    vt_error err = {0};
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    CHECK(vt_free_volume_flow_stage(ws, &T6, &stage, 1e-8, 0, NULL, NULL, &bad, NULL, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "free volume -0.05");
    CHECK(vt_free_volume_flow_stage(ws, &T6, &still, 1e-8, 0, NULL, NULL, &s, NULL, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "duration 0");
    CHECK(vt_free_volume_flow_stage(ws, &T6, &stage, 1e-8, 2, time, path, &s, NULL, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "time[1] = 1");
    CHECK(vt_free_volume_flow_stage(ws, &T6, &stage, 1.0, 0, NULL, NULL, &s, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "tolerance 1");
    m.alpha = NAN;
    CHECK(vt_free_volume_flow_stage(ws, &m, &stage, 1e-8, 0, NULL, NULL, &s, NULL, &err) == VT_EARG);
    CHECK(vt_free_volume_flow_stage(NULL, &T6, &stage, 1e-8, 0, NULL, NULL, &s, NULL, &err) == VT_EARG);
    CHECK(s.v == 0.05 && s.sigma == 0.0);
    vt_free_volume_flow_free(ws);
    vt_free_volume_flow_free(NULL);
}

CHECK_MAIN(CHECK_CASE(transients_are_the_published_table), CHECK_CASE(long_flow_is_the_closed_steady_law),
           CHECK_CASE(error_follows_the_tolerance), CHECK_CASE(overshoot_grows_with_rate),
           CHECK_CASE(overshoot_grows_with_rest), CHECK_CASE(rest_is_the_closed_integral),
           CHECK_CASE(free_volume_comes_to_equilibrium), CHECK_CASE(relaxation_at_held_strain_is_closed),
           CHECK_CASE(compression_is_tension_turned), CHECK_CASE(refusals_name_the_value))
