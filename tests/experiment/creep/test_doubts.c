/* What no common factor of the loads takes out of m and the sinh law: surface tension, heating; floors, names, figures.
 */
#include "creep_table.h"

static const vt_budget_item *line_of(const vt_quantity *q, const char *source)
{
    for (size_t i = 0; q && i < q->nbudget; i++)
        if (strstr(q->budget[i].source, source)) return &q->budget[i];
    return NULL;
}

/* Loads of 2 to 8 uN at one power; s: stress unit of the sinh law, 0: Newtonian. */
static creep_table loads(double gamma, double s, double noise)
{
    creep_table c = {.noise = noise, .rho = 0.5, .gamma = gamma, .seed = 7};
    for (int k = 1; k <= 4; k++)
        creep_hold(&c, &(creep_step){.F = 2e-6 * k, .P = 1.1e-3, .eta = 8e11, .time = 560.0 / k, .n = 1.0, .s = s});
    return c;
}

static void surface_tension_is_in_what_hangs_on_the_slope(void)
{
    const double V = 0.12e-27, T = 500.0, unit = 2.0 * sqrt(3.0) * VT_BOLTZMANN * T / V;
    for (int sinh_law = 0; sinh_law < 2; sinh_law++) {
        creep_table c = loads(1.0, sinh_law ? unit : 0.0, 1e-5);
        vt_error err;
        const vt_setting set[] = {{.key = "temperature", .text = "500 K"},
                                  {.key = "diameter_u", .text = "0"},
                                  {.key = "surface_tension", .text = "1 N/m"}};
        vt_result *r = creep_reduce(&c, set, 2, &err);
        CHECK_OK(err.code, &err);
        const vt_quantity *m = creep_value(r, "rate_sensitivity", NULL, NULL, 0.0);
        const vt_quantity *eta = creep_value(r, "newtonian_viscosity", NULL, NULL, 0.0);
        CHECK(m && eta && line_of(m, "surface tension") && line_of(eta, "surface tension"));
        if (m && !sinh_law) {
            CHECK_ABS(m->value, 0.95, 0.01); /* 12 of 111 MPa at 2 uN, 14 of 600 at 8 uN: what it is taken for */
            CHECK_BAND(1.0, m->low, m->high);
            CHECK_TEXT(creep_warning(r, "W_NEWTONIAN"), "surface tension or heating that is not known");
        }
        if (eta) CHECK_BAND(8e11, eta->low, eta->high);
        /* signs: more surface tension, less stress, less viscosity, more m */
        if (m) CHECK(line_of(m, "surface tension")->c > 0.0);
        if (eta) CHECK(line_of(eta, "surface tension")->c < 0.0);
        const vt_quantity *v = creep_value(r, "activation_volume", NULL, NULL, 0.0);
        CHECK((v != NULL) == (sinh_law == 1));
        if (v) CHECK_BAND(V, v->low, v->high);
        const vt_quantity *at = creep_value(r, "sinh_rate_sensitivity", NULL, NULL, 0.0);
        CHECK(at && line_of(at, "fit of the sinh law") && line_of(at, "surface tension"));
        if (at && sinh_law) { /* its lines add up to what the interval is wide */
            CHECK(line_of(at, "surface tension")->c > 0.0);
            CHECK_REL(at->high - at->low, 2.0 * 1.959964 * at->u, 0.1); /* by profile, in the curving */
        }
        const double m_unknown = m ? m->value : 0.0, D = m ? line_of(m, "surface tension")->c : 0.0;
        vt_result_free(r);

        r = creep_reduce(&c, set, 3, &err); /* told: nothing of it is left, and that is where D pointed */
        CHECK_OK(err.code, &err);
        m = creep_value(r, "rate_sensitivity", NULL, NULL, 0.0);
        if (m) CHECK(!line_of(m, "surface tension") && m->u < 0.2 * D);
        at = creep_value(r, "sinh_rate_sensitivity", NULL, NULL, 0.0);
        CHECK(at && line_of(at, "fit of the sinh law") && !line_of(at, "surface tension"));
        if (m) CHECK_ABS(m->value, m_unknown + D, 0.03 * D); /* told, it straightens the holds, too */
        if (m && !sinh_law) CHECK_ABS(m->value, 1.0, 3.0 * m->u);
        vt_result_free(r);
        creep_free(&c);
    }
}

/* Above 200 MPa it does not count, and nothing is added. */
static void stronger_wires_have_no_line_of_it(void)
{
    creep_table c = {.noise = 1e-5, .rho = 0.5, .seed = 7};
    vt_error err;
    for (int k = 2; k <= 4; k++)
        creep_hold(&c, &(creep_step){.F = 3e-6 * k, .P = 1.1e-3, .eta = 8e11, .time = 300.0 / k, .n = 1.0});
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    const vt_quantity *m = creep_value(r, "rate_sensitivity", NULL, NULL, 0.0);
    CHECK(m && !line_of(m, "surface tension"));
    vt_result_free(r);
    creep_free(&c);
}

/* Newtonian wire, 5 K above its grips, that rise going as the square of length: taken for an effect of stress. */
static void heating_between_jumps_is_said_or_put_in(void)
{
    const double D = 14.0, T0 = 350.0, T = 500.0, grip = 495.0;
    creep_table c = {.noise = 1e-5, .rho = 0.5, .seed = 9};
    vt_error err;
    double y = 0.98;
    for (int k = 1; k <= 4; k++) {
        const double hot = grip + (T - grip) * pow(0.98 / y, 2.0);
        const double eta = 8e11 * exp(D * T0 / (hot - T0) - D * T0 / (T - T0));
        creep_hold(&c, &(creep_step){.F = 2e-6 * k, .P = 1.1e-3, .eta = eta, .time = 560.0 / k, .n = 1.0});
        y = c.y;
    }
    const vt_setting set[] = {{.key = "temperature", .text = "500 K"}, {.key = "surface_tension", .text = "1e-6 N/m"},
                              {.key = "diameter_u", .text = "0"},      {.key = "vft_strength", .text = "14"},
                              {.key = "vft_T0", .text = "350 K"},      {.key = "grip_temperature", .text = "495 K"}};
    vt_result *r = creep_reduce(&c, set, 5, &err); /* the rise is not known */
    CHECK_OK(err.code, &err);
    const vt_quantity *m = creep_value(r, "rate_sensitivity", NULL, NULL, 0.0);
    CHECK(m && m->high < 0.97);
    CHECK_TEXT(creep_warning(r, "W_HEATING"), "is NOT in the intervals of m, class, V, sigma_c and eta_N");
    vt_result_free(r);
    r = creep_reduce(&c, set, 6, &err);
    CHECK_OK(err.code, &err);
    m = creep_value(r, "rate_sensitivity", NULL, NULL, 0.0);
    CHECK(m && line_of(m, "heating"));
    if (m) CHECK_BAND(1.0, m->low, m->high);
    /* its full size is m of the truth; the wire keeps on stretching within a hold, which moves both ends: 0.02 */
    if (m) CHECK_ABS(m->value + line_of(m, "heating")->c, 1.0, 0.02);
    const vt_quantity *v = creep_value(r, "activation_volume", NULL, NULL, 0.0);
    CHECK(!v || v->low < 0.02e-27); /* a volume that may well be none */
    CHECK_TEXT(creep_warning(r, "W_HEATING"), "that stands in the intervals of m");
    vt_result_free(r);
    creep_free(&c);
}

static void records_without_noise_keep_a_floor(void)
{
    creep_table c = loads(0.0, 0.0, 0.0);
    vt_error err;
    const vt_setting set[] = {{.key = "surface_tension", .text = "1e-9 N/m"}};
    vt_result *r = creep_reduce(&c, set, 1, &err);
    CHECK_OK(err.code, &err);
    const vt_quantity *m = creep_value(r, "rate_sensitivity", NULL, NULL, 0.0);
    CHECK(m);
    /* 1e-6 in ln rate over about 1.5: 1e-6 in m, more by the quadratic, less by four points */
    if (m) CHECK_BAND(m->u, 3e-7, 5e-6);
    if (m) CHECK_ABS(m->value, 1.0, 1e-6);
    vt_result_free(r);
    creep_free(&c);
}

/* eta = -F/(3 A0 y') has no y. */
static void strain_is_in_the_budget_where_it_enters(void)
{
    creep_table c = {.noise = 1e-4, .seed = 3};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 150.0, .n = 1.0});
    for (int told = 0; told < 2; told++) {
        const vt_setting set[] = {{.key = "surface_tension", .text = "1 N/m"}};
        vt_result *r = creep_reduce(&c, set, (size_t)told, &err);
        CHECK_OK(err.code, &err);
        const vt_quantity *eta = creep_value(r, "viscosity", "physics", NULL, 0.0);
        const vt_quantity *sigma = creep_value(r, "true_stress", NULL, NULL, 0.0);
        CHECK(sigma && line_of(sigma, "strain of the middle"));
        CHECK(line_of(creep_value(r, "viscosity", "paper", NULL, 0.0), "strain of the middle"));
        CHECK((line_of(eta, "strain of the middle") != NULL) == (told == 1)); /* through the d of 2 gamma/d */
        if (told && line_of(eta, "strain of the middle") && sigma) {
            /* half of 2 gamma/d over the rest; d = 150 nm sqrt(y), F/A = 566 MPa/y: 13.3/566 sqrt(y), y near 0.92 */
            CHECK_REL(line_of(eta, "strain of the middle")->c / eta->value, -0.5 * 0.0231, 0.05);
        }
        vt_result_free(r);
    }
    creep_free(&c);
}

static void a_force_that_drifts_by_half_a_step_is_not_held(void)
{
    const vt_setting set[] = {{.key = "smallest_step", .text = "0.1"}};
    creep_table c = {.noise = 1e-4, .seed = 2, .force_noise = 20e-9, .force_ramp = 0.035 / 100.0};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 100.0, .n = 1.0});
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK(!r && err.code == VT_ESETPOINT);
    CHECK_TEXT(err.msg, "up to 2.5 % is held");
    vt_result_free(r);
    r = creep_reduce(&c, set, 1, &err); /* P02: 5 % */
    CHECK_OK(err.code, &err);
    vt_result_free(r);
    creep_free(&c);
}

static void records_without_power_are_not_said_to_have_one(void)
{
    creep_table c = {.noise = 1e-4, .seed = 3};
    vt_error err = {0};
    vt_result *r = NULL;
    vt_table *t = NULL;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 150.0, .n = 1.0});
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_si(t, "time", "s", c.rows, c.x[0], &err), &err);
    CHECK_OK(vt_table_add_si(t, "strain", "1", c.rows, c.x[1], &err), &err);
    CHECK_OK(vt_table_add_si(t, "force", "N", c.rows, c.x[2], &err), &err);
    const vt_setting set[] = {{.key = "diameter", .text = "150 nm"}};
    const vt_request in = {.raw = (const vt_table *const *)&t, .nraw = 1, .settings = set, .nsettings = 1};
    CHECK_OK(vt_reduce(vt_experiment_find("creep"), &in, &r, &err), &err);
    CHECK_TEXT(creep_warning(r, "W_LOAD_JUMPS"), "1 of 1 wires have one segment with a viscosity");
    /* class where there is no m: the same word in both tables */
    const vt_table *s = creep_curve(r, "segments"), *f = creep_curve(r, "flow_points");
    CHECK(s && f);
    if (s) CHECK_TEXT(vt_table_text(s, (size_t)vt_table_find(s, "class"), 0), "undetermined");
    if (f) CHECK_TEXT(vt_table_text(f, (size_t)vt_table_find(f, "class"), 0), "undetermined");
    vt_result_free(r);
    vt_table_free(t);
    creep_free(&c);
}

static int styles(const vt_result *r, vt_style style)
{
    int n = 0;
    for (size_t i = 0; r && i < vt_result_figures(r); i++) {
        const vt_figure *f = vt_result_figure(r, i);
        if (strcmp(f->name, "record") != 0) continue;
        for (size_t k = 0; k < f->nseries; k++) n += f->series[k].style == style;
    }
    return n;
}

static void shades_are_for_one_wire_alone(void)
{
    creep_table c = {.noise = 1e-4, .seed = 3};
    vt_error err;
    vt_result *r[2] = {NULL, NULL};
    for (int k = 0; k < 2; k++)
        creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3 * (1.0 + 0.1 * k), .eta = 3e11, .time = 100.0, .n = 1.0});
    r[0] = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK(styles(r[0], VT_BAND) == 1 && styles(r[0], VT_LINE) == 0 && styles(r[0], VT_RULE_X) == 2);
    const vt_table *from = creep_curve(r[0], "fitted_from");
    CHECK(from && vt_table_rows(from) == 2);
    if (from) CHECK_REL(vt_table_values(from, 0)[1], vt_result_segment(r[0], 1)->begin, 1e-12);
    vt_table *t[2] = {creep_to_table(&c, "# diameter: 150 [nm]"), creep_to_table(&c, "# diameter: 300 [nm]")};
    vt_table_name(t[0], "a.csv", NULL);
    vt_table_name(t[1], "b.csv", NULL);
    const vt_request in = {.raw = (const vt_table *const *)t, .nraw = 2};
    CHECK_OK(vt_reduce(vt_experiment_find("creep"), &in, &r[1], &err), &err);
    CHECK(styles(r[1], VT_BAND) == 0 && styles(r[1], VT_LINE) == 2);
    for (int k = 0; k < 2; k++) {
        vt_result_free(r[k]);
        vt_table_free(t[k]);
    }
    creep_free(&c);
}

CHECK_MAIN(CHECK_CASE(surface_tension_is_in_what_hangs_on_the_slope), CHECK_CASE(stronger_wires_have_no_line_of_it),
           CHECK_CASE(heating_between_jumps_is_said_or_put_in), CHECK_CASE(records_without_noise_keep_a_floor),
           CHECK_CASE(strain_is_in_the_budget_where_it_enters),
           CHECK_CASE(a_force_that_drifts_by_half_a_step_is_not_held),
           CHECK_CASE(records_without_power_are_not_said_to_have_one), CHECK_CASE(shades_are_for_one_wire_alone))
