#pragma once
/* Monte-Carlo round trips: a virtual instrument writes a record, the production code reduces it, the truth is compared
 * (procedures, section 11). What the campaigns of all experiments share. */
#include "result_checks.h"
#include <vitrum/experiment.h>
#include <vitrum/random.h>

/* ---- settings ---- */
enum { SETTINGS_MAX = 40, SETTING_TEXT = 128 };
struct settings {
    size_t n;
    vt_setting row[SETTINGS_MAX];
    char text[SETTINGS_MAX][SETTING_TEXT];
};

static inline void set_text(struct settings *s, const char *key, const char *text)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->row[i].key, key) == 0) {
            snprintf(s->text[i], SETTING_TEXT, "%s", text);
            return;
        }
    CHECK(s->n < SETTINGS_MAX);
    snprintf(s->text[s->n], SETTING_TEXT, "%s", text);
    s->row[s->n] = (vt_setting){.key = key, .text = s->text[s->n]};
    s->n++;
}

/* Rows of key and text. */
static inline void set_texts(struct settings *s, size_t n, const char *const (*row)[2])
{
    for (size_t i = 0; i < n; i++) set_text(s, row[i][0], row[i][1]);
}

static inline void set_number(struct settings *s, const char *key, double value, const char *unit)
{
    char text[SETTING_TEXT];
    snprintf(text, sizeof text, "%.10g%s%s", value, unit[0] ? " " : "", unit);
    set_text(s, key, text);
}

/* The texts lie in the struct: their addresses are made new after every copy of it. */
static inline const vt_setting *rows(struct settings *s)
{
    for (size_t i = 0; i < s->n; i++) s->row[i].text = s->text[i];
    return s->row;
}

/* The truth that the same settings mean: a struct of the virtual instrument's table of parameters. */
static inline void read_truth(const vt_param *table, struct settings *s, void *truth)
{
    vt_error err = {0};
    rows(s);
    CHECK_OK(vt_param_defaults(table, truth, &err), &err);
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->row[i].key, "seed") != 0)
            CHECK_OK(vt_param_set(table, truth, NULL, s->row[i].key, s->row[i].text, &err), &err);
}

/* ---- there and back ---- */
static inline vt_table *simulated(const char *experiment, struct settings *s, vt_error *err)
{
    const vt_request in = {.settings = rows(s), .nsettings = s->n};
    vt_table *t = NULL;
    CHECK_OK(vt_simulate(vt_experiment_find(experiment), &in, &t, err), err);
    return t;
}

/* Record through the reduction; s NULL: by default; NULL and *err if it refuses. */
static inline vt_result *reduced(const char *experiment, const vt_table *t, struct settings *s, vt_error *err)
{
    vt_result *r = NULL;
    const vt_request in = {.raw = &t, .nraw = 1, .settings = s ? rows(s) : NULL, .nsettings = s ? s->n : 0};
    return vt_reduce(vt_experiment_find(experiment), &in, &r, err) == VT_OK ? r : NULL;
}

static inline vt_result *there_and_back(const char *experiment, struct settings *truth, struct settings *how)
{
    vt_error err = {0};
    vt_table *t = simulated(experiment, truth, &err);
    vt_result *r = t ? reduced(experiment, t, how, &err) : NULL;
    if (!r) CHECK_FAILED("%s: %s", vt_status_name(err.code), err.msg);
    vt_table_free(t);
    return r;
}

/* ---- properties ---- */
/* Next property after *i with this name and reading (NULL: any) that has scope `key`, and there `text` (NULL: any). */
static inline const vt_property *next(const vt_result *r, size_t *i, const char *name, const char *reading,
                                      const char *key, const char *text)
{
    for (; *i < vt_result_properties(r); (*i)++) {
        const vt_property *p = vt_result_property(r, *i);
        const vt_scope *s = key ? scope_of(p, key) : NULL;
        if (strcmp(p->name, name) != 0 || (reading && strcmp(p->reading, reading) != 0)) continue;
        if ((key && !s) || (text && strcmp(s->text, text) != 0)) continue;
        (*i)++;
        return p;
    }
    return NULL;
}

/* ---- coverage ---- */
struct tally {
    const char *what;
    long n, covered;               /* values, those whose interval holds the truth */
    double pull, square, relative; /* sums of (value - truth)/u, of its square, of value/truth - 1 */
};

static inline void count(struct tally *t, const vt_property *p, double truth)
{
    t->n++;
    if (!p) return; /* absent counts as not covered */
    const double pull = (p->q.value - truth) / p->q.u;
    t->covered += p->q.low <= truth && truth <= p->q.high;
    t->pull += pull;
    t->square += pull * pull;
    t->relative += p->q.value / truth - 1.0;
}

/* Procedures 1.9: 0.95 -+ 3 sqrt(0.95 0.05/n), and mean error below 0.2 u (plus its own three sigma). from_below:
 * intervals that are too wide pass, where only some of the records give a value and those are selected by it. */
static inline void judge_side(const struct tally *t, const char *of, bool from_below)
{
    const double n = (double)t->n, band = 3.0 * sqrt(0.95 * 0.05 / n), c = (double)t->covered / n, bias = t->pull / n;
    fprintf(stderr, "%-12s %-20s n %4ld coverage %.3f pull %+.3f rms %.2f mean error %+.3f %%\n", of, t->what, t->n, c,
            bias, sqrt(t->square / n), 100.0 * t->relative / n);
    CHECK(t->n > 0);
    CHECK_BAND(c, 0.95 - band, from_below ? 1.0 : fmin(1.0, 0.95 + band));
    CHECK_ABS(bias, 0.0, 0.2 + 3.0 / sqrt(n));
}

static inline void judge(const struct tally *t, const char *of)
{
    judge_side(t, of, false);
}
