/* What the vendor computed beside what is computed here. */
#include "experiment/emit_internal.h"
#include "reduce_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUANTITIES = 7, PER_QUANTITY = 3 };

static const struct {
    const char *name, *unit;
    int output;
    size_t offset;
} COMPARED[QUANTITIES] = {
    {"contact_stiffness", "N m-1", VT_CONTACT_STIFFNESS, offsetof(vti_indent_row, S)},
    {"contact_depth", "m", VT_CONTACT_DEPTH, offsetof(vti_indent_row, h_c)},
    {"contact_area", "m2", VT_CONTACT_AREA, offsetof(vti_indent_row, A)},
    {"hardness", "Pa", VT_CONTACT_HARDNESS, offsetof(vti_indent_row, H)},
    {"elastic_modulus", "Pa", VT_CONTACT_MODULUS, offsetof(vti_indent_row, E)},
    {"reduced_modulus", "Pa", VT_CONTACT_REDUCED, offsetof(vti_indent_row, E_r)},
    {"plane_strain_modulus", "Pa", VT_CONTACT_PLANE, offsetof(vti_indent_row, E_star)},
};

static double theirs(const vti_indent_row *r, size_t q)
{
    double x;
    memcpy(&x, (const char *)r + COMPARED[q].offset, sizeof x);
    return x > 0.0 ? x : (double)NAN;
}

/* beta that makes the vendor's stiffness, area and modulus agree; NaN: they are not all given. */
static double implied_beta(const vti_indentation_run *run, const vti_indent_row *r)
{
    const vti_indentation_params *p = run->par;
    const double nu = isfinite(r->nu) ? r->nu : p->poisson_ratio, A = r->A > 0.0 ? r->A : r->P / r->H;
    double E_r = r->E_r;
    if (!(E_r > 0.0) && r->E > 0.0)
        E_r = vt_contact_reduced_modulus(r->E, nu, p->indenter_modulus, p->indenter_poisson_ratio);
    return sqrt(3.14159265358979323846) * r->S / (2.0 * E_r * sqrt(A));
}

static size_t compared(const vti_indentation_run *run, size_t *which)
{
    size_t n = 0;
    for (size_t i = 0; i < run->n; i++)
        if (run->res[i].row && run->res[i].verdict.status == VT_OK) which[n++] = i;
    return n;
}

/* Columns "vendor_hardness", "hardness", "hardness_ratio" ... of what the vendor gives. */
static size_t columns_of(double *const c[], const size_t given[QUANTITIES], char (*name)[VT_NAME], vti_column *column)
{
    size_t k = 0;
    for (size_t q = 0; q < QUANTITIES; q++) {
        if (given[q] == 0) continue;
        for (size_t j = 0; j < PER_QUANTITY; j++, k++) {
            char *n = name[PER_QUANTITY * q + j];
            snprintf(n, VT_NAME, "%s%s%s", j == 0 ? "vendor_" : "", COMPARED[q].name, j == 2 ? "_ratio" : "");
            column[k] = (vti_column){n, j == 2 ? "1" : COMPARED[q].unit, c[PER_QUANTITY * q + j], NULL};
        }
    }
    return k;
}

static vt_status warn_of(vti_indentation_run *run, const double *ratio, size_t n, size_t q, double beta,
                         double *scratch, vt_error *err)
{
    char hint[96] = "";
    const double median = vti_quantile(ratio, n, 1, 0.5, scratch);
    if (!(fabs(median - 1.0) > 0.01)) return VT_OK;
    if (fabs(beta / run->par->beta - 1.0) > 0.005 && COMPARED[q].output != VT_CONTACT_HARDNESS)
        snprintf(hint, sizeof hint, "; its numbers imply beta = %.4g, here it is %.4g", beta, run->par->beta);
    return vt_result_warn(run->result, err, "W_VENDOR",
                          "%s is %.3g %% %s the vendor's (median of %zu)%s; see the curve vendor_comparison",
                          COMPARED[q].name, 100.0 * fabs(median - 1.0), median > 1.0 ? "above" : "below", n, hint);
}

/* Averages over depth are compared over the depths that the vendor averaged over, where the file says which. */
static vti_indent_result ours_of(const vti_indentation_run *run, const vti_indent_result *r)
{
    vti_indent_result same = *r;
    if (!r->average) return same;
    const vti_indent *s = &run->set.indent[r->indent];
    if (!isfinite(s->window[0])) return same;
    if (vti_csm_span(run, s, s->window[0], s->window[1], &same, NULL) != VT_OK ||
        vti_csm_evaluate(run, &same, 0.0, false, &same, NULL) != VT_OK)
        return *r;
    return same;
}

static vt_status emit(vti_indentation_run *run, const size_t *which, size_t n, double *x, const char **test,
                      vt_error *err)
{
    double *c[PER_QUANTITY * QUANTITIES], *cycle = x + PER_QUANTITY * QUANTITIES * n, *scratch = cycle + n,
                                          *beta = scratch + n;
    size_t given[QUANTITIES] = {0};
    char name[PER_QUANTITY * QUANTITIES][VT_NAME];
    vti_column column[PER_QUANTITY * QUANTITIES + 3] = {{"test", NULL, NULL, test}, {"cycle", "1", cycle, NULL}};
    for (size_t k = 0; k < PER_QUANTITY * QUANTITIES; k++) c[k] = x + k * n;
    for (size_t i = 0; i < n; i++) {
        const vti_indent_result *r = &run->res[which[i]];
        test[i] = vti_result_test(run, r);
        cycle[i] =
            r->cycle < run->set.ncycles ? (double)run->set.cycle[r->cycle].number : fmax(1.0, (double)r->row->cycle);
        const vti_indent_result here = ours_of(run, r);
        beta[i] = implied_beta(run, r->row);
        for (size_t q = 0; q < QUANTITIES; q++) {
            const double ours = here.out[COMPARED[q].output].value, vendor = theirs(r->row, q);
            c[PER_QUANTITY * q][i] = vendor;
            c[PER_QUANTITY * q + 1][i] = ours;
            c[PER_QUANTITY * q + 2][i] = ours / vendor;
            given[q] += isfinite(ours / vendor) ? 1 : 0;
        }
    }
    vt_status st = VT_OK;
    const double b = vti_quantile(beta, n, 1, 0.5, scratch);
    for (size_t q = 0; q < QUANTITIES && st == VT_OK; q++)
        if (given[q] > 0) st = warn_of(run, c[PER_QUANTITY * q + 2], n, q, b, scratch, err);
    if (columns_of(c, given, name, column + 2) == 0 || st != VT_OK) return st;
    return vti_emit_table(run->result, "vendor_comparison", n <= 40 ? "Vendor's results beside these" : "", n, column,
                          err);
}

vt_status vti_indentation_vendor(vti_indentation_run *run, vt_error *err)
{
    size_t *which = malloc((run->n + 1) * sizeof *which);
    if (!which) return vt_fail(err, VT_EMEMORY, "no memory for %zu indents", run->n);
    const size_t n = compared(run, which);
    double *x = n ? malloc((PER_QUANTITY * QUANTITIES + 3) * n * sizeof *x) : NULL;
    const char **test = n ? malloc(n * sizeof *test) : NULL;
    vt_status st = VT_OK;
    if (n > 0)
        st = x && test ? emit(run, which, n, x, test, err) : vt_fail(err, VT_EMEMORY, "no memory for %zu indents", n);
    free(test);
    free(x);
    free(which);
    return st;
}
