/* What the lists of inputs and results say of tests and of the whole file, in the words of the experiments. */
#include "base/number_internal.h"
#include "base/table_internal.h"
#include "io/sheet/instrument_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Names that vendors give to a quantity, separated by ';'. */
#define POISSON    "Poissons Ratio;Poisson's Ratio;Poisson's Ratio of Sample"
#define LOW_DEPTH  "Minimum Depth for Average;Minimum Calculation Depth"
#define HIGH_DEPTH "Maximum Depth for Average;Maximum Calculation Depth"

static long find(const vt_table *t, const char *names)
{
    for (const char *p = names; t && *p;) {
        const size_t n = strcspn(p, ";");
        for (size_t i = 0; i < vt_table_columns(t); i++) {
            const char *name = vt_table_column_name(t, i);
            if (strlen(name) == n && memcmp(name, p, n) == 0 && vt_table_values(t, i)) return (long)i;
        }
        p += n + (p[n] == ';');
    }
    return -1;
}

static bool is_one_of(const char *name, const char *names)
{
    const size_t length = strlen(name);
    for (const char *p = names; *p;) {
        const size_t n = strcspn(p, ";");
        if (n == length && memcmp(name, p, n) == 0) return true;
        p += n + (p[n] == ';');
    }
    return false;
}

/* Value of row i as the file has it: number and unit. */
static void write_value(const vt_table *t, size_t column, size_t i, char *text, size_t size)
{
    char number[VTI_NUMBER_TEXT];
    const vt_unit *u = vt_table_column_unit(t, column);
    vti_number_digits(vt_unit_from_si(u, vt_table_values(t, column)[i]), 15, number);
    const bool bare = strcmp(u->text, "1") == 0;
    snprintf(text, size, "%s%s%s", number, bare ? "" : " ", bare ? "" : u->text);
}

/* Are all values of a column the same number? */
static bool is_constant(const vt_table *t, size_t column)
{
    const double *v = vt_table_values(t, column);
    for (size_t i = 0; v && i < vt_table_rows(t); i++)
        if (!(v[i] == v[0])) return false;
    return v && vt_table_rows(t) > 0;
}

static vt_table *first_table(const vti_instrument *in)
{
    return vti_book_table(in->book, 0);
}

/* ---- what holds for the file ---- */
static vt_status take_poisson(vti_instrument *in, vt_error *err)
{
    static const vti_listing_kind ORDER[] = {VTI_LIST_EDITABLE, VTI_LIST_REQUIRED};
    for (size_t k = 0; k < 2; k++) {
        const vt_table *t = in->list[ORDER[k]].table;
        const long c = find(t, POISSON);
        char text[64];
        if (c < 0) continue;
        if (!is_constant(t, (size_t)c))
            return vt_table_add_note(first_table(in), err,
                                     "Poisson's ratio differs between the tests of sheet '%.60s' and was not taken; "
                                     "--set poisson_ratio gives one",
                                     vt_table_label(t));
        write_value(t, (size_t)c, 0, text, sizeof text);
        return vt_table_add_meta(first_table(in), "poisson_ratio", text, vt_table_line(t, 0), err);
    }
    return VT_OK;
}

/* Coefficients of h_c^2, h_c, h_c^(1/2), ... in nm (NanoSuite, "Area Coefficient 1" and on). */
static vt_status take_area(vti_instrument *in, vt_error *err)
{
    const vt_table *t = in->list[VTI_LIST_RESULTS].table;
    char text[9 * VTI_NUMBER_TEXT] = "";
    size_t used = 0;
    for (int k = 1; k <= 9; k++) {
        char name[32], number[VTI_NUMBER_TEXT];
        snprintf(name, sizeof name, "Area Coefficient %d", k);
        const long c = find(t, name);
        if (c < 0) break;
        if (!is_constant(t, (size_t)c))
            return vt_table_add_note(first_table(in), err,
                                     "the area function differs between the tests and was not taken; --set "
                                     "area_function gives one");
        vti_number_write(vt_table_values(t, (size_t)c)[0], number);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", k > 1 ? "," : "", number);
    }
    return used > 0 ? vt_table_add_meta(first_table(in), "area_function", text, vt_table_line(t, 0), err) : VT_OK;
}

/* ---- what holds for one test ---- */
static const struct per_test {
    const char *key, *names;
    vti_listing_kind kind;
} PER_TEST[] = {
    {"x", "X Test Position;X_Position;X Position", VTI_LIST_REQUIRED},
    {"y", "Y Test Position;Y_Position;Y Position", VTI_LIST_REQUIRED},
    {"x", "X_Position;X Position", VTI_LIST_RESULTS},
    {"y", "Y_Position;Y Position", VTI_LIST_RESULTS},
    {"drift_rate", "Drift Correction;Drift;Drift Rate", VTI_LIST_RESULTS},
};

static bool has_meta(const vt_table *t, const char *key)
{
    for (size_t i = 0; i < vt_table_metas(t); i++)
        if (strcmp(vt_table_meta(t, i).key, key) == 0) return true;
    return false;
}

/* The test of row i of a list, NULL if its record is not there. */
static vti_test *test_of(vti_instrument *in, const vti_listing *l, size_t i)
{
    for (size_t k = 0; k < in->n; k++) {
        vti_test *t = &in->test[(i + k) % in->n]; /* rows mostly are in the order of the tests */
        if (t->named && t->number == l->test[i]) return t;
    }
    return NULL;
}

static vt_status take_per_test(vti_instrument *in, const struct per_test *p, vt_error *err)
{
    const vti_listing *l = &in->list[p->kind];
    const long c = find(l->table, p->names);
    vt_status st = VT_OK;
    if (c < 0 || !vt_table_column_has_unit(l->table, (size_t)c)) return VT_OK;
    for (size_t i = 0; i < vt_table_rows(l->table) && st == VT_OK; i++) {
        const vti_test *test = test_of(in, l, i);
        char text[64];
        if (!test || isnan(vt_table_values(l->table, (size_t)c)[i]) || has_meta(test->table, p->key)) continue;
        write_value(l->table, (size_t)c, i, text, sizeof text);
        st = vt_table_add_meta(test->table, p->key, text, vt_table_line(l->table, i), err);
    }
    return st;
}

/* Depths that the vendor averaged over, "100,200 nm". */
static vt_status take_window(vti_instrument *in, vt_error *err)
{
    const vti_listing *l = &in->list[VTI_LIST_EDITABLE];
    const long low = find(l->table, LOW_DEPTH), high = find(l->table, HIGH_DEPTH);
    vt_status st = VT_OK;
    if (low < 0 || high < 0) return VT_OK;
    for (size_t i = 0; i < vt_table_rows(l->table) && st == VT_OK; i++) {
        const vti_test *test = test_of(in, l, i);
        char a[64], b[64], text[140];
        const double from = vt_table_values(l->table, (size_t)low)[i], to = vt_table_values(l->table, (size_t)high)[i];
        if (!test || !(from < to)) continue;
        write_value(l->table, (size_t)low, i, a, sizeof a);
        write_value(l->table, (size_t)high, i, b, sizeof b);
        snprintf(text, sizeof text, "%s,%s", a, b);
        st = vt_table_add_meta(test->table, "vendor_averaging_window", text, vt_table_line(l->table, i), err);
    }
    return st;
}

/* ---- the rest ---- */
static bool was_taken(const char *name)
{
    if (is_one_of(name, POISSON) || is_one_of(name, LOW_DEPTH) || is_one_of(name, HIGH_DEPTH)) return true;
    for (size_t i = 0; i < sizeof PER_TEST / sizeof *PER_TEST; i++)
        if (is_one_of(name, PER_TEST[i].names)) return true;
    return strcmp(name, "test") == 0 || strcmp(name, "cycle") == 0;
}

/* Settings that no experiment reads, with their values where all tests have the same. */
static vt_status say_rest(vti_instrument *in, vti_listing_kind kind, vt_error *err)
{
    const vt_table *t = in->list[kind].table;
    char text[400] = "", value[64];
    size_t used = 0;
    for (size_t c = 0; t && c < vt_table_columns(t) && used < sizeof text; c++) {
        const char *name = vt_table_column_name(t, c);
        if (was_taken(name) || !vt_table_values(t, c)) continue;
        snprintf(value, sizeof value, "varies");
        if (is_constant(t, c)) write_value(t, c, 0, value, sizeof value);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.60s %s", used ? ", " : "", name, value);
    }
    if (used == 0) return VT_OK;
    return vti_book_ignore(in->book, err, "sheet '%.60s': %s%s", vt_table_label(t), text,
                           used < sizeof text ? "" : " ...");
}

vt_status vti_apply_listings(vti_instrument *in, vt_error *err)
{
    vt_status st;
    VT_TRY(st = take_poisson(in, err));
    VT_TRY(st = take_area(in, err));
    for (size_t i = 0; i < sizeof PER_TEST / sizeof *PER_TEST && in->n > 0; i++)
        VT_TRY(st = take_per_test(in, &PER_TEST[i], err));
    if (in->n > 0) VT_TRY(st = take_window(in, err));
    VT_TRY(st = say_rest(in, VTI_LIST_REQUIRED, err));
    st = say_rest(in, VTI_LIST_EDITABLE, err);
done:
    return st;
}
