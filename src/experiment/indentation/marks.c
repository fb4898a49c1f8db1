/* What vendors' markers say of a record, and which of their results belongs to which cycle. */
#include "gather_internal.h"
#include "measure_internal.h"
#include <math.h>
#include <string.h>
#include <vitrum/table.h>

static const struct {
    const char *text; /* begin of the marker */
    vt_indent_mark_kind kind;
} MARKS[] = {{"Surface Index", VT_INDENT_MARK_SURFACE},
             {"Surface Marker", VT_INDENT_MARK_SURFACE},
             {"End Of Loading", VT_INDENT_MARK_HOLD},
             {"Hold Segment Type", VT_INDENT_MARK_HOLD},
             {"End Of Hold At Load", VT_INDENT_MARK_UNLOAD},
             {"Unload From Peak", VT_INDENT_MARK_UNLOAD},
             {"Cycle Unload Marker", VT_INDENT_MARK_UNLOAD},
             {"Cycle Begin Marker", VT_INDENT_MARK_LOAD},
             {"Load Segment Type", VT_INDENT_MARK_LOAD},
             {"Begin Drift", VT_INDENT_MARK_DRIFT_BEGIN},
             {"Thermal Drift Hold", VT_INDENT_MARK_DRIFT_BEGIN},
             {"End Drift", VT_INDENT_MARK_DRIFT_END}};

size_t vti_indent_marks(const vti_indent *s, size_t most, vt_indent_mark *mark)
{
    size_t n = 0;
    const long c = vt_table_find(s->table, "marker");
    for (size_t i = 0; c >= 0 && i < s->n && n < most; i++) {
        const char *text = vt_table_text(s->table, (size_t)c, s->row ? s->row[i] : s->begin + i);
        for (size_t k = 0; text[0] && k < sizeof MARKS / sizeof *MARKS; k++)
            if (strncmp(text, MARKS[k].text, strlen(MARKS[k].text)) == 0) {
                mark[n++] = (vt_indent_mark){MARKS[k].kind, i};
                break;
            }
    }
    return n;
}

static vti_indent_cycle *cycle_of(vti_indents *set, const vti_indent *s, long number)
{
    for (size_t k = 0; k < s->ncycles; k++)
        if (set->cycle[s->first_cycle + k].number == number) return &set->cycle[s->first_cycle + k];
    return NULL;
}

/* Results belong to the tests of their own file; those of a file without curves may belong to any. */
static bool same_source(const vti_indents *set, const vti_indent_row *r, const vti_indent *s)
{
    const char *path = vt_table_path(r->table);
    if (strcmp(path, vt_table_path(s->table)) == 0) return true;
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(path, vt_table_path(set->indent[i].table)) == 0) return false;
    return true;
}

static bool is_empty(const vti_indent_row *r)
{
    return !isfinite(r->P) && !isfinite(r->h) && !isfinite(r->S) && !isfinite(r->H) && !isfinite(r->E) &&
           !isfinite(r->E_r);
}

/* Rows of one table that belong to a test. Without a column of cycles several rows are its cycles in order, and a
 * single row is about the test as a whole. */
static void match_table(vti_indents *set, vti_indent *s, size_t from, size_t to)
{
    size_t n = 0;
    long rank = 0;
    for (size_t j = from; j < to; j++) {
        vti_indent_row *r = &set->row[j];
        r->mine = !r->taken && !is_empty(r) && vti_same_test(r->test, r->group, s->test) && same_source(set, r, s);
        n += r->mine;
    }
    for (size_t j = from; j < to; j++) {
        vti_indent_row *r = &set->row[j];
        if (!r->mine) continue;
        r->taken = true;
        rank++;
        if (r->cycle == 0 && n == 1 && !s->whole) s->whole = r;
        if (r->cycle == 0 && n == 1 && s->ncycles != 1) continue;
        vti_indent_cycle *y = cycle_of(set, s, r->cycle > 0 ? r->cycle : rank);
        if (y && !y->row) y->row = r;
    }
}

static bool near(double a, double b)
{
    return !(fabs(a / b - 1.0) > 0.05); /* a NaN: not said */
}

/* A row about the whole test whose load or depth is that of its deepest unloading is a row about that. */
static void match_deepest(vti_indents *set, vti_indent *s)
{
    vti_indent_cycle *deepest = NULL;
    for (size_t k = 0; k < s->ncycles; k++) {
        vti_indent_cycle *y = &set->cycle[s->first_cycle + k];
        if (!deepest || y->P > deepest->P) deepest = y;
    }
    const vti_indent_row *r = s->whole;
    if (!r || !deepest || deepest->row || (!isfinite(r->P) && !isfinite(r->h))) return;
    if (near(r->P, deepest->P) && near(r->h, deepest->h)) deepest->row = r;
}

void vti_indents_match_rows(vti_indents *set)
{
    for (size_t from = 0, to; from < set->nrows; from = to) {
        for (to = from; to < set->nrows && set->row[to].table == set->row[from].table;) to++;
        for (size_t i = 0; i < set->n; i++) match_table(set, &set->indent[i], from, to);
    }
    for (size_t i = 0; i < set->n; i++) match_deepest(set, &set->indent[i]);
}
