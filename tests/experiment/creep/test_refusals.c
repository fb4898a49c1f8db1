/* What creep refuses, by code and text, and what it only leaves out. */
#include "creep_table.h"
#include "result_checks.h"

static vt_status refuse_text(const char *text, const vt_setting *set, size_t n, vt_error *err)
{
    vt_result_free(reduced_text("creep", "wire.csv", text, set, n, err));
    return err->code;
}

static void tables_that_are_no_record(void)
{
    static const struct {
        const char *text;
        vt_status code;
        long line;
        const char *part;
    } ROW[] = {
        {"# diameter: 150 [nm]\ntime [s],force [uN]\n0,10\n1,10\n", VT_EKEY, 0,
         "one column of strain, true_strain or "
         "length; this table has 0"},
        {"# diameter: 150 [nm]\ntime [s],force [uN],strain [1],length [um]\n0,10,0,5\n", VT_EKEY, 0,
         "this table has 2"},
        {"# diameter: 150 [nm]\ntime [s],force [uN],length [um]\n0,10,5\n", VT_EREFERENCE, 0, "--set gauge_length=5um"},
        {"# diameter: 150 [nm]\n# gauge_length: 5 [mm]\ntime [s],force [uN],length [um]\n0,10,5\n", VT_EUNITS, 4,
         "length/gauge_length = 0.001"},
        {"time [s],force [uN],strain [1]\n0,10,0\n", VT_EARG, 0, "no diameter: --set diameter=150nm"},
        {"# diameter: 0 [nm]\ntime [s],force [uN],strain [1]\n0,10,0\n", VT_ERANGE, 1, "diameter"},
        {"# diameter: 150 [nm]\n# second_diameter: 150,160 [nm]\ntime [s],force [uN],strain [1]\n0,10,0\n", VT_ESHAPE,
         0, "1 entries of diameter and 2 of second_diameter"},
        {"# diameter: 150 [nm]\ntime [s],force [uN],strain [1]\n0,10,0\n2,10,0\n1,10,0\n", VT_ETIME, 5,
         "time 1 s is not after"},
        {"# diameter: 150 [nm]\ntime [s],force [uN],strain [1]\n0,10,nan\n1,10,\n", VT_ENAN, 3, "no row has a strain"},
        {"# diameter: 150 [nm]\ntime [s],force [uN],strain [1]\n0,10,0\n1,10,0.001\n", VT_ESEGMENT_SHORT, 3, "need 20"},
        {"# diameter: 150 [nm]\nspecimen,time [s],force [uN],strain [1]\na,0,10,0\n,1,10,0.001\na,2,10,0.002\n",
         VT_ESHAPE, 4, "this row has no specimen, and others have ('a')"},
        {"# diameter: 150 [nm]\ntime [s],force [uN],strain [1],temperature [K]\n0,10,0,27\n", VT_EUNITS, 3,
         "temperature = 27"},
    };
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_error err;
        CHECK(refuse_text(ROW[i].text, NULL, 0, &err) == ROW[i].code);
        if (err.code != ROW[i].code) CHECK_FAILED("row %zu: %s: %s", i, vt_status_name(err.code), err.msg);
        CHECK_TEXT(err.msg, ROW[i].part);
        CHECK(err.line == ROW[i].line);
    }
}

static void refuse(const creep_table *c, vt_status code, const char *part)
{
    vt_error err;
    vt_result *r = creep_reduce(c, NULL, 0, &err);
    CHECK(!r);
    if (err.code != code) CHECK_FAILED("%s: %s", vt_status_name(err.code), err.msg);
    CHECK_TEXT(err.msg, part);
    vt_result_free(r);
}

static const creep_step HOLD = {.F = 10e-6, .P = 1.1e-3, .eta = 3e11, .time = 150.0, .n = 1.0};

static void records_without_steady_flow(void)
{
    creep_table c = {.noise = 1e-4, .seed = 2};
    creep_step s = HOLD;
    creep_hold(&c, &s);
    for (size_t i = 0; i < c.rows; i++) c.x[2][i] = -c.x[2][i];
    refuse(&c, VT_ESIGN, "force -10 uN is not > 0: tension is positive");
    creep_free(&c);

    c = (creep_table){.noise = 1e-4, .seed = 2};
    s.eta = 3e14;
    creep_hold(&c, &s);
    refuse(&c, VT_ESEGMENT_SHORT, "0.005 needed: record longer");
    creep_free(&c);

    c = (creep_table){.noise = 2e-3, .seed = 2};
    s.eta = 6e12;
    s.time = 200.0;
    creep_hold(&c, &s);
    refuse(&c, VT_ESEGMENT_SHORT, "and the noise is 0.002");
    creep_free(&c);

    /* a wire that gets hotter: its rate grows fourfold and by a third */
    for (int k = 0; k < 2; k++) {
        c = (creep_table){.noise = 1e-4, .seed = 2, .ramp = k ? log(4.0) / 100.0 : log(1.35) / 100.0};
        s = HOLD;
        s.time = 100.0;
        s.eta = k ? 4e11 : 6e11;
        creep_hold(&c, &s);
        refuse(&c, VT_ENOT_STEADY, "rate drifts from");
        creep_free(&c);
    }

    c = (creep_table){.noise = 1e-4, .seed = 2, .force_noise = 20e-9, .force_ramp = 0.001};
    creep_hold(&c, &HOLD);
    refuse(&c, VT_ESETPOINT, "drifts by");
    creep_free(&c);

    c = (creep_table){.noise = 1e-4, .seed = 2};
    creep_hold(&c, &HOLD);
    for (size_t i = 0; i < c.rows; i++) c.x[1][i] = 0.1 - c.x[1][i];
    refuse(&c, VT_ENEGATIVE, "strain falls, by ");
    creep_free(&c);
}

static void slips_of_units_are_named(void)
{
    static const struct {
        const char *diameter, *part;
    } SLIP[] = {{"10 nm", "GPa: look at the units"}, {"150 um", "less than a surface tension of 1 N/m would take"}};
    for (size_t i = 0; i < sizeof SLIP / sizeof *SLIP; i++) {
        const vt_setting set[] = {{"diameter", SLIP[i].diameter, NULL, 0}};
        creep_table c = {.noise = 1e-4, .seed = 2};
        vt_error err;
        creep_hold(&c, &HOLD);
        vt_result *r = creep_reduce(&c, set, 1, &err);
        CHECK(!r && err.code == VT_EUNITS);
        CHECK_TEXT(err.msg, SLIP[i].part);
        vt_result_free(r);
        creep_free(&c);
    }
}

static void rows_of_specimens_in_turn_are_no_record(void)
{
    char text[4000];
    vt_error err;
    int n = snprintf(text, sizeof text, "# diameter: 150 [nm]\nspecimen,time [s],force [uN],strain [1]\n");
    for (int i = 0; i < 60; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, "%c,%d,10,%g\n", i % 2 ? 'a' : 'b', i, 1e-3 * i);
    CHECK(refuse_text(text, NULL, 0, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "specimen changes 59 times in 60 rows");
}

/* A power step below smallest_power_step, with the load: it is said, and the setting that it names parts the powers. */
static void powers_that_hardly_differ_are_said(void)
{
    creep_table c = {.noise = 1e-5, .seed = 4, .power_noise = 1e-7};
    vt_error err;
    creep_step s = HOLD;
    s.F = 5e-6;
    creep_hold(&c, &s);
    s.F = 10e-6;
    s.P = 1.109e-3;
    s.eta = 2.4e11;
    creep_hold(&c, &s);
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK_TEXT(creep_warning(r, "W_SET_POINT"), "--set smallest_power_step=0.004 parts them");
    vt_result_free(r);
    const vt_setting set[] = {{"smallest_power_step", "0.004", NULL, 0}};
    r = creep_reduce(&c, set, 1, &err);
    CHECK_OK(err.code, &err);
    CHECK(!creep_value(r, "rate_sensitivity", "", NULL, NAN) && !creep_warning(r, "W_SET_POINT"));
    vt_result_free(r);
    creep_free(&c);
}

/* One bad segment beside a good one is named and left out. */
static void a_bad_segment_does_not_stop_the_others(void)
{
    creep_table c = {.noise = 1e-4, .seed = 4};
    vt_error err;
    creep_step s = HOLD;
    creep_hold(&c, &s);
    const size_t end = c.rows;
    s.P = 1.2e-3;
    creep_hold(&c, &s);
    for (size_t i = end; i < c.rows; i++) c.x[1][i] = 2.0 * c.x[1][end] - c.x[1][i];
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK(creep_value(r, "viscosity", "physics", "segment", 1));
    CHECK(!creep_value(r, "viscosity", "physics", "segment", 2));
    CHECK_TEXT(creep_warning(r, "W_NEGATIVE_RATE"), "segment 2 (150 to 299.5 s) is left out: E_NEGATIVE");
    CHECK(vt_result_segments(r) == 2);
    CHECK_TEXT(vt_result_segment(r, 1)->verdict, "E_NEGATIVE");
    CHECK_TEXT(creep_warning(r, "W_LOAD_JUMPS"), "E_FEWLEVELS");
    vt_result_free(r);
    creep_free(&c);
}

static void loads_that_hardly_differ_give_no_sensitivity(void)
{
    creep_table c = {.noise = 1e-5, .seed = 4, .force_noise = 10e-9};
    vt_error err;
    creep_step s = HOLD;
    s.time = 60.0;
    creep_hold(&c, &s);
    s.F = 11e-6;
    creep_hold(&c, &s);
    vt_result *r = creep_reduce(&c, NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK(!creep_value(r, "rate_sensitivity", NULL, NULL, 0.0));
    CHECK_TEXT(creep_warning(r, "W_LOAD_JUMPS"), "E_NARROW");
    vt_result_free(r);
    creep_free(&c);
}

CHECK_MAIN(CHECK_CASE(tables_that_are_no_record), CHECK_CASE(records_without_steady_flow),
           CHECK_CASE(a_bad_segment_does_not_stop_the_others), CHECK_CASE(loads_that_hardly_differ_give_no_sensitivity),
           CHECK_CASE(slips_of_units_are_named), CHECK_CASE(rows_of_specimens_in_turn_are_no_record),
           CHECK_CASE(powers_that_hardly_differ_are_said))
