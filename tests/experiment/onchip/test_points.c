/* Stress and strain of a point against the closed forms, their budgets and shared terms; fracture; what pointers, given
 * constants and curled beams do. */
#include "round_trips.h"
#include <vitrum/onchip_law.h>

static vt_table *wafer(const char *key, const char *value)
{
    struct settings s = {0};
    vt_error err = {0};
    set_text(&s, "seed", "12"); /* of 11 the microscope is 2 of its u off */
    if (key) set_text(&s, key, value);
    return simulated("onchip", &s, &err);
}

static vt_result *reduce_with(const vt_table *t, size_t n, const char *const (*how)[2])
{
    struct settings s = {0};
    vt_error err = {0};
    set_texts(&s, n, how);
    vt_result *r = reduced("onchip", t, &s, &err);
    CHECK_OK(err.code, &err);
    return r;
}

static const vt_property *point(const vt_result *r, const char *name, const char *reading, const char *structure,
                                double t)
{
    size_t i = 0;
    for (const vt_property *p; (p = next(r, &i, name, reading, "structure", structure));)
        if (fabs(scope_of(p, "time")->value - t) < 1.0) return p;
    CHECK_FAILED("no %s of %s", name, structure);
    return NULL;
}

/* Mismatch given, so that every actuator has its stated length: P22 by hand. */
static void a_point_is_its_closed_form(void)
{
    static const char *const how[][2] = {{"actuator_mismatch", "-0.0042"}, {"mismatch", "-0.001"}};
    vt_table *t = wafer(NULL, NULL);
    vt_result *r = reduce_with(t, 2, how);
    const double *u = vt_table_values(t, (size_t)vt_table_find(t, "displacement"));
    const double *L = vt_table_values(t, (size_t)vt_table_find(t, "actuator_length"));
    const double *time = vt_table_values(t, (size_t)vt_table_find(t, "elapsed_time"));
    const size_t names = (size_t)vt_table_find(t, "structure");
    size_t row = 0;
    while (strcmp(vt_table_text(t, names, row), "s15") != 0) row++;
    const vt_onchip_structure b = {.E_a = 235e9,
                                   .L_a = L[row],
                                   .w_a = 10e-6,
                                   .t_a = 200e-9,
                                   .eps_a = -0.0042,
                                   .L0 = 25e-6,
                                   .w = 1e-6,
                                   .t = 360e-9,
                                   .eps = -0.001};
    vt_onchip_point p;
    vt_onchip_gum g;
    CHECK(vt_onchip_state(&b, u[row], 0.5, &p, NULL) == VT_OK);
    CHECK(vt_onchip_sensitivities(&b, u[row], &g, NULL) == VT_OK);
    const vt_property *stress = point(r, "stress", "paper", "s15", time[row]);
    const vt_property *strain = point(r, "strain", NULL, "s15", time[row]);
    if (stress && strain) {
        CHECK_REL(stress->q.value, p.sigma, 1e-9);
        CHECK_REL(strain->q.value, p.strain, 1e-9);
        /* P22, GUM: five scales of 3 %, mismatch 3e-5, length 0.2 um, 20 nm, specimen length 0.2 %, microscope 0.5 %
         * (of the displacement alone, since the mismatch is given). */
        const double part[] = {sqrt(5.0) * 0.03 * p.sigma, g.stress_eps_a * 3e-5,       g.stress_L_a * 0.2e-6,
                               g.stress_u * 20e-9,         g.stress_L0 * 0.002 * 25e-6, g.stress_u * 0.005 * u[row]};
        double sum = 0.0;
        for (size_t k = 0; k < sizeof part / sizeof *part; k++) sum += part[k] * part[k];
        CHECK_REL(stress->q.u, sqrt(sum), 2e-3); /* differences of a third of each u */
        const double own[] = {20e-9 * g.strain_u, 0.002 * 25e-6 * g.strain_L0, 0.005 * u[row] * g.strain_u};
        CHECK_REL(strain->q.u, sqrt(own[0] * own[0] + own[1] * own[1] + own[2] * own[2]), 2e-3);
    }
    vt_result_free(r);
    vt_table_free(t);
}

/* What the wafer shares cancels in the ratio of two stresses: what is left is of the order of the noise, 2 %. */
static void shared_terms_cancel_in_ratios(void)
{
    vt_table *t = wafer(NULL, NULL);
    vt_result *r = reduce_with(t, 0, NULL);
    const vt_property *a = point(r, "stress", "paper", "s12", 7200.0), *b = point(r, "stress", "paper", "s18", 7200.0);
    vt_quantity ratio;
    if (a && b) {
        CHECK(vt_quantity_ratio(&a->q, &b->q, &ratio, NULL) == VT_OK);
        CHECK(a->q.u / a->q.value > 0.06 && ratio.u / ratio.value < 0.025);
    }
    vt_result_free(r);
    vt_table_free(t);
}

/* One of ten breaks between the sessions, another was never seen whole. */
static void fracture_counts_at_the_last_survivor(void)
{
    static const char TEXT[] =
        "# actuator_width: 10 [um]\n# actuator_thickness: 200 [nm]\n# actuator_modulus: 235 [GPa]\n"
        "# specimen_length: 25 [um]\n# width: 1 [um]\n# thickness: 360 [nm]\n# actuator_mismatch: -0.00425 [1]\n"
        "# independent_modulus: 72 [GPa]\n"
        "structure,elapsed_time [h],displacement [um],broken,actuator_length [um]\n"
        "a,2,1.3,0,700\na,192,1.35,0,700\na,840,1.37,0,700\n"
        "b,2,2.0,no,1100\nb,192,2.1,no,1100\nb,840,,yes,1100\n"
        "c,2,2.5,,1400\nc,192,2.62,,1400\nc,840,2.65,,1400\n"
        "d,2,,1,1500\n"
        "e,2,2.9,0,1600\ne,192,3.0,0,1600\ne,840,3.04,0,1600\n";
    vt_table *t = NULL;
    vt_error err = {0};
    const char *text[] = {"structure", "broken", "role", NULL};
    const vt_read_options options = {.text_columns = text};
    CHECK_OK(vt_table_parse("w.csv", TEXT, strlen(TEXT), &options, &t, &err), &err);
    vt_result *r = reduce_with(t, 0, NULL);
    const vt_quantity *last = quantity(r, "fracture_strain", "lower bound");
    CHECK(last != NULL);
    if (last) CHECK_REL(last->value, log1p(3.04 / 25.0), 1e-9);
    for (size_t i = 0; r && i < vt_result_curves(r); i++) {
        if (strcmp(vt_result_curve_name(r, i), "survival") != 0) continue;
        const vt_table *c = vt_result_curve(r, i);
        const double *x = vt_table_values(c, 0), *S = vt_table_values(c, 1);
        CHECK(vt_table_rows(c) == 6);
        /* b failed at its last strain with four at risk behind a; d at that of c, before c left: 1 of 3. */
        CHECK_REL(x[1], log1p(2.1 / 25.0), 1e-9);
        CHECK_REL(S[2], 0.75, 1e-12);
        CHECK_REL(x[3], log1p(2.65 / 25.0), 1e-9);
        CHECK_REL(S[4], 0.75 * 2.0 / 3.0, 1e-12);
    }
    CHECK(warned(r, "W_NO_ELASTIC", "72 GPa"));
    vt_result_free(r);
    vt_table_free(t);
}

/* A curled free actuator looks shorter by kappa^2 L^3/6; the cubic term takes it out. */
static void curl_is_taken_out(void)
{
    vt_table *t = wafer("curl", "30 m-1");
    vt_result *r = reduce_with(t, 0, NULL);
    const vt_quantity *eps = quantity(r, "actuator_mismatch", NULL);
    CHECK(warned(r, "W_CURL", "curvature"));
    CHECK(covers(eps, -0.00425));
    vt_result_free(r);
    vt_table_free(t);
}

/* The line beside a term in L^3, by the inverse of the normal equations: variance of its zero, and of its contraction
 * at the length where that goes apart from the slope, which the budgets have. 20 nm are stated of each of
 * four readings; with half of it nothing is widened. */
static void curl_leaves_slope_and_zero_apart(void)
{
    struct settings s = {0};
    vt_error err = {0};
    static const char *const SET[][2] = {{"displacement_noise", "10 nm"}, {"curl", "30 m-1"}, {"session_error", "0"}};
    double A[3][6] = {{0}};
    set_texts(&s, 3, SET);
    vt_table *t = simulated("onchip", &s, &err);
    vt_result *r = reduce_with(t, 0, NULL);
    for (int i = 0; i < 8; i++) {
        const double L = 0.1 + 0.2 * i, row[3] = {1.0, L, L * L * L}; /* mm */
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++) A[j][k] += row[j] * row[k];
    }
    for (int j = 0; j < 3; j++) A[j][3 + j] = 1.0;
    for (int j = 0; j < 3; j++)
        for (int i = 0; i < 3; i++) {
            const double share = (A[i][j] - (i == j)) / A[j][j];
            for (int k = 0; k < 6; k++) A[i][k] -= share * A[j][k];
        }
    const double a = A[0][3], ab = A[0][4], b = A[1][4];
    CHECK(warned(r, "W_CURL", "curvature") && !warned(r, "W_SCATTER", ""));
    CHECK_REL(quantity(r, "actuator_zero", NULL)->u, 10e-9 * sqrt(a), 1e-6);
    const vt_quantity *eps = quantity(r, "specimen_mismatch", NULL);
    double zero = 0.0, slope = 0.0;
    for (size_t k = 0; k < eps->nbudget; k++) {
        if (strcmp(eps->budget[k].source, "zero of the free actuators") == 0) zero = eps->budget[k].u;
        if (strcmp(eps->budget[k].source, "mismatch of the actuators") == 0) slope = eps->budget[k].u;
    }
    CHECK_REL(zero, 10e-9 * sqrt(a - ab * ab / b), 1e-6);
    CHECK_REL(slope, 10e-6 * sqrt(b), 0.01); /* over 1 - slope */
    vt_result_free(r);
    vt_table_free(t);
}

static bool specimen_flowed(const vt_result *r, const char *name)
{
    size_t i = 0;
    const vt_property *p = next(r, &i, "strain", NULL, "structure", name);
    return p && p->q.value > 0.05;
}

/* Elastic specimens are looked at once more, after the others: those that flowed have their last rate before. */
static void a_rate_has_the_time_of_those_that_flowed(void)
{
    vt_table *t = wafer(NULL, NULL);
    vt_result *before = reduce_with(t, 0, NULL);
    double *time = (double *)(uintptr_t)vt_table_values(t, (size_t)vt_table_find(t, "elapsed_time"));
    const size_t names = (size_t)vt_table_find(t, "structure");
    size_t moved = 0;
    for (size_t row = 0; row < vt_table_rows(t); row++) {
        const char *name = vt_table_text(t, names, row);
        if (name[0] != 's' || time[row] < 50.0 * 86400.0 || specimen_flowed(before, name)) continue;
        time[row] = 90.0 * 86400.0;
        moved++;
    }
    CHECK(moved >= 6);
    vt_result *after = reduce_with(t, 0, NULL);
    size_t i = 0, k = 0;
    for (int n = 0; n < 2; n++) {
        const vt_property *p = next(before, &i, "strain_rate", NULL, NULL, NULL),
                          *q = next(after, &k, "strain_rate", NULL, NULL, NULL);
        CHECK(p && q);
        if (!p || !q) break;
        CHECK_REL(scope_of(q, "time")->value, n ? 51.0 * 86400.0 : 7200.0, 1e-9);
        CHECK_REL(q->q.value, p->q.value, 0.01); /* by the elastic line alone */
    }
    vt_result_free(before);
    vt_result_free(after);
    vt_table_free(t);
}

static void pointers_and_free_actuators_agree(void)
{
    vt_table *t = wafer(NULL, NULL);
    vt_result *r = reduce_with(t, 0, NULL);
    size_t i = 0;
    const vt_property *pointer = next(r, &i, "actuator_mismatch", NULL, "method", "pointers");
    CHECK(pointer != NULL);
    if (pointer) CHECK(covers(&pointer->q, -0.00425));
    CHECK(covers(quantity(r, "actuator_mismatch", NULL), -0.00425));
    CHECK(!warned(r, "W_MISMATCH", ""));
    vt_result_free(r);
    vt_table_free(t);
}

CHECK_MAIN(CHECK_CASE(a_point_is_its_closed_form), CHECK_CASE(shared_terms_cancel_in_ratios),
           CHECK_CASE(fracture_counts_at_the_last_survivor), CHECK_CASE(curl_is_taken_out),
           CHECK_CASE(curl_leaves_slope_and_zero_apart), CHECK_CASE(a_rate_has_the_time_of_those_that_flowed),
           CHECK_CASE(pointers_and_free_actuators_agree))
