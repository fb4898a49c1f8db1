/* Maps: tiles about points, coloured by a third column, with the scale of colours beside. */
#include "figure_internal.h"
#include "unit_text_internal.h"
#include <float.h>
#include <math.h>

/* viridis (van der Walt and Smith, 2015): even in lightness, so that it is read in grey and by colour-blind eyes. */
static const char *const PALETTE[11] = {"#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c",
                                        "#22a884", "#44bf70", "#7ad151", "#bddf26", "#fde725"};

/* Half the distance to the nearest other point, the middle one of up to 200 points. In units of the axes, which are
 * alike on a map of places. */
static double half_width(const vti_plot *p, const vti_trace *t)
{
    enum { LOOKED_AT = 200 };
    double found[LOOKED_AT];
    size_t n = 0;
    const size_t step = t->rows / LOOKED_AT + 1;
    for (size_t i = 0; i < t->rows && n < LOOKED_AT; i += step) {
        const double x = vti_plot_value(p, t->x, i), y = vti_plot_value(p, t->y, i);
        double least = INFINITY;
        for (size_t j = 0; j < t->rows; j++) {
            const double d = hypot(vti_plot_value(p, t->x, j) - x, vti_plot_value(p, t->y, j) - y);
            if (d > 0.0 && d < least) least = d;
        }
        if (!isfinite(least)) continue;
        size_t k = n++; /* in order */
        for (; k > 0 && found[k - 1] > least; k--) found[k] = found[k - 1];
        found[k] = least;
    }
    return n > 0 ? 0.5 * found[n / 2] : 0.5;
}

void vti_plot_tiles(vti_plot *p)
{
    double low = DBL_MAX, high = -DBL_MAX;
    for (size_t i = 0; i < p->f->nseries; i++) {
        const vti_trace *t = &p->trace[i];
        if (p->f->series[i].style != VT_TILES) continue;
        const double half = half_width(p, t);
        p->tile[0] = p->tile[1] = p->tiles ? fmin(half, p->tile[0]) : half;
        p->tiles = true;
        for (size_t k = 0; k < t->rows; k++) {
            const double v = vti_plot_value(p, t->value, k);
            if (!isfinite(v)) continue;
            low = fmin(low, v);
            high = fmax(high, v);
        }
    }
    const vt_axis *a = &p->f->value;
    p->value[0] = a->low < a->high ? vt_unit_from_si(&p->uvalue, a->low) : low;
    p->value[1] = a->low < a->high ? vt_unit_from_si(&p->uvalue, a->high) : high;
    if (!(p->value[1] > p->value[0])) p->value[1] = p->value[0] + fmax(fabs(p->value[0]), 1.0) * 1e-3;
}

void vti_plot_palette(const vti_plot *p, vti_text *gp)
{
    char pretty[64];
    vti_text label = {0};
    if (!p->tiles) return;
    vti_put(gp, "set palette defined (");
    for (size_t k = 0; k < 11; k++) vti_putf(gp, "%s%zu '%s'", k ? ", " : "", k, PALETTE[k]);
    vti_putf(gp, ")\nset palette maxcolors 0\nset cbrange [%.9g:%.9g]\n", p->value[0], p->value[1]);
    vti_put(gp, "set rmargin at screen 0.73\nset lmargin at screen 0.17\nset size ratio -1\n"
                "set colorbox vertical user origin graph 1.05, graph 0.05 size graph 0.06, graph 0.9 noborder\n"
                "set cbtics scale 0.4 offset -0.6, 0\n");
    vti_unit_pretty(p->uvalue.text, pretty, sizeof pretty);
    vti_put(&label, p->f->value.label);
    if (pretty[0]) vti_putf(&label, " (%s)", pretty);
    vti_put(gp, "set cblabel ");
    vti_put_gnuplot(gp, label.s ? label.s : "");
    vti_put(gp, " noenhanced offset 0.2, 0\n");
    if (label.failed) gp->failed = true;
    vti_text_free(&label);
}

/* A hair wider than half, so that no seam shows between tiles. */
void vti_plot_tile_clause(const vti_plot *p, size_t series, vti_text *gp)
{
    const vti_trace *t = &p->trace[series];
    vti_putf(gp, "data using %zu:%zu:(%.9g):(%.9g):%zu with boxxyerror fs solid 1 noborder lc palette notitle", t->x,
             t->y, 1.005 * p->tile[0], 1.005 * p->tile[1], t->value);
}
