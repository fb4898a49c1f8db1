/* Properties, segments, the table of specimens and the points for the flow map. */
#include "compression_internal.h"
#include "experiment/emit_internal.h"
#include "experiment/flow_points_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static vti_value value(const vti_compression_run *run, const vti_disc_test *s, const char *name, double x, double u)
{
    /* Friction between limits is a rectangle: it weighs where the value is a stress or a viscosity. */
    const bool scaled = strstr(name, "stress") || strcmp(name, "overshoot") == 0 || strcmp(name, "viscosity") == 0;
    const bool early = strcmp(name, "peak_stress") == 0 || strcmp(name, "overshoot") == 0;
    const double higher = early ? exp(1.5 * (s->peak_strain - s->steady.strain)) : 1.0; /* less friction at the peak */
    const double level = run->job->common.level;
    const double k = vti_compression_cover(level, u, scaled ? s->u_friction * fabs(x) * higher : 0.0);
    vti_value v = {.name = name, .value = x, .u = u, .low = x - k * u, .high = x + k * u, .level = level};
    if (isfinite(s->temperature)) v.T = s->temperature;
    v.scope_key = "specimen";
    v.scope_text = s->name;
    return v;
}

/* Budget of a value x whose relative sensitivities are those of stress (eta false) or viscosity. */
static size_t budget(const vti_disc_test *s, double x, bool eta, vt_budget_item *item)
{
    size_t n = 0;
    for (size_t k = 0; k < s->influences; k++) {
        const vti_disc_influence *i = &s->influence[k];
        const double c = eta ? i->eta : i->stress;
        if (c == 0.0) continue;
        item[n] = (vt_budget_item){.type = i->type, .u = i->u, .c = c * x};
        snprintf(item[n].source, sizeof item[n].source, "%s", i->source);
        snprintf(item[n++].group, sizeof item[0].group, "%s", i->group);
    }
    return n;
}

static vt_status peak(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    vt_budget_item item[VT_BUDGET_MAX];
    const double noise = s->is_steady && s->over ? s->u_overshoot : s->u_peak;
    /* What scales the stress scales the peak alike, friction less: the specimen is higher there. Its own noise stands
     * in place of that of the window. */
    const double higher = exp(1.5 * (s->peak_strain - s->steady.strain)), a = s->u_friction;
    const double scale =
        s->is_steady
            ? sqrt(fmax(s->u_stress * s->u_stress - s->steady.u * s->steady.u - a * a / 3.0 * (1.0 - higher * higher),
                        0.0))
            : 0.0;
    vti_value v = value(run, s, "peak_stress", s->peak_stress, hypot(s->u_peak, scale * s->peak_stress));
    v.symbol = "sigma_p";
    v.unit = "Pa";
    v.method = s->over ? "highest above the steady line" : "largest smoothed stress; no overshoot";
    vt_status st = vti_emit_value(run->result, &v, err);
    if (st != VT_OK || !s->over) return st;
    v = value(run, s, "peak_strain", s->peak_strain,
              hypot(s->u_u0, run->par.displacement_u * s->disc.height * s->peak_strain) / s->disc.height);
    v.symbol = "eps_p";
    v.unit = "1";
    st = vti_emit_value(run->result, &v, err);
    v = value(run, s, "overshoot", s->overshoot, hypot(noise, scale * s->overshoot));
    v.symbol = "dsigma";
    v.unit = "Pa";
    v.method = "peak less the steady line continued to its strain";
    item[0] = (vt_budget_item){.source = "noise of peak and line", .type = 'A', .u = noise, .c = 1.0};
    item[1] = (vt_budget_item){
        .source = "scale of the stress", .group = "scale of the stress", .type = 'B', .u = scale, .c = s->overshoot};
    v.budget = item;
    v.nbudget = 2;
    if (st == VT_OK) st = vti_emit_value(run->result, &v, err);
    const double line = s->peak_stress - s->overshoot;
    /* The scale cancels, and what is left of the decay after the peak weighs: where the window begins, a rest a of it
     * lifts ln(stress) by a exp(-(strain - begin)/lambda). The change over the window is then at most a, and one up to
     * `drift` counts as none: so the line, and with it the ratio, may be off by anything up to `drift`, small rests
     * being likelier than large ones. With the noise of line and peak alone the ratios of the virtual press are 1.8
     * times further from the truth than their u, on the low side as a rest makes them; a third of `drift`, so that it
     * is three standard deviations, brings that to 0.8 to 0.9 (round trip: 0.97 of 1000 covered). */
    const double u_ratio = hypot(noise / line, run->par.drift / 3.0);
    v = value(run, s, "overshoot_ratio", s->overshoot / line, u_ratio);
    v.unit = "1";
    v.method = "overshoot over the steady line at its strain: the scale of the stress cancels";
    return st == VT_OK ? vti_emit_value(run->result, &v, err) : st;
}

static vt_status steady(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    const vti_steady *w = &s->steady;
    vt_budget_item item[VT_BUDGET_MAX];
    const double sigma = exp(w->ln_stress);
    vti_value v = value(run, s, "steady_stress", sigma, sigma * s->u_stress);
    v.symbol = "sigma_ss";
    v.unit = "Pa";
    v.method = "line of ln(stress) in strain at the centre of the steady window";
    v.budget = item;
    v.nbudget = budget(s, sigma, false, item);
    vt_status st = vti_emit_value(run->result, &v, err);
    double u = 0.0;
    for (size_t k = 0; k < s->influences; k++) {
        const vti_disc_influence *i = &s->influence[k];
        if (i->group[0] == '\0' || i->eta - i->stress != 0.0) u = hypot(u, i->u * (i->eta - i->stress));
    }
    v = value(run, s, "strain_rate", w->rate, w->rate * u);
    v.symbol = "eps'";
    v.unit = "s-1";
    v.method = s->control == VTI_PRESS_CROSSHEAD ? "at the centre of the window; constant crosshead speed: rises as 1/h"
               : s->control == VTI_PRESS_TRUE_RATE ? "constant true rate"
                                                   : "mean over the window; neither speed nor rate was constant";
    if (st == VT_OK) st = vti_emit_value(run->result, &v, err);
    v = value(run, s, "viscosity", s->eta, s->eta * s->u_eta);
    v.symbol = "eta";
    v.unit = "Pa s";
    v.method = "steady stress over three times the true rate, at the centre of the window";
    v.budget = item;
    v.nbudget = budget(s, s->eta, true, item);
    return st == VT_OK ? vti_emit_value(run->result, &v, err) : st;
}

static vt_status class(vti_compression_run *run, const vti_disc_test *s, const char *reading, vt_flow_class c,
                       vt_error *err)
{
    static const double CODE[] = {
        [VT_FLOW_UNDETERMINED] = 0.0, [VT_FLOW_NEWTONIAN] = 1.0, [VT_FLOW_NON_NEWTONIAN] = -1.0};
    char method[VT_METHOD_TEXT], m[40] = "m not known", eta[48] = "eta_N not known";
    const bool paper = reading[1] == 'a';
    const double ratio = paper ? s->ratio_paper : s->ratio;
    const vt_rate_sensitivity *its = paper || !s->has_law ? &s->m : &s->law_m;
    if (s->has_m || its == &s->law_m) snprintf(m, sizeof m, "m = %.3f +- %.3f", its->m, its->u);
    if (isfinite(ratio) && paper) snprintf(eta, sizeof eta, "eta/eta_N = %.3f", ratio);
    if (isfinite(ratio) && !paper)
        snprintf(eta, sizeof eta, "eta/eta_N = %.3f (%.3f to %.3f)", ratio, s->ratio_low, s->ratio_high);
    snprintf(method, sizeof method, "%s; %s; %s", s->over ? "overshoot" : "no overshoot", m, eta);
    vti_value v = value(run, s, "class", CODE[c], 0.0);
    v.level = 0.0;
    v.unit = "1";
    v.reading = reading;
    v.method = method;
    v.and_key = "class";
    v.and_text = vt_flow_class_text(c);
    return vti_emit_value(run->result, &v, err);
}

static vt_status sensitivity(vti_compression_run *run, const vti_disc_test *s, const char *reading,
                             const vt_rate_sensitivity *m, vt_error *err)
{
    vti_value v = value(run, s, "rate_sensitivity", m->m, m->u);
    v.symbol = "m";
    v.unit = "1";
    v.reading = reading;
    v.method = m == &s->m ? "line or parabola of ln(stress) in ln(rate) through the nearest rates"
                          : "steady law (sinh, or free volume where that misses) through all rates";
    v.low = m->low;
    v.high = m->high;
    return vti_emit_value(run->result, &v, err);
}

static vt_status segment(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    vt_segment g = {.begin = s->strain[s->steady.from], .end = s->strain[s->steady.to - 1], .unit = "1"};
    snprintf(g.name, sizeof g.name, "%.56s", s->name);
    snprintf(g.verdict, sizeof g.verdict,
             "steady: slope %.3f of ln(stress) in strain, 0 to %.2f expected; change %.2g %%", s->steady.slope,
             fmax(s->steady.rise, 0.0), 100.0 * s->steady.drift);
    return vt_result_add_segment(run->result, &g, err);
}

static vt_status one(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    vt_status st = peak(run, s, err);
    if (st != VT_OK || !s->is_steady) return st;
    st = steady(run, s, err);
    if (st == VT_OK && s->has_m) st = sensitivity(run, s, "paper", &s->m, err);
    if (st == VT_OK && s->has_law) st = sensitivity(run, s, "physics", &s->law_m, err);
    if (st == VT_OK) st = class(run, s, "paper", s->class_paper, err);
    if (st == VT_OK) st = class(run, s, "physics", s->class_of, err);
    return st == VT_OK ? segment(run, s, err) : st;
}

/* One series of specimens at one temperature turns at one stress: that is what `flow` calls a specimen. */
static vt_status flow_points(vti_compression_run *run, vt_error *err)
{
    size_t n = 0;
    vti_flow_row *row = malloc(run->n * sizeof *row);
    char(*series)[VT_NAME] = malloc(run->n * sizeof *series);
    vt_status st = VT_EMEMORY;
    if (!row || !series) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu points", run->n);
        goto done;
    }
    double T = NAN;
    for (size_t i = 0; i < run->n; i++) {
        const vti_disc_test *s = &run->test[i];
        if (!(s->temperature <= T + run->par.temperature_tolerance)) T = s->temperature;
        if (!s->is_steady) continue;
        if (isfinite(T))
            snprintf(series[n], sizeof series[n], "%.40s %.2f K", s->group, T);
        else
            snprintf(series[n], sizeof series[n], "%.40s", s->group);
        row[n] = (vti_flow_row){.group = s->group,
                                .specimen = series[n],
                                .viscosity = s->eta,
                                .strain_rate = s->steady.rate,
                                .m = s->has_law ? s->law_m.m
                                     : s->has_m ? s->m.m
                                                : (double)NAN,
                                .class_of = s->class_of};
        n++;
    }
    st = vti_emit_flow_points(run->result, n, row, err);
done:
    free(row);
    free(series);
    return st;
}

static vt_status machine(vti_compression_run *run, vt_error *err)
{
    if (!isfinite(run->compliance)) return VT_OK;
    const vti_value v = {.name = "machine_compliance",
                         .symbol = "C_m",
                         .unit = "m N-1",
                         .value = run->compliance,
                         .u = run->u_compliance,
                         .method = "robust slope of the platen run above a fifth of its force"};
    return vti_emit_covered(run->result, &v, run->job->common.level, err);
}

vt_status vti_compression_report(vti_compression_run *run, vt_error *err)
{
    vt_status st = machine(run, err);
    for (size_t i = 0; st == VT_OK && i < run->n; i++) st = one(run, &run->test[i], err);
    return st == VT_OK ? flow_points(run, err) : st;
}
