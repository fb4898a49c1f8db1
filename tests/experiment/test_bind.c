/* Tables as experiments want them: names, units, presence, plausible box. */
#include "check.h"
#include <vitrum/experiment.h>

static const vt_column COLUMNS[] = {{"temperature", "K", 1, 350, 1200, "mold temperature;T", "temperature of the mold"},
                                    {"pressure", "Pa", 1, 1e6, 2e10, NULL, "pressure"},
                                    {"diameter", "m", 1, 1e-9, 1e-4, "pore diameter;d", "pore diameter"},
                                    {"length_sd", "m", 0, 0, 0, NULL, "scatter"},
                                    {"specimen", "text", 0, 0, 0, NULL, "name"},
                                    VT_COLUMN_END};
static const vt_experiment TOY = {.name = "toy", .columns = COLUMNS};

/* Table of two rows; unit NULL: the column is left out. */
static vt_table *make(const char *t_name, const char *t_unit, double t0, double t1, const char *p_unit, double p,
                      const char *d_unit, double d)
{
    vt_table *t = NULL;
    vt_unit u;
    vt_table_create(&t, NULL);
    vt_table_name(t, "w52.csv", NULL);
    vt_table_mark_line(t, 0, 4, NULL);
    if (t_unit && vt_unit_read(t_unit, NULL, &u, NULL) == VT_OK)
        vt_table_add(t, t_name, &u, 2, (double[]){t0, t1}, NULL);
    if (p_unit && vt_unit_read(p_unit, NULL, &u, NULL) == VT_OK)
        vt_table_add(t, "pressure", &u, 2, (double[]){1.1 * p, p}, NULL);
    if (d_unit && vt_unit_read(d_unit, NULL, &u, NULL) == VT_OK)
        vt_table_add(t, "Pore Diameter", &u, 2, (double[]){d, 2 * d}, NULL);
    return t;
}

static void columns_are_found_by_name_alias_and_case(void)
{
    vt_table *raw = make("T", "degC", 297, 307, "GPa", 1.25, "nm", 20), *bound = NULL;
    const double sd[2] = {1e-9, NAN}, extra[2] = {3, 4};
    vt_table_add_si(raw, "length_sd", "m", 2, sd, NULL);
    vt_table_add_si(raw, "operator", "1", 2, extra, NULL);
    vt_table_add_meta(raw, "wires", "12", 1, NULL);
    vt_error err = {0};
    CHECK_OK(vt_experiment_bind(&TOY, raw, &bound, &err), &err);
    if (bound) {
        CHECK(vt_table_columns(bound) == 4 && vt_table_rows(bound) == 2);
        const long T = vt_table_find(bound, "temperature"), d = vt_table_find(bound, "diameter");
        CHECK(T >= 0 && d >= 0 && vt_table_find(bound, "operator") < 0);
        CHECK_ABS(vt_table_values(bound, (size_t)T)[1], 580.15, 1e-12);
        CHECK_REL(vt_table_values(bound, (size_t)d)[1], 4e-8, 1e-15);
        CHECK(isnan(vt_table_values(bound, (size_t)vt_table_find(bound, "length_sd"))[1])); /* optional: kept */
        CHECK_TEXT(vt_table_column_unit(bound, (size_t)T)->text, "degC");
        CHECK(vt_table_line(bound, 1) == 5);
        CHECK_TEXT(vt_table_path(bound), "w52.csv");
        CHECK(vt_table_metas(bound) == 1);
        CHECK(vt_table_notes(bound) == 1);
        CHECK_TEXT(vt_table_note(bound, 0), "toy does not use column 'operator' of w52.csv");
    }
    vt_table_free(bound);
    vt_table_free(raw);
}

static void refused(vt_table *raw, vt_status code, long line, const char *says)
{
    vt_table *bound = NULL;
    vt_error err = {0};
    if (vt_experiment_bind(&TOY, raw, &bound, &err) != code)
        CHECK_FAILED("%s (%s) instead of %s", vt_status_name(err.code), err.msg, vt_status_name(code));
    CHECK_TEXT(err.msg, says);
    CHECK_TEXT(err.file, "w52.csv");
    if (err.line != line) CHECK_FAILED("line %ld, not %ld: %s", err.line, line, err.msg);
    CHECK(bound == NULL);
    vt_table_free(raw);
}

static void slips_of_unit_are_named(void)
{
    refused(make("T", "K", 297, 307, "GPa", 1.25, "nm", 20), VT_EUNITS, 4, "looks like degC");
    refused(make("T", "degC", 570.15, 1100, "GPa", 1.25, "nm", 20), VT_EUNITS, 5, "looks like K");
    refused(make("T", "degC", 297, 307, "Pa", 1250, "nm", 20), VT_EUNITS, 4,
            "fit in MPa"); /* not kPa, which would fit too: 1.375 MPa */
    refused(make("T", "degC", 297, 307, "MPa", 1.25e6, "nm", 20), VT_EUNITS, 4, "fit in kPa");
    refused(make("T", "degC", 297, 307, "GPa", 1.25, "mm", 20), VT_EUNITS, 4, "fit in nm: is the unit wrong by 1e-06");
    refused(make("T", "degC", 297, 307, "GPa", 1.25, "m", 20), VT_EUNITS, 4, "fit in nm");
}

static vt_status bind_angle(const char *unit, double angle, vt_error *err)
{
    static const vt_column ANGLE[] = {{"angle", "rad", 1, -1.57, 1.57, NULL, "angle"}, VT_COLUMN_END};
    static const vt_experiment ANGLES = {.name = "angles", .columns = ANGLE};
    vt_table *raw = NULL, *bound = NULL;
    vt_unit u;
    CHECK(vt_table_create(&raw, NULL) == VT_OK && vt_unit_read(unit, NULL, &u, NULL) == VT_OK);
    CHECK(vt_table_add(raw, "angle", &u, 1, &angle, NULL) == VT_OK);
    const vt_status st = vt_experiment_bind(&ANGLES, raw, &bound, err);
    vt_table_free(bound);
    vt_table_free(raw);
    return st;
}

static void degrees_in_a_column_of_radians_are_named(void)
{
    vt_error err = {0};
    CHECK(bind_angle("rad", 43, &err) == VT_EUNITS);
    CHECK_TEXT(err.msg, "looks like degrees in a column of rad; write [deg]");
    CHECK(bind_angle("deg", 95, &err) == VT_ERANGE); /* no power of a thousand makes an angle right */
    CHECK(bind_angle("rad", 200, &err) == VT_ERANGE);
}

static void impossible_values_are_refused_with_their_range(void)
{
    refused(make("T", "degC", 297, -7, "GPa", 1.25, "nm", 20), VT_ERANGE, 5, "76.85 degC ... 926.85 degC");
    refused(make("T", "degC", 297, 307, "GPa", -1, "nm", 20), VT_ERANGE, 4, "pressure = -1.1 GPa");
    refused(make("T", "degC", 297, 307, "GPa", 1.25, "nm", 0), VT_ERANGE, 4, "diameter = 0 nm");
}

static void missing_values_and_columns_are_named(void)
{
    refused(make("T", "degC", 297, NAN, "GPa", 1.25, "nm", 20), VT_ENAN, 5, "'temperature' is missing");
    refused(make("T", "degC", INFINITY, 300, "GPa", 1.25, "nm", 20), VT_ENAN, 4, "infinite");
    refused(make("T", "degC", 297, 307, NULL, 0, "nm", 20), VT_EKEY, 0, "'pressure [Pa]'");
    refused(make("T", "Pa", 297, 307, "GPa", 1, "nm", 20), VT_EUNITS, 0, "column 'T': unit 'Pa'");
    vt_table *two = make("T", "degC", 297, 307, "GPa", 1.25, "nm", 20);
    vt_table_add_si(two, "Mold Temperature", "K", 2, (double[]){570, 580}, NULL);
    refused(two, VT_EKEY, 0, "both stand for 'temperature'");
}

static void a_header_alone_and_a_column_without_unit_are_refused(void)
{
    vt_table *t = NULL;
    vt_table_create(&t, NULL);
    vt_table_name(t, "w52.csv", NULL);
    vt_table_add_si(t, "temperature", "K", 0, (double[]){0}, NULL);
    refused(t, VT_ESHAPE, 0, "no rows");
    t = make("x", NULL, 0, 0, "GPa", 1, "nm", 20);
    double *values = malloc(2 * sizeof *values);
    if (!values) return;
    values[0] = values[1] = 600;
    vt_table_adopt(t, "temperature", NULL, false, 2, values, NULL);
    refused(t, VT_EUNITS, 0, "write 'temperature [degC]'");
    t = make("x", NULL, 0, 0, "GPa", 1, "nm", 20);
    const char *const texts[] = {"600", "hot"};
    vt_table_add_text(t, "temperature", 2, texts, NULL);
    refused(t, VT_EPARSE, 5, "'hot', which is not a number");
}

static void numbers_become_names_in_a_text_column(void)
{
    vt_table *raw = make("T", "degC", 297, 307, "GPa", 1.25, "nm", 20), *bound = NULL;
    vt_table_add_si(raw, "specimen", "1", 2, (double[]){7, 8.5}, NULL);
    vt_error err = {0};
    CHECK_OK(vt_experiment_bind(&TOY, raw, &bound, &err), &err);
    if (bound) {
        const size_t c = (size_t)vt_table_find(bound, "specimen");
        CHECK(strcmp(vt_table_text(bound, c, 0), "7") == 0 && strcmp(vt_table_text(bound, c, 1), "8.5") == 0);
    }
    vt_table_free(bound);
    vt_table_free(raw);
}

static const vt_column BY_ROW[] = {{"value", "row", 1, 0, 0, NULL, "value"},
                                   {"uncertainty", "row interval", 0, 0, 0, NULL, "its uncertainty"},
                                   {"unit", "text", 1, 0, 0, NULL, "unit"},
                                   VT_COLUMN_END};
static const vt_experiment ROWS = {.name = "rows", .columns = BY_ROW};

static void rows_may_carry_their_own_unit(void)
{
    vt_table *raw = NULL, *bound = NULL;
    vt_error err = {0};
    const char *const units[] = {"nm", "degC", "Pa s"}, *const wrong[] = {"nm", "C", "Pa s"};
    const double x[3] = {97, 287, 1e12}, u[3] = {5, 1, NAN};
    for (int k = 0; k < 2; k++) {
        vt_table_create(&raw, NULL);
        vt_table_mark_line(raw, 0, 2, NULL);
        vt_table_name(raw, "stated.csv", NULL);
        vt_table_add(raw, "value", NULL, 3, x, NULL);
        vt_table_add(raw, "uncertainty", NULL, 3, u, NULL);
        vt_table_add_text(raw, "unit", 3, k ? wrong : units, NULL);
        if (k == 0) {
            CHECK_OK(vt_experiment_bind(&ROWS, raw, &bound, &err), &err);
            const double *v = vt_table_values(bound, 0), *s = vt_table_values(bound, 1);
            CHECK_REL(v[0], 9.7e-8, 1e-15);
            CHECK_ABS(v[1], 560.15, 1e-12);
            CHECK_ABS(s[1], 1.0, 0.0); /* an uncertainty of 1 degC is 1 K, not 274.15 K */
            CHECK(isnan(s[2]));
            vt_table_free(bound);
            bound = NULL;
        } else {
            CHECK(vt_experiment_bind(&ROWS, raw, &bound, &err) == VT_EUNITS);
            CHECK(err.line == 3);
            CHECK_TEXT(err.msg, "degC");
        }
        vt_table_free(raw);
    }
}

CHECK_MAIN(CHECK_CASE(columns_are_found_by_name_alias_and_case), CHECK_CASE(slips_of_unit_are_named),
           CHECK_CASE(degrees_in_a_column_of_radians_are_named),
           CHECK_CASE(impossible_values_are_refused_with_their_range), CHECK_CASE(missing_values_and_columns_are_named),
           CHECK_CASE(a_header_alone_and_a_column_without_unit_are_refused),
           CHECK_CASE(numbers_become_names_in_a_text_column), CHECK_CASE(rows_may_carry_their_own_unit))
