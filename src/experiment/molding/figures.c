/* Figures: lengths against diameter, the laws over temperature, the normalised plot. */
#include "molding.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CONDITION_FIGURES = 12, OVERVIEW = 11 };

static void add(vt_figure *f, vt_series s)
{
    if (f->nseries < VT_SERIES_MAX) f->series[f->nseries++] = s;
}

static const vt_axis DIAMETER = {.label = "diameter", .unit = "nm", .log = 1, .low = NAN, .high = NAN};
static const vt_axis LENGTH = {.label = "length", .unit = "nm", .log = 1, .low = NAN, .high = NAN};
static const vt_axis INVERSE = {.label = "inverse temperature", .unit = "K-1", .low = NAN, .high = NAN};

static vt_series series(const char *curve, size_t k, const char *y, vt_style style, int color, const char *label)
{
    vt_series s = {.x = "diameter", .style = style, .color = color};
    snprintf(s.curve, sizeof s.curve, "%s_%zu", curve, k + 1);
    snprintf(s.y, sizeof s.y, "%s", y);
    snprintf(s.label, sizeof s.label, "%s", label);
    if (style == VT_POINTS) {
        snprintf(s.low, sizeof s.low, "length_low");
        snprintf(s.high, sizeof s.high, "length_high");
    }
    return s;
}

/* One condition: points, both branches, their sum. */
static vt_status condition(vti_mold_run *run, size_t k, vt_error *err)
{
    const vti_condition *c = &run->c[k];
    vt_figure f = {.x = DIAMETER, .y = LENGTH};
    char label[96];
    vti_mold_label(c, label, sizeof label);
    snprintf(f.name, sizeof f.name, "length_%zu", k + 1);
    snprintf(f.title, sizeof f.title, "Wire length at %s", label);
    const double d_c = 1e9 * exp(vti_ln_crossing(&c->best, NULL)); /* nm */
    const bool adds = c->best.model == VTI_ADDITIVE;
    if (c->side == VTI_BOTH_SIDES)
        snprintf(
            f.alt, sizeof f.alt,
            "Wire length against pore diameter at %s, both logarithmic. Viscous flow and interface diffusion alone "
            "give the same length at %.3g nm; the wires are shortest at %.3g nm, longer in narrower pores by "
            "diffusion and in wider ones by flow. Line: %s model; dashed: its two branches.",
            label, d_c, adds ? d_c * pow(2.0, -1.0 / 3.0) : d_c, VTI_LENGTH_MODEL_NAME[c->best.model]);
    else
        snprintf(f.alt, sizeof f.alt,
                 "Wire length against pore diameter at %s, both logarithmic; only the %s side shows.", label,
                 c->side == VTI_VISCOUS_SIDE ? "viscous" : "diffusion");
    if (isfinite(c->best.ln_a)) add(&f, series("fit", k, "viscous", VT_DASHED, 1, "viscous flow"));
    if (isfinite(c->best.ln_b)) add(&f, series("fit", k, "diffusion", VT_DASHED, 2, "interface diffusion"));
    add(&f, series("fit", k, "length", VT_LINE, 0, VTI_LENGTH_MODEL_NAME[c->best.model]));
    add(&f, series("points", k, "length", VT_POINTS, 3, "measured"));
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status overview(vti_mold_run *run, vt_error *err)
{
    vt_figure f = {.name = "lengths", .title = "Wire length against diameter", .x = DIAMETER, .y = LENGTH};
    const size_t n = run->nc < OVERVIEW ? run->nc : OVERVIEW;
    snprintf(f.alt, sizeof f.alt,
             "Wire length against pore diameter, both logarithmic, at %zu conditions from %.4g to %.4g degC, with the "
             "fitted %s model. Each curve has a minimum where interface diffusion gives way to viscous flow.",
             n, run->c[n - 1].T - 273.15, run->c[0].T - 273.15, VTI_LENGTH_MODEL_NAME[run->model]);
    for (size_t k = 0; k < n; k++) {
        char label[VT_NAME];
        snprintf(label, sizeof label, "%.4g degC", run->c[k].T - 273.15);
        add(&f, series("fit", k, "length", VT_LINE, (int)k, ""));
        add(&f, series("points", k, "length", VT_POINTS, (int)k, label));
    }
    return vt_result_add_figure(run->result, &f, err);
}

/* Law and measured points of one quantity; x: temperature or its inverse. */
static void law_series(vt_figure *f, const char *x, const char *y, int color, bool band)
{
    vt_series s = {.curve = "laws", .style = VT_BAND, .color = color, .label = "interval"};
    snprintf(s.x, sizeof s.x, "%s", x);
    snprintf(s.y, sizeof s.y, "%s", y);
    snprintf(s.low, sizeof s.low, "%.50s_low", y);
    snprintf(s.high, sizeof s.high, "%.50s_high", y);
    if (band) add(f, s);
    vt_series line = s;
    line.style = VT_LINE;
    line.low[0] = line.high[0] = '\0';
    snprintf(line.label, sizeof line.label, "fitted law");
    add(f, line);
    s.style = VT_POINTS;
    s.color = 3;
    snprintf(s.curve, sizeof s.curve, "measured");
    snprintf(s.label, sizeof s.label, "from the lengths");
    add(f, s);
}

static vt_status viscosity(vti_mold_run *run, bool band, vt_error *err)
{
    const double *v = run->laws.value;
    vt_figure f = {.name = "viscosity",
                   .title = "Viscosity against inverse temperature",
                   .x = INVERSE,
                   .y = {.label = "viscosity", .unit = "Pa s", .log = 1, .low = NAN, .high = NAN}};
    if (isfinite(v[VTI_LAW_TK]))
        snprintf(
            f.alt, sizeof f.alt,
            "Viscosity (paper convention) on a logarithmic scale against inverse temperature: a VFT curve with T0 = "
            "%.4g K down to the kink at %.4g degC, a straight Arrhenius branch below it.",
            v[VTI_LAW_T0], v[VTI_LAW_TK] - 273.15);
    else
        snprintf(f.alt, sizeof f.alt,
                 "Viscosity (paper convention) on a logarithmic scale against inverse temperature, "
                 "with one law for all temperatures.");
    law_series(&f, "inverse_temperature", "viscosity", 0, band);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status mobility(vti_mold_run *run, bool band, vt_error *err)
{
    vt_figure f = {.name = "interface_mobility",
                   .title = "Interface mobility against inverse temperature",
                   .x = INVERSE,
                   .y = {.label = "interface mobility", .unit = "m3 s-1", .log = 1, .low = NAN, .high = NAN}};
    snprintf(
        f.alt, sizeof f.alt,
        "Interface thickness times diffusivity on a logarithmic scale against inverse temperature: a straight line of "
        "activation energy %.3g eV.",
        run->laws.value[VTI_LAW_QI] / 1.602176634e-19);
    law_series(&f, "inverse_temperature", "interface_mobility", 2, band);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status diameter(vti_mold_run *run, bool band, vt_error *err)
{
    const double *v = run->laws.value;
    vt_figure f = {.name = "critical_diameter",
                   .title = "Critical diameter against temperature",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = DIAMETER};
    snprintf(
        f.alt, sizeof f.alt,
        "Critical diameter between interface diffusion (below) and viscous flow (above) against temperature; largest, "
        "%.3g nm, at %.4g degC.",
        1e9 * v[VTI_LAW_DMAX], v[VTI_LAW_TMAX] - 273.15);
    law_series(&f, "temperature", "critical_diameter", 0, band);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status normalised(vti_mold_run *run, vt_error *err)
{
    vt_figure f = {.name = "normalised_length",
                   .title = "Length over root impulse against diameter over root viscosity",
                   .x = {.label = "d / sqrt(eta)", .unit = "1", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "L / sqrt(p t)", .unit = "1", .log = 1, .low = NAN, .high = NAN}};
    snprintf(
        f.alt, sizeof f.alt,
        "Length over the root of pressure times time against diameter over the root of viscosity, in SI units, both "
        "logarithmic: where viscous flow rules, all conditions fall on the line of slope 1/sqrt(32) = 0.177; where "
        "interface diffusion rules they lie above it.");
    add(&f, (vt_series){.curve = "reduced_law",
                        .x = "reduced_diameter",
                        .y = "reduced_length",
                        .style = VT_LINE,
                        .color = 0,
                        .label = "d / sqrt(32 eta)"});
    add(&f, (vt_series){.curve = "lengths",
                        .x = "reduced_diameter",
                        .y = "reduced_length",
                        .style = VT_POINTS,
                        .color = 3,
                        .label = "measured"});
    return vt_result_add_figure(run->result, &f, err);
}

static bool has_curve(const vt_result *r, const char *name)
{
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), name) == 0) return true;
    return false;
}

vt_status vti_mold_figures(vti_mold_run *run, vt_error *err)
{
    const bool band = run->nrep >= 20 && isfinite(run->laws.value[VTI_LAW_T0]);
    const bool eta = run->laws.has_viscosity, mob = run->laws.has_mobility;
    vt_status st;
    VT_TRY(st = overview(run, err));
    for (size_t k = 0; k < run->nc && k < CONDITION_FIGURES; k++) VT_TRY(st = condition(run, k, err));
    if (eta) VT_TRY(st = viscosity(run, band, err));
    if (mob) VT_TRY(st = mobility(run, band, err));
    if (eta && mob && isfinite(run->laws.value[VTI_LAW_DMAX])) VT_TRY(st = diameter(run, band, err));
    if (has_curve(run->result, "reduced_law")) VT_TRY(st = normalised(run, err));
done:
    return st;
}
