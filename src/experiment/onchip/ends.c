/* P22, sanity: a specimen between two actuators is pulled by one force. Each actuator tells it by its own contraction;
 * a cursor misread, stiction or unlike actuators show where they differ. */
#include "experiment/emit_internal.h"
#include "onchip_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

struct ends {
    double F[2], apart, u; /* N: means over the readings; their difference and its standard uncertainty */
};

static bool forces(const vti_onchip_run *run, size_t beam, struct ends *out)
{
    const vti_onchip_beam *b = &run->beam[beam];
    const vt_onchip_structure as = vti_onchip_structure_of(run, &run->in, beam);
    const double K = as.E_a * as.w_a * as.t_a, more = 0.5 * (as.L_a - b->own.L_a);
    const double L[2] = {b->own.L_a - b->L_a2 + more, b->L_a2 + more};
    double n = 0.0, F[2] = {0}, length = 0.0;
    for (size_t r = b->from; r < b->from + b->n; r++) {
        const vti_onchip_reading *x = &run->reading[r];
        const double u[2] = {x->u - x->u_2, x->u_2};
        if (!x->valid || !(u[0] < L[0]) || !(u[1] < L[1])) continue;
        for (int k = 0; k < 2; k++) F[k] += K * (log1p(-u[k] / L[k]) - as.eps_a);
        length += u[0] / (L[0] * L[0]) - u[1] / (L[1] * L[1]);
        n += 1.0;
    }
    if (!(n > 0.0)) return false;
    const double noise = run->par.displacement_u * hypot(1.0 / L[0], 1.0 / L[1]) / sqrt(n);
    const double shared = length / n * hypot(run->par.actuator_length_u, run->cal.u_zero / -expm1(as.eps_a));
    *out = (struct ends){{F[0] / n, F[1] / n}, (F[0] - F[1]) / n, K * hypot(noise, shared)};
    return true;
}

static vt_status judge(vti_onchip_run *run, size_t n, const struct ends *e, const char *const *name, vt_error *err)
{
    /* One false alarm of a hundred wafers, among n structures. */
    const double limit = gsl_cdf_ugaussian_Qinv(0.005 / (double)n);
    size_t off = 0, worst = 0;
    for (size_t i = 0; i < n; i++) {
        off += fabs(e[i].apart) > limit * e[i].u;
        if (fabs(e[i].apart) * e[worst].u > fabs(e[worst].apart) * e[i].u) worst = i;
    }
    if (off == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_ENDS",
        "structure '%.40s': its actuators pull with %.4g and %.4g uN, apart by %.3g +- %.2g uN (%zu of "
        "%zu structures with two): a cursor misread, one that sticks, or unlike actuators; leave "
        "them out",
        name[worst], 1e6 * e[worst].F[0], 1e6 * e[worst].F[1], 1e6 * fabs(e[worst].apart), 1e6 * e[worst].u, off, n);
}

static vt_status tell(const vti_onchip_run *run, size_t n, const struct ends *e, const char *const *name, vt_error *err)
{
    double *x = malloc(4 * n * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu structures", n);
    for (size_t i = 0; i < n; i++) {
        const double row[4] = {e[i].F[0], e[i].F[1], e[i].apart, e[i].u};
        for (size_t k = 0; k < 4; k++) x[k * n + i] = row[k];
    }
    const vti_column columns[] = {{"structure", NULL, NULL, name},        {"force", "N", x, NULL},
                                  {"force_2", "N", x + n, NULL},          {"difference", "N", x + 2 * n, NULL},
                                  {"difference_u", "N", x + 3 * n, NULL}, {0}};
    const vt_status st =
        vti_emit_table(run->result, "ends", "Forces of the two actuators of a structure", n, columns, err);
    free(x);
    return st;
}

vt_status vti_onchip_compare_ends(vti_onchip_run *run, vt_error *err)
{
    struct ends *e = malloc((run->beams + 1) * sizeof *e);
    const char **name = malloc((run->beams + 1) * sizeof *name);
    size_t n = 0;
    vt_status st = VT_OK;
    if (!e || !name) st = vt_fail(err, VT_EMEMORY, "no memory for %zu structures", run->beams);
    for (size_t i = 0; st == VT_OK && i < run->beams; i++)
        if (run->beam[i].ends > 1.0 && forces(run, i, &e[n])) name[n++] = run->beam[i].name;
    if (st == VT_OK && n > 0) st = judge(run, n, e, name, err);
    if (st == VT_OK && n > 0) st = tell(run, n, e, name, err);
    free(e);
    free(name);
    return st;
}
