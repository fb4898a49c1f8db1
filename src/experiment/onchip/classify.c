/* Which readings count, where the curve bends, and which specimens are elastic or have flowed (P22, steps 1 and 5). */
#include "onchip_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Relative uncertainty of the stress (P22, GUM) at the estimates. */
static double relative(const vti_onchip_run *run, size_t beam, const vt_onchip_structure *b, double sigma,
                       const vt_onchip_gum *g)
{
    const vti_onchip_params *p = &run->par;
    const double scale[] = {p->actuator_modulus_u, p->actuator_width_u, p->actuator_thickness_u, p->width_u,
                            p->thickness_u};
    /* Two actuators are wrong alike. */
    const double ends = run->beam[beam].ends, zero = run->cal.u_zero / -expm1(b->eps_a); /* as a length */
    double sum = 0.0;
    for (int k = 0; k < 5; k++) sum += scale[k] * scale[k];
    sum += pow(g->stress_eps_a * run->cal.u_eps_a / sigma, 2.0) +
           pow(g->stress_u * vti_onchip_noise(run, beam) / sigma, 2.0);
    sum += pow(g->stress_C_s * b->C_s * p->series_u / sigma, 2.0);
    sum += pow(ends * g->stress_L_a * hypot(p->actuator_length_u, zero) / sigma, 2.0);
    sum += pow(g->stress_L0 * b->L0 * p->specimen_length_u / sigma, 2.0) + p->scale_u * p->scale_u;
    return sqrt(sum);
}

/* A displacement beyond the free contraction by more than its own uncertainty cannot be. */
static vt_status beyond(const vti_onchip_run *run, const vti_onchip_beam *b, const vt_onchip_structure *as,
                        const vti_onchip_reading *r, vt_error *err)
{
    const double most = -expm1(as->eps_a) * as->L_a;
    const double u_most = hypot(run->cal.u_eps_a * as->L_a, b->ends * run->cal.u_zero);
    if (!(r->u - most > 2.0 * hypot(vti_onchip_noise(run, r->beam), u_most))) return VT_OK;
    const vt_table *t = run->job->tables[b->table];
    const bool two = b->ends > 1.0;
    return vt_fail_at(err, VT_EENERGY, vt_table_path(t), vt_table_line(t, r->row), 0,
                      "structure '%.60s': displacement%s = %.6g um is beyond the free contraction of its actuator%s, "
                      "%.6g um; is the specimen broken, or a length wrong?",
                      b->name, two ? " + displacement_2" : "", 1e6 * r->u, two ? "s" : "", 1e6 * most);
}

/* Does the actuator pull by more than noise, in the mean of its readings? To ask each reading would select those whose
 * noise makes the force large. */
static bool pulls(const vti_onchip_run *run, size_t beam, const vt_onchip_structure *as)
{
    const vti_onchip_beam *b = &run->beam[beam];
    double left = 0.0;
    for (size_t r = b->from; r < b->from + b->n; r++)
        left += (-expm1(as->eps_a) * as->L_a - run->reading[r].u) / (double)b->n;
    return left > 5.0 * vti_onchip_noise(run, beam);
}

static vt_status look_at(vti_onchip_run *run, size_t beam, vti_onchip_reading *r, vt_error *err)
{
    const vt_onchip_structure as = vti_onchip_structure_of(run, &run->in, beam);
    const vt_table *t = run->job->tables[run->beam[beam].table];
    vt_onchip_point p;
    vt_onchip_gum g;
    vt_status st = beyond(run, &run->beam[beam], &as, r, err);
    if (st != VT_OK) return st;
    vt_error why = {0};
    st = vt_onchip_state(&as, r->u, 0.5, &p, &why);
    r->valid = st == VT_OK && p.delta * as.L_a > vti_onchip_noise(run, beam) && pulls(run, beam, &as);
    r->used = r->valid;
    if (st == VT_EENERGY) return VT_OK; /* within its uncertainty of no force */
    if (st != VT_OK) return vt_fail_at(err, st, vt_table_path(t), vt_table_line(t, r->row), 0, "%.400s", why.msg);
    if (!r->used || vt_onchip_sensitivities(&as, r->u, &g, NULL) != VT_OK) return VT_OK;
    if (p.strain > 2.0)
        return vt_fail_at(err, VT_EUNITS, vt_table_path(t), vt_table_line(t, r->row), 0,
                          "structure '%.60s': strain %.3g; look at the units of displacement and specimen_length",
                          run->beam[beam].name, p.strain);
    r->u_rel = relative(run, beam, &as, p.sigma, &g);
    r->used = r->u_rel <= run->par.force_limit;
    return VT_OK;
}

/* Specimens are stretched: one that its own tension shortens a little may be, most of them not. */
static vt_status stretched(const vti_onchip_run *run, vt_error *err)
{
    const vti_onchip_reading *first = NULL;
    size_t below = 0, of = 0;
    for (size_t r = 0; r < run->readings; r++) {
        const vti_onchip_reading *x = &run->reading[r];
        if (run->beam[x->beam].role != VTI_ONCHIP_SPECIMEN) continue;
        of++;
        if (!(x->u < -2.0 * vti_onchip_noise(run, x->beam))) continue;
        below++;
        if (!first) first = x;
    }
    if (2 * below <= of) return VT_OK;
    const vti_onchip_beam *b = &run->beam[first->beam];
    const vt_table *t = run->job->tables[b->table];
    return vt_fail_at(
        err, VT_ESIGN, vt_table_path(t), vt_table_line(t, first->row), 0,
        "structure '%.60s': displacement = %.6g um, and %zu of %zu readings of specimens are below 0, but "
        "actuators stretch them: count displacement towards the actuator above 0",
        b->name, 1e6 * first->u, below, of);
}

vt_status vti_onchip_screen(vti_onchip_run *run, vt_error *err)
{
    char names[160] = "";
    size_t dropped = 0, of = 0, at = 0;
    const vt_status turned = stretched(run, err);
    if (turned != VT_OK) return turned;
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        size_t here = 0;
        if (b->role != VTI_ONCHIP_SPECIMEN) continue;
        for (size_t k = b->from; k < b->from + b->n; k++) {
            const vt_status st = look_at(run, i, &run->reading[k], err);
            if (st != VT_OK) return st;
            here += !run->reading[k].used;
        }
        of += b->n;
        dropped += here;
        if (here && at < sizeof names)
            at += (size_t)snprintf(names + at, sizeof names - at, "%s%.20s", at ? ", " : "", b->name);
    }
    if (of == 0)
        return vt_fail(err, VT_ESHAPE, "no structure holds a specimen that is not broken; give rows of specimens");
    if (dropped == of)
        return vt_fail(err, VT_EDOF,
                       "the stress of no specimen is known better than %g %%: the actuators are too near their free "
                       "contraction; give stronger ones, or --set force_limit=VALUE",
                       100.0 * run->par.force_limit);
    if (dropped == 0) return VT_OK;
    return vt_result_warn(run->result, err, "W_LOW_FORCE",
                          "%zu of %zu readings are left out: their stress is known to worse than %g %% (%s%s)", dropped,
                          of, 100.0 * run->par.force_limit, names, at < sizeof names ? "" : " ...");
}

/* ---- where the curve bends ---- */
struct bend {
    size_t n;
    double *x, *y, *c2, *c3; /* of each specimen's first used reading, by x */
    double u;
};

/* Weighted squares of y = a + E min(x, knee) + H max(x - knee, 0) (knee inf: without H). fit: a, E, H. */
static double squares(const struct bend *b, double knee, double E0, double fit[3])
{
    double A[3][4] = {{0}};
    const int m = isinf(knee) ? 2 : 3;
    for (size_t i = 0; i < b->n; i++) {
        const double f[4] = {1.0, fmin(b->x[i], knee), fmax(b->x[i] - knee, 0.0), b->y[i]};
        const double w = pow((b->c2[i] + (b->x[i] < knee ? E0 : 0.0) * b->c3[i]) * b->u, -2.0);
        for (int j = 0; j < m; j++)
            for (int k = 0; k < 4; k++) A[j][k] += w * f[j] * (m == 2 && k == 2 ? 0.0 : f[k]);
    }
    for (int j = 0; j < m; j++)
        for (int i = j + 1; i < m; i++) {
            const double share = A[i][j] / A[j][j];
            for (int k = j; k < 4; k++) A[i][k] -= share * A[j][k];
        }
    fit[2] = 0.0;
    for (int j = m - 1; j >= 0; j--) {
        double rest = A[j][3];
        for (int k = j + 1; k < m; k++) rest -= A[j][k] * fit[k];
        fit[j] = rest / A[j][j];
    }
    double sum = 0.0;
    for (size_t i = 0; i < b->n; i++) {
        const double model = fit[0] + fit[1] * fmin(b->x[i], knee) + fit[2] * fmax(b->x[i] - knee, 0.0);
        const double w = pow((b->c2[i] + (b->x[i] < knee ? E0 : 0.0) * b->c3[i]) * b->u, -2.0);
        sum += w * pow(b->y[i] - model, 2.0);
    }
    return isfinite(sum) ? sum : (double)INFINITY;
}

/* Modulus that the lowest third of the specimens have, three at least: their stresses over their strains, which noise
 * of single ones moves little. */
static double lowest_modulus(const struct bend *b)
{
    const size_t n = b->n / 3 > 3 ? b->n / 3 : 3;
    double x = 0.0, y = 0.0;
    for (size_t i = 0; i < n && i < b->n; i++) x += b->x[i], y += b->y[i];
    return x > 0.0 ? fmax(y / x, 0.0) : 0.0;
}

/* Best knee with three specimens on either side; yielded if it is worth its two parameters by far. */
static void find(vti_onchip_run *run, const struct bend *b, double *x0)
{
    double fit[3], best[3] = {0}, line[3], least = INFINITY;
    const double E0 = run->has_reference ? run->par.independent_modulus : lowest_modulus(b);
    const double single = squares(b, INFINITY, E0, line);
    run->knee = INFINITY;
    const size_t every = b->n / 200 + 1; /* of many specimens not every gap is tried: their knees lie as close */
    for (size_t i = 2; i + 3 < b->n; i += every)
        for (int k = 0; k < 10; k++) {
            const double knee = b->x[i] + 0.1 * (k + 0.5) * (b->x[i + 1] - b->x[i]), sum = squares(b, knee, E0, fit);
            if (!(sum < least) || !(fit[2] < 0.5 * fit[1])) continue;
            least = sum;
            run->knee = knee;
            for (int j = 0; j < 3; j++) best[j] = fit[j];
        }
    const double per = fmax(1.0, least / (double)(b->n - 3)); /* scatter beyond the readings' noise proves nothing */
    run->yielded = isfinite(run->knee) && (single - least) / per > 16.0;
    *x0 = run->yielded ? -best[0] / best[1] : -line[0] / line[1];
    if (!run->yielded) run->knee = INFINITY;
    /* One straight line much flatter than the modulus is flow throughout. */
    if (!run->yielded && run->has_reference && line[1] < 0.4 * run->par.independent_modulus) run->knee = -INFINITY;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static vt_status bend(vti_onchip_run *run, double *x0, vt_error *err)
{
    double(*p)[4] = malloc((run->beams + 1) * sizeof *p);
    double *x = malloc(4 * (run->beams + 1) * sizeof *x);
    struct bend b = {.u = fmax(run->par.displacement_u, 1e-12)};
    if (!p || !x) {
        free(p);
        free(x);
        return vt_fail(err, VT_EMEMORY, "no memory for %zu structures", run->beams);
    }
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *its = &run->beam[i];
        size_t r = its->from;
        while (r < its->from + its->n && !run->reading[r].used) r++;
        if (its->role != VTI_ONCHIP_SPECIMEN || r == its->from + its->n) continue;
        const vti_onchip_seen *s = &run->pass.seen[r];
        /* Two cursors have the noise of two: it weighs by c2 and c3. */
        const double more = sqrt(its->ends), row[4] = {s->stretch, s->sigma, more * s->c2, more * s->c3};
        for (int k = 0; k < 4; k++) p[b.n][k] = row[k];
        b.n++;
    }
    qsort(p, b.n, sizeof *p, ascending);
    b.x = x, b.y = x + b.n, b.c2 = x + 2 * b.n, b.c3 = x + 3 * b.n;
    for (size_t i = 0; i < b.n; i++) b.x[i] = p[i][0], b.y[i] = p[i][1], b.c2[i] = p[i][2], b.c3[i] = p[i][3];
    run->yielded = false;
    run->knee = -INFINITY;
    if (b.n >= 6) find(run, &b, x0);
    free(p);
    free(x);
    return VT_OK;
}

static bool known(const vti_onchip_run *run, const vti_onchip_beam *b)
{
    for (size_t r = b->from; r < b->from + b->n; r++)
        if (run->reading[r].used) return true;
    return false;
}

/* Mean of a specimen over its readings whose stress is known, else over all that are valid; false: none. */
static bool mean_of(const vti_onchip_run *run, const vti_onchip_beam *b, double *stretch, double *plastic, double *u)
{
    double n = 0.0;
    const bool any = known(run, b);
    *stretch = *plastic = *u = 0.0;
    for (size_t r = b->from; r < b->from + b->n; r++) {
        if (!(any ? run->reading[r].used : run->reading[r].valid)) continue;
        n += 1.0;
        *stretch += run->pass.seen[r].stretch;
        *plastic += run->pass.seen[r].plastic;
        *u += run->pass.seen[r].c3;
    }
    *stretch /= n;
    *plastic /= n;
    *u *= vti_onchip_noise(run, (size_t)(b - run->beam)) / (n * sqrt(n));
    return n > 0.0;
}

bool vti_onchip_counts(const vti_onchip_run *run, size_t reading)
{
    const vti_onchip_reading *r = &run->reading[reading];
    return r->used || (r->valid && run->beam[r->beam].is == VTI_ONCHIP_ELASTIC);
}

static void mark(vti_onchip_run *run, double x0)
{
    double x, plastic, u;
    run->elastic = run->plastic = 0;
    for (size_t i = 0; i < run->beams; i++) {
        vti_onchip_beam *b = &run->beam[i];
        if (b->role != VTI_ONCHIP_SPECIMEN || !mean_of(run, b, &x, &plastic, &u)) continue;
        b->is = x - x0 < run->par.elastic_share * (run->knee - x0) ? VTI_ONCHIP_ELASTIC : VTI_ONCHIP_BETWEEN;
        run->elastic += b->is == VTI_ONCHIP_ELASTIC;
    }
    if (run->elastic < 3)
        for (size_t i = 0; i < run->beams; i++)
            if (run->beam[i].is == VTI_ONCHIP_ELASTIC) run->beam[i].is = VTI_ONCHIP_BETWEEN;
    if (run->elastic < 3) run->elastic = 0;
    vti_onchip_evaluate(run, &run->in, NULL, &run->pass);
    for (size_t i = 0; i < run->beams; i++) {
        vti_onchip_beam *b = &run->beam[i];
        if (b->is != VTI_ONCHIP_BETWEEN) continue;
        if (!known(run, b)) {
            b->is = VTI_ONCHIP_UNUSED;
            continue;
        }
        if (!mean_of(run, b, &x, &plastic, &u)) continue;
        if (!(plastic > run->par.plastic_strain + 2.0 * u)) continue;
        b->is = VTI_ONCHIP_PLASTIC;
        run->plastic++;
    }
}

vt_status vti_onchip_classify(vti_onchip_run *run, vt_error *err)
{
    double x0 = 0.0;
    run->elastic = run->plastic = 0;
    vti_onchip_evaluate(run, &run->in, NULL, &run->pass);
    const vt_status st = bend(run, &x0, err);
    if (st != VT_OK) return st;
    mark(run, x0);
    if (run->elastic == 0 && !run->has_reference)
        return vt_fail(err, VT_EDOF,
                       "no elastic line: it needs 6 specimens, 3 of them below yield; give more, or --set "
                       "independent_modulus=VALUE");
    const double E = run->pass.out[VTI_CHIP_E];
    if (!(E > 0.0))
        return vt_fail(
            err, VT_EUNPHYSICAL,
            "stress falls with strain in the elastic specimens: E = %.4g GPa; look at lengths and displacements",
            1e-9 * E);
    if (run->has_reference && !(run->pass.out[VTI_CHIP_F] > 0.1 && run->pass.out[VTI_CHIP_F] < 10.0))
        return vt_fail(
            err, VT_EUNITS,
            "the elastic specimens have E = %.4g GPa, the independent modulus is %.4g GPa: look at the units of "
            "the geometry",
            1e-9 * E, 1e-9 * run->par.independent_modulus);
    return VT_OK;
}
