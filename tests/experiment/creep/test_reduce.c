/* Reduction of creep: records made from closed forms, published numbers. Refusals: test_refusals.c. */
#include "creep_table.h"

/* One wire, two powers, eta and 0.4 eta, under a constant force: L0/L falls along two straight lines. */
static void a_newtonian_record_gives_both_viscosities(void)
{
    creep_table c = {.noise = 1e-9};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 200.0, .n = 1.0});
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.2e-3, .eta = 1.2e11, .time = 120.0, .n = 1.0});
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    for (int k = 1; k <= 2; k++) {
        const vt_quantity *eta = creep_value(r, "viscosity", "physics", "segment", k);
        /* noise 1e-9 in L0/L over a fall of 0.1: 1e-8; the force is exact */
        CHECK(eta);
        if (eta) CHECK_REL(eta->value, k == 1 ? 3e11 : 1.2e11, 1e-7);
        const vt_quantity *paper = creep_value(r, "viscosity", "paper", "segment", k);
        /* slope of strain over a stress that grows: right to second order of the strain gained, 0.19^2/12 */
        if (paper) CHECK_REL(paper->value, k == 1 ? 3e11 : 1.2e11, 4e-3);
        if (paper && eta) CHECK(paper->value != eta->value);
        /* P02, B4: 5.5 % in diameter is 11 % in area is 11 % in viscosity and stress, and nothing in the rate */
        if (eta) CHECK_REL(eta->u / eta->value, 0.11, 1e-4);
        const vt_quantity *sigma = creep_value(r, "true_stress", NULL, "segment", k);
        if (sigma) CHECK_REL(sigma->u / sigma->value, 0.11, 1e-4);
        const vt_quantity *rate = creep_value(r, "strain_rate", "physics", "segment", k);
        if (rate) CHECK(rate->u / rate->value < 0.01);
        if (sigma && rate && eta) CHECK_REL(sigma->value / (3.0 * rate->value), eta->value, 1e-12);
    }
    /* what both share cancels in their ratio */
    const vt_quantity *a = creep_value(r, "viscosity", "physics", "segment", 1);
    const vt_quantity *b = creep_value(r, "viscosity", "physics", "segment", 2);
    vt_quantity ratio;
    if (a && b && vt_quantity_ratio(a, b, &ratio, NULL) == VT_OK) CHECK(ratio.u < 1e-3);
    CHECK(vt_result_segments(r) == 2);
    /* padding, and what MSER-5 leaves out: at most half */
    CHECK_BAND(vt_result_segment(r, 1)->begin, 200.0 + 2.0 * c.dt, 261.0);
    CHECK(!creep_warned(r, "W_SEGMENT"));
    CHECK(creep_warned(r, "W_HEATING"));
    vt_result_free(r);
    creep_free(&c);
}

/* n = 1: the curvature flag at most 5 % of the time (section 11, P02), no segment lost, and intervals without what the
 * wire shares that cover. */
static void straight_records_are_rarely_called_curved(void)
{
    enum { M = 200 };
    int flagged = 0, lost = 0, covered = 0, n = 0;
    const vt_setting set[] = {{.key = "diameter_u", .text = "0"}};
    for (uint64_t seed = 1; seed <= M; seed++) {
        creep_table c = {.noise = 5e-4, .rho = 0.5, .force_noise = 90e-9, .seed = seed};
        vt_error err;
        creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 2e11, .time = 60.0, .n = 1.0});
        vt_result *r = creep_reduce(&c, set, 1, &err);
        const vt_quantity *eta = creep_value(r, "viscosity", "physics", "segment", 1);
        lost += !eta;
        flagged += creep_warned(r, "W_CURVATURE");
        n += eta != NULL;
        covered += eta && eta->low <= 2e11 && 2e11 <= eta->high;
        vt_result_free(r);
        creep_free(&c);
    }
    CHECK_BAND(flagged / (double)M, 0.0, 0.05 + 3.0 * sqrt(0.05 * 0.95 / M));
    CHECK(lost <= 2); /* noise that looks like drift, 0.5 % at most */
    CHECK_BAND(covered / (double)n, 0.95 - 3.0 * sqrt(0.95 * 0.05 / n), 1.0);
}

static void edges_lie_within_two_samples(void)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        creep_table c = {.noise = 5e-4, .rho = 0.5, .force_noise = 90e-9, .power_noise = 0.002, .seed = seed};
        vt_error err;
        double edge[3], t = 0.0;
        for (int k = 0; k < 4; k++) {
            const double time = 60.0 + 7.5 * k;
            creep_hold(&c, &(creep_step){.F = (k % 2 ? 10e-6 : 8e-6),
                                         .P = 1.1e-3 * (1.0 + 0.023 * (k / 2)),
                                         .eta = 2e11,
                                         .time = time,
                                         .n = 1.0});
            t += time;
            if (k < 3) edge[k] = t;
        }
        vt_result *r = creep_reduce(&c, NULL, 0, &err);
        CHECK_OK(err.code, &err);
        const vt_table *points = creep_curve(r, "set_points");
        CHECK(points && vt_table_rows(points) == 3);
        for (size_t k = 0; points && k < 3 && k < vt_table_rows(points); k++)
            CHECK_ABS(vt_table_values(points, 0)[k], edge[k], 2.0 * c.dt + 1e-9);
        vt_result_free(r);
        creep_free(&c);
    }
}

/* rate = K sigma^n: L0/L curves and (L0/L)^n does not. */
static void curvature_gives_the_exponent(void)
{
    creep_table c = {.noise = 1e-5};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 2e11, .time = 150.0, .n = 1.0 / 0.7});
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK(creep_warned(r, "W_CURVATURE"));
    const vt_table *s = creep_curve(r, "segments");
    const double n = vt_table_values(s, (size_t)vt_table_find(s, "exponent"))[0];
    CHECK_ABS(n, 1.0 / 0.7, 0.02); /* u(n) = 2 y u_q/slope^2, about 0.004 here */
    /* apparent viscosity of the middle: sigma/(3 eps') of the closed form at L0/L of the middle */
    const vt_quantity *eta = creep_value(r, "viscosity", "physics", "segment", 1);
    const vt_quantity *sigma = creep_value(r, "true_stress", NULL, "segment", 1);
    const double rate = creep_rate(&c, 0, sigma->value);
    CHECK_REL(eta->value, sigma->value / (3.0 * rate), 2e-3); /* y of the middle from the straight line: 1e-3 */
    vt_result_free(r);
    creep_free(&c);
}

static void a_transient_is_left_out(void)
{
    creep_table c = {.noise = 2e-4, .rho = 0.5, .seed = 5};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 6e11, .time = 100.0, .n = 1.0});
    /* the rate follows with exp(-t/5 s) from 2.5 times less */
    creep_hold(&c,
               &(creep_step){.F = 10e-6, .P = 1.2e-3, .eta = 2.4e11, .time = 100.0, .n = 1.0, .slow = 0.6, .tau = 5.0});
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    const vt_quantity *eta = creep_value(r, "viscosity", "physics", "segment", 2);
    CHECK(eta);
    /* the segment's own u is below 1 %; with the transient inside the slope would be 4 % low */
    if (eta) CHECK_REL(eta->value, 2.4e11, 0.01);
    vt_result_free(r);
    creep_free(&c);
}

/* Loads 1.5 to 6 uN at two powers, sinh law with V = 0.12 nm^3 at 500 K: m, class, both Newtonian viscosities, V. */
static creep_table jumps(double V, double T)
{
    creep_table c = {.noise = 1e-5, .rho = 0.5, .force_noise = 20e-9, .seed = 11};
    const double s = V > 0.0 ? 2.0 * sqrt(3.0) * VT_BOLTZMANN * T / V : 0.0;
    for (int p = 0; p < 2; p++)
        for (int k = 1; k <= 4; k++)
            creep_hold(&c, &(creep_step){.F = 1.5e-6 * k,
                                         .P = 1.1e-3 * (1.0 + 0.05 * p),
                                         .eta = p ? 2e11 : 8e11,
                                         .time = (p ? 400.0 : 700.0) / k / sqrt(k),
                                         .n = 1.0,
                                         .s = s});
    return c;
}

static void load_jumps_give_the_sinh_law(void)
{
    const double V = 0.12e-27, T = 500.0;
    creep_table c = jumps(V, T);
    vt_error err;
    const vt_setting set[] = {{.key = "temperature", .text = "500 K"}};
    vt_result *r = creep_reduce(&c, set, 1, &err);
    CHECK_OK(err.code, &err);
    const vt_quantity *q = creep_value(r, "activation_volume", NULL, NULL, 0.0);
    CHECK(q);
    if (q) CHECK_BAND(V, q->low, q->high);
    if (q) CHECK_REL(q->value, V, 0.02); /* the section of these records is the true one */
    q = creep_value(r, "transition_stress", NULL, NULL, 0.0);
    /* P03: 4.10 kT/V */
    if (q) CHECK_REL(q->value, 4.10 * VT_BOLTZMANN * T / V, 0.02);
    CHECK(q);
    for (size_t i = 0, k = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, "newtonian_viscosity") != 0) continue;
        CHECK_REL(p->q.value, k++ ? 2e11 : 8e11, 0.02);
    }
    /* m = tanh(x)/x at the segments of the curve for the map */
    const vt_table *f = creep_curve(r, "flow_points");
    static const char *const COLUMNS[] = {"group", "specimen", "strain_rate", "viscosity", "rate_sensitivity", "class"};
    CHECK(f);
    CHECK(f && vt_table_columns(f) == 6 && vt_table_rows(f) == 8);
    for (size_t i = 0; f && i < 6; i++) CHECK(strcmp(vt_table_column_name(f, i), COLUMNS[i]) == 0);
    CHECK_TEXT(vt_table_text(f, 5, 0), "newtonian");
    vt_result_free(r);

    r = creep_reduce(&c, NULL, 0, &err); /* S000: no temperature */
    CHECK_OK(err.code, &err);
    CHECK(!creep_value(r, "activation_volume", NULL, NULL, 0.0));
    CHECK(creep_value(r, "transition_stress", NULL, NULL, 0.0));
    double v, low = 1.0, high = 1.0;
    CHECK_TEXT(creep_warning(r, "W_NO_TEMPERATURE"), "V/T = 0.00024");
    const char *text = strstr(creep_warning(r, "W_NO_TEMPERATURE"), "V/T =");
    CHECK(text && sscanf(text, "V/T = %lf nm^3/K (%lf to %lf)", &v, &low, &high) == 3);
    CHECK(log(high / low) > 2.0 * 1.95 * 0.11); /* the section, 11 %, is V's too */
    vt_result_free(r);
    creep_free(&c);
}

static void newtonian_jumps_have_m_1_and_no_volume(void)
{
    creep_table c = jumps(0.0, 500.0);
    vt_error err;
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    size_t n = 0;
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, "rate_sensitivity") == 0) {
            CHECK_BAND(1.0, p->q.low, p->q.high);
            n++;
        }
        if (strcmp(p->name, "class") == 0) CHECK(p->q.value == 1.0);
    }
    CHECK(n == 2);
    CHECK(!creep_value(r, "transition_stress", NULL, NULL, 0.0));
    CHECK_TEXT(creep_warning(r, "W_NEWTONIAN"), "there is no activation volume");
    vt_result_free(r);
    creep_free(&c);
}

static void surface_tension_is_subtracted_or_budgeted(void)
{
    creep_table c = {.noise = 1e-7, .gamma = 1.0};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 2e-6, .P = 1.1e-3, .eta = 1e11, .time = 60.0, .n = 1.0});
    const vt_setting set[] = {{.key = "surface_tension", .text = "1 N/m"}};
    vt_result *r = creep_reduce(&c, set, 1, &err);
    CHECK_OK(err.code, &err);
    const vt_quantity *eta = creep_value(r, "viscosity", "physics", "segment", 1);
    if (eta) CHECK_REL(eta->value, 1e11, 1e-4); /* slope and stress of the middle: second order in the strain */
    vt_result_free(r);
    r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    eta = creep_value(r, "viscosity", "physics", "segment", 1);
    if (eta) CHECK(eta->value > 1.08e11); /* 11 MPa of 113 MPa */
    if (eta) CHECK_BAND(1e11, eta->low, eta->high);
    if (eta) CHECK(eta->u / eta->value > 0.115); /* 11 % and 2 gamma/d over sqrt(3) */
    CHECK_TEXT(creep_warning(r, "W_CAPILLARY"), "--set surface_tension=VALUE");
    vt_result_free(r);
    creep_free(&c);
}

static void gaps_and_outliers_do_no_harm(void)
{
    creep_table c = {.noise = 2e-4, .rho = 0.5, .seed = 3, .outliers = 0.04, .gap = {80.0, 95.0}};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 200.0, .n = 1.0});
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK(vt_result_segments(r) == 2);
    CHECK(vt_result_segment(r, 0)->end <= 80.0 + 1e-9);
    CHECK(vt_result_segment(r, 1)->begin >= 95.0 - 1e-9);
    for (int k = 1; k <= 2; k++) {
        const vt_quantity *eta = creep_value(r, "viscosity", "physics", "segment", k);
        CHECK(eta);
        if (eta) CHECK_REL(eta->value, 3e11, 0.02); /* 2 of the segment's own u */
    }
    vt_result_free(r);
    creep_free(&c);
}

static void power_against_dimensions_is_told(void)
{
    creep_table c = {.noise = 1e-7};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 200.0, .n = 1.0});
    const vt_setting set[] = {{.key = "gauge_length", .text = "5 um"}, {.key = "diameter", .text = "150 nm"}};
    vt_result *r = creep_reduce(&c, set, 2, &err);
    CHECK_OK(err.code, &err);
    CHECK_TEXT(creep_warning(r, "W_POWER"), "would raise it by 5558 K"); /* ledger B5: about 5600 K */
    vt_result_free(r);
    creep_free(&c);
}

static void each_table_has_its_own_wire(void)
{
    creep_table c[2] = {{.noise = 1e-8}, {.noise = 1e-8}};
    vt_error err = {0};
    for (int k = 0; k < 2; k++)
        creep_hold(&c[k], &(creep_step){.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 200.0, .n = 1.0});
    vt_table *t[2] = {creep_to_table(&c[0], "# diameter: 150 [nm]"), creep_to_table(&c[1], "# diameter: 300 [nm]")};
    vt_table_name(t[0], "a/thin.csv", NULL);
    vt_table_name(t[1], "a/thick.csv", NULL);
    const vt_request in = {.raw = (const vt_table *const *)t, .nraw = 2};
    vt_result *r = NULL;
    CHECK_OK(vt_reduce(vt_experiment_find("creep"), &in, &r, &err), &err);
    double eta[2] = {0.0, 0.0};
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, "viscosity") != 0 || strcmp(p->reading, "physics") != 0) continue;
        CHECK_TEXT("specimen", p->scope[0].key);
        eta[strcmp(p->scope[0].text, "thick") == 0] = p->q.value;
    }
    CHECK_REL(eta[0] / eta[1], 4.0, 1e-5); /* same record, four times the section */
    vt_result_free(r);
    vt_table_free(t[0]);
    vt_table_free(t[1]);
    creep_free(&c[0]);
    creep_free(&c[1]);
}

CHECK_MAIN(CHECK_CASE(a_newtonian_record_gives_both_viscosities), CHECK_CASE(straight_records_are_rarely_called_curved),
           CHECK_CASE(edges_lie_within_two_samples), CHECK_CASE(curvature_gives_the_exponent),
           CHECK_CASE(a_transient_is_left_out), CHECK_CASE(load_jumps_give_the_sinh_law),
           CHECK_CASE(newtonian_jumps_have_m_1_and_no_volume), CHECK_CASE(surface_tension_is_subtracted_or_budgeted),
           CHECK_CASE(gaps_and_outliers_do_no_harm), CHECK_CASE(power_against_dimensions_is_told),
           CHECK_CASE(each_table_has_its_own_wire))
