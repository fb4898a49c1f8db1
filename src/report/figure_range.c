/* Ranges of the axes, and tick marks that a logarithmic axis of any length can be read by. */
#include "figure_internal.h"
#include <float.h>
#include <math.h>
#include <stdio.h>

struct extent {
    double low, high;
};

static void include(struct extent *e, double v, int log)
{
    if (!isfinite(v) || (log && !(v > 0.0))) return;
    if (v < e->low) e->low = v;
    if (v > e->high) e->high = v;
}

static void include_column(const vti_plot *p, size_t column, int log, struct extent *e)
{
    if (column == 0) return;
    for (size_t k = 0; k < p->column[column - 1].n; k++) include(e, vti_plot_value(p, column, k), log);
}

/* A wide interval must not press the data into a line: edges reach beyond the values by one decade or one
 * range at most. */
static void include_edges(const struct extent *edges, int log, struct extent *e)
{
    if (!(edges->low <= edges->high)) return;
    if (!(e->low <= e->high)) {
        *e = *edges;
        return;
    }
    const double range = e->high > e->low ? e->high - e->low : fabs(e->high);
    const double floor_ = log ? e->low / 10.0 : e->low - range, ceiling = log ? e->high * 10.0 : e->high + range;
    include(e, fmax(edges->low, floor_), log);
    include(e, fmin(edges->high, ceiling), log);
}

static void pad(struct extent *e, int log)
{
    if (!(e->low <= e->high)) *e = log ? (struct extent){1.0, 10.0} : (struct extent){0.0, 1.0};
    if (log) {
        const double d = e->high > e->low ? 0.04 * log10(e->high / e->low) : 0.2;
        e->low *= pow(10.0, -d);
        e->high *= pow(10.0, d);
        return;
    }
    double d = 0.04 * (e->high - e->low);
    if (!(d > 1e-9 * fabs(e->high))) d = e->high != 0.0 ? 0.1 * fabs(e->high) : 1.0;
    e->low -= e->low == 0.0 ? 0.0 : d; /* an axis that begins at 0 begins there */
    e->high += d;
}

/* Tiles reach beyond their points. */
static void widen(struct extent *e, double half)
{
    if (!(e->low <= e->high)) return;
    e->low -= half;
    e->high += half;
}

/* Limits that the figure gives win. */
static void settle(const struct extent *e, const vt_axis *axis, const vt_unit *unit, double range[2])
{
    range[0] = isnan(axis->low) ? e->low : vt_unit_from_si(unit, axis->low);
    range[1] = isnan(axis->high) ? e->high : vt_unit_from_si(unit, axis->high);
    if (axis->log && !(range[0] > 0.0)) range[0] = range[1] > 0.0 ? range[1] / 1e3 : 1.0;
    if (!(range[1] > range[0])) range[1] = axis->log ? 10.0 * range[0] : range[0] + 1.0;
}

void vti_plot_ranges(vti_plot *p)
{
    const struct extent nothing = {DBL_MAX, -DBL_MAX};
    struct extent x = nothing, y = nothing, edges = nothing;
    const vt_figure *f = p->f;
    for (size_t i = 0; i < f->nseries; i++) {
        const vti_trace *t = &p->trace[i];
        include_column(p, t->x, f->x.log, &x);
        if (f->series[i].style != VT_BAND) include_column(p, t->y, f->y.log, &y);
        include_column(p, t->low, f->y.log, &edges);
        include_column(p, t->high, f->y.log, &edges);
    }
    for (size_t i = 0; i < f->nlabels; i++) {
        include(&x, vt_unit_from_si(&p->ux, f->labels[i].x), f->x.log);
        include(&y, vt_unit_from_si(&p->uy, f->labels[i].y), f->y.log);
    }
    include_edges(&edges, f->y.log, &y);
    if (p->tiles) {
        widen(&x, p->tile[0]);
        widen(&y, p->tile[1]);
    }
    pad(&x, f->x.log);
    pad(&y, f->y.log);
    settle(&x, &f->x, &p->ux, p->x);
    settle(&y, &f->y, &p->uy, p->y);
}

/* Width in px of the widest number that marks at this step need. */
static double label_width(const double range[2], double step)
{
    size_t longest = 0;
    for (double v = step * ceil(range[0] / step); v <= range[1]; v += step) {
        char text[40];
        const int n = snprintf(text, sizeof text, "%.6g", fabs(v) < 1e-9 * step ? 0.0 : v);
        if (n > 0 && (size_t)n > longest) longest = (size_t)n;
    }
    return 0.62 * VTI_FONT * (double)longest + 6.0;
}

/* Three to nine marks at 1, 2 or 5 times a power of ten; fewer where their numbers would touch. */
void vti_plot_linear_tics(char axis, const double range[2], vti_text *gp)
{
    static const double mantissa[] = {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0};
    const double width = range[1] - range[0], wanted = width / 6.0, power = pow(10.0, floor(log10(wanted)));
    size_t k = 0;
    while (mantissa[k] * 1.4 < wanted / power) k++;
    while (axis == 'x' && k < 6 &&
           label_width(range, mantissa[k] * power) > (VTI_WIDTH - 70.0) * mantissa[k] * power / width)
        k++;
    vti_putf(gp, "set format %c '%%h'\nset %ctics %.9g\nset m%ctics 2\n", axis, axis, mantissa[k] * power, axis);
}

/* Is mantissa m labelled on an axis of so many decades? */
static int labelled(int m, double decades)
{
    if (decades < 0.8) return m < 6 || m == 7;
    return m == 1 || m == 2 || m == 5;
}

void vti_plot_log_tics(char axis, const double range[2], vti_text *gp)
{
    const double decades = log10(range[1] / range[0]);
    const bool plain = range[0] >= 0.99e-3 && range[1] <= 2e4;
    const char *format = plain ? "%g" : "10^{%T}";
    const double powers_alone = axis == 'x' && !plain ? 1.6 : 2.6; /* 2x10^-6 beside 5x10^-6 would overlap */
    vti_putf(gp, "set logscale %c 10\n", axis);
    if (decades < 0.25) { /* so short that evenly spaced marks read best */
        vti_putf(gp, "set format %c '%%h'\n", axis);
        return;
    }
    if (decades >= powers_alone) {
        /* a start is needed: without one gnuplot counts from the end of the axis, and labels 3.9e7 as 10^7 */
        vti_putf(gp, "set format %c '%s'\nset %ctics %.9g, %s\nset m%ctics 10\n", axis, format, axis,
                 pow(10.0, ceil(log10(range[0]) - 1e-9)), decades > 8.0 ? "1e2" : "10", axis);
        return;
    }
    vti_putf(gp, "set format %c '%%h'\nset %ctics (", axis, axis);
    const char *comma = "";
    for (int e = (int)floor(log10(range[0])); e <= (int)ceil(log10(range[1])); e++)
        for (int m = 1; m < 10; m++) {
            const double v = m * pow(10.0, e);
            if (v < range[0] * (1.0 - 1e-9) || v > range[1] * (1.0 + 1e-9)) continue;
            vti_putf(gp, labelled(m, decades) ? "%s%.9g" : "%s'' %.9g 1", comma, v);
            comma = ", ";
        }
    vti_put(gp, ")\n");
}
