/* Figures: viscosity, interface mobility, critical diameter, pulls. */
#include "transport.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool has_curve(const vt_result *r, const char *name)
{
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), name) == 0) return true;
    return false;
}

static void add(vt_figure *f, vt_series s)
{
    if (f->nseries < VT_SERIES_MAX) f->series[f->nseries++] = s;
}

/* Band and curve of a fitted law, and what is stated of it. */
static void add_law(vt_figure *f, const vt_result *r, const char *x, const char *y, const char *stated)
{
    vt_series s = {.curve = "laws", .style = VT_BAND, .color = strcmp(y, "interface_mobility") == 0 ? 2 : 0};
    snprintf(s.x, sizeof s.x, "%s", x);
    snprintf(s.y, sizeof s.y, "%s", y);
    snprintf(s.low, sizeof s.low, "%s_low", y);
    snprintf(s.high, sizeof s.high, "%s_high", y);
    snprintf(s.label, sizeof s.label, "interval");
    add(f, s);
    s.style = VT_LINE;
    s.low[0] = s.high[0] = '\0';
    snprintf(s.label, sizeof s.label, "fitted law");
    add(f, s);
    if (!has_curve(r, stated)) return;
    vt_series points = {.y = "value", .low = "low", .high = "high", .style = VT_POINTS, .color = 1, .label = "stated"};
    snprintf(points.curve, sizeof points.curve, "%s", stated);
    snprintf(points.x, sizeof points.x, "%s", x);
    add(f, points);
}

static vt_status viscosity(vti_transport_run *run, vt_error *err)
{
    vt_figure f = {.name = "viscosity",
                   .title = "Viscosity against inverse temperature",
                   .x = {.label = "inverse temperature", .unit = "K-1", .low = NAN, .high = NAN},
                   .y = {.label = "viscosity", .unit = "Pa s", .log = 1, .low = NAN, .high = NAN}};
    snprintf(f.alt, sizeof f.alt,
             "Viscosity on a logarithmic scale against inverse temperature, with its band: a VFT curve%s. At tg the "
             "viscosity is %.3g Pa s.",
             run->problem.setup.kink ? " down to the kink and a straight Arrhenius branch below it" : "",
             exp(run->fit.x[VTI_LN_ETA]));
    add_law(&f, run->result, "inverse_temperature", "viscosity", "stated_viscosities");
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status mobility(vti_transport_run *run, vt_error *err)
{
    vt_figure f = {.name = "interface_mobility",
                   .title = "Interface mobility against inverse temperature",
                   .x = {.label = "inverse temperature", .unit = "K-1", .low = NAN, .high = NAN},
                   .y = {.label = "interface mobility", .unit = "m3 s-1", .log = 1, .low = NAN, .high = NAN}};
    snprintf(
        f.alt, sizeof f.alt,
        "Interface thickness times diffusivity on a logarithmic scale against inverse temperature: a straight line "
        "of activation energy %.3f eV through %.3g m3/s at tg, with its band.",
        run->fit.x[VTI_QI], exp(run->fit.x[VTI_LN_MOBILITY]));
    add_law(&f, run->result, "inverse_temperature", "interface_mobility", "stated_mobilities");
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status diameter(vti_transport_run *run, vt_error *err)
{
    const vt_property *max = vt_result_find(run->result, "maximum_critical_diameter", NULL, NULL, 0.0);
    vt_figure f = {.name = "critical_diameter",
                   .title = "Critical diameter against temperature",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "diameter", .unit = "nm", .log = 1, .low = NAN, .high = NAN}};
    if (max)
        snprintf(
            f.alt, sizeof f.alt,
            "Critical diameter between interface diffusion (below) and viscous flow (above) against temperature: it "
            "rises on cooling to %.3g nm at %.4g degC and falls below. Points with bars: stated; without: "
            "predicted by fits that leave them out.",
            1e9 * max->q.value, max->scope[0].value - 273.15);
    else
        snprintf(f.alt, sizeof f.alt,
                 "Critical diameter between interface diffusion (below) and viscous flow (above) "
                 "against temperature, with its band.");
    add_law(&f, run->result, "temperature", "critical_diameter", "stated_critical_diameters");
    if (has_curve(run->result, "predicted_critical_diameters"))
        add(&f, (vt_series){.curve = "predicted_critical_diameters",
                            .x = "temperature",
                            .y = "value",
                            .style = VT_POINTS,
                            .color = 3,
                            .label = "predicted without the point"});
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status pulls(vti_transport_run *run, vt_error *err)
{
    size_t worst = 0;
    double pull = 0.0;
    char label[96];
    for (size_t i = 0; i < run->problem.n; i++) {
        double y;
        if (vti_transport_predict(&run->problem.setup, &run->row[i], run->fit.x, &y, NULL, NULL) != VT_OK) continue;
        const double r = vti_transport_pull(&run->row[i], run->row[i].value, y, NULL);
        if (fabs(r) > fabs(pull)) pull = r, worst = i;
    }
    vti_transport_label(&run->row[worst], label, sizeof label);
    vt_figure f = {
        .name = "pulls",
        .title = "Pull of each observation",
        .x = {.label = "row of the table of pulls", .unit = "1", .low = 0.0, .high = (double)run->problem.n + 1.0},
        .y = {.label = "pull", .unit = "1", .low = NAN, .high = NAN}};
    snprintf(
        f.alt, sizeof f.alt,
        "Pull (recomputed minus stated, in standard uncertainties) of the %zu observations, in the order of the table "
        "of pulls; lines at -2, 0 and 2. The largest is %+.1f, of %s.",
        run->problem.n, pull, label);
    add(&f, (vt_series){.curve = "pull_limits", .y = "pull", .style = VT_RULE_Y, .color = 0});
    add(&f, (vt_series){.curve = "pulls", .x = "row", .y = "pull", .style = VT_POINTS, .color = 1, .label = "pull"});
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_transport_report_figures(vti_transport_run *run, vt_error *err)
{
    const bool diffusion = !run->fit.fixed[VTI_LN_MOBILITY];
    vt_status st = viscosity(run, err);
    if (st == VT_OK && diffusion) st = mobility(run, err);
    if (st == VT_OK && diffusion) st = diameter(run, err);
    return st == VT_OK ? pulls(run, err) : st;
}
