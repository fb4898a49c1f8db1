/* Compression records: closed form recovered, signs, points for the map, the virtual press, exports of machines. */
#include "press.h"

static const vt_setting SMOOTH[] = {{"friction", "0", NULL, 0}, {"machine_compliance", "0 m/N", NULL, 0}};

/* Without friction and compliance the viscosity is that of the closed form: the zero moves the height by less than
 * 0.05 % (the loading bends: 0.003 of strain), viscosity goes with its square; the force wobbles by 0.05 N of 500. */
static void the_closed_form_comes_back(void)
{
    vt_error err;
    vt_result *r = reduce_press(&PLAIN, SMOOTH, 2, &err);
    CHECK_OK(err.code, &err);
    if (!r) return;
    CHECK_REL(quantity(r, "viscosity", NULL)->value, 3.3e10, 3e-3);
    CHECK(covers(quantity(r, "viscosity", NULL), 3.3e10));
    CHECK(!quantity(r, "overshoot", NULL));
    CHECK(warned(r, "W_NO_OVERSHOOT", "would have been seen"));
    const vt_property *rate = nth(r, "strain_rate", NULL, 0);
    CHECK_TEXT(rate->method, "rises as 1/h");
    CHECK(rate->q.value > 1.05e-3);                     /* it rose from 1e-3 */
    CHECK(nth(r, "class", "paper", 0)->q.value == 0.0); /* one test: neither m nor a Newtonian limit */
    CHECK_TEXT(nth(r, "class", "paper", 0)->method, "no overshoot; m not known; eta_N not known");
    CHECK_REL(quantity(r, "steady_stress", NULL)->value, 3.0 * 3.3e10 * rate->q.value, 3e-3);
    vt_result_free(r);
}

/* A glass so soft, or so few readings, that the force rises within one or two of them: contact lies between the last
 * reading without force and the next, 8.2e-4 of strain apart, half of which moves the viscosity by 0.1 %. A line
 * through what follows put it 30 um early, and the viscosity 1.5 % low. */
static void a_rise_of_two_readings_is_no_slope(void)
{
    static const double RISE[] = {2e-4, 6e-4, 1e-3};
    vt_error err;
    for (int k = 0; k < 3; k++) {
        struct press p = PLAIN;
        p.rise = RISE[k];
        vt_result *r = reduce_press(&p, SMOOTH, 2, &err);
        CHECK_OK(err.code, &err);
        if (!r) continue;
        CHECK_REL(quantity(r, "viscosity", NULL)->value, 3.3e10, 2e-3);
        CHECK(covers(quantity(r, "viscosity", NULL), 3.3e10));
        fprintf(stderr, "rise %g: viscosity %+.3f %%\n", p.rise,
                100.0 * (quantity(r, "viscosity", NULL)->value / 3.3e10 - 1.0));
        vt_result_free(r);
    }
}

/* The sign of each channel is turned once, said, and changes nothing. */
static void compression_may_be_negative(void)
{
    vt_error err;
    struct press p = PLAIN;
    vt_result *r = reduce_press(&p, SMOOTH, 2, &err);
    p.sign_F = p.sign_u = -1.0;
    vt_result *q = reduce_press(&p, SMOOTH, 2, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(quantity(q, "viscosity", NULL)->value, quantity(r, "viscosity", NULL)->value, 1e-12);
    CHECK(!warned(r, "W_SIGN", "") && warned(q, "W_SIGN", "displacement and force are negative"));
    vt_result_free(q);
    p.sign_F = 1.0;
    q = reduce_press(&p, SMOOTH, 2, &err);
    CHECK(warned(q, "W_SIGN", "the displacement is negative"));
    vt_result_free(q);
    vt_result_free(r);
}

/* Points for the map: exactly the columns that `flow` reads, and flow reads them. */
static void points_are_those_of_flow(void)
{
    struct settings s = {0};
    set_text(&s, "samples", "300");
    set_text(&s, "temperatures", "250,253,256 degC");
    vt_result *r = round_trip(&s, NULL);
    const vt_table *points = NULL;
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), "flow_points") == 0) points = vt_result_curve(r, i);
    CHECK(points);
    if (!points) return;
    static const char *const COLUMNS[] = {"viscosity", "strain_rate", "class", "rate_sensitivity", "group", "specimen"};
    for (size_t i = 0; i < 6; i++) CHECK(vt_table_find(points, COLUMNS[i]) >= 0);
    CHECK(vt_table_columns(points) == 6 && vt_table_rows(points) == 18);
    vt_error err = {0};
    vt_result *map = NULL;
    const vt_request in = {.raw = &points, .nraw = 1};
    CHECK_OK(vt_reduce(vt_experiment_find("flow"), &in, &map, &err), &err);
    CHECK(quantity(map, "transition_stress", NULL));
    vt_result_free(map);
    vt_result_free(r);
}

/* From the ODE: the overshoot grows with the rate, and with the rest after the structure was driven. */
static void overshoot_grows_with_rate_and_rest(void)
{
    struct settings s = {0};
    set_text(&s, "temperatures", "245 degC");
    double before = 0.0;
    for (double rate = 1e-3; rate < 0.2; rate *= 4.0) {
        const vti_compression_truth p = truth_of(&s);
        const vti_press_run r = truth_run(&p, rate);
        const double now = true_overshoot(&r).stress;
        CHECK(now > before);
        before = now;
    }
    set_text(&s, "free_volume_start", "1.25");
    before = -1.0;
    double seen = -1.0;
    for (double rest = 1.0; rest < 1e4; rest *= 20.0) {
        set_number(&s, "rest_time", rest, "s");
        const vti_compression_truth p = truth_of(&s);
        const vti_press_run r = truth_run(&p, 3e-3);
        const double now = true_overshoot(&r).stress;
        CHECK(now > before);
        before = now;
    }
    /* The same through record and reduction: a rate of each, unlike in rest alone. */
    for (int k = 0; k < 2; k++) {
        set_text(&s, "rates", "3e-3 s-1");
        set_text(&s, "rest_time", k ? "1e4 s" : "10 s");
        vt_result *r = round_trip(&s, NULL);
        const vt_quantity *q = quantity(r, "overshoot", NULL);
        const double now = q ? q->value : 0.0;
        CHECK(now > seen);
        seen = now;
        vt_result_free(r);
    }
}

/* The virtual machine without give, friction and heat, at constant true rate, is the published ODE. */
static void the_virtual_press_is_the_free_volume_ode(void)
{
    struct settings s = {0};
    set_text(&s, "machine_compliance", "0 m/N");
    set_text(&s, "seating", "0 m");
    set_text(&s, "friction", "0");
    set_text(&s, "control", "true_rate");
    const vti_compression_truth p = truth_of(&s);
    const vti_press_run r = truth_run(&p, 1e-2);
    double f, t[20], y[20][VTI_PRESS_STATES], time[20];
    vt_error err = {0};
    for (int i = 0; i < 20; i++) t[i] = 0.004 * (i + 1.0) / r.rate;
    CHECK_OK(vti_press_integrate(&r, 20, t, y, &err), &err);
    const vt_free_volume_model m = vti_creep_model(&r.glass, r.T, &f);
    vt_free_volume_flow *ws = NULL;
    vt_free_volume_state path[20], state = {.v = m.v_eq};
    for (int i = 0; i < 20; i++) time[i] = t[i] * f;
    const vt_free_volume_stage stage = {VT_FLOW_RATE, r.rate / f, time[19]};
    CHECK_OK(vt_free_volume_flow_create(&ws, &err), &err);
    CHECK_OK(vt_free_volume_flow_stage(ws, &m, &stage, 1e-10, 20, time, path, &state, NULL, &err), &err);
    for (int i = 0; i < 20; i++) {
        CHECK_REL(y[i][0], path[i].strain, 1e-6); /* tolerance 1e-8 a step, some hundred steps */
        CHECK_REL(y[i][1], path[i].sigma, 1e-5);
        CHECK_REL(y[i][2], path[i].v, 1e-6);
    }
    vt_free_volume_flow_free(ws);
}

/* MTS TestSuite and Instron Bluehill exports: header block, trailing blanks, units row, quoted thousands, signs. */
static void exports_of_machines_are_read(void)
{
    vt_error err;
    static char text[65536];
    const vt_setting set[] = {{"friction", "0", NULL, 0},
                              {"machine_compliance", "0 m/N", NULL, 0},
                              {"diameter", "2 mm", NULL, 0},
                              {"height", "4 mm", NULL, 0}};
    struct press p = PLAIN;
    p.sign_F = p.sign_u = -1.0;
    write_rows(&p, text, sizeof text,
               "\xEF\xBB\xBF"
               "File Path:,C:\\tests\\hot\nTest:,Compression\nTest Run:,7\nDate:,1/2/2016\n\n\n"
               "Time ,Crosshead ,Load \nsec,mm,N\n");
    vt_result *r = reduce_text(text, set, 4, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(quantity(r, "viscosity", NULL)->value, 3.3e10, 3e-3);
    CHECK(warned(r, "W_SIGN", "displacement and force"));
    vt_result_free(r);
    p = PLAIN;
    write_rows(&p, text, sizeof text, "Time,Compressive extension,Compressive load\n(s),(mm),(N)\n");
    r = reduce_text(text, set, 4, &err);
    CHECK_OK(err.code, &err);
    CHECK(r && quantity(r, "viscosity", NULL));
    vt_result_free(r);
}

/* Steel in tension is no glass in compression, but such a file's columns bind. */
static void a_real_file_binds(void)
{
    const char *root = check_real_files();
    char path[512];
    vt_table *raw = NULL, *bound = NULL;
    vt_error err = {0};
    if (!root) return;
    snprintf(path, sizeof path, "%s/tensile/steel-1045-tension/Steel_1045_Normalized_2_Formatted.csv", root);
    CHECK_OK(vt_table_read(path, NULL, &raw, &err), &err);
    CHECK_OK(vt_experiment_bind(vt_experiment_find("compression"), raw, &bound, &err), &err);
    CHECK(bound && vt_table_find(bound, "time") >= 0 && vt_table_find(bound, "displacement") >= 0 &&
          vt_table_find(bound, "force") >= 0);
    const long d = bound ? vt_table_find(bound, "diameter") : -1, h = bound ? vt_table_find(bound, "height") : -1;
    CHECK(d >= 0 && h >= 0);
    if (d >= 0 && h >= 0) {
        CHECK_REL(vt_table_values(bound, (size_t)d)[0], 7.08e-3, 1e-12);
        CHECK_REL(vt_table_values(bound, (size_t)h)[0], 25.4e-3, 1e-12);
    }
    vt_table_free(bound);
    vt_table_free(raw);
}

CHECK_MAIN(CHECK_CASE(the_closed_form_comes_back), CHECK_CASE(a_rise_of_two_readings_is_no_slope),
           CHECK_CASE(compression_may_be_negative), CHECK_CASE(points_are_those_of_flow),
           CHECK_CASE(overshoot_grows_with_rate_and_rest), CHECK_CASE(the_virtual_press_is_the_free_volume_ode),
           CHECK_CASE(exports_of_machines_are_read), CHECK_CASE(a_real_file_binds))
