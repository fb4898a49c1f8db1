/* Is the area function that a file prints the one that its own results were computed with? Some workbooks print three
 * of the five coefficients that are set. */
#include "experiment/emit_internal.h"
#include "reduce_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double CLEAR = 50e-9; /* m: below, the digits that are printed tell too little */
static const double SAME = 0.002;  /* of the area; what is printed to five digits agrees to 0.0002 */
static const double MOST = 0.9;    /* share of the readings that must agree so well */
enum { LEAST = 3 };

typedef struct apart {
    size_t n;
    double *size;                      /* relative, one for each reading */
    double worst, signed_worst, depth; /* the largest, and where */
} apart;

/* The function was taken from the file itself, which metadata says, and not given by the command. */
static bool printed(const vti_indentation_run *run, const vt_table *t)
{
    for (size_t i = 0; t && i < vt_table_metas(t); i++) {
        const vt_meta m = vt_table_meta(t, i);
        if (strcmp(m.key, "area_function") == 0) return strcmp(m.text, run->par->area_function) == 0;
    }
    return false;
}

static void compare(const vti_indentation_run *run, double h_c, double A, apart *a)
{
    if (!(h_c > CLEAR) || !(A > 0.0) || (run->area.high > 0.0 && h_c > run->area.high)) return;
    const double ratio = A / vt_area(&run->area, h_c) - 1.0;
    a->size[a->n++] = fabs(ratio);
    if (!(fabs(ratio) > a->worst)) return;
    a->worst = fabs(ratio);
    a->signed_worst = ratio;
    a->depth = h_c;
}

static double area_of(double A, double P, double H)
{
    return A > 0.0 ? A : H > 0.0 ? P / H : (double)NAN;
}

static void collect(const vti_indentation_run *run, apart *a)
{
    for (size_t i = 0; i < run->set.n; i++) {
        const vti_indent *s = &run->set.indent[i];
        if (!s->h_c || !(s->A || s->H) || !printed(run, s->table)) continue;
        for (size_t k = 0; k < s->n; k++)
            compare(run, s->h_c[k], area_of(s->A ? s->A[k] : (double)NAN, s->P[k], s->H ? s->H[k] : (double)NAN), a);
    }
    for (size_t i = 0; i < run->set.nrows; i++) {
        const vti_indent_row *r = &run->set.row[i];
        if (printed(run, r->table)) compare(run, r->h_c, area_of(r->A, r->P, r->H), a);
    }
}

vt_status vti_indentation_area_printed(vti_indentation_run *run, vt_error *err)
{
    size_t most = run->set.nrows;
    if (run->area_source != VTI_AREA_GIVEN) return VT_OK;
    for (size_t i = 0; i < run->set.n; i++) most += run->set.indent[i].n;
    apart a = {.size = malloc((2 * most + 1) * sizeof *a.size)};
    if (!a.size) return vt_fail(err, VT_EMEMORY, "%zu contact areas", most);
    collect(run, &a);
    vt_status st = VT_OK;
    const double typical = a.n > 0 ? vti_quantile(a.size, a.n, 1, MOST, a.size + most) : 0.0;
    if (a.n >= LEAST && typical > SAME)
        st = vt_result_warn(run->result, err, "W_AREA",
                            "the file prints %zu coefficients of an area function that its own results do not follow: "
                            "its contact areas are %.2g %% off (at %.3g nm: %+.2g %%), so hardness is; it may print "
                            "fewer terms than were set: give all by --set area_function=C0,C1,...",
                            run->area.n, 100.0 * typical, 1e9 * a.depth, 100.0 * a.signed_worst);
    free(a.size);
    return st;
}
