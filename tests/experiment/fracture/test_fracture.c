/* The reduction: what must not change it, what it says of E10, of one edge, of outliers, of several specimens. */
#include "round_trips.h"
#include <vitrum/constants.h>
#include <vitrum/io.h>

static const double DEGREE = VT_PI / 180.0;

static vt_result *reduce_text(const char *text, const vt_setting *set, size_t n, vt_error *err)
{
    vt_table *t = NULL;
    vt_result *r = NULL;
    *err = (vt_error){0};
    if (vt_table_parse("t.csv", text, strlen(text), NULL, &t, err) == VT_OK) {
        const vt_request in = {.raw = (const vt_table *const *)&t, .nraw = 1, .settings = set, .nsettings = n};
        vt_reduce(vt_experiment_find("fracture"), &in, &r, err);
    }
    vt_table_free(t);
    return r;
}

/* An exact drawing: two edges 2 R apart, a straight trace that rises by `slope`, all turned by rho and in `unit`s. */
static vt_result *drawing(double slope, double rho, double unit, const char *pixel, int edges, vt_error *err)
{
    char text[8000];
    size_t n =
        (size_t)snprintf(text, sizeof text, "%s,feature\n", pixel[0] ? "x_pixel [1],y_pixel [1]" : "x [um],y [um]");
    const double c = cos(rho), s = sin(rho);
    for (int k = 0; k < 3 * 12; k++) {
        const int what = k / 12;
        const double z = what < 2 ? -10.0 - 5.0 * (k % 12) : slope * (2.0 * (k % 12) - 11.0) * 2.0;
        const double t = what == 0 ? -26.0 : what == 1 ? 26.0 : (2.0 * (k % 12) - 11.0) * 2.0;
        if (what < 2 && edges <= what) continue;
        n += (size_t)snprintf(text + n, sizeof text - n, "%.12g,%.12g,%s\n", unit * (c * t - s * z + 300.0),
                              unit * (s * t + c * z + 400.0),
                              what == 0   ? "edge_left"
                              : what == 1 ? "edge_right"
                                          : "trace");
    }
    return reduce_text(text, NULL, 0, err);
}

static void turning_and_magnifying_change_nothing(void)
{
    const double rho[] = {0.0, 0.4, 1.5707963267948966, 2.5, -3.0}, unit[] = {1.0, 0.02, 7.0, 1.0, 1.0};
    const double slope = tan(27.0 * DEGREE);
    for (size_t i = 0; i < sizeof rho / sizeof *rho; i++)
        for (int pixels = 0; pixels < 2; pixels++) {
            vt_error err;
            vt_result *r = drawing(slope, rho[i], unit[i], pixels ? "px" : "", 2, &err);
            CHECK_OK(err.code, &err);
            const vt_quantity *q = quantity(r, "apparent_angle", NULL);
            CHECK(q != NULL);
            if (!q) continue;
            CHECK_ABS(q->value, 27.0 * DEGREE, 1e-8); /* 12 digits of coordinates some radii from the origin */
            if (q)
                CHECK_REL(q->u, hypot(0.5 * DEGREE, 1.0 * DEGREE), 1e-6); /* axis_u and tilt_u: nothing else is left */
            CHECK(quantity(r, "fracture_angle", NULL) && !warned(r, "W_EDGES", ""));
            CHECK(warned(r, "W_BOUND", "does not show the tilt"));
            CHECK_ABS(quantity(r, "fracture_angle_bound", NULL)->value, 27.0 * DEGREE - 1.644853627 * q->u, 1e-6);
            vt_result_free(r);
        }
}

/* A short trace has few degrees of freedom; what they add must be in the budget too. */
static void budgets_make_the_whole(void)
{
    vt_error err = {0};
    struct settings s = {0}, how = {0};
    set_text(&s, "points", "12");
    vt_table *t = simulated("fracture", &s, &err);
    vt_result *r = t ? reduced("fracture", t, &how, &err) : NULL;
    CHECK_OK(err.code, &err);
    size_t seen = 0;
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_quantity *q = &vt_result_property(r, i)->q;
        double sum = 0.0;
        for (size_t k = 0; k < q->nbudget; k++) sum += pow(q->budget[k].c * q->budget[k].u, 2.0);
        if (q->nbudget == 0) continue;
        CHECK_REL(sqrt(sum), q->u, 1e-9); /* rounding of squares that nearly cancel */
        seen++;
    }
    CHECK(seen == 5); /* three views, the angle of either reading */
    vt_result_free(r);
    vt_table_free(t);
}

static void one_edge_is_an_axis_without_a_test(void)
{
    vt_error err;
    vt_result *r = drawing(0.3, 0.2, 1.0, "", 1, &err);
    CHECK_OK(err.code, &err);
    CHECK(warned(r, "W_EDGES", "one edge only"));
    CHECK_ABS(quantity(r, "apparent_angle", NULL)->value, atan(0.3), 1e-8);
    vt_result_free(r);
}

/* A record by n settings, reduced by default. */
static vt_result *reduced_truth(size_t n, const char *const (*set)[2])
{
    struct settings truth = {0}, how = {0};
    set_texts(&truth, n, set);
    return there_and_back("fracture", &truth, &how);
}

/* A quarter of the points of the trace, half a radius off: told, and not followed. */
static void outliers_are_told_and_not_followed(void)
{
    static const char *const SET[][2] = {{"angle", "30 deg"}, {"outliers", "0.3"}, {"seed", "4"}};
    vt_result *r = reduced_truth(3, SET);
    CHECK(warned(r, "W_OUTLIERS", "lie off its line"));
    size_t at = 0;
    const vt_property *p = next(r, &at, "fracture_angle", "physics", NULL, NULL);
    CHECK(p && p->q.low < 30.0 * DEGREE && p->q.high > 30.0 * DEGREE);
    vt_result_free(r);
}

/* Ledger E10 and its neighbours, in one table: readings, scopes, and a mode only where the bound leaves one. */
static void published_angles_are_bounds(void)
{
    vt_error err;
    vt_result *r = reduce_text("# convention: axis\nspecimen,diameter [um],angle [deg],angle_u [deg]\nrod,4000,47,0.5\n"
                               "wire,52,90,0.5\nmiddle,88,70,0.5\nother,108,60,0.5\n",
                               NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(quantity(r, "fracture_angle", "rod")->value, 43.0 * DEGREE, 1e-12);
    CHECK_ABS(quantity(r, "fracture_angle", "wire")->value, 0.0, 1e-12);
    CHECK_ABS(quantity(r, "fracture_angle_bound", "rod")->value, (43.0 - 0.5 * 1.644853627) * DEGREE, 1e-6);
    CHECK(!quantity(r, "fracture_mode", "rod") && !quantity(r, "fracture_mode", "wire"));
    CHECK(warned(r, "W_MODE", "rod") && warned(r, "W_MODE", "flat (mode III) is excluded"));
    CHECK_REL(quantity(r, "trend_p", NULL)->value, 2.0 / 24.0, 1e-12); /* monotone, and no less can come of four */
    CHECK_REL(quantity(r, "trend_p_least", NULL)->value, 2.0 / 24.0, 1e-12);
    CHECK(warned(r, "W_TREND", "can reach p below 0.0833") && warned(r, "W_TREND", "not tested"));
    CHECK(vt_result_figures(r) == 1);
    vt_result_free(r);
}

/* Specimens of one diameter are pooled as axes. */
static void specimens_of_a_diameter_are_pooled(void)
{
    static const char *const SET[][2] = {{"angle", "43, 15 deg"},
                                         {"diameter", "4000, 52 um"},
                                         {"specimens", "6"},
                                         {"specimen_scatter", "2 deg"},
                                         {"seed", "8"}};
    vt_result *r = reduced_truth(5, SET);
    size_t at = 0;
    const vt_property *a = next(r, &at, "mean_fracture_angle", "physics", "diameter", "4000 um");
    at = 0;
    const vt_property *b = next(r, &at, "mean_fracture_angle", "physics", "diameter", "52 um");
    CHECK(a && covers(&a->q, 43.0 * DEGREE) && a->q.dof == 5.0);
    CHECK(b && covers(&b->q, 15.0 * DEGREE) && b->q.u < 2.5 * DEGREE);
    at = 0;
    const vt_property *R = next(r, &at, "angle_resultant", "physics", NULL, NULL);
    CHECK(R && R->q.value > 0.97 && R->q.value < 1.0);
    vt_result_free(r);
}

/* Half a turn of a weak trace: neither shape is better, and no angle is invented. */
static void a_plane_and_a_helix_may_look_alike(void)
{
    vt_error err;
    vt_result *r =
        reduce_text("# diameter: 52 [um]\nazimuth [deg],height [um]\n0,-9\n30,-9\n60,-5\n90,-1\n120,5\n150,8\n180,9\n",
                    NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK(warned(r, "W_SHAPE", "fit the trace about equally well"));
    CHECK(!quantity(r, "fracture_angle", NULL));
    CHECK(vt_result_models(r) == 2);
    vt_result_free(r);
}

/* Same seed, same bytes; the order of rows does not matter. */
static void the_same_record_gives_the_same_result(void)
{
    struct settings truth = {0}, how = {0};
    set_text(&truth, "seed", "12");
    vt_result *a = there_and_back("fracture", &truth, &how), *b = there_and_back("fracture", &truth, &how);
    char *x = json(a), *y = json(b);
    CHECK(strcmp(x, y) == 0);
    free(x);
    free(y);
    vt_result_free(a);
    vt_result_free(b);
}

CHECK_MAIN(CHECK_CASE(turning_and_magnifying_change_nothing), CHECK_CASE(budgets_make_the_whole),
           CHECK_CASE(one_edge_is_an_axis_without_a_test), CHECK_CASE(outliers_are_told_and_not_followed),
           CHECK_CASE(published_angles_are_bounds), CHECK_CASE(specimens_of_a_diameter_are_pooled),
           CHECK_CASE(a_plane_and_a_helix_may_look_alike), CHECK_CASE(the_same_record_gives_the_same_result))
