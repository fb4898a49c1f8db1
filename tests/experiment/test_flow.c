/* Map of viscosity and rate: bounds, labels, refusals. */
#include "result_checks.h"
#include <vitrum/experiment.h>
#include <vitrum/io.h>

static vt_result *reduce_text(const char *text, const char *key, const char *value, vt_error *err)
{
    const vt_setting set = {key, value, NULL, 0};
    return reduced_text("flow", "map.csv", text, &set, key != NULL, err);
}

/* Thresholds by hand: every alloy turns between 60 and 150 MPa; wires were never seen to turn. */
static void one_sided_group_is_a_bound(void)
{
    vt_error err;
    vt_result *r = reduce_text("viscosity [Pa s],strain_rate [1/s],class,group,specimen\n"
                               "1e9,0.02,newtonian,bulk,a\n1e9,0.05,non-newtonian,bulk,a\n"
                               "1e8,0.25,newtonian,bulk,b\n1e8,0.4,non-newtonian,bulk,b\n"
                               "1e10,0.003,newtonian,bulk,c\n1e10,0.004,non-newtonian,bulk,c\n"
                               "1e9,0.3,newtonian,nano,w1\n1e9,0.28,newtonian,nano,w2\n1e9,0.35,newtonian,nano,w3\n",
                               NULL, NULL, &err);
    CHECK_OK(err.code, &err);
    CHECK_BAND(quantity(r, "transition_stress", "bulk")->value, 75e6, 120e6);
    CHECK(!quantity(r, "offset_factor", "nano"));
    CHECK(warned(r, "W_BOUND", "nano: its offset from bulk was seen on one side of the transition only") ||
          warned(r, "W_BOUND", "is above"));
    CHECK(warned(r, "W_SEPARABLE", "scatter"));
    vt_result_free(r);
}

/* 60 readings, labels that agree in 40 + 10 and disagree in 10: kappa = (5/6 - 2/3)/(1/3) with margins of 15/60. */
static void agreement_is_cohen_s_kappa(void)
{
    char text[8192] = "viscosity [Pa s],strain_rate [1/s],class,rate_sensitivity [1]\n";
    size_t n = strlen(text);
    for (int i = 0; i < 60; i++) {
        const bool a = i >= 45, b = (i >= 50) || (i >= 40 && i < 45);
        n += (size_t)snprintf(text + n, sizeof text - n, "1e9,%g,%s,%g\n", 0.01 + 0.001 * i,
                              a ? "non-newtonian" : "newtonian", b ? 0.5 : 0.9);
    }
    vt_error err;
    vt_result *r = reduce_text(text, NULL, NULL, &err);
    CHECK_OK(err.code, &err);
    if (!r) return;
    const double agree = 50.0 / 60.0, chance = 0.25 * 0.25 + 0.75 * 0.75;
    CHECK_REL(quantity(r, "label_agreement", NULL)->value, (agree - chance) / (1.0 - chance), 1e-12);
    CHECK(warned(r, "W_LABELS", "kappa"));
    CHECK(warned(r, "W_SPECIMEN", "column 'specimen'"));
    vt_result_free(r);
}

static void refusals_name_the_cause(void)
{
    static const struct {
        const char *text, *key, *value;
        vt_status code;
        const char *part;
    } ROW[] = {
        {"viscosity [Pa s],strain_rate [1/s],class\n1e9,0.01,newtonian\n1e9,0.02,newtonian\n1e8,0.02,newtonian\n", NULL,
         NULL, VT_EONE_CLASS, "one side"},
        {"viscosity [Pa s],strain_rate [1/s]\n1e9,0.01\n", NULL, NULL, VT_EKEY, "needs a column"},
        {"viscosity [Pa s],strain_rate [1/s],class\n1e9,0.01,runny\n", NULL, NULL, VT_EPARSE, "'runny'"},
        {"viscosity [Pa s],strain_rate [1/s],class,group\n1e9,0.01,newtonian,a\n1e9,0.1,non-newtonian,b\n", NULL, NULL,
         VT_EKEY, "--set reference"},
        {"viscosity [Pa s],strain_rate [1/s],class\n-1e9,0.01,newtonian\n", NULL, NULL, VT_ERANGE, ""},
        {"viscosity [Pa s],strain_rate [1/s],class\n1e9,0.01,newtonian\n1e9,0.1,non-newtonian\n", "label",
         "rate_sensitivity", VT_EKEY, "rate_sensitivity"},
    };
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_error err;
        vt_result *r = reduce_text(ROW[i].text, ROW[i].key, ROW[i].value, &err);
        CHECK(!r);
        if (err.code != ROW[i].code) CHECK_FAILED("row %zu: %s: %s", i, vt_status_name(err.code), err.msg);
        CHECK_TEXT(err.msg, ROW[i].part);
        vt_result_free(r);
    }
}

CHECK_MAIN(CHECK_CASE(one_sided_group_is_a_bound), CHECK_CASE(agreement_is_cohen_s_kappa),
           CHECK_CASE(refusals_name_the_cause))
