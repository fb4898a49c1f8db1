/* Sheets that list tests or their cycles: results of the vendor, inputs. */
#include "base/table_internal.h"
#include "io/sheet/instrument_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sheets by name; what the others among them are is said where they are left out. */
static const struct known {
    const char *name;
    vti_listing_kind kind;
    const char *left_out; /* NULL: it is a list of the kind */
} KNOWN[] = {
    {"Results", VTI_LIST_RESULTS, NULL},
    {"Required Inputs", VTI_LIST_REQUIRED, NULL},
    {"Pre-Test Inputs", VTI_LIST_REQUIRED, NULL},
    {"Inputs Editable Post Test", VTI_LIST_EDITABLE, NULL},
    {"Post-Test Inputs", VTI_LIST_EDITABLE, NULL},
    {"Cycles-GroupedByTest", VTI_LIST_CYCLES, NULL},
    {"Cycles-GroupedByCycle", VTI_LISTINGS, "the rows of 'Cycles-GroupedByTest' in another order"},
    {"Sample Summary", VTI_LISTINGS, "statistics over tests"},
    {"Sample Information", VTI_LISTINGS, "nothing about single tests"},
};

/* "1", "1-2", "     1:2" or the number 1 as test and cycle (0: none); false: the row is no test ("Mean"). */
static bool read_id(const vti_grid *g, const vti_sheet_cell *c, long *test, long *cycle)
{
    *test = *cycle = 0;
    if (vti_grid_is_number(c)) {
        const double v = c->value.number;
        *test = v >= 1.0 && v <= 1e6 && nearbyint(v) == v ? (long)v : 0;
        return *test > 0;
    }
    const char *p = vti_grid_string(g, c);
    long *to = test;
    while (*p == ' ') p++;
    for (size_t digits = 0; *p; p++) {
        if (*p >= '0' && *p <= '9' && digits++ < 6) {
            *to = 10 * *to + (*p - '0');
        } else if ((*p == '-' || *p == ':') && to == test && digits > 0) {
            to = cycle;
            digits = 0;
        } else {
            return false;
        }
    }
    return *test > 0 && (to == test || *cycle > 0);
}

/* Name of the sheet of a test, or its number alone. */
static void label_of(const vti_workbook *book, long number, char label[VTI_SHEET_NAME])
{
    for (size_t i = 0; i < vti_workbook_sheets(book); i++) {
        bool named;
        if (vti_test_number(vti_workbook_sheet(book, i), &named) != number || !named) continue;
        snprintf(label, VTI_SHEET_NAME, "%s", vti_workbook_sheet(book, i));
        return;
    }
    snprintf(label, VTI_SHEET_NAME, "%ld", number);
}

struct ids {
    size_t n;
    size_t *pick;
    long *test, *cycle;
};

static void free_ids(struct ids *ids)
{
    free(ids->pick);
    free(ids->test);
    free(ids->cycle);
}

/* Rows of tests (cycles false) or of cycles; others is filled with the labels of rows that are neither. */
static vt_status find_ids(const vti_grid *g, bool cycles, struct ids *ids, char *others, size_t size, vt_error *err)
{
    const size_t most = g->nrows + 1;
    char quoted[40];
    size_t used = 0;
    others[0] = '\0';
    ids->pick = malloc(most * sizeof *ids->pick);
    ids->test = malloc(most * sizeof *ids->test);
    ids->cycle = malloc(most * sizeof *ids->cycle);
    if (!ids->pick || !ids->test || !ids->cycle)
        return vt_fail_at(err, VT_EMEMORY, g->name, 0, 0, "no memory for sheet '%s'", g->sheet);
    for (size_t r = 0; r < g->nrows; r++) {
        const vti_sheet_cell *c = &g->cell[g->row[r]];
        if (c->row < 2 || c->column != 0) continue;
        if (!read_id(g, c, &ids->test[ids->n], &ids->cycle[ids->n])) {
            const char *label = vti_grid_string(g, c);
            while (*label == ' ') label++;
            snprintf(quoted, sizeof quoted, "'%.30s'", label);
            const bool head = strncmp(label, "Test ", 5) == 0; /* of the cycles of a test */
            if (*label && !head && used < size && !strstr(others, quoted))
                used += (size_t)snprintf(others + used, size - used, "%s%s", used ? ", " : "", quoted);
        } else if (cycles == (ids->cycle[ids->n] > 0)) {
            ids->pick[ids->n++] = r;
        }
    }
    return VT_OK;
}

static vt_status add_labels(const vti_instrument *in, const struct ids *ids, bool cycles, vt_table *t, vt_error *err)
{
    char(*label)[VTI_SHEET_NAME] = malloc(VTI_SHEET_NAME);
    const char **texts = malloc(ids->n * sizeof *texts);
    double *cycle = malloc(ids->n * sizeof *cycle);
    char **own = calloc(ids->n, sizeof *own);
    vt_status st = VT_OK;
    if (!label || !texts || !cycle || !own) st = vt_fail(err, VT_EMEMORY, "no memory for labels of tests");
    for (size_t i = 0; i < ids->n && st == VT_OK; i++) {
        if (i > 0 && ids->test[i] == ids->test[i - 1]) {
            texts[i] = texts[i - 1];
        } else {
            label_of(in->workbook, ids->test[i], *label);
            texts[i] = own[i] = vti_copy(*label);
            if (!own[i]) st = vt_fail(err, VT_EMEMORY, "no memory for labels of tests");
        }
        cycle[i] = (double)ids->cycle[i];
    }
    if (st == VT_OK) st = vt_table_add_text(t, "test", ids->n, texts, err);
    if (st == VT_OK && cycles) st = vt_table_add(t, "cycle", NULL, ids->n, cycle, err);
    for (size_t i = 0; own && i < ids->n; i++) free(own[i]);
    free(own);
    free(cycle);
    free(texts);
    free(label);
    return st;
}

static vt_status make_list(vti_instrument *in, const vti_grid *g, struct ids *ids, vti_listing_kind kind, vt_error *err)
{
    const bool cycles = kind == VTI_LIST_CYCLES, inputs = kind == VTI_LIST_REQUIRED || kind == VTI_LIST_EDITABLE;
    vti_frame f = {0};
    vt_table *t = NULL;
    vt_status st;
    VT_TRY(st = vti_frame_open(&f, g, 0, 1, err));
    size_t *pick = ids->pick;
    ids->pick = NULL;
    VT_TRY(st = vti_frame_take(&f, pick, ids->n, err));
    const bool beside = cycles && strcmp(g->sheet, "Results") == 0; /* the rows of tests are a table, too */
    VT_TRY(st = vti_frame_table(&f, beside ? "Results, cycles" : g->sheet, inputs ? "" : "indents", &t, err));
    VT_TRY(st = add_labels(in, ids, cycles, t, err));
    for (size_t c = 0; c < f.ncolumns; c++) /* excel's fraction of a day: NanoSuite gives it no unit */
        if (!f.column[c].unit[0] && strncmp(f.column[c].name, "Time", 4) == 0)
            snprintf(f.column[c].unit, sizeof f.column[c].unit, "day");
    if (!inputs) VT_TRY(st = vti_sheet_count_missing(in, &f, err));
    VT_TRY(st = vti_frame_columns(&f, t, err));
    vt_table_free(in->list[kind].table);
    free(in->list[kind].test);
    in->list[kind] = (vti_listing){t, ids->test};
    t = NULL;
    ids->test = NULL;
done:
    vt_table_free(t);
    vti_frame_free(&f);
    return st;
}

/* Rows of one kind on a sheet, if there are any. */
static vt_status take_rows(vti_instrument *in, const vti_grid *g, vti_listing_kind kind, bool say, vt_error *err)
{
    struct ids ids = {0};
    char others[300];
    vt_status st = find_ids(g, kind == VTI_LIST_CYCLES, &ids, others, sizeof others, err);
    if (st == VT_OK && say && others[0])
        st = vti_book_ignore(in->book, err, "sheet '%.60s': rows %s: no tests", g->sheet, others);
    if (st == VT_OK && ids.n > 0) st = make_list(in, g, &ids, kind, err);
    free_ids(&ids);
    return st;
}

vt_status vti_take_listing(vti_instrument *in, const vti_grid *g, bool *taken, vt_error *err)
{
    const struct known *k = NULL;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN && !k; i++)
        if (strcmp(g->sheet, KNOWN[i].name) == 0) k = &KNOWN[i];
    *taken = k != NULL;
    if (!k) return VT_OK;
    if (k->left_out) return vti_book_ignore(in->book, err, "sheet '%.60s': %s", g->sheet, k->left_out);
    vt_status st = take_rows(in, g, k->kind, true, err);
    if (st == VT_OK && k->kind == VTI_LIST_RESULTS) st = take_rows(in, g, VTI_LIST_CYCLES, false, err);
    return st;
}
