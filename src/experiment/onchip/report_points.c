/* Stress and strain per structure and time with the full budget, and the tables of points and structures. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "onchip_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { STRESS_PAPER, STRESS_PHYSICS, STRAIN, KINDS };

struct kind {
    double value, own, line; /* line: what the noise of the elastic line adds */
    const double *c;
};

static struct kind kind_of(const vti_onchip_run *run, size_t r, int k)
{
    const vti_onchip_seen *s = &run->pass.seen[r];
    const vti_onchip_beam *b = &run->beam[run->reading[r].beam];
    const double u = vti_onchip_noise(run, run->reading[r].beam);
    const bool line = run->elastic > 0 && isnan(b->own.eps);
    struct kind out = {0};
    if (k == STRESS_PAPER) out = (struct kind){s->paper, u * s->c2_paper, 0.0, run->c_paper};
    if (k == STRESS_PHYSICS) {
        const double noise =
            run->has_reference && run->elastic ? run->own[VTI_CHIP_SCALE] / run->pass.out[VTI_CHIP_SCALE] : 0.0;
        out = (struct kind){s->stress, u * s->c2 / run->pass.out[VTI_CHIP_SCALE], noise * s->stress, run->c_stress};
    }
    if (k == STRAIN)
        out = (struct kind){s->strain, u * s->stretch_u, line ? run->own[VTI_CHIP_EPS] : 0.0, run->c_strain};
    out.c += r * VTI_WAFER_COUNT;
    return out;
}

static vt_status emit(const vti_onchip_run *run, size_t r, int k, double *u, vt_error *err)
{
    static const char *const METHOD[KINDS] = {"F (1 + u/L0)/(w t), elastic: (1 + u/L0)^(2 nu); scale of the geometry",
                                              "plastic strain keeps the volume; scale of the independent modulus",
                                              "ln(1 + u/L0) less the mismatch of the specimen"};
    const struct kind x = kind_of(run, r, k);
    vt_budget_item item[VT_BUDGET_MAX];
    size_t n = vti_onchip_budget(run, x.c, 1, fabs(x.value), item);
    item[n++] = (vt_budget_item){.source = "noise of the reading", .type = 'A', .u = fabs(x.own), .c = 1.0};
    if (x.line > 0.0)
        item[n++] = (vt_budget_item){.source = "noise of the elastic line",
                                     .group = "noise of the elastic line",
                                     .type = 'A',
                                     .u = x.line,
                                     .c = 1};
    *u = vti_budget_u(n, item);
    const vti_value v = {.name = k == STRAIN ? "strain" : "stress",
                         .symbol = k == STRAIN ? "eps" : "sigma",
                         .unit = k == STRAIN ? "1" : "Pa",
                         .reading = k == STRAIN         ? NULL
                                    : k == STRESS_PAPER ? "paper"
                                                        : "physics",
                         .method = k == STRESS_PHYSICS && !(run->has_reference && run->elastic)
                                       ? "plastic strain keeps the volume; scale of the geometry"
                                       : METHOD[k],
                         .value = x.value,
                         .u = *u,
                         .time = run->reading[r].t,
                         .scope_key = "structure",
                         .scope_text = run->beam[run->reading[r].beam].name,
                         .nbudget = n,
                         .budget = item};
    return vti_emit_covered(run->result, &v, run->job->common.level, err);
}

static const char *word_of(const vti_onchip_beam *b)
{
    switch (b->is) {
    case VTI_ONCHIP_ELASTIC: return "elastic";
    case VTI_ONCHIP_PLASTIC: return "flowed";
    case VTI_ONCHIP_BETWEEN: return "at yield";
    case VTI_ONCHIP_UNUSED: break;
    }
    return "left out";
}

/* Table of the points, and every property of them. */
static vt_status points(vti_onchip_run *run, vt_error *err)
{
    enum { COLUMNS = 8 };
    double *x = malloc((COLUMNS * run->readings + 1) * sizeof *x);
    const char **text = malloc((2 * run->readings + 1) * sizeof *text);
    size_t n = 0;
    vt_status st = VT_OK;
    if (!x || !text) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu points", run->readings);
        goto done;
    }
    for (size_t r = 0; r < run->readings; r++) {
        const vti_onchip_seen *s = &run->pass.seen[r];
        const vti_onchip_beam *b = &run->beam[run->reading[r].beam];
        double u[KINDS];
        if (b->role != VTI_ONCHIP_SPECIMEN || !run->reading[r].used || !isfinite(s->strain)) continue;
        for (int k = 0; k < KINDS; k++) VT_TRY(st = emit(run, r, k, &u[k], err));
        const double row[COLUMNS] = {run->reading[r].t, s->strain, u[STRAIN],       s->stress,
                                     u[STRESS_PHYSICS], s->paper,  u[STRESS_PAPER], s->plastic};
        for (size_t c = 0; c < COLUMNS; c++) x[c * run->readings + n] = row[c];
        text[n] = b->name;
        text[run->readings + n++] = word_of(b);
    }
    const size_t m = run->readings;
    const vti_column columns[] = {{"structure", NULL, NULL, text},
                                  {"elapsed_time", "s", x, NULL},
                                  {"strain", "1", x + m, NULL},
                                  {"strain_u", "1", x + 2 * m, NULL},
                                  {"stress", "Pa", x + 3 * m, NULL},
                                  {"stress_u", "Pa", x + 4 * m, NULL},
                                  {"stress_paper", "Pa", x + 5 * m, NULL},
                                  {"stress_paper_u", "Pa", x + 6 * m, NULL},
                                  {"plastic_strain", "1", x + 7 * m, NULL},
                                  {"state", NULL, NULL, text + m},
                                  {0}};
    st = vti_emit_table(run->result, "points", "", n, columns, err);
done:
    free(x);
    free(text);
    return st;
}

static vt_status structures(const vti_onchip_run *run, vt_error *err)
{
    enum { COLUMNS = 9 };
    double *x = malloc((COLUMNS * run->beams + 1) * sizeof *x);
    const char **text = malloc((2 * run->beams + 1) * sizeof *text);
    size_t n = 0;
    vt_status st = VT_OK;
    if (!x || !text) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu structures", run->beams);
        goto done;
    }
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        if (b->role != VTI_ONCHIP_SPECIMEN || b->is == VTI_ONCHIP_UNUSED) continue;
        double strain = NAN, stress = NAN;
        for (size_t r = b->from; r < b->from + b->n; r++)
            if (run->reading[r].used && isnan(strain)) {
                strain = run->pass.seen[r].strain;
                stress = run->pass.seen[r].stress;
            }
        const double row[COLUMNS] = {b->own.L_a,  b->is == VTI_ONCHIP_PLASTIC ? b->ln_A2 : (double)NAN,
                                     b->t_r_high, strain,
                                     stress,      b->A1,
                                     b->u_A1,     b->p_value,
                                     b->residual};
        for (size_t c = 0; c < COLUMNS; c++) x[c * run->beams + n] = row[c];
        text[n] = b->name;
        text[run->beams + n++] = b->broken ? "broke later" : word_of(b);
    }
    const size_t m = run->beams;
    const vti_column columns[] = {{"structure", NULL, NULL, text},
                                  {"state", NULL, NULL, text + m},
                                  {"actuator_length", "m", x, NULL},
                                  {"first_strain", "1", x + 3 * m, NULL},
                                  {"first_stress", "Pa", x + 4 * m, NULL},
                                  {"A1", "m", x + 5 * m, NULL},
                                  {"A1_u", "m", x + 6 * m, NULL},
                                  {"ln_A2_s", "1", x + m, NULL},
                                  {"t_r_below", "s", x + 2 * m, NULL},
                                  {"p_value_of_law", "1", x + 7 * m, NULL},
                                  {"largest_residual", "m", x + 8 * m, NULL},
                                  {0}};
    st = vti_emit_table(run->result, "structures", "Structures", n, columns, err);
done:
    free(x);
    free(text);
    return st;
}

vt_status vti_onchip_report_points(vti_onchip_run *run, vt_error *err)
{
    const vt_status st = points(run, err);
    return st == VT_OK ? structures(run, err) : st;
}
