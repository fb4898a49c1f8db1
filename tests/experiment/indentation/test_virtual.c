/* The virtual indenter against its own analytic limits: tip, contact, swing, program, noise, population. */
#include "check.h"
#include "experiment/indentation/virtual_internal.h"
#include <vitrum/constants.h>
#include <vitrum/contact.h>

static vti_indent_truth truth(const char *const *set, size_t n)
{
    vti_indent_truth p;
    vt_error err = {0};
    CHECK_OK(vt_param_defaults(VTI_INDENT_TRUTH, &p, &err), &err);
    for (size_t i = 0; i + 1 < n; i += 2)
        CHECK_OK(vt_param_set(VTI_INDENT_TRUTH, &p, NULL, set[i], set[i + 1], &err), &err);
    return p;
}
#define TRUTH(...) \
    truth((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static vt_table *simulate(const vti_indent_truth *p, uint64_t seed)
{
    vt_table *t = NULL;
    vt_error err = {0};
    const vt_job job = {.params = p, .common = {.seed = seed, .level = 0.95}};
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vti_indentation_simulate(&job, t, &err), &err);
    return t;
}

static const double *column(const vt_table *t, const char *name)
{
    const long k = vt_table_find(t, name);
    CHECK(k >= 0);
    return k < 0 ? NULL : vt_table_values(t, (size_t)k);
}

/* ---- tip ---- */
static void the_depth_of_an_area_is_its_inverse(void)
{
    for (int shape = 0; shape < 2; shape++)
        for (double R = 0.0; R < 400e-9; R += 53e-9) {
            const vti_tip tip = {.shape = shape, .C0 = 24.7, .R = R};
            for (double h = 0.37e-9; h < 4e-6;
                 h *= 3.3) /* both are quadratics: a few roundings, amplified by the shift */
                CHECK_REL(vti_tip_depth(&tip, vti_tip_area(&tip, h)), h, 1e-12);
        }
}

static void a_sphere_goes_over_into_the_cone_smoothly(void)
{
    const vti_tip tip = {.shape = VTI_TIP_SPHERE, .C0 = 24.5, .R = 50e-9};
    /* half angle atan sqrt(24.5/pi) = 70.30 deg: depth of the joint 50 nm (1 - sin) = 2.925 nm */
    const double h = 50e-9 * (1.0 - sin(atan(sqrt(24.5 / VT_PI)))), d = 1e-13;
    const double below = (vti_tip_area(&tip, h) - vti_tip_area(&tip, h - d)) / d;
    const double above = (vti_tip_area(&tip, h + d) - vti_tip_area(&tip, h)) / d;
    CHECK_REL(vti_tip_area(&tip, h + 1e-16), vti_tip_area(&tip, h - 1e-16), 1e-6);
    CHECK_REL(above, below, 1e-3); /* slopes 2 pi (R - h) and 2 C0 (h + shift); curvature times d is 1e-4 of them */
}

static void the_stated_area_function_is_that_of_the_tip(void)
{
    for (int shape = 0; shape < 2; shape++) {
        const vti_tip tip = {.shape = shape, .C0 = 24.5, .R = 50e-9};
        vt_area_function f = {.n = 9};
        vti_tip_terms(&tip, f.C);
        for (double h = 50e-9; h < 3e-6; h *= 1.4)
            /* two terms are exact; the constant of the sphere is good to 2 % of 235 nm^2, 1e-4 of the area at 50 nm */
            CHECK_REL(vt_area(&f, h), vti_tip_area(&tip, h), shape ? 1e-4 : 1e-13);
    }
}

/* ---- contact ---- */
/* Stiffness by a one-sided difference of the unloading curve at its peak, second order. */
static double slope_at_peak(const vti_ground *g, const vti_touch *peak)
{
    const double d = 1e-5 * peak->P;
    const double h0 = vti_recovered_depth(g, peak, peak->P), h1 = vti_recovered_depth(g, peak, peak->P - d),
                 h2 = vti_recovered_depth(g, peak, peak->P - 2.0 * d);
    return 2.0 * d / (3.0 * h0 - 4.0 * h1 + h2);
}

/* The whole chain by hand: no reducer involved. E and H come back to 1e-6. */
static void a_record_without_noise_gives_modulus_and_hardness_back(void)
{
    const vti_indent_truth p =
        TRUTH("load_noise", "0 uN", "depth_noise", "0 nm", "load_step", "0 uN", "depth_step", "0 nm", "drift", "0 nm/s",
              "exponent", "1.37", "tip_radius", "71 nm", "modulus", "93 GPa", "hardness", "5.1 GPa", "loads", "13 mN",
              "creep", "0.011", "frame_compliance", "0.31 nm/mN", "mount_compliances", "0.9 nm/mN");
    vt_table *t = simulate(&p, 3);
    const double *h = column(t, "depth"), *P = column(t, "load");
    const size_t n = vt_table_rows(t);
    size_t top = 0;
    for (size_t i = 0; i < n; i++)
        if (P[i] >= P[top] * (1.0 - 1e-12)) top = i; /* last reading of the hold */
    const double C = 1.21e-6, m = 1.37;              /* m/N */
    /* Two readings of the unloading, both taken with the compliance off: on h = h_f + (P/alpha)^(1/m) they and the peak
     * give S in closed form. */
    const double hp = h[top] - C * P[top], h1 = h[top + 40] - C * P[top + 40];
    const double H_e = (hp - h1) / (1.0 - pow(P[top + 40] / P[top], 1.0 / m)), S = m * P[top] / H_e;
    double epsilon, out[VT_CONTACT_OUTPUTS];
    vt_area_function f = {.n = 2, .C = {24.5, 2.0 * VT_PI * 71.0}};
    vt_error err = {0};
    CHECK_OK(vt_contact_epsilon(m, &epsilon, NULL, &err), &err);
    const vt_contact c = {.P = P[top],
                          .h = hp,
                          .S = S,
                          .epsilon = epsilon,
                          .beta = 1.034,
                          .nu = 0.4,
                          .E_i = 1141e9,
                          .nu_i = 0.07,
                          .area = &f};
    CHECK_OK(vt_contact_evaluate(&c, out, NULL, &err), &err);
    CHECK_REL(out[VT_CONTACT_HARDNESS], 5.1e9, 1e-6); /* the table holds nm and mN: roundings of 1e-12 */
    CHECK_REL(out[VT_CONTACT_MODULUS], 93e9, 1e-6);
    vt_table_free(t);
}

static void the_unloading_starts_with_the_slope_of_the_contact(void)
{
    const vti_tip tip = {.C0 = 24.5, .R = 50e-9};
    const vti_ground g = {.H = 5.5e9, .K = 1.034 * 107e9, .m = 1.41, .epsilon = 0.758};
    vti_touch peak;
    vti_touch_at(&g, &tip, 15e-3, vti_yielded_depth(&g, &tip, 15e-3), &peak);
    CHECK_REL(slope_at_peak(&g, &peak), peak.S, 1e-8); /* second order in 1e-5 */
    CHECK_REL(peak.P / vti_tip_area(&tip, peak.h_c), 5.5e9, 1e-12);
    CHECK_REL(sqrt(VT_PI) * peak.S / (2.0 * 1.034 * sqrt(vti_tip_area(&tip, peak.h_c))), 107e9, 1e-12);
    CHECK_REL(peak.h - 0.758 * peak.P / peak.S, peak.h_c, 1e-12);
}

/* C2: for a sharp self-similar tip the load at a depth follows from E and H alone; -26 % and -17 % give -19 %. */
static void softer_wires_need_19_percent_less_load_at_one_depth(void)
{
    const vti_tip tip = {.C0 = 24.5};
    double P[2];
    for (int k = 0; k < 2; k++) {
        const double E = k ? 74e9 : 100e9, H = k ? 0.83 * 5.5e9 : 5.5e9;
        const double E_r = 1.0 / (0.84 / E + (1.0 - 0.0049) / 1141e9);
        const vti_ground g = {.H = H, .K = E_r, .m = 1.5, .epsilon = 0.75};
        P[k] = vti_load_at_depth(&g, &tip, 400e-9, 0.0);
        /* P = C h^2 with 1/sqrt(C) = 1/sqrt(C0 H) + epsilon sqrt(pi H)/(2 E_r): the identity of C2, beta = 1 */
        const double root = 1.0 / sqrt(24.5 * H) + 0.75 * sqrt(VT_PI * H) / (2.0 * E_r);
        CHECK_REL(P[k], 400e-9 * 400e-9 / (root * root), 1e-12);
    }
    CHECK_ABS(P[1] / P[0] - 1.0, -0.19, 0.005); /* the ledger states two digits */
}

/* ---- swing ---- */
static const vti_oscillator CLEAN = {.frequency = 45.0, .K_s = 100.0, .mass = 0.012, .damping = 5.0};

static void a_small_swing_reads_the_stiffness(void)
{
    const vti_tip tip = {.C0 = 24.5, .R = 50e-9};
    for (int series = 0; series < 2; series++) {
        const vti_ground g = {.H = 5.5e9, .K = 110e9, .m = 1.43, .epsilon = 0.755, .C_series = series ? 1.5e-6 : 0.0};
        vti_oscillator o = CLEAN;
        vti_touch peak;
        vti_swing swing;
        o.amplitude = 1e-12;
        vti_touch_at(&g, &tip, 8e-3, vti_yielded_depth(&g, &tip, 8e-3), &peak);
        vti_swing_at(&g, &o, &peak, &swing);
        /* bias (m-1) h0/H_e = 0.43 1e-12/70e-9 = 6e-6 */
        CHECK_REL(vti_swing_stiffness(&o, swing.force, swing.displacement, swing.phase),
                  1.0 / (1.0 / peak.S + g.C_series), 1e-5);
        CHECK(!swing.lost);
    }
}

/* P20 states the chord of the swing: 0.991, 0.962, 0.921 of S for h0 = 2 nm at H_e = 91, 22, 11 nm. The first harmonic
 * differs from the chord in third order: (0.625 - 0.667) (m-1)(m-2) (h0/H_e)^2 = 3e-4 at the last. */
static void the_amplitude_bias_is_that_of_the_procedures(void)
{
    const double H_e[3] = {91e-9, 22e-9, 11e-9}, stated[3] = {0.991, 0.962, 0.921};
    for (int k = 0; k < 3; k++) {
        const vti_ground g = {.m = 1.4};
        const vti_touch peak = {.P = 1e-3, .S = 1.4 * 1e-3 / H_e[k], .h = 200e-9};
        vti_oscillator o = CLEAN;
        vti_swing swing;
        o.amplitude = 2e-9;
        vti_swing_at(&g, &o, &peak, &swing);
        const double x = 2.0 * o.amplitude / H_e[k], chord = (1.0 - pow(1.0 - x, g.m)) / (g.m * x);
        CHECK_REL(vti_swing_stiffness(&o, swing.force, swing.displacement, swing.phase) / peak.S, chord, 1e-3);
        CHECK_ABS(chord, stated[k], 0.001); /* three digits; the exponent behind them is 1.4 to a few hundredths */
        /* Mean load: peak less the half swing, to second order m (m-1)/4 (h0/H_e)^2 */
        CHECK_REL(swing.mean_load, peak.P * (1.0 + pow(1.0 - x, g.m)) / 2.0, 0.01);
        CHECK_REL(swing.mean_depth, peak.h - o.amplitude, 1e-12);
    }
}

static void a_swing_wider_than_the_recovery_leaves_the_surface(void)
{
    const vti_ground g = {.m = 1.5};
    const vti_touch peak = {.P = 20e-6, .S = 1.5 * 20e-6 / 3.9e-9, .h = 10e-9};
    vti_oscillator o = CLEAN;
    vti_swing swing;
    o.amplitude = 2e-9; /* 2 h0 = 4 nm > 3.9 nm */
    vti_swing_at(&g, &o, &peak, &swing);
    CHECK(swing.lost);
    o.amplitude = 1.9e-9;
    vti_swing_at(&g, &o, &peak, &swing);
    CHECK(!swing.lost);
}

/* ---- program and instrument ---- */
static void cycles_double_their_load_and_end_with_a_drift_hold(void)
{
    const vti_indent_truth p = TRUTH("cycles", "4", "hold_time", "0 s", "approach", "0 nm");
    vti_program program;
    vti_program_make(&p, 16e-3, &program);
    CHECK(program.parts == 4 * 2 + 2); /* load and unload, then rest and last unloading */
    for (size_t k = 0; k < 4; k++) {
        CHECK(program.part[2 * k].kind == VTI_LOAD && program.part[2 * k + 1].kind == VTI_UNLOAD);
        CHECK_REL(program.part[2 * k].P1, ldexp(2e-3, (int)k), 1e-15);
        CHECK_REL(program.part[2 * k + 1].P1, ldexp(2e-4, (int)k), 1e-15);
    }
    CHECK(program.part[8].kind == VTI_REST && program.part[8].n == 1500); /* 75 s at 20 Hz */
    size_t n = 0;
    for (size_t k = 0; k < program.parts; k++) n += program.part[k].n;
    CHECK(n == program.readings);
}

/* The drift hold without noise rises with the drift alone, whatever the mount. */
static void the_drift_hold_shows_the_drift(void)
{
    const vti_indent_truth p = TRUTH("load_noise", "0 uN", "depth_noise", "0 nm", "depth_step", "0 nm", "drift",
                                     "0.07 nm/s", "mount_compliances", "1.5 nm/mN", "approach", "0 nm");
    vt_table *t = simulate(&p, 1);
    const double *h = column(t, "depth"), *s = column(t, "time");
    const size_t begin = 20 * 40 + 10, end = begin + 1400; /* 15 s load, 10 s hold, 15 s unloading at 20 Hz */
    CHECK_REL((h[end] - h[begin]) / (s[end] - s[begin]), 0.07e-9, 1e-6);
    vt_table_free(t);
}

static void noise_has_its_width_and_memory(void)
{
    const vti_indent_truth p = TRUTH("drift", "0 nm/s", "depth_noise", "0.4 nm", "noise_correlation", "0.6",
                                     "drift_hold", "2000 s", "depth_step", "0 nm", "approach", "0 nm");
    vt_table *t = simulate(&p, 5);
    const double *h = column(t, "depth");
    const size_t begin = 20 * 40, n = 40000;
    double mean = 0.0, var = 0.0, lag = 0.0;
    for (size_t i = 0; i < n; i++) mean += h[begin + i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        var += (h[begin + i] - mean) * (h[begin + i] - mean) / (double)n;
        if (i > 0) lag += (h[begin + i] - mean) * (h[begin + i - 1] - mean) / (double)n;
    }
    /* 40000 readings are 10000 independent ones at 0.6: 3 sigma of the width is 2.2 %, of the correlation 0.012 */
    CHECK_REL(sqrt(var), 0.4e-9, 0.025);
    CHECK_ABS(lag / var, 0.6, 0.015);
    vt_table_free(t);
}

static void a_pop_in_is_a_step_of_the_depth_at_one_load(void)
{
    const vti_indent_truth p = TRUTH("load_noise", "0 uN", "depth_noise", "0 nm", "drift", "0 nm/s", "pop_ins", "3",
                                     "pop_in_size", "8 nm", "approach", "0 nm", "indents", "1");
    vt_table *t = simulate(&p, 2);
    const double *h = column(t, "depth");
    int steps = 0;
    for (size_t i = 60; i < 299; i++) steps += h[i + 1] - h[i] > 3.5e-9; /* a reading adds 0.7 to 2 nm there */
    CHECK(steps == 3 || steps == 2);                                     /* the first one may lie before reading 60 */
    vt_table_free(t);
}

/* ---- population ---- */
static void an_indent_keeps_its_numbers_when_others_are_added(void)
{
    const vti_indent_truth few = TRUTH("indents", "2", "modulus_indents", "0.05", "specimens", "1"),
                           many = TRUTH("indents", "4", "modulus_indents", "0.05", "specimens", "3");
    vt_table *a = simulate(&few, 11), *b = simulate(&many, 11), *c = simulate(&few, 12);
    const double *x = column(a, "depth"), *y = column(b, "depth"), *z = column(c, "depth");
    size_t same = 0, other = 0;
    const size_t n = vt_table_rows(a);
    for (size_t i = 0; i < n; i++) {
        same += x[i] == y[i];
        other += x[i] == z[i];
    }
    CHECK(same == n);
    CHECK(other < n / 10); /* steps of 0.01 nm meet by chance */
    CHECK_TEXT(vt_table_text(b, (size_t)vt_table_find(b, "test"), vt_table_rows(b) - 1), "rod 3-4");
    vt_table_free(a);
    vt_table_free(b);
    vt_table_free(c);
}

static void groups_have_their_ratios_and_mounts(void)
{
    const vti_indent_truth p = TRUTH("groups", "rod, wire", "specimens", "1,3", "modulus_ratios", "1,0.74",
                                     "hardness_ratios", "1,0.83", "mount_compliances", "0,1.5 nm/mN");
    vti_specimen_truth rod, wire;
    size_t groups;
    vt_error err = {0};
    CHECK_OK(vti_population_check(&p, &groups, &err), &err);
    CHECK(groups == 2 && vti_population_specimens(&p, 0) == 1 && vti_population_specimens(&p, 1) == 3);
    vti_population_specimen(&p, 1, 0, 0, &rod);
    vti_population_specimen(&p, 1, 1, 2, &wire);
    CHECK_REL(wire.E / rod.E, 0.74, 1e-15);
    CHECK_REL(wire.H / rod.H, 0.83, 1e-15);
    CHECK_REL(wire.C_s, 1.5e-6, 1e-15);
    vt_table *t = simulate(&p, 1);
    const size_t last = vt_table_rows(t) - 1;
    CHECK_TEXT(vt_table_text(t, (size_t)vt_table_find(t, "group"), last), "wire");
    CHECK_TEXT(vt_table_text(t, (size_t)vt_table_find(t, "specimen"), last), "wire 3");
    vt_table_free(t);
}

static void domains_take_their_part_of_a_map(void)
{
    const vti_indent_truth p = TRUTH("phase_fraction", "0.3", "phase_modulus_ratio", "1.6", "indents", "2500",
                                     "spacing", "50 um", "phase_size", "50 um");
    const vti_instrument_truth box = {.nu = 0.4, .load_gain = 1.0};
    const vti_specimen_truth specimen = {.E = 100e9, .H = 5.5e9};
    int second = 0;
    for (size_t k = 0; k < 2500; k++) {
        vti_virtual_indent indent;
        vt_stream s;
        vt_stream_init(&s, 1, 2, k);
        vti_population_indent(&p, &box, &specimen, 1, k, &s, &indent);
        second += indent.ground.K > 1.034 * 130e9;
    }
    CHECK_BAND(second / 2500.0, 0.27, 0.33); /* binomial: 3 sigma is 0.0275 */
}

static void what_does_not_fit_is_refused(void)
{
    vti_indent_truth p = TRUTH("groups", "rod,wire", "modulus_ratios", "1,0.7,0.5");
    size_t groups;
    vt_error err = {0};
    CHECK(vti_population_check(&p, &groups, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "3 modulus_ratios for 2 groups");
    p = TRUTH("specimens", "2.5");
    CHECK(vti_population_check(&p, &groups, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "2.5 must be a whole number");
    p = TRUTH("mode", "csm", "cycles", "3");
    CHECK(vti_population_check(&p, &groups, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "set cycles=1");
    p = TRUTH("sampling", "1000 Hz", "indents", "1000", "drift_hold", "3000 s");
    const vt_job job = {.params = &p};
    vt_table *t = NULL;
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK(vti_indentation_simulate(&job, t, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "lower sampling");
    CHECK(vt_table_rows(t) == 0);
    vt_table_free(t);
}

CHECK_MAIN(CHECK_CASE(the_depth_of_an_area_is_its_inverse), CHECK_CASE(a_sphere_goes_over_into_the_cone_smoothly),
           CHECK_CASE(the_stated_area_function_is_that_of_the_tip),
           CHECK_CASE(a_record_without_noise_gives_modulus_and_hardness_back),
           CHECK_CASE(the_unloading_starts_with_the_slope_of_the_contact),
           CHECK_CASE(softer_wires_need_19_percent_less_load_at_one_depth),
           CHECK_CASE(a_small_swing_reads_the_stiffness), CHECK_CASE(the_amplitude_bias_is_that_of_the_procedures),
           CHECK_CASE(a_swing_wider_than_the_recovery_leaves_the_surface),
           CHECK_CASE(cycles_double_their_load_and_end_with_a_drift_hold), CHECK_CASE(the_drift_hold_shows_the_drift),
           CHECK_CASE(noise_has_its_width_and_memory), CHECK_CASE(a_pop_in_is_a_step_of_the_depth_at_one_load),
           CHECK_CASE(an_indent_keeps_its_numbers_when_others_are_added),
           CHECK_CASE(groups_have_their_ratios_and_mounts), CHECK_CASE(domains_take_their_part_of_a_map),
           CHECK_CASE(what_does_not_fit_is_refused))
