#pragma once
/* Monte-Carlo round trips of the experiment `compression` (P06, section 11): the virtual machine writes raw records,
 * the production code reduces them, the truth is compared. Shared by `make check` and the long campaign. */
#include "round_trips.h"
#include "experiment/compression/virtual_internal.h"

static inline vti_compression_truth truth_of(struct settings *s)
{
    vti_compression_truth p;
    read_truth(VTI_COMPRESSION_TRUTH, s, &p);
    return p;
}

static inline vt_result *round_trip(struct settings *truth, struct settings *how)
{
    return there_and_back("compression", truth, how);
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
