/* The same table given twice counts every observation twice and shrinks u by sqrt 2. */
#include "experiment/experiment_internal.h"
#include <math.h>
#include <string.h>

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_column(const vt_table *a, const vt_table *b, size_t column)
{
    const double *x = vt_table_values(a, column), *y = vt_table_values(b, column);
    if (strcmp(vt_table_column_name(a, column), vt_table_column_name(b, column)) != 0 || !x != !y) return false;
    for (size_t i = 0; i < vt_table_rows(a); i++) {
        if (x && y && !same_number(x[i], y[i])) return false;
        if (!x && strcmp(vt_table_text(a, column, i), vt_table_text(b, column, i)) != 0) return false;
    }
    return true;
}

static bool same_table(const vt_table *a, const vt_table *b)
{
    if (vt_table_rows(a) != vt_table_rows(b) || vt_table_columns(a) != vt_table_columns(b)) return false;
    for (size_t j = 0; j < vt_table_columns(a); j++)
        if (!same_column(a, b, j)) return false;
    return true;
}

vt_status vti_warn_duplicates(size_t n, vt_table *const *tables, vt_result *result, vt_error *err)
{
    for (size_t j = 1; j < n; j++)
        for (size_t i = 0; i < j; i++) {
            if (!same_table(tables[i], tables[j])) continue;
            const vt_status st = vt_result_warn(result, err, "W_DUPLICATE",
                                                "%.150s (table %zu) holds the same rows as %.150s (table %zu): they "
                                                "count twice, and the uncertainties come out too small; leave one out",
                                                vt_table_path(tables[j]), j + 1, vt_table_path(tables[i]), i + 1);
            if (st != VT_OK) return st;
            break;
        }
    return VT_OK;
}
