/* Where the labels inside a plot stand: beside their point, off the data and off each other. */
#include "figure_internal.h"
#include <math.h>

struct box {
    double x0, y0, x1, y1; /* px of the plot area, y upwards */
};

/* The plot area, roughly: the figure without its margins. */
static const double AREA[2] = {VTI_WIDTH - 66.0, VTI_PLOT_HEIGHT - VTI_BELOW - VTI_ABOVE};

static double fraction(double v, const double range[2], int log)
{
    if (log) return v > 0.0 ? log10(v / range[0]) / log10(range[1] / range[0]) : NAN;
    return (v - range[0]) / (range[1] - range[0]);
}

static bool point_of(const vti_plot *p, double x, double y, double at[2])
{
    at[0] = AREA[0] * fraction(x, p->x, p->f->x.log);
    at[1] = AREA[1] * fraction(y, p->y, p->f->y.log);
    return isfinite(at[0]) && isfinite(at[1]);
}

static bool inside(const struct box *b, const double at[2], double slack)
{
    return at[0] > b->x0 - slack && at[0] < b->x1 + slack && at[1] > b->y0 - slack && at[1] < b->y1 + slack;
}

/* How much of a stroke from a to b the box hides; lines are followed in small steps. */
static double hidden_stroke(const struct box *b, const double from[2], const double to[2])
{
    enum { STEPS = 12 };
    double n = 0.0;
    for (int k = 0; k < STEPS; k++) {
        const double s = (double)k / STEPS;
        const double at[2] = {from[0] + s * (to[0] - from[0]), from[1] + s * (to[1] - from[1])};
        if (inside(b, at, 1.5)) n += 1.0 / STEPS;
    }
    return n;
}

static double hidden_rules(const vti_plot *p, const vti_trace *t, const struct box *b)
{
    double cost = 0.0;
    for (size_t k = 0; k < t->rows; k++) {
        const double x = t->x ? vti_plot_value(p, t->x, k) : p->x[0], y = t->y ? vti_plot_value(p, t->y, k) : p->y[0];
        double at[2];
        if (!point_of(p, x, y, at)) continue;
        if (!t->y && at[0] > b->x0 - 2.0 && at[0] < b->x1 + 2.0) cost += 1.0;
        if (!t->x && at[1] > b->y0 - 2.0 && at[1] < b->y1 + 2.0) cost += 1.0;
    }
    return cost;
}

static double hidden_trace(const vti_plot *p, const vti_trace *t, bool points, const struct box *b)
{
    const size_t step = t->rows / 400 + 1; /* enough to see a curve by */
    double cost = 0.0, last[2] = {0.0, 0.0}, at[2];
    bool connected = false;
    for (size_t k = 0; k < t->rows; k += step) {
        const bool seen = point_of(p, vti_plot_value(p, t->x, k), vti_plot_value(p, t->y, k), at);
        if (seen && points && inside(b, at, 4.0)) cost += 1.0;
        if (seen && connected && !points) cost += hidden_stroke(b, last, at);
        connected = seen;
        last[0] = at[0];
        last[1] = at[1];
    }
    return cost;
}

/* How much data the box hides. */
static double hidden(const vti_plot *p, const struct box *b)
{
    double cost = 0.0;
    for (size_t i = 0; i < p->f->nseries; i++) {
        const vti_trace *t = &p->trace[i];
        switch (p->f->series[i].style) {
        case VT_RULE_X:
        case VT_RULE_Y: cost += hidden_rules(p, t, b); break;
        case VT_TILES:
        case VT_BAND: break; /* text on a pale band can be read */
        default: cost += hidden_trace(p, t, p->f->series[i].style == VT_POINTS, b);
        }
    }
    return cost;
}

static double overlap(const struct box *a, const struct box *b)
{
    const double w = fmin(a->x1, b->x1) - fmax(a->x0, b->x0), h = fmin(a->y1, b->y1) - fmax(a->y0, b->y0);
    return w > 0.0 && h > 0.0 ? w * h : 0.0;
}

static double outside(const struct box *b)
{
    return fmax(0.0, -b->x0) + fmax(0.0, -b->y0) + fmax(0.0, b->x1 - AREA[0]) + fmax(0.0, b->y1 - AREA[1]);
}

/* Candidates in order of preference: on the point, right, left, above, below, the corners, farther. */
static const struct {
    double dx, dy;
    char align;
} TRY[] = {{0, 0, 'c'},     {6, 0, 'l'},    {-6, 0, 'r'},    {0, 10, 'c'},  {0, -10, 'c'},  {5, 8, 'l'},
           {5, -8, 'l'},    {-5, 8, 'r'},   {-5, -8, 'r'},   {0, 18, 'c'},  {0, -18, 'c'},  {14, 12, 'l'},
           {14, -12, 'l'},  {-14, 12, 'r'}, {-14, -12, 'r'}, {24, 22, 'l'}, {24, -22, 'l'}, {-24, 22, 'r'},
           {-24, -22, 'r'}, {0, 30, 'c'},   {0, -30, 'c'},   {40, 0, 'l'},  {-40, 0, 'r'}};

static struct box box_of(const double at[2], double width, size_t k)
{
    const double x = at[0] + TRY[k].dx, y = at[1] + TRY[k].dy, half = 0.55 * VTI_FONT;
    const double left = TRY[k].align == 'l' ? 0.0 : TRY[k].align == 'r' ? width : 0.5 * width;
    return (struct box){x - left, y - half, x - left + width, y + half};
}

void vti_plot_places(vti_plot *p)
{
    struct box placed[VT_LABEL_MAX];
    for (size_t i = 0; i < p->f->nlabels; i++) {
        const vt_label *label = &p->f->labels[i];
        const double width = 0.58 * VTI_FONT * (double)vti_utf8_length(label->text);
        double at[2], best = INFINITY;
        placed[i] = (struct box){-1.0, -1.0, -1.0, -1.0};
        p->place[i] = (vti_place){0.0, 0.0, 'l'};
        if (!point_of(p, vt_unit_from_si(&p->ux, label->x), vt_unit_from_si(&p->uy, label->y), at)) continue;
        for (size_t k = 0; k < sizeof TRY / sizeof *TRY; k++) {
            const struct box b = box_of(at, width, k);
            double cost = 0.05 * (double)k + 3.0 * hidden(p, &b) + 2.0 * outside(&b);
            for (size_t j = 0; j < i; j++) cost += overlap(&b, &placed[j]);
            if (!(cost < best)) continue;
            best = cost;
            placed[i] = b;
            p->place[i] = (vti_place){TRY[k].dx / AREA[0], TRY[k].dy / AREA[1], TRY[k].align};
        }
    }
}
