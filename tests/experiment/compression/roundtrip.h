#pragma once
/* Monte-Carlo round trips of the experiment `compression` (P06, section 11): the virtual machine writes raw records,
 * the production code reduces them, the truth is compared. Shared by `make check` and the long campaign. */
#include "check.h"
#include "experiment/compression/virtual_internal.h"
#include "result_checks.h"

enum { SETTINGS_MAX = 40, SETTING_TEXT = 96 };
struct settings {
    size_t n;
    vt_setting row[SETTINGS_MAX];
    char text[SETTINGS_MAX][SETTING_TEXT];
};

static inline void set_text(struct settings *s, const char *key, const char *text)
{
    size_t i = 0;
    while (i < s->n && strcmp(s->row[i].key, key) != 0) i++;
    CHECK(i < SETTINGS_MAX);
    snprintf(s->text[i], SETTING_TEXT, "%s", text);
    s->row[i] = (vt_setting){.key = key};
    s->n = i == s->n ? s->n + 1 : s->n;
}

static inline void set_number(struct settings *s, const char *key, double value, const char *unit)
{
    char text[SETTING_TEXT];
    snprintf(text, sizeof text, "%.12g%s%s", value, unit[0] ? " " : "", unit);
    set_text(s, key, text);
}

static inline const vt_setting *rows(struct settings *s)
{
    for (size_t i = 0; i < s->n; i++) s->row[i].text = s->text[i];
    return s->row;
}

static inline vti_compression_truth truth_of(struct settings *s)
{
    vti_compression_truth p;
    vt_error err = {0};
    rows(s);
    CHECK_OK(vt_param_defaults(VTI_COMPRESSION_TRUTH, &p, &err), &err);
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->row[i].key, "seed") != 0)
            CHECK_OK(vt_param_set(VTI_COMPRESSION_TRUTH, &p, NULL, s->row[i].key, s->row[i].text, &err), &err);
    return p;
}

static inline vt_table *simulated(struct settings *s)
{
    const vt_request in = {.settings = rows(s), .nsettings = s->n};
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_simulate(vt_experiment_find("compression"), &in, &t, &err), &err);
    return t;
}

static inline vt_result *reduced(const vt_table *t, struct settings *s, vt_error *err)
{
    vt_result *r = NULL;
    const vt_request in = {.raw = &t, .nraw = 1, .settings = s ? rows(s) : NULL, .nsettings = s ? s->n : 0};
    *err = (vt_error){0};
    return vt_reduce(vt_experiment_find("compression"), &in, &r, err) == VT_OK ? r : NULL;
}

static inline vt_result *round_trip(struct settings *truth, struct settings *how)
{
    vt_error err = {0};
    vt_table *t = simulated(truth);
    vt_result *r = t ? reduced(t, how, &err) : NULL;
    if (!r) CHECK_FAILED("%s: %s", vt_status_name(err.code), err.msg);
    vt_table_free(t);
    return r;
}

/* k-th property with this name (and reading, NULL: any): specimens come in the order of their rates. */
static inline const vt_property *nth(const vt_result *r, const char *name, const char *reading, size_t k)
{
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, name) == 0 && (!reading || strcmp(p->reading, reading) == 0) && k-- == 0) return p;
    }
    return NULL;
}

static inline const vt_property *last(const vt_result *r, const char *name)
{
    const vt_property *p = NULL;
    for (size_t i = 0; nth(r, name, NULL, i); i++) p = nth(r, name, NULL, i);
    return p;
}

struct tally {
    const char *what;
    long n, covered;
    double pull, square, relative;
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
static inline void judge(const struct tally *t)
{
    const double n = (double)t->n, band = 3.0 * sqrt(0.95 * 0.05 / n), c = (double)t->covered / n, bias = t->pull / n;
    fprintf(stderr, "%-24s n %4ld coverage %.3f pull %+.3f rms %.2f mean error %+.3f %%\n", t->what, t->n, c, bias,
            sqrt(t->square / n), 100.0 * t->relative / n);
    CHECK(t->n > 0);
    CHECK_BAND(c, 0.95 - band, fmin(1.0, 0.95 + band));
    CHECK_ABS(bias, 0.0, 0.2 + 3.0 / sqrt(n));
}

/* ---- truth ---- */
static inline vti_press_run truth_run(const vti_compression_truth *p, double rate)
{
    vti_press_run r;
    vti_press_init(&r, p, p->temperatures.x[0], rate);
    return r;
}

/* d ln(stress)/d ln(rate) of steady flow. */
static inline double true_m(const vti_press_run *r, double rate)
{
    return log(vti_press_steady(r, rate * 1.001) / vti_press_steady(r, rate / 1.001)) / (2.0 * log(1.001));
}

/* True rate of steady flow at a strain: specimen and machine share the crosshead, (du/dt)/(h + C dF/d strain) with a
 * force that grows with the area. */
static inline double steady_rate(const vti_press_run *r, double t, double strain, double sigma)
{
    double speed;
    const double state[VTI_PRESS_STATES] = {strain, sigma / r->unit};
    vti_press_way(r, t, &speed);
    return speed / (r->height * exp(-strain) + r->p->machine_compliance * vti_press_force(r, state));
}

/* Excess of the stress over the steady line of the test continued to the peak: steady stress at the rate there, times
 * what the test shows above steady stress at a strain of 0.2, where structure lags behind a rate that rises. */
struct excess {
    double stress, line, strain;
};

static inline struct excess true_overshoot(const vti_press_run *r)
{
    enum { N = 2000 }; /* up to a strain of 0.1: 5e-5 apart, the top of a parabola of width 0.01 to 1e-5 */
    static double t[N + 1], y[N + 1][VTI_PRESS_STATES];
    vt_error err = {0};
    int top = 0;
    double most = -INFINITY;
    for (int i = 0; i < N; i++) t[i] = 0.1 / r->rate * (i + 1.0) / N;
    t[N] = (r->p->control == 0 ? -expm1(-0.2) : 0.2) / r->rate;
    CHECK_OK(vti_press_integrate(r, N + 1, t, y, &err), &err);
    const double at = vti_press_steady(r, r->rate), m = true_m(r, r->rate), late = y[N][1] * r->unit;
    for (int i = 0; i < N; i++) {
        const double above = y[i][1] * r->unit - at * pow(steady_rate(r, t[i], y[i][0], at) / r->rate, m);
        if (above <= most) continue;
        most = above;
        top = i;
    }
    const double lag = late / vti_press_steady(r, steady_rate(r, t[N], y[N][0], late));
    const double line = lag * vti_press_steady(r, steady_rate(r, t[top], y[top][0], at));
    return (struct excess){y[top][1] * r->unit - line, line, y[top][0]};
}

/* One draw of the box around the numbers of P06 and section 11. */
static inline void draw_box(struct settings *s, uint64_t k)
{
    vt_stream r;
    vt_stream_init(&r, 606, vt_stream_purpose("compression/box"), k);
    s->n = 0;
    const double base = pow(10.0, -3.0 + 0.7 * vt_stream_uniform(&r));
    char text[SETTING_TEXT];
    snprintf(text, sizeof text, "%.6g,%.6g,%.6g,%.6g,%.6g s-1", base, base * 1.8, base * 3.2, base * 5.8, base * 10.0);
    set_text(s, "rates", text);
    set_number(s, "temperatures", 250.0 + 8.0 * vt_stream_uniform(&r), "degC");
    set_text(s, "control", vt_stream_uniform(&r) < 0.5 ? "crosshead" : "true_rate");
    set_number(s, "friction", 0.05 + 0.25 * vt_stream_uniform(&r), "");
    set_number(s, "machine_compliance", 5.0 + 35.0 * vt_stream_uniform(&r), "nm/N");
    set_number(s, "seating", 10.0 * vt_stream_uniform(&r), "um");
    set_number(s, "samples", 400.0, "");
    set_number(s, "seed", (double)(100 + k), "");
}
