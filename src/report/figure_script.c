/* The gnuplot script of a figure. */
#include "figure_internal.h"
#include "unit_text_internal.h"

/* viridis (van der Walt and Smith, 2015) at equal steps up to 0.78; its yellow end cannot be seen on white.
 * Up to four colours are taken far apart, the fourth from cividis (Nunez et al., 2018, 0.58). */
static const char *const IN_ORDER[8] = {"#440154", "#482878", "#3e4989", "#31688e",
                                        "#26828e", "#1f9e89", "#35b779", "#6ece58"};
static const char *const FAR_APART[4] = {"#440154", "#1f9e89", "#31688e", "#8a8678"};

/* Every colour index also has its own marker and its own dash, so that a figure can be read without colour.
 * DASHED lines are short dashes, which no LINE uses. */
static const struct {
    int marker;
    const char *line, *dashed;
} MARKS[8] = {
    {7, "1", "(4,3)"},      {5, "(26,3)", "(2,2.5)"},   {9, "(14,3,2,3)", "(6,2)"}, {11, "(14,3,2,3,2,3)", "(3,1.5)"},
    {13, "(9,2)", "(5,4)"}, {6, "(26,3,6,3)", "(2,4)"}, {4, "(18,2,2,2)", "(7,4)"}, {8, "(10,2,2,2,2,2,2,2)", "(3,4)"}};

static size_t index_of(const vt_series *s)
{
    return (size_t)(s->color < 0 ? -s->color : s->color) % 8;
}

static const char *color_of(const vti_plot *p, size_t index)
{
    bool few = true;
    for (size_t i = 0; i < p->f->nseries; i++) few = few && index_of(&p->f->series[i]) < 4;
    return few ? FAR_APART[index] : IN_ORDER[index];
}

static void put_axis(char axis, const vt_axis *a, const vt_unit *unit, const double range[2], vti_text *gp)
{
    char pretty[64];
    vti_text label = {0};
    vti_unit_pretty(unit->text, pretty, sizeof pretty);
    vti_put(&label, a->label);
    if (pretty[0]) vti_putf(&label, " (%s)", pretty);
    vti_putf(gp, "set %clabel ", axis);
    vti_put_gnuplot(gp, label.s);
    vti_putf(gp, " noenhanced offset %s\n", axis == 'x' ? "0, 0.7" : "0.3, 0");
    vti_text_free(&label);
    vti_putf(gp, "set %crange [%.9g:%.9g]\n", axis, range[0], range[1]);
    if (a->log)
        vti_plot_log_tics(axis, range, gp);
    else
        vti_plot_linear_tics(axis, range, gp);
}

static void put_styles(const vti_plot *p, vti_text *gp)
{
    bool used[8] = {false};
    for (size_t i = 0; i < p->f->nseries; i++) used[index_of(&p->f->series[i])] = true;
    vti_put(gp, "# One style per colour: colour, marker and dash.\n");
    for (size_t k = 0; k < 8; k++)
        if (used[k])
            vti_putf(gp, "set style line %zu lc rgb '%s' lw 1.5 pt %d ps 0.55 dt %s\n", k + 1, color_of(p, k),
                     MARKS[k].marker, MARKS[k].line);
}

static void put_rules(const vti_plot *p, vti_text *gp)
{
    for (size_t i = 0; i < p->f->nseries; i++) {
        const vt_series *s = &p->f->series[i];
        const bool vertical = s->style == VT_RULE_X;
        if (!vertical && s->style != VT_RULE_Y) continue;
        for (size_t k = 0; k < p->trace[i].rows; k++) {
            const double v = vti_plot_value(p, vertical ? p->trace[i].x : p->trace[i].y, k);
            const double *range = vertical ? p->x : p->y;
            if (!(v >= range[0] && v <= range[1])) continue;
            if (vertical)
                vti_putf(gp, "set arrow from %.9g, graph 0 to %.9g, graph 1", v, v);
            else
                vti_putf(gp, "set arrow from graph 0, first %.9g to graph 1, first %.9g", v, v);
            vti_putf(gp, " nohead back ls %zu lw 1 dt %s\n", index_of(s) + 1, MARKS[index_of(s)].dashed);
        }
    }
}

static void put_labels(const vti_plot *p, vti_text *gp)
{
    for (size_t i = 0; i < p->f->nlabels; i++) {
        const vt_label *l = &p->f->labels[i];
        const vti_place *at = &p->place[i];
        vti_put(gp, "set label ");
        vti_put_gnuplot(gp, l->text);
        vti_putf(gp, " at %.9g, %.9g %s offset graph %.4f, graph %.4f front noenhanced\n",
                 vt_unit_from_si(&p->ux, l->x), vt_unit_from_si(&p->uy, l->y),
                 at->align == 'l'   ? "left"
                 : at->align == 'r' ? "right"
                                    : "center",
                 at->dx, at->dy);
    }
}

static void put_title(const char *label, vti_text *gp)
{
    if (!label[0]) {
        vti_put(gp, " notitle");
        return;
    }
    vti_text cut = {0};
    vti_key_label(label, &cut);
    vti_put(gp, " title ");
    vti_put_gnuplot(gp, cut.s);
    if (cut.failed) gp->failed = true;
    vti_text_free(&cut);
}

/* Column `low` as gnuplot reads it; on a logarithmic axis what reaches 0 ends at the lower edge of the plot. */
static void put_low(const vti_plot *p, const vti_trace *t, vti_text *gp)
{
    if (p->f->y.log)
        vti_putf(gp, ":($%zu > 0 ? $%zu : $%zu <= 0 ? %.9g : NaN)", t->low, t->low, t->low, p->y[0]);
    else
        vti_putf(gp, ":%zu", t->low);
}

static void put_clause(const vti_plot *p, size_t i, vti_text *gp)
{
    const vt_series *s = &p->f->series[i];
    const vti_trace *t = &p->trace[i];
    const size_t style = index_of(s) + 1;
    const char *dashed = MARKS[index_of(s)].dashed;
    if (s->style == VT_TILES) {
        vti_plot_tile_clause(p, i, gp);
        return;
    }
    if (s->style == VT_RULE_X || s->style == VT_RULE_Y) {
        vti_putf(gp, "NaN with lines ls %zu lw 1 dt %s", style, dashed);
        put_title(s->label, gp);
        return;
    }
    vti_put(gp, "data");
    if (t->rows > VTI_PLOT_ROWS) vti_putf(gp, " every %zu", t->rows / VTI_PLOT_ROWS + 1);
    vti_putf(gp, " using %zu", t->x);
    if (s->style != VT_BAND) vti_putf(gp, ":%zu", t->y);
    if (t->low) {
        put_low(p, t, gp);
        vti_putf(gp, ":%zu", t->high);
    }
    if (s->style == VT_BAND)
        vti_putf(gp, " with filledcurves ls %zu fs transparent solid 0.2 noborder", style);
    else if (s->style == VT_POINTS)
        vti_putf(gp, " with %s ls %zu lw 0.8 dt 1", t->low ? "yerrorbars" : "points", style);
    else if (s->style == VT_DASHED)
        vti_putf(gp, " with lines ls %zu dt %s", style, dashed);
    else
        vti_putf(gp, " with lines ls %zu", style);
    put_title(s->label, gp);
}

/* Bands lie below, markers above lines; the legend has the same order. */
static void put_plot(const vti_plot *p, vti_text *gp)
{
    static const int layer[] = {[VT_LINE] = 1, [VT_DASHED] = 1, [VT_RULE_X] = 1, [VT_RULE_Y] = 1, [VT_POINTS] = 2};
    const char *separator = "plot ";
    for (int k = 0; k < 3; k++)
        for (size_t i = 0; i < p->f->nseries; i++) {
            const vt_style style = p->f->series[i].style;
            if ((style == VT_BAND || style == VT_TILES ? 0 : layer[style]) != k) continue;
            vti_put(gp, separator);
            put_clause(p, i, gp);
            separator = ", \\\n     ";
        }
    if (p->f->nseries == 0) vti_put(gp, "plot NaN notitle");
    vti_put(gp, "\n");
}

static void put_header(const vti_plot *p, vti_text *gp)
{
    vti_put(gp, "# ");
    vti_put_gnuplot(gp, p->f->title);
    vti_putf(gp, "\n# Redraw: gnuplot %s.gp   Columns of %s.csv:\n", p->f->name, p->f->name);
    for (size_t c = 0; c < p->ncolumns; c++) {
        vti_putf(gp, "#   %zu ", c + 1);
        vti_put_gnuplot(gp, p->column[c].head);
        vti_put(gp, "\n");
    }
    vti_putf(gp, "reset\nset encoding utf8\nset minussign\ndata = '%s.csv'\n", p->f->name);
    vti_put(gp, "set datafile separator ','\nset datafile columnheaders\n\n"
                "set border 3 lw 0.8 lc rgb '#333333'\n"
                "set tics nomirror out scale 0.6, 0.35 textcolor rgb '#222222'\n"
                "set grid xtics ytics back lt 1 lw 0.5 lc rgb '#e4e4e4'\n"
                "set xtics offset 0, 0.3\nset errorbars small\nset pointintervalbox 0.7\n");
    vti_putf(gp, "set tmargin at screen %.4f\nset bmargin at screen %.4f\n", 1.0 - VTI_ABOVE / p->height,
             (VTI_BELOW + p->key_height) / p->height);
    if (p->key_rows > 0)
        vti_putf(gp,
                 "set key at screen 0.5, screen 0.01 center bottom vertical maxrows %zu Left reverse noenhanced "
                 "samplen 2.2 spacing 1.0 width %.1f\n",
                 p->key_rows, p->key_shift[0]);
    else
        vti_put(gp, "unset key\n");
}

/* SVG in px of 1/96 inch, PNG at 300 per inch; both are 89 mm wide with text of 8 pt. */
static void put_terminals(const vti_plot *p, vti_text *gp)
{
    const double dpi = 300.0;
    const char *name = p->f->name;
    vti_putf(gp, "set terminal svg size %.0f,%.0f fixed enhanced font 'sans-serif,%.4g' background rgb 'white'\n",
             VTI_WIDTH, p->height, VTI_FONT);
    vti_putf(gp, "set output '%s.svg'\n", name);
    put_plot(p, gp);
    vti_putf(gp,
             "set terminal pngcairo size %.0f,%.0f enhanced font 'sans,8' fontscale %.4f linewidth %.4f "
             "pointscale %.4f background rgb 'white'\n",
             VTI_WIDTH * dpi / 96.0, p->height * dpi / 96.0, dpi / 96.0, dpi / 96.0, dpi / 96.0);
    vti_putf(gp, "set output '%s.png'\nset xlabel offset 0, 0.2\nset key spacing 1.25 width %.1f\nreplot\nset output\n",
             name, p->key_shift[1]);
}

void vti_plot_script(const vti_plot *p, vti_text *gp)
{
    put_header(p, gp);
    put_axis('x', &p->f->x, &p->ux, p->x, gp);
    put_axis('y', &p->f->y, &p->uy, p->y, gp);
    vti_plot_palette(p, gp);
    put_styles(p, gp);
    put_rules(p, gp);
    put_labels(p, gp);
    vti_put(gp, "\n");
    put_terminals(p, gp);
}
