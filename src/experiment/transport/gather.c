/* From the table, the parameters and the card to rows and setup. */
#include "experiment/experiment_internal.h"
#include "transport.h"
#include <vitrum/constants.h>
#include <vitrum/units.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* One table's columns; -1: absent. */
struct columns {
    const vt_table *t;
    long quantity, temperature, value, unit, uncertainty, bound, distribution;
};

static struct columns columns_of(const vt_table *t)
{
    return (struct columns){.t = t,
                            .quantity = vt_table_find(t, "quantity"),
                            .temperature = vt_table_find(t, "temperature"),
                            .value = vt_table_find(t, "value"),
                            .unit = vt_table_find(t, "unit"),
                            .uncertainty = vt_table_find(t, "uncertainty"),
                            .bound = vt_table_find(t, "bound"),
                            .distribution = vt_table_find(t, "distribution")};
}

static const char *text_at(const vt_table *t, long column, size_t i)
{
    return column >= 0 && vt_table_column_is_text(t, (size_t)column) ? vt_table_text(t, (size_t)column, i) : "";
}

static double number_at(const vt_table *t, long column, size_t i)
{
    const double *x = column >= 0 ? vt_table_values(t, (size_t)column) : NULL;
    return x ? x[i] : NAN;
}

static vt_status kind_of(const char *word, vti_transport_kind *kind, vt_error *err)
{
    char known[400] = "";
    for (size_t k = 0; k < VTI_TRANSPORT_KINDS; k++) {
        if (strcmp(word, VTI_TRANSPORT_FACTS[k].name) == 0) {
            *kind = (vti_transport_kind)k;
            return VT_OK;
        }
        const size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", k ? ", " : "", VTI_TRANSPORT_FACTS[k].name);
    }
    return vt_fail(err, VT_EKEY, "quantity \"%.60s\" is unknown; known are %s", word, known);
}

/* Value and uncertainty of a row: SI already, but of whatever unit the row names. */
static vt_status numbers(const struct columns *c, size_t i, vti_transport_row *row, vt_error *err)
{
    const vti_transport_fact *f = &VTI_TRANSPORT_FACTS[row->kind];
    vt_unit unit;
    const vt_status st = vt_unit_read(text_at(c->t, c->unit, i), f->unit, &unit, err);
    if (st != VT_OK) return st;
    row->value = number_at(c->t, c->value, i);
    row->u = number_at(c->t, c->uncertainty, i);
    if (!isfinite(row->value) || !isfinite(row->u))
        return vt_fail(err, VT_ENAN, "%s: value and uncertainty must be numbers", f->name);
    if (!(row->value >= f->low) || !(row->value <= f->high))
        return vt_fail(err, VT_EUNITS, "%s = %g %s is outside the plausible %g to %g; check its unit \"%s\"", f->name,
                       row->value, f->unit, f->low, f->high, unit.text);
    if (!(row->u > 0.0)) return vt_fail(err, VT_ERANGE, "%s: uncertainty %g %s must be > 0", f->name, row->u, f->unit);
    return VT_OK;
}

static vt_status bound_of(const char *word, int *bound, vt_error *err)
{
    *bound = strcmp(word, "upper") == 0 ? 1 : strcmp(word, "lower") == 0 ? -1 : 0;
    if (*bound == 0 && word[0]) return vt_fail(err, VT_EPARSE, "bound \"%.40s\" must be upper, lower or empty", word);
    return VT_OK;
}

static vt_status read_row(const struct columns *c, size_t i, vti_transport_row *row, vt_error *err)
{
    *row = (vti_transport_row){.T = number_at(c->t, c->temperature, i), .line = vt_table_line(c->t, i)};
    vt_status st = kind_of(text_at(c->t, c->quantity, i), &row->kind, err);
    if (st == VT_OK) st = numbers(c, i, row, err);
    if (st == VT_OK) st = bound_of(text_at(c->t, c->bound, i), &row->bound, err);
    if (st != VT_OK) return st;
    const vti_transport_fact *f = &VTI_TRANSPORT_FACTS[row->kind];
    const char *d = text_at(c->t, c->distribution, i);
    if (d[0] && strcmp(d, "normal") != 0 && strcmp(d, "lognormal") != 0)
        return vt_fail(err, VT_EPARSE, "distribution \"%.40s\" must be normal, lognormal or empty", d);
    row->lognormal = d[0] ? strcmp(d, "lognormal") == 0 : f->scale;
    if (f->at_temperature && !(row->T > 0.0))
        return vt_fail(err, VT_ENAN, "%s needs a temperature in its row", f->name);
    if (!f->at_temperature) row->T = NAN;
    return VT_OK;
}

static vt_status read_table(vti_transport_run *run, const vt_table *t, vt_error *err)
{
    const struct columns c = columns_of(t);
    if (c.quantity < 0 || c.value < 0 || c.unit < 0 || c.uncertainty < 0)
        return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0,
                          "columns quantity, value, unit and uncertainty are needed");
    for (size_t i = 0; i < vt_table_rows(t); i++) {
        if (run->problem.n + 3 >= VTI_TRANSPORT_ROWS) /* room for the assumed rows */
            return vt_fail_at(err, VT_ELIMIT, vt_table_path(t), vt_table_line(t, i), 0,
                              "more than %d observations; leave out the weakest", VTI_TRANSPORT_ROWS - 3);
        vti_transport_row *row = &run->row[run->problem.n];
        const vt_status st = read_row(&c, i, row, err);
        if (st != VT_OK) return vt_error_place(err, vt_table_path(t), vt_table_line(t, i)), st;
        snprintf(run->unit[run->problem.n++], sizeof run->unit[0], "%s", text_at(t, c.unit, i));
    }
    return VT_OK;
}

static bool stated(const vti_transport_run *run, vti_transport_kind kind)
{
    for (size_t i = 0; i < run->problem.n; i++)
        if (run->row[i].kind == kind) return true;
    return false;
}

/* An assumed scale factor, unless the table states it. */
static void assume(vti_transport_run *run, vti_transport_kind kind, double value, double sigma)
{
    if (stated(run, kind)) return;
    run->row[run->problem.n] = (vti_transport_row){
        .kind = kind, .T = NAN, .value = value, .u = sigma * value, .lognormal = true, .assumed = true};
    snprintf(run->unit[run->problem.n++], sizeof run->unit[0], "%s", VTI_TRANSPORT_FACTS[kind].unit);
}

static vt_status setup(vti_transport_run *run, vt_error *err)
{
    const vti_transport_params *p = run->par;
    vti_transport_setup *s = &run->problem.setup;
    *s = (vti_transport_setup){.Tg = p->tg,
                               .Omega = p->atomic_volume,
                               .tau_g = p->relaxation_time,
                               .t_exp = p->exposure_time,
                               .c = p->stokes_einstein_constant,
                               .ratio = p->activation_ratio,
                               .prefactor = p->prefactor == 0 ? 32.0 : 16.0};
    run->shear_modulus = p->shear_modulus;
    s->kink = p->kink == 1 || (p->kink == 0 && (stated(run, VTI_KINK_TEMPERATURE) || stated(run, VTI_BULK_TRANSITION)));
    const vti_known from[] = {
        {.param = "tg", .key = "glass_transition", .of_one_alloy = true, .to = &s->Tg},
        {.param = "atomic_volume", .key = "atomic_volume", .of_one_alloy = true, .to = &s->Omega},
        {.param = "relaxation_time", .key = "relaxation_time_at_reference", .of_one_alloy = true, .to = &s->tau_g},
        {.param = "stokes_einstein_constant", .key = "stokes_einstein_constant", .to = &s->c},
        {.param = "shear_modulus", .key = "shear_modulus", .to = &run->shear_modulus}};
    return vti_known_constants(run->job, vti_transport_experiment.params, sizeof from / sizeof *from, from, run->result,
                               err);
}

/* A transition far from tg that comes near once kelvin and Celsius are exchanged is a slip of its unit. */
static vt_status transitions(const vti_transport_run *run, vt_error *err)
{
    const double Tg = run->problem.setup.Tg;
    for (size_t i = 0; i < run->problem.n; i++) {
        const vti_transport_row *r = &run->row[i];
        if (r->kind != VTI_KINK_TEMPERATURE && r->kind != VTI_BULK_TRANSITION && r->kind != VTI_INTERFACE_TRANSITION)
            continue;
        const bool cold = r->value < 0.7 * Tg && r->value + 273.15 < 1.3 * Tg;
        const bool hot = r->value > 1.3 * Tg && r->value - 273.15 > 0.7 * Tg;
        if (cold || hot)
            return vt_fail_at(err, VT_EUNITS, run->path, r->line, 0,
                              "%s = %.6g K is %.2g of tg (%.6g K): it looks like %s; correct the unit, or set tg",
                              VTI_TRANSPORT_FACTS[r->kind].name, r->value, r->value / Tg, Tg,
                              cold ? "degC taken for K" : "K taken for degC");
    }
    return VT_OK;
}

vt_status vti_transport_gather(vti_transport_run *run, vt_error *err)
{
    const vti_transport_params *p = run->par;
    for (size_t k = 0; k < run->job->ntables; k++) {
        const vt_status st = read_table(run, run->job->tables[k], err);
        if (st != VT_OK) return st;
    }
    if (run->problem.n == 0) return vt_fail(err, VT_ESHAPE, "the table has no rows: state at least one observation");
    vt_status st = setup(run, err);
    if (st == VT_OK) st = transitions(run, err);
    if (st != VT_OK) return st;
    if (stated(run, VTI_INTERFACE_TRANSITION)) {
        assume(run, VTI_INTERFACE_THICKNESS, p->interface_thickness, log(p->interface_thickness_factor));
        assume(run, VTI_ATOMIC_RADIUS, p->atomic_radius, p->atomic_radius_u);
    }
    assume(run, VTI_VISCOSITY_INFINITE, p->vft_viscosity_infinite, log(10.0) * p->vft_viscosity_infinite_decades);
    run->problem.row = run->row;
    return VT_OK;
}
