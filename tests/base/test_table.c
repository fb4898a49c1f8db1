/* Tables in memory: columns, units, lines, metadata, every refusal. */
#include "check.h"
#include <vitrum/table.h>

static const vt_unit CELSIUS = {.text = "degC", .si = "K", .scale = 1.0, .offset = 273.15};

static vt_table *make(void)
{
    vt_table *t = NULL;
    vt_error err = {0};
    const double T[3] = {297.0, 24.5, NAN}, eta[3] = {3e8, 5.5e12, 7.25};
    const char *const label[3] = {"first", NULL, "third, with a comma"};
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add(t, "T", &CELSIUS, 3, T, &err), &err);
    CHECK_OK(vt_table_add_text(t, "label", 3, label, &err), &err);
    CHECK_OK(vt_table_add_si(t, "eta", "Pa s", 3, eta, &err), &err);
    return t;
}

static void columns_keep_si_and_unit_of_origin(void)
{
    vt_table *t = make();
    CHECK(vt_table_rows(t) == 3 && vt_table_columns(t) == 3);
    CHECK(vt_table_values(t, 0)[0] == 297.0 + 273.15); /* one addition: exact comparison is meant */
    CHECK(isnan(vt_table_values(t, 0)[2]));
    CHECK(strcmp(vt_table_column_unit(t, 0)->text, "degC") == 0);
    CHECK(vt_table_values(t, 2)[1] == 5.5e12);
    CHECK(strcmp(vt_table_column_unit(t, 2)->si, "Pa s") == 0);
    CHECK(vt_table_find(t, "eta") == 2 && vt_table_find(t, "Eta") == -1);
    CHECK(strcmp(vt_table_column_name(t, 1), "label") == 0);
    CHECK(vt_table_column_has_unit(t, 0) && !vt_table_column_is_text(t, 0));
    vt_table_free(t);
}

static void text_columns_hold_strings(void)
{
    vt_table *t = make();
    CHECK(vt_table_column_is_text(t, 1) && vt_table_column_unit(t, 1) == NULL && vt_table_values(t, 1) == NULL);
    CHECK(strcmp(vt_table_text(t, 1, 0), "first") == 0);
    CHECK(strcmp(vt_table_text(t, 1, 1), "") == 0);
    CHECK(strcmp(vt_table_text(t, 1, 2), "third, with a comma") == 0);
    CHECK(strcmp(vt_table_text(t, 1, 3), "") == 0 && strcmp(vt_table_text(t, 0, 0), "") == 0);
    vt_table_free(t);
}

static void lines_follow_their_breakpoints(void)
{
    vt_table *t = make();
    vt_error err = {0};
    CHECK(vt_table_line(t, 0) == 0);
    CHECK_OK(vt_table_mark_line(t, 1, 12, &err), &err);
    CHECK_OK(vt_table_mark_line(t, 4, 30, &err), &err);
    CHECK_OK(vt_table_mark_line(t, 9, 35, &err), &err);
    const long want[11] = {0, 12, 13, 14, 30, 31, 32, 33, 34, 35, 36};
    for (size_t i = 0; i < 11; i++) CHECK(vt_table_line(t, i) == want[i]);
    CHECK(vt_table_mark_line(t, 9, 40, &err) == VT_EARG);
    CHECK(vt_table_mark_line(t, 10, -1, &err) == VT_EARG);
    vt_table_free(t);
}

static void metadata_and_notes_keep_their_order(void)
{
    vt_table *t = make();
    vt_error err = {0};
    CHECK_OK(vt_table_add_meta(t, "diameter", "52 um", 1, &err), &err);
    CHECK_OK(vt_table_add_meta(t, "alloy", "ni-pd-p-b", 2, &err), &err);
    CHECK_OK(vt_table_add_note(t, &err, "sentinel %g in %s: %d", 9.9e37, "Load", 12), &err);
    CHECK_OK(vt_table_name(t, "w52.csv", &err), &err);
    CHECK(vt_table_metas(t) == 2 && vt_table_notes(t) == 1);
    CHECK(strcmp(vt_table_meta(t, 1).key, "alloy") == 0 && vt_table_meta(t, 1).line == 2);
    CHECK(strcmp(vt_table_meta(t, 0).text, "52 um") == 0);
    CHECK(strcmp(vt_table_meta(t, 2).key, "") == 0);
    CHECK_TEXT(vt_table_note(t, 0), "in Load: 12");
    CHECK(strcmp(vt_table_path(t), "w52.csv") == 0);
    vt_table_free(t);
}

static void a_wrong_column_is_refused_and_changes_nothing(void)
{
    vt_table *t = make();
    vt_error err = {0};
    const double x[2] = {1.5, 2.5}, y[3] = {1.5, 2.5, 3.5};
    CHECK(vt_table_add(t, "x", NULL, 2, x, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "column 'x' has 2 rows, the table has 3");
    CHECK(vt_table_add(t, "T", NULL, 3, y, &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "already has a column 'T'");
    CHECK(vt_table_add_si(t, "z", "a unit that is longer than thirty-two bytes", 3, y, &err) == VT_EUNITS);
    CHECK(vt_table_add(t, NULL, NULL, 3, y, &err) == VT_EARG);
    CHECK(vt_table_add(t, "n", NULL, 3, NULL, &err) == VT_EARG);
    CHECK(vt_table_add_text(NULL, "n", 0, NULL, &err) == VT_EARG);
    CHECK(vt_table_create(NULL, &err) == VT_EARG);
    CHECK(vt_table_name(t, NULL, &err) == VT_EARG);
    CHECK(vt_table_add_meta(t, "k", NULL, 0, &err) == VT_EARG);
    double *own = malloc(2 * sizeof *own);
    CHECK(vt_table_adopt(t, "own", NULL, false, 2, own, &err) == VT_ESHAPE);
    free(own); /* still ours */
    CHECK(vt_table_columns(t) == 3 && vt_table_rows(t) == 3);
    vt_table_free(t);
    vt_table_free(NULL);
}

static void an_adopted_array_is_kept(void)
{
    vt_table *t = NULL;
    vt_error err = {0};
    double *own = malloc(2 * sizeof *own);
    own[0] = 0.25;
    own[1] = 0.75;
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK(vt_table_rows(t) == 0 && vt_table_columns(t) == 0);
    CHECK_OK(vt_table_adopt(t, "own", NULL, false, 2, own, &err), &err);
    CHECK(vt_table_values(t, 0) == own);
    CHECK(!vt_table_column_has_unit(t, 0));
    CHECK(strcmp(vt_table_column_unit(t, 0)->si, "1") == 0);
    vt_table_free(t);
}

static void many_columns_fit(void)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_create(&t, &err), &err);
    for (int i = 0; i < 100; i++) {
        char name[16];
        const double v[2] = {i + 0.5, -i - 0.5};
        snprintf(name, sizeof name, "c%d", i);
        CHECK_OK(vt_table_add_si(t, name, "m", 2, v, &err), &err);
    }
    CHECK(vt_table_columns(t) == 100);
    CHECK(vt_table_values(t, 73)[1] == -73.5);
    CHECK(vt_table_values(t, 100) == NULL && vt_table_column_unit(t, 100) == NULL);
    vt_table_free(t);
}

static void a_column_takes_another_name_once(void)
{
    vt_table *t = NULL;
    vt_error err = {0};
    const double x[2] = {3.5, -1.25};
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_si(t, "v", "1", 2, x, &err), &err);
    CHECK_OK(vt_table_add_si(t, "w", "1", 2, x, &err), &err);
    CHECK_OK(vt_table_rename(t, "v", "log10_viscosity", &err), &err);
    CHECK(vt_table_find(t, "v") == -1 && vt_table_find(t, "log10_viscosity") == 0);
    CHECK(vt_table_rename(t, "v", "z", &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "no column 'v'");
    CHECK(vt_table_rename(t, "log10_viscosity", "w", &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "already has a column 'w'");
    CHECK_OK(vt_table_rename(t, "w", "w", &err), &err);
    CHECK(vt_table_rename(NULL, "w", "z", &err) == VT_EARG);
    vt_table_free(t);
}

CHECK_MAIN(CHECK_CASE(a_column_takes_another_name_once), CHECK_CASE(columns_keep_si_and_unit_of_origin),
           CHECK_CASE(text_columns_hold_strings), CHECK_CASE(lines_follow_their_breakpoints),
           CHECK_CASE(metadata_and_notes_keep_their_order), CHECK_CASE(a_wrong_column_is_refused_and_changes_nothing),
           CHECK_CASE(an_adopted_array_is_kept), CHECK_CASE(many_columns_fit))
