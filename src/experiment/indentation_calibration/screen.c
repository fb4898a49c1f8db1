/* Groups of equal load, their scatter, and what does not belong to them: bad contacts. */
#include "calibration_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double FAR = 8.0;     /* standard deviations by the median: of eight indents even that is a rough one */
static const double LEAST = 0.02;  /* of the value: closer than FAR of that nothing is called far */
static const double SIGMA = 0.005; /* of ln(area): no group counts for more than that */
static const double ALIKE = 1.12;  /* ratio of loads that still are one group */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double middle(double *x, size_t n)
{
    qsort(x, n, sizeof *x, by_size);
    return 0.5 * (x[(n - 1) / 2] + x[n / 2]);
}

/* Median and 1.4826 MAD of n values, which are sorted away. */
static double robust(double *x, size_t n, double *sd)
{
    const double m = middle(x, n);
    for (size_t i = 0; i < n; i++) x[i] = fabs(x[i] - m);
    *sd = 1.4826 * middle(x, n);
    return m;
}

/* ---- groups ---- */
typedef struct rank {
    size_t reference, i;
    double P;
} rank;

static int by_load(const void *a, const void *b)
{
    const rank *x = a, *y = b;
    if (x->reference != y->reference) return x->reference < y->reference ? -1 : 1;
    return (x->P > y->P) - (x->P < y->P);
}

static vt_status make_groups(vti_cal_run *run, vt_error *err)
{
    rank *r = malloc(run->npoints * sizeof *r);
    if (!r) return vt_fail(err, VT_EMEMORY, "%zu unloadings", run->npoints);
    for (size_t i = 0; i < run->npoints; i++) r[i] = (rank){run->point[i].reference, i, run->point[i].P};
    qsort(r, run->npoints, sizeof *r, by_load);
    run->ngroups = 0;
    double first = 0.0;
    for (size_t i = 0; i < run->npoints; i++) {
        /* The last group of a table with too many loads takes all that follow. */
        const bool fresh = i == 0 || r[i].reference != r[i - 1].reference || r[i].P > ALIKE * first;
        if (fresh && run->ngroups < VTI_CAL_GROUPS) {
            first = r[i].P;
            run->group[run->ngroups++] = (vti_cal_group){.reference = r[i].reference};
        }
        run->point[r[i].i].group = run->ngroups - 1;
    }
    free(r);
    return VT_OK;
}

/* ---- outliers ---- */
/* What is compared within a group, freed of the small differences of load: h/sqrt(P), K sqrt(P). */
static double compared(const vti_cal_point *p, int which)
{
    return which == 0 ? p->h / sqrt(p->P) : p->K * sqrt(p->P);
}

static size_t collect(const vti_cal_run *run, size_t group, int which, double *x)
{
    size_t n = 0;
    for (size_t i = 0; i < run->npoints; i++)
        if (run->point[i].group == group && !run->indent[run->point[i].indent].out)
            x[n++] = compared(&run->point[i], which);
    return n;
}

static void tell(vti_cal_run *run, const vti_cal_point *p, int which, double median)
{
    vti_cal_indent *in = &run->indent[p->indent];
    const double root = sqrt(p->P);
    if (in->why[0]) return;
    if (which == 0)
        snprintf(in->why, sizeof in->why, "bad contact: at %.3g mN it is %.4g nm deep, the others %.4g nm", p->P * 1e3,
                 p->h * 1e9, median * root * 1e9);
    else
        snprintf(in->why, sizeof in->why, "bad unloading: at %.3g mN 1/S is %.4g nm/mN, of the others %.4g nm/mN",
                 p->P * 1e3, p->K * 1e6, median / root * 1e6);
}

static void mark_far(vti_cal_run *run, double *x)
{
    for (size_t g = 0; g < run->ngroups; g++)
        for (int which = 0; which < 2; which++) {
            double sd;
            const size_t n = collect(run, g, which, x);
            if (n < 4) continue;
            const double m = robust(x, n, &sd), limit = FAR * fmax(sd, LEAST * fabs(m));
            for (size_t i = 0; i < run->npoints; i++) {
                vti_cal_point *p = &run->point[i];
                if (p->group != g || fabs(compared(p, which) - m) <= limit) continue;
                p->out = true;
                tell(run, p, which, m);
            }
        }
}

/* A test whose first contact was bad, or a third of whose cycles are far, is out as a whole: its zero point is not that
 * of the others. */
static void drop_tests(vti_cal_run *run)
{
    for (size_t k = 0; k < run->nindents; k++) {
        size_t n = 0, far = 0;
        bool first = false;
        for (size_t i = 0; i < run->npoints; i++) {
            const vti_cal_point *p = &run->point[i];
            if (p->indent != k) continue;
            n++;
            far += p->out;
            first = first || (p->out && p->cycle == 1 && run->indent[k].why[0]);
        }
        if (n == 0 || first || 3 * far >= n) run->indent[k].out = run->indent[k].out || far > 0 || n == 0;
    }
    for (size_t i = 0; i < run->npoints; i++)
        if (run->indent[run->point[i].indent].out) run->point[i].out = true;
}

/* ---- scatter ---- */
static void means(vti_cal_run *run)
{
    for (size_t g = 0; g < run->ngroups; g++) run->group[g].n = 0;
    for (size_t i = 0; i < run->npoints; i++) {
        const vti_cal_point *p = &run->point[i];
        vti_cal_group *g = &run->group[p->group];
        if (p->out) continue;
        g->n++;
        g->P += (p->P - g->P) / (double)g->n;
        g->K += (p->K - g->K) / (double)g->n;
    }
}

/* ln(A/h_c^2) at the frame compliance of the line: scatter of zero point, stiffness and unloading together. */
static void scatter(vti_cal_run *run, double *x)
{
    for (size_t g = 0; g < run->ngroups; g++) {
        vti_cal_group *G = &run->group[g];
        double sd = (double)NAN, C = 0.0;
        size_t n = 0;
        for (size_t i = 0; i < run->npoints; i++)
            if (run->point[i].group == g && !run->point[i].out) x[n++] = compared(&run->point[i], 1) / sqrt(G->P);
        if (n >= 4) (void)robust(x, n, &sd);
        G->sd_K = fmax(n >= 4 ? sd : 0.03 * G->K, 0.002 * G->K);
        n = 0;
        for (size_t i = 0; i < run->npoints; i++) {
            const vti_cal_point *p = &run->point[i];
            double h_c, A;
            if (p->group == g && !p->out && vti_cal_contact(run, p, C, &h_c, &A)) x[n++] = log(A / (h_c * h_c));
        }
        if (n >= 4) (void)robust(x, n, &sd);
        for (size_t i = 0; i < run->npoints; i++)
            if (run->point[i].group == g) run->point[i].sigma = fmax(n >= 4 ? sd : 0.05, SIGMA);
    }
}

vt_status vti_cal_screen(vti_cal_run *run, vt_error *err)
{
    double *x = malloc((run->npoints + 1) * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "%zu unloadings", run->npoints);
    const vt_status st = make_groups(run, err);
    if (st == VT_OK) {
        mark_far(run, x);
        drop_tests(run);
        means(run);
        scatter(run, x);
        for (size_t k = 0; k < run->nindents; k++)
            run->reference[run->indent[k].reference].indents += !run->indent[k].out;
    }
    free(x);
    return st;
}
