/* Thermal drift in what follows from a record: windows over depth, and a drift that nothing tells (P18, P20). */
#include "roundtrip_csm.h"

/* Largest depth of the curve along the depth. */
static double deepest(const vt_result *r)
{
    double h = 0.0;
    for (size_t i = 0; r && i < vt_result_curves(r); i++) {
        if (strcmp(vt_result_curve_name(r, i), "depth_0") != 0 && strcmp(vt_result_curve_name(r, i), "depth_1") != 0)
            continue;
        const vt_table *t = vt_result_curve(r, i);
        const double *depth = vt_table_values(t, (size_t)vt_table_find(t, "depth"));
        for (size_t k = 0; k < vt_table_rows(t); k++) h = fmax(h, depth[k]);
    }
    return h;
}

/* The same indent with and without drift: depths and the window between them count without it. 0.15 nm/s over the 100 s
 * of the loading are 15 nm; the hold tells the rate to 0.001 nm/s, noise of the depth is 0.2 nm. */
static void depths_of_continuous_stiffness_are_without_drift(void)
{
    double h[2] = {0.0, 0.0};
    char method[2][VT_METHOD_TEXT] = {"", ""};
    for (int k = 0; k < 2; k++) {
        struct settings truth = {0}, how = {0};
        size_t i = 0;
        set_text(&truth, "mode", "csm");
        set_text(&truth, "sampling", "4 Hz");
        set_text(&truth, "indents", "1");
        set_text(&truth, "approach", "0 nm");
        set_text(&truth, "drift", k ? "0.15 nm/s" : "0 nm/s");
        exact_csm(&how);
        set_text(&how, "depth_low", "200 nm");
        set_text(&how, "depth_high", "300 nm");
        vt_result *r = round_trip(&truth, &how);
        const vt_property *p = r ? next(r, &i, "hardness", NULL, "test", NULL) : NULL;
        if (p) snprintf(method[k], sizeof method[k], "%s", p->method);
        h[k] = deepest(r);
        vt_result_free(r);
    }
    CHECK(h[0] > 300e-9);
    CHECK_ABS(h[1], h[0], 1e-9);
    double low[2] = {0.0, 0.0};
    for (int k = 0; k < 2; k++) {
        const char *at = strstr(method[k], "mean over depth ");
        CHECK(at != NULL);
        if (at) low[k] = strtod(at + strlen("mean over depth "), NULL);
    }
    CHECK_BAND(low[0], 200.0, 203.0); /* nm: the first reading at or above */
    CHECK_BAND(low[1], 200.0, 203.0);
}

static vt_result *without_hold(const char *drift_u)
{
    struct settings truth = {0}, how = {0};
    set_text(&truth, "indents", "2");
    set_text(&truth, "drift_hold", "0 s");
    if (drift_u) set_text(&how, "drift_u", drift_u);
    return round_trip(&truth, &how);
}

static void a_drift_that_nothing_tells_is_warned_of_or_stated(void)
{
    vt_result *silent = without_hold(NULL), *stated = without_hold("0.05 nm/s");
    CHECK(silent && warned(silent, "W_DRIFT", "2 of 2 tests have no hold at low load"));
    CHECK(silent && warned(silent, "W_DRIFT", "drift_u="));
    CHECK(stated && !warned(stated, "W_DRIFT", "no hold at low load"));
    double part[2] = {0.0, 0.0}, u[2] = {0.0, 0.0};
    for (int k = 0; k < 2; k++) {
        size_t i = 0;
        const vt_property *p = next(k ? stated : silent, &i, "contact_depth", NULL, "test", NULL);
        CHECK(p != NULL);
        for (size_t j = 0; p && j < p->q.nbudget; j++)
            if (strcmp(p->q.budget[j].source, "thermal drift") == 0) part[k] = fabs(p->q.budget[j].u);
        if (p) u[k] = p->q.u;
    }
    CHECK(part[0] == 0.0 && part[1] > 0.0);
    CHECK(u[1] > u[0]);
    /* 25 s from contact to the unloading, and the tilt of an unloading of 90 % of the load in 15 s: epsilon P/S falls
     * by epsilon P u/(0.9 P/15 s). The fit answers to a tilt as to a compliance, to 2 %. */
    CHECK_REL(part[1], 0.05e-9 * (25.0 + 0.75 * 15.0 / 0.9), 0.02);
    vt_result_free(silent);
    vt_result_free(stated);
}

CHECK_MAIN(CHECK_CASE(depths_of_continuous_stiffness_are_without_drift),
           CHECK_CASE(a_drift_that_nothing_tells_is_warned_of_or_stated))
