/* The virtual creep test: its laws against closed forms, its record against what it was told to be. */
#include "check.h"
#include "experiment/creep/creep_truth.h"
#include <vitrum/card.h>
#include <vitrum/constants.h>
#include <vitrum/result.h>

static vti_creep_truth defaults(int material)
{
    vti_creep_truth p;
    CHECK(vt_param_defaults(VTI_CREEP_TRUTH, &p, NULL) == VT_OK);
    p.material = material;
    return p;
}

/* No noise, no elasticity to speak of, no surface tension: flow alone. */
static vti_creep_truth bare(int material)
{
    vti_creep_truth p = defaults(material);
    p.pixel_noise = p.force_noise = p.force_step = p.power_noise = p.surface_tension = p.diameter_error = 0.0;
    p.elastic_modulus = 1e18;
    return p;
}

static vti_creep_film record(const vti_creep_truth *p, double *edge)
{
    vti_creep_film r = {0};
    vt_stream s;
    vt_error err = {0};
    vt_stream_init(&s, 7, 7, 7);
    CHECK_OK(vti_creep_record_wire(p, &s, &r, edge, &err), &err);
    return r;
}

/* 1.1 mW times 195 K/mW above 20 degC: 507.65 K; there and at the glass transition. */
static void viscosity_is_the_vft_law(void)
{
    const vti_creep_truth p = defaults(VTI_CREEP_NEWTONIAN);
    const double T = vti_creep_temperature(&p, 1.125e-3, 0.0);
    CHECK_REL(T, 293.15 + 219.375, 1e-14);
    CHECK_REL(vti_creep_viscosity(&p, p.glass_transition), 1e12, 1e-12);
    CHECK_REL(log(vti_creep_viscosity(&p, T) / 1e12), 16.4 * 336.0 * (1.0 / (T - 336.0) - 1.0 / (507.6 - 336.0)),
              1e-12);
}

/* P03: m = tanh(x)/x and eta/eta_N = x/sinh(x) with x = sigma V/(2 sqrt(3) k T). */
static void sinh_flow_has_its_closed_sensitivity(void)
{
    const vti_creep_truth p = defaults(VTI_CREEP_SINH);
    const double T = 511.0, x = 1.1838, sigma = x * 2.0 * sqrt(3.0) * VT_BOLTZMANN * T / 0.1e-27;
    double rate, m;
    vti_creep_steady(&p, T, sigma, &rate, &m);
    CHECK_REL(m, tanh(x) / x, 1e-8); /* central difference, step 1e-4 */
    CHECK_REL(sigma / (3.0 * rate) / vti_creep_viscosity(&p, T), x / sinh(x), 1e-12);
    CHECK_ABS(m, 0.7, 1e-4);
}

/* Newtonian limit of free-volume flow, and what the transient ends in. */
static void free_volume_flow_ends_in_its_steady_state(void)
{
    const vti_creep_truth p = defaults(VTI_CREEP_FREE_VOLUME);
    const double T = 509.0, unit = vti_creep_stress_unit(&p, T), sigma = 0.9 * unit;
    double rate, m, f;
    vti_creep_steady(&p, T, 1e-3 * unit, &rate, &m);
    CHECK_REL(1e-3 * unit / (3.0 * rate), vti_creep_viscosity(&p, T), 1e-5); /* next term: sigma^2 */
    CHECK_ABS(m, 1.0, 1e-5);
    const vt_free_volume_model model = vti_creep_model(&p, T, &f);
    vt_free_volume_flow *ws = NULL;
    vt_free_volume_state s = {.sigma = 0.9, .v = model.v_eq};
    CHECK(vt_free_volume_flow_create(&ws, NULL) == VT_OK);
    const vt_free_volume_stage stage = {VT_FLOW_STRESS, 0.9, f * 1e5};
    CHECK(vt_free_volume_flow_stage(ws, &model, &stage, 1e-10, 0, NULL, NULL, &s, NULL, NULL) == VT_OK);
    vt_free_volume_flow_free(ws);
    CHECK_REL(s.v, vti_creep_steady_volume(&p, T, sigma), 1e-8);
    CHECK(s.v > 1.001 * model.v_eq); /* shear made free volume */
    vti_creep_steady(&p, T, sigma, &rate, &m);
    CHECK(m < tanh(0.9) / 0.9); /* and so it softens beyond sinh */
}

/* P02: L0/L falls linearly at constant force whatever the strain; slope -F/(3 eta A0). */
static void newtonian_wire_keeps_the_exact_linear_form(void)
{
    vti_creep_truth p = bare(VTI_CREEP_NEWTONIAN);
    double edge[2];
    p.powers = (vt_list){2, {1.1e-3, 1.15e-3}};
    p.segment_strain = 0.2;
    vti_creep_film r = record(&p, edge);
    const double A0 = 0.25 * VT_PI * 180e-9 * 180e-9;
    size_t i = 0;
    double y[2], t[2];
    for (int k = 0; k < 2; k++) {
        const double end = k ? INFINITY : edge[1], eta = vti_creep_viscosity(&p, 293.15 + 195e3 * p.powers.x[k]);
        while (r.value[VTI_CREEP_TIME][i] < edge[k] + (k ? 120.0 : 0.0)) i++; /* 24 thermal times */
        y[0] = 1.0 / (1.0 + r.value[VTI_CREEP_STRAIN][i]);
        t[0] = r.value[VTI_CREEP_TIME][i];
        while (i + 1 < r.n && r.value[VTI_CREEP_TIME][i + 1] < end) i++;
        y[1] = 1.0 / (1.0 + r.value[VTI_CREEP_STRAIN][i]);
        t[1] = r.value[VTI_CREEP_TIME][i];
        /* midpoint rule, strain steps below 1e-3: 1e-7 of the strain */
        CHECK_REL((y[0] - y[1]) / (t[1] - t[0]), 10e-6 / (3.0 * eta * A0), 1e-6);
        CHECK(y[0] - y[1] > 0.05);
    }
    vti_creep_film_free(&r);
}

/* A stretch of a wire in steps of 1 s and of half as much: the midpoint rule is of second order. */
static void steps_converge_with_second_order(void)
{
    double end[4];
    for (int k = 0; k < 4; k++) {
        vti_creep_truth p = bare(VTI_CREEP_SINH);
        vti_creep_wire w;
        p.force_time = p.thermal_time = p.delayed_time = 1e6; /* one part for each advance */
        p.grip_temperature = 490.0;
        p.thermal_resistance = 20e3;
        CHECK(vti_creep_wire_init(&p, &w, NULL) == VT_OK);
        const vti_creep_step step = {1.1e-3, 10e-6, 1.0};
        const double dt = ldexp(0.5, -k); /* strain below 1e-3 a step */
        for (int i = 0; i < 200 << k; i++) CHECK(vti_creep_wire_advance(&w, &step, dt, NULL) == VT_OK);
        end[k] = w.now.strain;
        vti_creep_wire_free(&w);
    }
    CHECK(end[3] > 0.02);
    CHECK_ABS(log2((end[0] - end[1]) / (end[1] - end[2])), 2.0, 0.1);
    CHECK_ABS(log2((end[1] - end[2]) / (end[2] - end[3])), 2.0, 0.1);
}

/* Conduction along the wire: the rise grows with L^2 (P02: +44 % after 20 %). */
static void ramp_heats_a_longer_wire(void)
{
    vti_creep_truth p = defaults(VTI_CREEP_NEWTONIAN);
    p.ramp = 1.0;
    const double cold = vti_creep_temperature(&p, 1e-3, 0.0), hot = vti_creep_temperature(&p, 1e-3, 0.2);
    CHECK_REL((hot - 293.15) / (cold - 293.15), 1.44, 1e-12);
}

/* What the instrument adds: 0.3 of 600 pixels with correlation 0.5; 90 nN in steps of 20 nN; gaps. */
static void noise_is_what_it_was_told_to_be(void)
{
    vti_creep_truth p = bare(VTI_CREEP_NEWTONIAN), q;
    p.powers = (vt_list){1, {1.0e-3}}; /* cold: next to no flow */
    p.times = (vt_list){1, {10000.0}};
    p.segment_strain = 0.0;
    q = p;
    q.pixel_noise = 0.3;
    q.force_noise = 90e-9;
    q.force_step = 20e-9;
    q.power_noise = 0.002;
    vti_creep_film a = record(&p, NULL), b = record(&q, NULL);
    CHECK(a.n == 20000 && b.n == 20000);
    double s = 0.0, lag = 0.0, f = 0.0, w = 0.0, before = 0.0;
    for (size_t i = 0; i < b.n; i++) {
        const double e = b.value[VTI_CREEP_STRAIN][i] - a.value[VTI_CREEP_STRAIN][i];
        const double dF = b.value[VTI_CREEP_FORCE][i] - 10e-6, dP = b.value[VTI_CREEP_POWER][i] / 1.0e-3 - 1.0;
        s += e * e;
        lag += i ? e * before : 0.0;
        before = e;
        f += dF * dF;
        w += dP * dP;
        CHECK_ABS(remainder(b.value[VTI_CREEP_FORCE][i], 20e-9), 0.0, 1e-18);
    }
    const double n = (double)b.n;
    CHECK_REL(sqrt(s / n), 0.3 / 600.0, 0.03); /* three standard errors, n_eff = n/3 */
    CHECK_ABS(lag / s, 0.5, 0.02);
    CHECK_REL(sqrt(f / n), hypot(90e-9, 20e-9 / sqrt(12.0)), 0.015);
    CHECK_REL(sqrt(w / n), 0.002, 0.015);
    q.gaps = 3;
    q.gap_time = 50.0;
    vti_creep_film c = record(&q, NULL);
    size_t gaps = 0;
    for (size_t i = 1; i < c.n; i++) gaps += c.value[VTI_CREEP_TIME][i] - c.value[VTI_CREEP_TIME][i - 1] > 49.0;
    CHECK(gaps >= 1 && gaps <= 3 && c.n < b.n - 95 && c.n > b.n - 305);
    vti_creep_film_free(&a);
    vti_creep_film_free(&b);
    vti_creep_film_free(&c);
}

/* A load jump stretches the wire by what its modulus says, and by the delayed share later. */
static void load_jumps_stretch_elastically(void)
{
    vti_creep_truth p = bare(VTI_CREEP_NEWTONIAN);
    p.elastic_modulus = 94.6e9;
    p.viscosity = 1e17; /* no flow to speak of */
    p.segment_strain = 0.0;
    p.powers = (vt_list){1, {1.1e-3}};
    p.loads = (vt_list){2, {2e-6, 8e-6}};
    vti_creep_film r = record(&p, NULL);
    const double A0 = 0.25 * VT_PI * 180e-9 * 180e-9, jump = 6e-6 / A0 / 94.6e9;
    /* area shrinks with the elastic strain: second order */
    CHECK_REL(log1p(r.value[VTI_CREEP_STRAIN][r.n - 1]) - log1p(r.value[VTI_CREEP_STRAIN][0]), 1.3 * jump, 0.01);
    CHECK_REL(r.value[VTI_CREEP_STRAIN][0], 1.3 * 2e-6 / A0 / 94.6e9, 0.01);
    vti_creep_film_free(&r);
}

static void refusals_name_the_cause(void)
{
    vt_error err = {0};
    vti_creep_truth p = defaults(VTI_CREEP_NEWTONIAN);
    p.times = (vt_list){3, {60.0, 70.0, 80.0}};
    CHECK(vti_creep_truth_check(&p, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "3 times for 4 steps");
    p = defaults(VTI_CREEP_NEWTONIAN);
    p.powers.x[1] = 1e-6;
    CHECK(vti_creep_truth_check(&p, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "powers[1]");
    p = defaults(VTI_CREEP_NEWTONIAN);
    p.powers.x[3] = 1.6e-3;
    vti_creep_film r = {0};
    vt_stream s;
    vt_stream_init(&s, 7, 7, 7);
    CHECK(vti_creep_record_wire(&p, &s, &r, NULL, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "lower powers");
    vti_creep_film_free(&r);
}

/* What was not set comes from the card, and the record says so, with tags. */
static void constants_of_a_card_are_told_with_their_tags(void)
{
    static const vt_constant ON[] = {{.key = "glass_transition", .value = 580.0, .tag = 'A', .source = "made up"},
                                     {.key = "vft_strength", .value = 13.0, .tag = 'C', .source = "made up"},
                                     {.key = "vft_T0", .value = 400.0, .tag = 'B', .source = "made up"},
                                     {.key = "surface_tension", .value = 1.3, .tag = 'R', .source = "made up"}};
    vt_card *card = NULL;
    vt_error err = {0};
    vt_table *t = NULL;
    CHECK_OK(vt_card_create(&card, "Xx60Yy40", &err), &err);
    for (size_t i = 0; i < sizeof ON / sizeof *ON; i++) CHECK_OK(vt_card_add(card, &ON[i], &err), &err);
    const vt_setting set[] = {{.key = "powers", .text = "1.5 mW"}, {.key = "surface_tension", .text = "0.9 N/m"}};
    const vt_request in = {.settings = set, .nsettings = 2, .alloy = card};
    CHECK_OK(vt_simulate(vt_experiment_find("creep"), &in, &t, &err), &err);
    const char *told = "";
    for (size_t k = 0; t && k < vt_table_metas(t); k++)
        if (strcmp(vt_table_meta(t, k).key, "constants") == 0) told = vt_table_meta(t, k).text;
    CHECK_TEXT(told, "card of Xx60Yy40: glass_transition (A) vft_strength (C) vft_T0 (B); the rest: parameters");
    vt_result *r = NULL; /* and the reduction takes the record with it */
    const vt_request back = {.raw = (const vt_table *const *)&t, .nraw = 1};
    CHECK_OK(vt_reduce(vt_experiment_find("creep"), &back, &r, &err), &err);
    vt_result_free(r);
    vt_table_free(t);
    vt_card_free(card);
}

CHECK_MAIN(CHECK_CASE(constants_of_a_card_are_told_with_their_tags), CHECK_CASE(viscosity_is_the_vft_law),
           CHECK_CASE(sinh_flow_has_its_closed_sensitivity), CHECK_CASE(free_volume_flow_ends_in_its_steady_state),
           CHECK_CASE(newtonian_wire_keeps_the_exact_linear_form), CHECK_CASE(steps_converge_with_second_order),
           CHECK_CASE(ramp_heats_a_longer_wire), CHECK_CASE(noise_is_what_it_was_told_to_be),
           CHECK_CASE(load_jumps_stretch_elastically), CHECK_CASE(refusals_name_the_cause))
