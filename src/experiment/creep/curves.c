/* Curves: every segment; the points for the experiment `flow`. */
#include "creep_internal.h"
#include "experiment/emit_internal.h"
#include "experiment/flow_points_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const size_t NUMBERS = 14;

static void row(const vti_creep_run *run, const vti_creep_segment *s, size_t n, size_t k, double *x)
{
    const vti_creep_trace *r = &run->trace[s->trace];
    const double value[] = {(double)s->number,
                            r->t[s->from],
                            r->t[s->to - 1],
                            s->F,
                            s->P,
                            s->T,
                            s->strain,
                            s->state.rate,
                            s->state.stress,
                            s->state.eta,
                            s->own * s->state.eta,
                            s->eta_paper,
                            s->exponent,
                            s->m.m};
    for (size_t c = 0; c < NUMBERS; c++) x[c * n + k] = value[c];
}

/* Segments with a viscosity into x and the texts; their number. */
static size_t collect(const vti_creep_run *run, double *x, const char **text)
{
    const size_t N = run->segments;
    size_t n = 0, k = 0;
    for (size_t i = 0; i < N; i++) n += run->segment[i].verdict == VT_OK;
    for (size_t i = 0; i < N; i++) {
        const vti_creep_segment *s = &run->segment[i];
        if (s->verdict != VT_OK) continue;
        row(run, s, n, k, x);
        const vti_creep_trace *r = &run->trace[s->trace];
        text[k] = r->specimen[0] ? r->specimen : r->stem;
        text[N + k] = vt_flow_class_text(s->m.class_of);
        k++;
    }
    return n;
}

static vt_status flow_points(const vti_creep_run *run, vt_error *err)
{
    vti_flow_row *row = calloc(run->segments + 1, sizeof *row);
    size_t n = 0;
    if (!row) return vt_fail(err, VT_EMEMORY, "no memory for %zu segments", run->segments);
    for (size_t i = 0; i < run->segments; i++) {
        const vti_creep_segment *s = &run->segment[i];
        const vti_creep_trace *r = &run->trace[s->trace];
        if (s->verdict != VT_OK) continue;
        row[n++] = (vti_flow_row){.group = r->group,
                                  .specimen = r->specimen[0] ? r->specimen : r->stem,
                                  .viscosity = s->state.eta,
                                  .strain_rate = s->state.rate,
                                  .m = s->m.m,
                                  .class_of = s->m.class_of};
    }
    const vt_status st = vti_emit_flow_points(run->result, n, row, err);
    free(row);
    return st;
}

vt_status vti_creep_curves(vti_creep_run *run, vt_error *err)
{
    const size_t N = run->segments;
    double *x = malloc((NUMBERS * N + 1) * sizeof *x);
    const char **text = malloc((2 * N + 1) * sizeof *text);
    vt_status st = VT_EMEMORY;
    if (!x || !text) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu segments", N);
        goto done;
    }
    const size_t n = collect(run, x, text);
    const vti_column all[] = {{"specimen", "", NULL, text},
                              {"segment", "1", x, NULL},
                              {"begin", "s", x + n, NULL},
                              {"end", "s", x + 2 * n, NULL},
                              {"force", "N", x + 3 * n, NULL},
                              {"power", "W", x + 4 * n, NULL},
                              {"temperature", "K", x + 5 * n, NULL},
                              {"strain_gained", "1", x + 6 * n, NULL},
                              {"strain_rate", "s-1", x + 7 * n, NULL},
                              {"true_stress", "Pa", x + 8 * n, NULL},
                              {"viscosity", "Pa s", x + 9 * n, NULL},
                              {"viscosity_own_u", "Pa s", x + 10 * n, NULL},
                              {"viscosity_paper", "Pa s", x + 11 * n, NULL},
                              {"exponent", "1", x + 12 * n, NULL},
                              {"rate_sensitivity", "1", x + 13 * n, NULL},
                              {"class", "", NULL, text + N},
                              {0}};
    VT_TRY(st = vti_emit_table(run->result, "segments", "Segments", n, all, err));
    st = flow_points(run, err);
done:
    free(x);
    free(text);
    return st;
}
