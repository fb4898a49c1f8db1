/* Apparent angles, angles and bounds, modes: as properties with budgets and as a table. */
#include "experiment/emit_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>

static const double DEGREE = VT_PI / 180.0;

static const char *const METHOD[] = {
    "lower bound from the largest apparent angle",
    "plane through the slopes of views at known azimuths; median-unbiased, exact interval",
    "largest apparent angle of views at unknown azimuths; median-unbiased, exact interval",
    "sinusoid of the unwrapped trace",
    "slope of the unwrapped trace: a helix",
    ""};

static vti_value value_of(const vti_fracture_run *run, const vti_fracture_specimen *s, const char *name,
                          const char *symbol, const char *unit)
{
    return (vti_value){.name = name,
                       .symbol = symbol,
                       .unit = unit,
                       .level = run->job->common.level,
                       .scope_key = s->name[0] ? "specimen" : NULL,
                       .scope_text = s->name};
}

static vt_status emit_view(const vti_fracture_run *run, const vti_fracture_view *v, vt_error *err)
{
    const vti_fracture_specimen *s = &run->specimen[v->specimen];
    char number[32];
    vt_budget_item budget[3];
    size_t n = 0;
    if (v->stated) {
        budget[n++] = (vt_budget_item){.source = "angle as stated", .type = 'B', .u = v->u, .c = 1.0};
    } else {
        budget[n++] = (vt_budget_item){.source = "axis", .type = 'B', .u = v->u_axis, .c = 1.0};
        /* with what its few degrees of freedom add (Student's t), so that the parts make the whole */
        const double rest = v->u * v->u - v->u_axis * v->u_axis - run->par->tilt_u * run->par->tilt_u;
        budget[n++] = (vt_budget_item){.source = "trace", .type = 'A', .u = sqrt(fmax(0.0, rest)), .c = 1.0};
        budget[n++] = (vt_budget_item){.source = "tilt", .type = 'B', .u = run->par->tilt_u, .c = 1.0};
    }
    snprintf(number, sizeof number, "%g", v->number);
    vti_value p = value_of(run, s, "apparent_angle", "theta_app", "rad");
    p.value = fabs(v->apparent);
    p.u = v->u;
    p.low = fmax(0.0, p.value - run->z * v->u);
    p.high = p.value + run->z * v->u;
    p.method = v->stated ? "as stated, from the transverse plane" : "trace against the normal of the axis";
    p.and_key = "view";
    p.and_text = number;
    p.nbudget = n;
    p.budget = budget;
    return vti_emit_value(run->result, &p, err);
}

static vt_status emit_paper(const vti_fracture_run *run, const vti_fracture_specimen *s, vt_error *err)
{
    vti_value p = value_of(run, s, "fracture_angle", "theta_T", "rad");
    const vt_budget_item look = {.source = "apparent angle", .type = 'A', .u = s->u_paper, .c = 1.0};
    p.nbudget = 1;
    p.budget = &look;
    p.reading = "paper";
    p.method = "apparent angle of one view taken for the angle; of several views the largest";
    p.value = s->paper;
    p.u = s->u_paper;
    p.low = fmax(0.0, s->paper - run->z * s->u_paper);
    p.high = s->paper + run->z * s->u_paper;
    return vti_emit_value(run->result, &p, err);
}

static vt_status emit_angle(const vti_fracture_run *run, const vti_fracture_specimen *s, vt_error *err)
{
    const vt_fracture_angle *a = &s->angle;
    const double u = (a->high - a->low) / (2.0 * run->z);
    vti_value p = value_of(run, s, "fracture_angle", "theta_T", "rad");
    vt_budget_item budget[2] = {{.source = "readings", .type = 'A', .u = fmin(a->u_reading, u), .c = 1.0}};
    const double rest = sqrt(fmax(0.0, u * u - budget[0].u * budget[0].u));
    budget[1] = (vt_budget_item){.type = 'B', .u = rest, .c = 1.0};
    snprintf(budget[1].source, VT_NAME, "%s", s->u_diameter > 0.0 ? "diameter" : "azimuth");
    p.reading = "physics";
    p.method = METHOD[s->basis];
    p.value = a->theta;
    p.u = u;
    p.low = a->low;
    p.high = a->high;
    p.nbudget = rest > 0.0 ? 2 : 1;
    p.budget = budget;
    vt_status st = vti_emit_value(run->result, &p, err);
    if (st != VT_OK || !isfinite(a->azimuth) || !(a->low > 0.0)) return st; /* a flat one rises nowhere */
    p = value_of(run, s, "fracture_azimuth", "phi_0", "rad");
    p.method = "direction in which the plane rises";
    p.value = a->azimuth;
    p.u = a->u_azimuth;
    p.low = a->azimuth - run->z * a->u_azimuth;
    p.high = a->azimuth + run->z * a->u_azimuth;
    return vti_emit_value(run->result, &p, err);
}

static vt_status emit_bound(const vti_fracture_run *run, const vti_fracture_specimen *s, vt_error *err)
{
    vti_value p = value_of(run, s, "fracture_angle_bound", "theta_T_min", "rad");
    p.reading = "physics";
    p.method = "the angle is at least this, at the level, from whatever azimuths the views were taken";
    p.value = s->bound;
    p.u = s->u_paper;
    p.level = 0.0;
    return vti_emit_value(run->result, &p, err);
}

/* The mode only where the whole interval is of one mode. */
static vt_status emit_mode(vti_fracture_run *run, vti_fracture_specimen *s, vt_error *err)
{
    static const double NUMBER[VTI_MODES] = {0.0, 3.0, 2.0, 1.0};
    if (s->basis == VTI_BASIS_NONE) return VT_OK;
    const bool bound = s->basis == VTI_BASIS_BOUND;
    const double low = bound ? s->bound : s->angle.low, high = bound ? 0.5 * VT_PI : s->angle.high;
    const double tolerance = run->par->mode_tolerance;
    s->mode = vti_fracture_mode_of(run->par, low, high);
    if (s->mode != VTI_MODE_OPEN) {
        vti_value p = value_of(run, s, "fracture_mode", "mode", "1");
        p.level = 0.0;
        p.method = "3 mode III, 1 mode I, 2 between: where the whole interval lies in one";
        p.value = NUMBER[s->mode];
        p.and_key = "mode";
        p.and_text = vti_fracture_mode_text(s->mode);
        return vti_emit_value(run->result, &p, err);
    }
    return vt_result_warn(
        run->result, err, "W_MODE",
        "%s: %.3g to %.3g degrees do not tell the mode: flat (mode III) is %s, 45 degrees (mode I) %s, "
        "between %s",
        s->shown, low / DEGREE, high / DEGREE, low > tolerance ? "excluded" : "possible",
        low > 0.25 * VT_PI + tolerance || high < 0.25 * VT_PI - tolerance ? "excluded" : "possible",
        high < tolerance || low > 0.25 * VT_PI - tolerance ? "excluded" : "possible");
}

static vt_status emit_specimen(vti_fracture_run *run, vti_fracture_specimen *s, vt_error *err)
{
    vt_status st = VT_OK;
    if (isfinite(s->paper)) st = emit_paper(run, s, err);
    if (st == VT_OK && s->basis < VTI_BASIS_NONE && s->basis != VTI_BASIS_BOUND) st = emit_angle(run, s, err);
    if (st == VT_OK && isfinite(s->bound)) st = emit_bound(run, s, err);
    return st == VT_OK ? emit_mode(run, s, err) : st;
}

static void row(const void *of, size_t i, double *number, const char **text)
{
    const vti_fracture_run *run = of;
    const vti_fracture_specimen *s = &run->specimen[i];
    const bool angle = s->basis != VTI_BASIS_NONE && s->basis != VTI_BASIS_BOUND;
    const double one[7] = {s->diameter,
                           (double)s->views,
                           s->paper,
                           angle ? s->angle.theta : (double)NAN,
                           angle ? s->angle.low : (double)NAN,
                           angle ? s->angle.high : (double)NAN,
                           s->bound};
    memcpy(number, one, sizeof one);
    text[0] = s->name;
    text[1] = vti_fracture_mode_text(s->mode);
}

static vt_status table(const vti_fracture_run *run, vt_error *err)
{
    static const vti_column COLUMNS[] = {{.name = "specimen"},
                                         {"diameter", "m", NULL, NULL},
                                         {"views", "1", NULL, NULL},
                                         {"apparent_angle", "rad", NULL, NULL},
                                         {"fracture_angle", "rad", NULL, NULL},
                                         {"low", "rad", NULL, NULL},
                                         {"high", "rad", NULL, NULL},
                                         {"lower_bound", "rad", NULL, NULL},
                                         {.name = "mode"},
                                         {0}};
    const vti_rows rows = {.name = "specimens",
                           .title = "Fracture angles from the transverse plane",
                           .n = run->specimens,
                           .cols = COLUMNS,
                           .row = row,
                           .of = run};
    return vti_emit_rows(run->result, &rows, err);
}

vt_status vti_fracture_report(vti_fracture_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->views && st == VT_OK; i++) st = emit_view(run, &run->view[i], err);
    for (size_t i = 0; i < run->specimens && st == VT_OK; i++) st = emit_specimen(run, &run->specimen[i], err);
    return st == VT_OK ? table(run, err) : st;
}
