#pragma once
/* Monte-Carlo round trips of the experiment `indentation` (P18 to P20, section 11): the virtual indenter writes raw
 * records, the production code reduces them, the truth is compared. Shared by the campaigns of `make check` and the
 * long ones. */
#include "result_checks.h"
#include "experiment/indentation/virtual_internal.h"
#include <vitrum/constants.h>
#include <vitrum/contact.h>

/* ---- settings ---- */
enum { SETTINGS_MAX = 40, SETTING_TEXT = 64 };
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

/* Truth parameters with the same settings. */
static inline vti_indent_truth truth_of(struct settings *s)
{
    vti_indent_truth p;
    vt_error err = {0};
    rows(s);
    CHECK_OK(vt_param_defaults(VTI_INDENT_TRUTH, &p, &err), &err);
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->row[i].key, "seed") != 0)
            CHECK_OK(vt_param_set(VTI_INDENT_TRUTH, &p, NULL, s->row[i].key, s->row[i].text, &err), &err);
    return p;
}

static inline vt_table *simulated(struct settings *s, vt_error *err)
{
    const vt_request in = {.settings = rows(s), .nsettings = s->n};
    vt_table *t = NULL;
    CHECK_OK(vt_simulate(vt_experiment_find("indentation"), &in, &t, err), err);
    return t;
}

/* Record through the reduction; NULL and *err if it refuses. */
static inline vt_result *reduced(const vt_table *t, struct settings *s, vt_error *err)
{
    vt_result *r = NULL;
    const vt_request in = {.raw = &t, .nraw = 1, .settings = rows(s), .nsettings = s->n};
    return vt_reduce(vt_experiment_find("indentation"), &in, &r, err) == VT_OK ? r : NULL;
}

static inline vt_result *round_trip(struct settings *truth, struct settings *how)
{
    vt_error err = {0};
    vt_table *t = simulated(truth, &err);
    vt_result *r = t ? reduced(t, how, &err) : NULL;
    if (!r) CHECK_FAILED("%s: %s", vt_status_name(err.code), err.msg);
    vt_table_free(t);
    return r;
}

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

/* Procedures 1.9: 0.95 -+ 3 sqrt(0.95 0.05/n), and mean error below 0.2 u (plus its own three sigma). */
static inline void judge(const struct tally *t, const char *of)
{
    const double n = (double)t->n, band = 3.0 * sqrt(0.95 * 0.05 / n), c = (double)t->covered / n, bias = t->pull / n;
    fprintf(stderr, "%-12s %-20s n %4ld coverage %.3f pull %+.3f rms %.2f mean error %+.3f %%\n", of, t->what, t->n, c,
            bias, sqrt(t->square / n), 100.0 * t->relative / n);
    CHECK(t->n > 0);
    CHECK_BAND(c, 0.95 - band, fmin(1.0, 0.95 + band));
    CHECK_ABS(bias, 0.0, 0.2 + 3.0 / sqrt(n));
}

/* Box around the numbers of section 11, one draw for each session. */
static inline void draw_box(struct settings *s, uint64_t session)
{
    vt_stream r;
    vt_stream_init(&r, 20201, vt_stream_purpose("roundtrip/box"), session);
    set_number(s, "modulus", 70.0 + 60.0 * vt_stream_uniform(&r), "GPa");
    set_number(s, "hardness", 4.0 + 4.0 * vt_stream_uniform(&r), "GPa");
    set_number(s, "loads", 8.0 + 12.0 * vt_stream_uniform(&r), "mN");
    set_number(s, "tip_radius", 20.0 + 60.0 * vt_stream_uniform(&r), "nm");
    set_number(s, "frame_compliance", 0.4 * vt_stream_uniform(&r), "nm/mN");
    set_number(s, "drift", -0.05 + 0.1 * vt_stream_uniform(&r), "nm/s");
    set_number(s, "exponent", 1.3 + 0.4 * vt_stream_uniform(&r), "");
    set_number(s, "seed", (double)(1000 + session), "");
}

static inline uint64_t seed_of(const struct settings *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->row[i].key, "seed") == 0) return strtoull(s->text[i], NULL, 10);
    return 1;
}

/* Contact at the start of the unloading from load P (N) of a session without scatter of material. */
struct contact {
    double E, H, E_r, h_c, A, S;
};
static inline struct contact true_contact(struct settings *s, double P)
{
    const vti_indent_truth p = truth_of(s);
    vti_instrument_truth box;
    vti_specimen_truth specimen;
    vti_virtual_indent indent;
    vti_touch touch;
    vt_stream stream;
    vt_stream_init(&stream, 1, 1, 1);
    vti_population_instrument(&p, seed_of(s), &box);
    vti_population_specimen(&p, 1, 0, 0, &specimen);
    vti_population_indent(&p, &box, &specimen, 1, 0, &stream, &indent);
    vti_touch_at(&indent.ground, &indent.tip, P, vti_yielded_depth(&indent.ground, &indent.tip, P), &touch);
    return (struct contact){.E = p.modulus,
                            .H = p.hardness,
                            .E_r = indent.ground.K / p.beta,
                            .h_c = touch.h_c,
                            .A = vti_tip_area(&indent.tip, touch.h_c),
                            .S = touch.S};
}
