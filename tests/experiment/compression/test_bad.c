/* What P06 and P1.1 refuse and warn of, each by its code. */
#include "press.h"

static void check_refused(const char *what, const struct press *p, const vt_setting *set, size_t n, vt_status code,
                          const char *part)
{
    vt_error err;
    vt_result *r = reduce_press(p, set, n, &err);
    if (r || err.code != code) CHECK_FAILED("%s: %s: %s", what, vt_status_name(err.code), err.msg);
    CHECK_TEXT(err.msg, part);
    vt_result_free(r);
}

static void records_are_refused_by_cause(void)
{
    struct press p = PLAIN;
    p.back_at = 0.15;
    p.back_to = 0.03;
    check_refused("unloading inside", &p, NULL, 0, VT_EUNLOAD, "is unloaded at strain 0.1");
    p = PLAIN;
    p.last = 0.045;
    check_refused("short", &p, NULL, 0, VT_ESEGMENT_SHORT, "a strain of 0.050");
    p = PLAIN;
    p.clip = 400.0;
    check_refused("clipped", &p, NULL, 0, VT_ESATURATED, "400 N: the channel is clipped");
    p = PLAIN;
    p.pull = -900.0;
    check_refused("tension", &p, NULL, 0, VT_ESIGN, "in tension");
    const vt_setting tight[] = {{"strain_least", "0.25", NULL, 0}};
    p = PLAIN;
    p.stiffen = 20.0;
    check_refused("stiffening", &p, tight, 1, VT_ENOT_STEADY, "crystallization");
    const vt_setting low[] = {{"height", "0.1 mm", NULL, 0}};
    const vt_setting soft[] = {{"machine_compliance", "1e-5 m/N", NULL, 0}};
    check_refused("compliance", &PLAIN, soft, 1, VT_EDOMAIN, "a machine_compliance of 1e-05 m/N gives way by");
    check_refused("too low", &PLAIN, low, 1, VT_EDOMAIN, "leaves nothing of the height");
    const vt_setting thin[] = {{"diameter", "0.05 mm", NULL, 0}};
    check_refused("unit of the diameter", &PLAIN, thin, 1, VT_EUNITS, "GPa: look at the units of force and diameter");
    const vt_setting friction[] = {{"friction_low", "0.5", NULL, 0}};
    check_refused("friction", &PLAIN, friction, 1, VT_ERANGE, "friction_high = 0.3 lies below");
}

static void tables_are_refused_by_cause(void)
{
    static const struct {
        const char *text;
        vt_status code;
        const char *part;
    } ROW[] = {
        {"time [s],displacement [mm],force [N]\n0,0,0\n1,0.1,5\n", VT_EARG, "has no diameter: give --set diameter"},
        {"# diameter: 2 [mm]\ntime [s],displacement [mm],force [N]\n0,0,0\n1,0.1,5\n", VT_EARG, "has no height"},
        {"# diameter: 2 [mm]\n# height: 4 [mm]\ntime [s],displacement [mm],force [N]\n0,0,0\n1,0.1,5\n", VT_EDOF,
         "2 readings; need 20"},
        {"# diameter: 2 [mm]\n# height: 4 [mm]\ntime [s],displacement [mm],force [N]\n0,0,0\n0,0.1,5\n", VT_ETIME,
         "time 0 s is not after 0 s"},
        {"# diameter: 2 [mm]\n# height: 4 [mm]\ntime [s],displacement [mm],force [N]\n0,0,nan\n1,0.1,5\n", VT_ENAN, ""},
        {"time [s],displacement [mm]\n0,0\n", VT_EKEY, "force"},
        {"time [s],displacement [mm],force\n0,0,1\n", VT_EUNITS, "force"},
        {"time [s],displacement [mm],force [N],temperature [K]\n0,0,1,25\n", VT_EUNITS, "temperature"},
        {"time [s],displacement [mm],force [N],temperature [K]\n0,0,1,255\n", VT_EUNITS, "temperature"},
        {"# diameter: 2 [mm]\n# height: 4 [mm]\n# temperature: 255 [K]\n"
         "time [s],displacement [mm],force [N]\n0,0,1\n",
         VT_ERANGE, "temperature"},
        {"# diameter: 2 [m]\n# height: 4 [mm]\ntime [s],displacement [mm],force [N]\n0,0,1\n", VT_ERANGE, "diameter"},
        {"displacement [mm],force [N]\n0,0\n0.001,50\n0.002,100\n0.003,150\n0.004,200\n0.005,250\n0.006,300\n",
         VT_ESHAPE, "platen runs only"},
        {"", VT_ESHAPE, "empty"},
        {"time [s],displacement [mm],force [N]\n", VT_ESHAPE, ""},
    };
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_error err;
        vt_result *r = reduce_text(ROW[i].text, NULL, 0, &err);
        if (r || err.code != ROW[i].code) CHECK_FAILED("row %zu: %s: %s", i, vt_status_name(err.code), err.msg);
        CHECK_TEXT(err.msg, ROW[i].part);
        vt_result_free(r);
    }
}

static void a_force_that_never_rises_is_no_contact(void)
{
    char text[4096] = "# diameter: 2 [mm]\n# height: 4 [mm]\ntime [s],displacement [mm],force [N]\n";
    size_t n = strlen(text);
    for (int i = 0; i < 40; i++) n += (size_t)snprintf(text + n, sizeof text - n, "%d,%g,0.7\n", i, 0.01 * i);
    vt_error err;
    CHECK(!reduce_text(text, NULL, 0, &err));
    CHECK(err.code == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "no contact");
}

static void check_warned(const struct press *p, const vt_setting *set, size_t n, const char *code, const char *part)
{
    vt_error err;
    vt_result *r = reduce_press(p, set, n, &err);
    CHECK_OK(err.code, &err);
    if (!warned(r, code, part)) CHECK_FAILED("no %s: %s", code, part);
    vt_result_free(r);
}

static void doubts_travel_with_the_result(void)
{
    struct press p = PLAIN;
    check_warned(&p, NULL, 0, "W_COMPLIANCE", "no compliance run");
    p.height = 2.4e-3;
    const vt_setting flat[] = {{"height", "2.4 mm", NULL, 0}};
    check_warned(&p, flat, 1, "W_ASPECT", "height over diameter is 1.2");
    p = PLAIN;
    p.stiffen = 3.0;
    check_warned(&p, NULL, 0, "W_HARDENING", "more than its rate explains after the steady window");
    p = PLAIN;
    p.rate = 0.3;
    p.eta = 1e8;
    check_warned(&p, NULL, 0, "W_SELF_HEATING", "density and heat_capacity would tell");
    const vt_setting heat[] = {{"density", "15000 kg/m3", NULL, 0}, {"heat_capacity", "250 J/(kg K)", NULL, 0}};
    check_warned(&p, heat, 2, "W_SELF_HEATING", "(adiabatic)");
    const vt_setting said[] = {{"control", "true_rate", NULL, 0}};
    check_warned(&PLAIN, said, 1, "W_RATE", "rises as 1/h");
    const vt_setting hard[] = {{"elastic_modulus", "300 GPa", NULL, 0}, {"machine_compliance", "0 m/N", NULL, 0}};
    check_warned(&PLAIN, hard, 2, "W_COMPLIANCE", "below 30 %");
    const vt_setting vft[] = {{"vft_strength", "16.4", NULL, 0}, {"vft_T0", "336 K", NULL, 0}};
    check_warned(&PLAIN, vft, 2, "W_NO_OVERSHOOT", "would have been seen");
    check_warned(&PLAIN, NULL, 0, "W_BUDGET", "no uncertainty of temperature");
}

/* An unloading that ends the test is only cut off. */
static void unloading_at_the_end_is_cut_off(void)
{
    vt_error err;
    write_rows(&PLAIN, TEXT, sizeof TEXT, HEAD);
    size_t n = strlen(TEXT);
    for (int i = 1; i < 20; i++)
        n += (size_t)snprintf(TEXT + n, sizeof TEXT - n, "%g,%g,%g\n", 300.0 + i, 0.97 - 0.01 * i, 30.0 / i);
    vt_result *r = reduce_text(TEXT, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK(r && quantity(r, "viscosity", NULL));
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(records_are_refused_by_cause), CHECK_CASE(tables_are_refused_by_cause),
           CHECK_CASE(a_force_that_never_rises_is_no_contact), CHECK_CASE(doubts_travel_with_the_result),
           CHECK_CASE(unloading_at_the_end_is_cut_off))
