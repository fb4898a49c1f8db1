/* Structures and their readings from the tables; geometry by setting, column or metadata, within its box (ledger D2).
 */
#include "experiment/experiment_internal.h"
#include "onchip_internal.h"
#include <glib.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const vt_column *box_of(const char *name)
{
    const vt_column *c = vti_onchip_experiment.columns;
    while (c->name && strcmp(c->name, name) != 0) c++;
    return c;
}

/* A value that no column gave: the same box and the same words as for one of a column. */
vt_status vti_onchip_geometry(const vti_onchip_run *run, const char *name, double value, size_t table, size_t row,
                              vt_error *err)
{
    const vt_column *c = box_of(name);
    if (value >= c->low && value <= c->high) return VT_OK;
    const vt_table *t = run->job->tables[table];
    const bool length = strcmp(c->unit, "m") == 0;
    const double show = length ? 1e6 : 1.0;
    const char *unit = length ? "um" : c->unit;
    for (int k = 0; k < 3; k++) {
        const double by = (double[]){1e-3, 1e-6, 1e3}[k];
        if (!(value * by >= c->low) || !(value * by <= c->high)) continue;
        return vt_fail_at(err, VT_EUNITS, vt_table_path(t), vt_table_line(t, row), 0,
                          "%s = %.6g %s is outside %.6g ... %.6g %s; %.6g %s would fit: is its unit wrong by %g?%s",
                          name, show * value, unit, show * c->low, show * c->high, unit, show * value * by, unit, by,
                          length && k == 0 ? " (um, not mm)" : "");
    }
    return vt_fail_at(err, VT_ERANGE, vt_table_path(t), vt_table_line(t, row), 0,
                      "%s = %.6g %s is outside %.6g ... %.6g %s; correct it", name, value, c->unit, c->low, c->high,
                      c->unit);
}

/* Where a length of a structure comes from. */
struct length {
    const char *name;
    size_t param, field;              /* offsets: in the parameters, in the beam */
    bool specimen, actuator, pointer; /* who needs it */
};
#define LENGTH(name, field, s, a, p) \
    { \
#name, offsetof(vti_onchip_params, name), offsetof(vti_onchip_beam, field), s, a, p \
    }
static const struct length LENGTHS[] = {LENGTH(actuator_length, own.L_a, true, true, true),
                                        LENGTH(actuator_length_2, L_a2, false, false, false),
                                        LENGTH(actuator_width, own.w_a, true, false, false),
                                        LENGTH(actuator_thickness, own.t_a, true, false, false),
                                        LENGTH(actuator_modulus, own.E_a, true, false, false),
                                        LENGTH(specimen_length, own.L0, true, false, false),
                                        LENGTH(effective_length, L_eff, false, false, false),
                                        LENGTH(total_length, L_tot, false, false, false),
                                        LENGTH(width, own.w, true, false, false),
                                        LENGTH(thickness, own.t, true, false, false),
                                        LENGTH(mismatch, own.eps, false, false, false),
                                        LENGTH(pointer_arm, arm, false, false, true),
                                        LENGTH(pointer_offset, offset, false, false, true)};
enum { N_LENGTHS = sizeof LENGTHS / sizeof *LENGTHS };

static bool settled(const vti_onchip_run *run, const char *name)
{
    const vt_param *row = vt_param_find(VTI_ONCHIP_PARAMS, name);
    return row && (run->job->settled >> (row - VTI_ONCHIP_PARAMS) & 1u);
}

static vt_status missing(const vti_onchip_run *run, const vti_onchip_beam *b, const char *name, vt_error *err)
{
    const vt_table *t = run->job->tables[b->table];
    return vt_fail_at(err, VT_EREFERENCE, vt_table_path(t), vt_table_line(t, b->row), 0,
                      "structure '%.60s' has no %s: give --set %s=VALUE, a metadata line or a column", b->name, name,
                      name);
}

/* First row: takes the value; later ones must agree. */
static vt_status take(const vti_onchip_run *run, vti_onchip_beam *b, const struct length *l, size_t row, bool first,
                      vt_error *err)
{
    const vt_table *t = run->job->tables[b->table];
    double *to = (double *)(void *)((char *)b + l->field);
    const double stated = *(const double *)(const void *)((const char *)&run->par + l->param);
    const double *column = vti_bound_numbers(t, l->name);
    const double here = column ? column[row] : (double)NAN;
    if (first) {
        *to = settled(run, l->name) || isnan(here) ? stated : here;
        if (isnan(*to)) return VT_OK;
        return vti_onchip_geometry(run, l->name, *to, b->table, row, err);
    }
    if (settled(run, l->name) || isnan(here) || here == *to) return VT_OK;
    if (isnan(*to)) {
        *to = here;
        return VT_OK;
    }
    return vt_fail_at(err, VT_EMISMATCH, vt_table_path(t), vt_table_line(t, row), 0,
                      "structure '%.60s': %s = %.6g %s contradicts %.6g %s of line %ld; a structure has one", b->name,
                      l->name, here, box_of(l->name)->unit, *to, box_of(l->name)->unit, vt_table_line(t, b->row));
}

static vt_status role_of(const vt_table *t, size_t row, vti_onchip_role *role, vt_error *err)
{
    static const char *const WORD[] = {"specimen", "free", "pointer"};
    const char *text = vti_bound_text(t, "role", row);
    *role = VTI_ONCHIP_SPECIMEN;
    if (!text[0]) return VT_OK;
    for (int k = 0; k < 3; k++)
        if (strcasecmp(text, WORD[k]) == 0) return *role = (vti_onchip_role)k, VT_OK;
    if (strcasecmp(text, "dummy") == 0 || strcasecmp(text, "actuator") == 0) return *role = VTI_ONCHIP_FREE, VT_OK;
    return vt_fail_at(err, VT_EKEY, vt_table_path(t), vt_table_line(t, row), 0,
                      "role '%.40s' is not specimen, free or pointer", text);
}

static vt_status broken_of(const vt_table *t, size_t row, bool *broken, vt_error *err)
{
    static const char *const YES[] = {"1", "yes", "true", "broken", "y"}, *const NO[] = {"0", "no", "false", "", "n"};
    const char *text = vti_bound_text(t, "broken", row);
    for (int k = 0; k < 5; k++) {
        if (strcasecmp(text, YES[k]) == 0) return *broken = true, VT_OK;
        if (strcasecmp(text, NO[k]) == 0) return *broken = false, VT_OK;
    }
    return vt_fail_at(err, VT_EPARSE, vt_table_path(t), vt_table_line(t, row), 0,
                      "broken = '%.40s' is neither 1, yes, 0 nor no", text);
}

enum { MOST = 20000 }; /* structures; the order of fates and lengths takes their square */

static vt_status add_beam(vti_onchip_run *run, const vti_onchip_beam *b, vt_error *err)
{
    if (run->beams == MOST) return vt_fail(err, VT_ELIMIT, "more than %d structures; reduce the wafers apart", MOST);
    vti_onchip_beam *more = realloc(run->beam, (run->beams + 1) * sizeof *more);
    if (!more) return vt_fail(err, VT_EMEMORY, "no memory for %zu structures", run->beams + 1);
    run->beam = more;
    more[run->beams++] = *b;
    return VT_OK;
}

/* Structures by name over all tables: the same name is the same structure. Values of the map are indices + 1. */
static vt_status count(vti_onchip_run *run, size_t table, GHashTable *names, vt_error *err)
{
    const vt_table *t = run->job->tables[table];
    vt_status st = VT_OK;
    for (size_t row = 0; st == VT_OK && row < vt_table_rows(t); row++) {
        const char *name = vti_bound_text(t, "structure", row);
        size_t at = GPOINTER_TO_SIZE(g_hash_table_lookup(names, name));
        const bool first = at == 0;
        vti_onchip_role role;
        st = role_of(t, row, &role, err);
        if (st == VT_OK && first) {
            st = add_beam(run, &(vti_onchip_beam){.name = name, .table = table, .row = row, .role = role}, err);
            g_hash_table_insert(names, (char *)(uintptr_t)name, GSIZE_TO_POINTER(run->beams));
            at = run->beams;
        }
        if (st != VT_OK) return st;
        vti_onchip_beam *b = &run->beam[at - 1];
        if (b->role != role)
            return vt_fail_at(err, VT_EMISMATCH, vt_table_path(t), vt_table_line(t, row), 0,
                              "structure '%.60s' has another role than in line %ld; a structure has one", name,
                              vt_table_line(run->job->tables[b->table], b->row));
        if (b->table != table)
            return vt_fail_at(err, VT_EMISMATCH, vt_table_path(t), vt_table_line(t, row), 0,
                              "structure '%.60s' stands in two files; join them in one", name);
        for (size_t k = 0; st == VT_OK && k < N_LENGTHS; k++) st = take(run, b, &LENGTHS[k], row, first, err);
        b->n++;
    }
    return st;
}

static vt_status check_time(const vti_onchip_run *run, const vti_onchip_beam *b, double t, size_t row, double before,
                            vt_error *err)
{
    const vt_table *table = run->job->tables[b->table];
    if (!(t > 0.0))
        return vt_fail_at(err, VT_ETIME, vt_table_path(table), vt_table_line(table, row), 0,
                          "structure '%.60s': elapsed_time = %g s is not after the release at 0 s", b->name, t);
    if (!(t > before))
        return vt_fail_at(
            err, VT_ETIME, vt_table_path(table), vt_table_line(table, row), 0,
            "structure '%.60s': elapsed_time = %.9g s is not after %.9g s of its reading before; drop one "
            "or put them in order",
            b->name, t, before);
    return VT_OK;
}

/* Displacement of the second cursor; NaN: the structure has one actuator. */
static vt_status second_of(const vti_onchip_beam *b, const vt_table *t, size_t row, double *u_2, vt_error *err)
{
    const double *column = vti_bound_numbers(t, "displacement_2");
    *u_2 = column ? column[row] : (double)NAN;
    if (b->role != VTI_ONCHIP_SPECIMEN && !isnan(*u_2))
        return vt_fail_at(err, VT_EREFERENCE, vt_table_path(t), vt_table_line(t, row), 0,
                          "structure '%.60s' has a displacement_2, but only a specimen has a second actuator; leave it "
                          "empty",
                          b->name);
    if (b->role != VTI_ONCHIP_SPECIMEN || isnan(*u_2) == isnan(b->L_a2)) return VT_OK;
    return vt_fail_at(err, isnan(*u_2) ? VT_ENAN : VT_EREFERENCE, vt_table_path(t), vt_table_line(t, row), 0,
                      "structure '%.60s' has %s: a second actuator needs both", b->name,
                      isnan(*u_2) ? "an actuator_length_2 but no displacement_2"
                                  : "a displacement_2 but no actuator_length_2");
}

static vt_status read_row(vti_onchip_run *run, vti_onchip_beam *b, size_t row, double *before, vt_error *err)
{
    const vt_table *t = run->job->tables[b->table];
    const double *time = vti_bound_numbers(t, "elapsed_time"), *u = vti_bound_numbers(t, "displacement");
    bool broken = false;
    vt_status st = check_time(run, b, time[row], row, *before, err);
    if (st == VT_OK) st = broken_of(t, row, &broken, err);
    if (st != VT_OK) return st;
    *before = time[row];
    if (b->broken && !broken)
        return vt_fail_at(err, VT_EMISMATCH, vt_table_path(t), vt_table_line(t, row), 0,
                          "structure '%.60s' is whole again after it broke in line %ld", b->name,
                          vt_table_line(t, b->line_broken));
    if (broken) {
        if (!b->broken) b->t_broken = time[row], b->line_broken = row;
        b->broken = true;
        return VT_OK;
    }
    if (!u)
        return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0, "column 'displacement [m]' is needed; there is none");
    if (isnan(u[row]))
        return vt_fail_at(err, VT_ENAN, vt_table_path(t), vt_table_line(t, row), 0,
                          "structure '%.60s' is not broken and has no displacement; give it or remove the row",
                          b->name);
    if (u[row] < 0.0 && b->role != VTI_ONCHIP_SPECIMEN)
        return vt_fail_at(err, VT_ESIGN, vt_table_path(t), vt_table_line(t, row), 0,
                          "structure '%.60s': displacement = %g um, but a free actuator contracts: count contraction "
                          "above 0",
                          b->name, 1e6 * u[row]);
    double u_2 = NAN;
    st = second_of(b, t, row, &u_2, err);
    if (st != VT_OK) return st;
    run->reading[b->from + b->n++] = (vti_onchip_reading){
        .row = row, .t = time[row], .u = u[row] + (isnan(u_2) ? 0.0 : u_2), .u_2 = u_2, .valid = true, .used = true};
    return VT_OK;
}

static vt_status fill(vti_onchip_run *run, GHashTable *names, size_t rows, vt_error *err)
{
    double *before = calloc(run->beams, sizeof *before);
    vt_status st = VT_OK;
    size_t at = 0;
    run->reading = calloc(rows + 1, sizeof *run->reading);
    if (!before || !run->reading) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu readings", rows);
        goto done;
    }
    for (size_t i = 0; i < run->beams; i++) {
        run->beam[i].from = at;
        at += run->beam[i].n;
        run->beam[i].n = 0;
    }
    for (size_t k = 0; k < run->job->ntables; k++)
        for (size_t row = 0; row < vt_table_rows(run->job->tables[k]); row++) {
            const char *name = vti_bound_text(run->job->tables[k], "structure", row);
            const size_t i = GPOINTER_TO_SIZE(g_hash_table_lookup(names, name)) - 1;
            VT_TRY(st = read_row(run, &run->beam[i], row, &before[i], err));
        }
done:
    free(before);
    return st;
}

static vt_status complete(const vti_onchip_run *run, vti_onchip_beam *b, vt_error *err)
{
    for (size_t k = 0; k < N_LENGTHS; k++) {
        const struct length *l = &LENGTHS[k];
        const bool needed = b->role == VTI_ONCHIP_SPECIMEN ? l->specimen
                            : b->role == VTI_ONCHIP_FREE   ? l->actuator
                                                           : l->pointer;
        const double x = *(const double *)(const void *)((const char *)b + l->field);
        if (needed && isnan(x)) return missing(run, b, l->name, err);
    }
    b->ends = 1.0;
    if (b->role != VTI_ONCHIP_SPECIMEN) return VT_OK;
    if (!isnan(b->L_a2)) { /* two in series, of one mismatch strain, are one of their length */
        b->own.L_a += b->L_a2;
        b->ends = 2.0;
    }
    return vti_onchip_dogbone(run, b, err);
}

/* Takes out what broken rows left free, so that the readings of all structures lie without gaps. */
static void pack(vti_onchip_run *run)
{
    size_t to = 0;
    for (size_t i = 0; i < run->beams; i++) {
        vti_onchip_beam *b = &run->beam[i];
        for (size_t k = 0; k < b->n; k++) {
            run->reading[to + k] = run->reading[b->from + k];
            run->reading[to + k].beam = i;
        }
        b->from = to;
        to += b->n;
    }
    run->readings = to;
}

/* P1.1 step 6: the largest displacement in three structures of different actuators. */
static vt_status check_clipped(const vti_onchip_run *run, vt_error *err)
{
    double top = 0.0;
    for (size_t r = 0; r < run->readings; r++)
        if (run->beam[run->reading[r].beam].role != VTI_ONCHIP_POINTER) top = fmax(top, run->reading[r].u);
    size_t same = 0, last = run->beams, row = 0, table = 0;
    double length = NAN;
    for (size_t r = 0; r < run->readings; r++) {
        const vti_onchip_reading *x = &run->reading[r];
        const vti_onchip_beam *b = &run->beam[x->beam];
        if (!(x->u >= top) || b->role == VTI_ONCHIP_POINTER || x->beam == last || b->own.L_a == length) continue;
        last = x->beam;
        length = b->own.L_a;
        row = x->row;
        table = b->table;
        same++;
    }
    if (same < 3) return VT_OK;
    const vt_table *t = run->job->tables[table];
    return vt_fail_at(
        err, VT_ESATURATED, vt_table_path(t), vt_table_line(t, row), 0,
        "%zu structures of different length read exactly the largest displacement, %.6g um: the channel is "
        "clipped; leave them out",
        same, 1e6 * top);
}

vt_status vti_onchip_gather(vti_onchip_run *run, vt_error *err)
{
    size_t rows = 0;
    vt_status st = VT_OK;
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t k = 0; k < run->job->ntables; k++) {
        VT_TRY(st = count(run, k, names, err));
        rows += vt_table_rows(run->job->tables[k]);
    }
    VT_TRY(st = fill(run, names, rows, err));
    pack(run);
    for (size_t i = 0; i < run->beams; i++) VT_TRY(st = complete(run, &run->beam[i], err));
    st = check_clipped(run, err);
done:
    g_hash_table_unref(names);
    return st;
}
