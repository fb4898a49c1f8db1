/* Pulling: published numbers, refusals. */
#include "result_checks.h"
#include <vitrum/experiment.h>
#include <vitrum/io.h>
#include <vitrum/pulling_law.h>

static vt_result *reduce_text(const char *text, const vt_setting *set, size_t n, vt_error *err)
{
    return reduced_text("pulling", "wires.csv", text, set, n, err);
}

/* P07 and ledger B1: 10 um/min over 1.50 and 0.45 um; 150 to 50 nm. */
static void published_numbers(void)
{
    vt_error err;
    vt_result *r = reduce_text("# pulling_speed: 10 [um/min]\n# top_temperature: 220 [degC]\n"
                               "# bottom_temperature: 270 [degC]\n"
                               "initial_length [um],initial_diameter [nm],final_diameter [nm],array\n"
                               "1.5,150,50,long\n0.45,150,,short\n",
                               NULL, 0, &err);
    CHECK_OK(err.code, &err);
    CHECK_ABS(quantity(r, "initial_strain_rate", "long")->value, 0.1111, 5e-5);
    CHECK_ABS(quantity(r, "initial_strain_rate", "short")->value, 0.3704, 5e-5);
    CHECK_ABS(quantity(r, "true_strain", "long")->value, 2.197, 5e-4);
    CHECK_REL(quantity(r, "final_length", "long")->value, 13.5e-6, 1e-12);
    CHECK_REL(quantity(r, "pulling_time", "long")->value, 72.0, 1e-12);
    CHECK_ABS(quantity(r, "final_strain_rate", "long")->value, 0.0123, 5e-5);
    CHECK(!quantity(r, "true_strain", "short"));
    /* One wire: both diameters 3 %, so 2 sqrt(2) 3 % in the strain; L0 3 %, speed 2 %, scale 1 % in the rate. */
    CHECK_REL(quantity(r, "true_strain", "long")->u, 2.0 * sqrt(2.0) * 0.03, 1e-9);
    CHECK_REL(quantity(r, "initial_strain_rate", "short")->u / quantity(r, "initial_strain_rate", "short")->value,
              sqrt(9e-4 + 4e-4 + 1e-4), 1e-9);
    bool few = false, range = false;
    for (size_t i = 0; i < vt_result_warnings(r); i++) {
        few = few || strcmp(vt_result_warning_code(r, i), "W_DOF") == 0;
        range = range || strcmp(vt_result_warning_code(r, i), "W_TEMPERATURE_RANGE") == 0;
    }
    CHECK(few && range);
    CHECK(vt_result_figures(r) == 0); /* one wire is no distribution */
    vt_result_free(r);
}

static void refusals_name_the_row(void)
{
    static const struct {
        const char *text;
        vt_status code;
        long line;
        const char *part;
    } ROW[] = {
        {"# pulling_speed: 10 [um/min]\ninitial_length [um],initial_diameter [nm],final_diameter [nm]\n1.5,150,50\n"
         "1.5,50,150\n",
         VT_ERANGE, 4, "exceeds the initial one"},
        {"# pulling_speed: 1 [m/s]\ninitial_length [um],initial_diameter [nm]\n1.5,150\n", VT_EUNITS, 3, "above 1000"},
        {"# pulling_speed: 10 [um/min]\ninitial_length [um],initial_diameter [nm],shape\n1.5,150,round\n", VT_EPARSE, 3,
         "none of uniform, necked, broken"},
        {"initial_length [um],initial_diameter [nm]\n1.5,150\n", VT_EARG, 0, "pulling_speed"},
        {"# pulling_speed: 10 [um/min]\ninitial_length [um],initial_diameter\n1.5,150\n", VT_EUNITS, 2, "unit"},
        {"# pulling_speed: 10 [um/min]\ninitial_length [um],initial_diameter [nm]\n1.5,nan\n", VT_ENAN, 3, ""},
        {"# pulling_speed: 10 [um/min]\ninitial_length [um],initial_diameter [m]\n1.5,150\n", VT_EUNITS, 3, ""},
    };
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++) {
        vt_error err;
        vt_result *r = reduce_text(ROW[i].text, NULL, 0, &err);
        CHECK(!r && err.code == ROW[i].code);
        CHECK(err.line == ROW[i].line);
        CHECK_TEXT(err.msg, ROW[i].part);
        vt_result_free(r);
    }
    vt_pulled p = {.strain = -7.0};
    CHECK(vt_pulling(0.0, 1.0, 1.0, 0.5, &p, NULL) == VT_EDOMAIN && p.strain == -7.0);
    CHECK(isnan(vt_capillary_time(1e9, 50e-9, 0.0)));
    CHECK_REL(vt_capillary_time(1e9, 50e-9, 1.0), 25.0, 1e-14);
}

CHECK_MAIN(CHECK_CASE(published_numbers), CHECK_CASE(refusals_name_the_row))
