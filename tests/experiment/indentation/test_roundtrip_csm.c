/* 200 round trips through continuous stiffness; the long campaign makes 1000. What it cannot answer is refused. */
#include "roundtrip_csm.h"

enum { M = 200 };

static void intervals_cover_the_plateau(void)
{
    csm_campaign(M, "0");
}

/* 2 h0 > H_e over the whole loading: the tip hops, and no stiffness of it may be used. */
static void a_hopping_tip_is_refused(void)
{
    struct settings truth = {0}, how = {0};
    vt_error err = {0};
    set_text(&truth, "mode", "csm");
    set_text(&truth, "sampling", "4 Hz");
    set_text(&truth, "indents", "2");
    set_text(&truth, "amplitude", "120 nm");
    set_text(&how, "method", "csm");
    vt_table *t = simulated("indentation", &truth, &err);
    vt_result *r = t ? reduced("indentation", t, &how, &err) : NULL;
    CHECK(r == NULL);
    CHECK(err.code == VT_ETAPPING);
    CHECK_TEXT(err.msg, "leaves the surface");
    vt_result_free(r);
    vt_table_free(t);
}

/* Without the bias taken off stiffness is lower by (m - 1) h0/H_e: 1 % at 400 nm, more above: modulus and hardness come
 * out low, and the same record with csm_bias=correct does not. */
static void the_bias_of_the_amplitude_is_seen_and_taken_off(void)
{
    struct settings truth = {0}, how = {0};
    double H[2] = {NAN, NAN};
    set_text(&truth, "mode", "csm");
    set_text(&truth, "sampling", "4 Hz");
    set_text(&truth, "indents", "1");
    set_text(&truth, "approach", "0 nm");
    set_text(&truth, "creep", "0");
    exact_csm(&how);
    for (int k = 0; k < 2; k++) {
        size_t i = 0;
        set_text(&how, "csm_bias", k ? "correct" : "report");
        vt_result *r = round_trip(&truth, &how);
        const vt_property *p = r ? next(r, &i, "hardness", NULL, "test", NULL) : NULL;
        if (p) H[k] = p->q.value;
        vt_result_free(r);
    }
    CHECK_BAND(H[0] / 5.5e9, 0.90, 0.97);
    CHECK_REL(H[1], 5.5e9, 0.005);
}

/* Records that begin in air, with the default zero point: the swing must not shift it. Before the peak of the swing was
 * what the fit saw, H came out 4 % high. Three indents: 2 %. */
static void zero_point_follows_the_swing(void)
{
    const vt_experiment *e = vt_experiment_find("indentation");
    const vt_setting truth[] = {{"mode", "csm", NULL, 0}, {"indents", "3", NULL, 0}, {"seed", "3", NULL, 0}};
    const vt_setting set[] = {{"drift", "correct", NULL, 0},
                              {"csm_bias", "correct", NULL, 0},
                              {"depth_low", "350 nm", NULL, 0},
                              {"depth_high", "395 nm", NULL, 0}};
    const vt_request sim = {.settings = truth, .nsettings = 3};
    vt_table *t = NULL;
    vt_result *r = NULL;
    CHECK(vt_simulate(e, &sim, &t, NULL) == VT_OK);
    const vt_request in = {.raw = (const vt_table *const *)&t, .nraw = 1, .settings = set, .nsettings = 4};
    CHECK(vt_reduce(e, &in, &r, NULL) == VT_OK);
    const vt_property *H = r ? vt_result_find(r, "hardness", NULL, "group", 0.0) : NULL;
    for (size_t i = 0; r && !H && i < vt_result_properties(r); i++)
        if (strcmp(vt_result_property(r, i)->name, "hardness") == 0) H = vt_result_property(r, i);
    CHECK(H != NULL);
    if (H) CHECK_REL(H->q.value, 5.5e9, 0.02);
    vt_result_free(r);
    vt_table_free(t);
}

CHECK_MAIN(CHECK_CASE(zero_point_follows_the_swing), CHECK_CASE(intervals_cover_the_plateau),
           CHECK_CASE(a_hopping_tip_is_refused), CHECK_CASE(the_bias_of_the_amplitude_is_seen_and_taken_off))
