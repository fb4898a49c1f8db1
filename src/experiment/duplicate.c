/* The same table given twice counts every observation twice and shrinks u by sqrt 2. */
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/image.h>

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

static bool same_picture(const vt_image *a, const vt_image *b)
{
    if (!a || !b) return a == b;
    const size_t n = a->width * a->height * a->count;
    return a->width == b->width && a->height == b->height && a->count == b->count &&
           memcmp(a->grey, b->grey, n * sizeof *a->grey) == 0;
}

static bool same_table(const vt_table *a, const vt_table *b)
{
    if (!same_picture(vt_table_image(a), vt_table_image(b))) return false;
    if (vt_table_rows(a) != vt_table_rows(b) || vt_table_columns(a) != vt_table_columns(b)) return false;
    for (size_t j = 0; j < vt_table_columns(a); j++)
        if (!same_column(a, b, j)) return false;
    return true;
}

/* Where a table stands and what its cells come to: tables with the same rows have the same sum. */
struct mark {
    uint64_t sum;
    size_t index, first; /* first: of the tables that hold the same rows */
};

static uint64_t mix(uint64_t sum, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++) sum = (sum ^ p[i]) * 0x100000001B3u; /* FNV-1a */
    return sum;
}

/* Shape and some rows are enough: what agrees in them is compared whole. */
static uint64_t sum_of(const vt_table *t)
{
    enum { LOOKS = 16 };
    const size_t rows = vt_table_rows(t), columns = vt_table_columns(t), step = rows / LOOKS + 1;
    uint64_t sum = mix(mix(0xCBF29CE484222325u, &rows, sizeof rows), &columns, sizeof columns);
    for (size_t j = 0; j < columns; j++) {
        const double *x = vt_table_values(t, j);
        for (size_t i = 0; i < rows; i += step) {
            const char *text = x ? "" : vt_table_text(t, j, i);
            const double v = x && !isnan(x[i]) ? x[i] + 0.0 : 0.0; /* one zero, one NaN */
            sum = x ? mix(sum, &v, sizeof v) : mix(sum, text, strlen(text));
        }
    }
    return sum;
}

static int by_sum(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->sum != y->sum) return x->sum < y->sum ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static int by_index(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* First of each table, among those of the same sum; n log n but for tables that differ only between the looks. */
static void find_first(size_t n, vt_table *const *tables, struct mark *mark)
{
    for (size_t i = 0; i < n; i++) mark[i] = (struct mark){sum_of(tables[i]), i, i};
    qsort(mark, n, sizeof *mark, by_sum);
    for (size_t j = 1, begin = 0; j < n; j++) {
        if (mark[j].sum != mark[begin].sum) begin = j;
        for (size_t i = begin; i < j; i++) {
            if (mark[i].first != mark[i].index || !same_table(tables[mark[i].index], tables[mark[j].index])) continue;
            mark[j].first = mark[i].index;
            break;
        }
    }
    qsort(mark, n, sizeof *mark, by_index);
}

vt_status vti_warn_duplicates(size_t n, vt_table *const *tables, vt_result *result, vt_error *err)
{
    vt_status st = VT_OK;
    if (n < 2) return VT_OK;
    struct mark *mark = calloc(n, sizeof *mark);
    if (!mark) return vt_fail(err, VT_EMEMORY, "no memory to compare %zu tables", n);
    find_first(n, tables, mark);
    for (size_t j = 1; st == VT_OK && j < n; j++) {
        const vt_table *own = tables[j], *other = tables[mark[j].first];
        if (mark[j].first == j) continue;
        st = vt_result_warn(result, err, "W_DUPLICATE",
                            "%.150s (%.60s%stable %zu) holds the same as %.150s (%.60s%stable %zu): they "
                            "count twice, and the uncertainties come out too small; leave one out",
                            vt_table_path(own), vt_table_label(own), vt_table_label(own)[0] ? ", " : "", j + 1,
                            vt_table_path(other), vt_table_label(other), vt_table_label(other)[0] ? ", " : "",
                            mark[j].first + 1);
    }
    free(mark);
    return st;
}
