/* Points of a view from a picture in which axis or edges and trace are drawn in colours. */
#include "experiment/experiment_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/image.h>

enum { AXIS, EDGES, TRACE, MARKS };
enum { BINS = 400, FEWEST = 8 }; /* points made of a mark at most; pixels it must have */
static const char *const KEY[MARKS] = {"axis_colour", "edge_colour", "trace_colour"};

struct mark {
    bool wanted;
    double rgb[3];
    size_t n;
    double x, y, xx, xy, yy; /* sums over its pixels */
    double across;           /* mean across its direction, of the edges where they part */
};

/* A picture on its way in. */
struct picture {
    vti_fracture_run *run;
    const vt_image *image;
    size_t slice;
    double tolerance;
    struct mark mark[MARKS];
};

static vt_status read_colour(const char *key, const char *text, struct mark *m, vt_error *err)
{
    static const char HEX[] = "0123456789abcdef";
    if (!text[0]) return VT_OK;
    for (size_t k = 0; k < 6; k++) {
        const char c = text[0] == '#' && strlen(text) == 7 ? text[k + 1] : '?';
        const char *at = strchr(HEX, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
        if (!at || c == '\0')
            return vt_fail(err, VT_EPARSE, "%s: '%.40s' is no colour; write it as #ff0000", key, text);
        m->rgb[k / 2] = 16.0 * m->rgb[k / 2] + (double)(at - HEX);
    }
    m->wanted = true;
    return VT_OK;
}

/* Mark that a pixel belongs to: the nearest colour within the tolerance; MARKS: none. */
static int mark_of(const struct picture *p, size_t x, size_t y)
{
    const size_t at = (p->slice * p->image->height + y) * p->image->width + x;
    double nearest = p->tolerance * 255.0 * sqrt(3.0);
    int best = MARKS;
    if (!p->image->colour[at]) return MARKS;
    for (int k = 0; k < MARKS; k++) {
        const double *c = p->mark[k].rgb;
        const unsigned char *v = p->image->rgb + 3 * at;
        const double d = sqrt(pow(v[0] - c[0], 2.0) + pow(v[1] - c[1], 2.0) + pow(v[2] - c[2], 2.0));
        if (!p->mark[k].wanted || !(d < nearest)) continue;
        nearest = d;
        best = k;
    }
    return best;
}

static void add_up(struct picture *p)
{
    for (size_t y = 0; y < p->image->height; y++)
        for (size_t x = 0; x < p->image->width; x++) {
            const int k = mark_of(p, x, y);
            if (k == MARKS) continue;
            struct mark *m = &p->mark[k];
            const double a = (double)x, b = (double)y;
            m->n++;
            m->x += a;
            m->y += b;
            m->xx += a * a;
            m->xy += a * b;
            m->yy += b * b;
        }
}

static double direction(const struct mark *m)
{
    const double n = (double)m->n, x = m->x / n, y = m->y / n;
    return 0.5 * atan2(2.0 * (m->xy / n - x * y), m->xx / n - x * x - m->yy / n + y * y);
}

/* A stroke becomes one point a step along it, the mean of its pixels there. side: 0 all pixels, else those of the edge
 * on this side of the middle of both. */
static vt_status points(const struct picture *p, int k, double angle, int side, const vti_trace_point *like,
                        vt_error *err)
{
    const struct mark *m = &p->mark[k];
    const double c = cos(angle), s = sin(angle), x0 = m->x / (double)m->n, y0 = m->y / (double)m->n;
    const double reach = hypot((double)p->image->width, (double)p->image->height), step = fmax(1.0, 2.0 * reach / BINS);
    double sum[BINS + 2][2] = {{0.0}};
    size_t n[BINS + 2] = {0};
    for (size_t y = 0; y < p->image->height; y++)
        for (size_t x = 0; x < p->image->width; x++) {
            if (mark_of(p, x, y) != k) continue;
            const double dx = (double)x - x0, dy = (double)y - y0, along = dx * c + dy * s, across = dy * c - dx * s;
            if (side != 0 && (across > 0.0) != (side > 0)) continue;
            const double place = (along + reach) / step;
            const size_t b = place > 0.0 && place < BINS ? (size_t)place : BINS;
            sum[b][0] += (double)x;
            sum[b][1] += (double)y;
            n[b]++;
        }
    for (size_t b = 0; b < BINS; b++) {
        vti_trace_point q = *like;
        if (n[b] == 0) continue;
        q.x = sum[b][0] / (double)n[b];
        q.y = sum[b][1] / (double)n[b];
        const vt_status st = vti_fracture_add_point(p->run, &q, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

static vt_status check_marks(const struct picture *p, vt_error *err)
{
    if (!p->mark[TRACE].wanted || !(p->mark[AXIS].wanted || p->mark[EDGES].wanted))
        return vt_fail(err, VT_EREFERENCE,
                       "a picture needs the colours that the trace, and the axis or the edges, are drawn in: --set "
                       "trace_colour=#00ff00 and --set axis_colour=#ff0000 or edge_colour=#0000ff");
    if (!p->image->colour || !p->image->rgb)
        return vt_fail(err, VT_EREFERENCE,
                       "no pixel of the picture has a colour: draw the marks, and save it in colour");
    for (int k = 0; k < MARKS; k++)
        if (p->mark[k].wanted && p->mark[k].n < FEWEST)
            return vt_fail(err, VT_EREFERENCE,
                           "%zu pixels of the picture have the colour of %s; %d are needed: look at the colour, or "
                           "raise colour_tolerance",
                           p->mark[k].n, KEY[k], FEWEST);
    return VT_OK;
}

static vt_status take_slice(struct picture *p, vti_fracture_view *v, vt_error *err)
{
    vti_trace_point q = {0};
    vt_status st = vti_fracture_view_of(p->run, v, &q.of, err);
    for (int k = 0; k < MARKS && st == VT_OK; k++) {
        if (!p->mark[k].wanted) continue;
        /* Both edges together are long along the wire only if they are drawn longer than the wire is wide. */
        const double angle = direction(&p->mark[k]);
        q.feature = k == AXIS ? VTI_AXIS : k == TRACE ? VTI_TRACE : VTI_EDGE_LEFT;
        st = points(p, k, angle, k == EDGES ? -1 : 0, &q, err);
        if (st != VT_OK || k != EDGES) continue;
        q.feature = VTI_EDGE_RIGHT;
        st = points(p, k, angle, 1, &q, err);
    }
    return st;
}

vt_status vti_fracture_picture(vti_fracture_run *run, size_t table, vt_error *err)
{
    const vt_table *t = run->job->tables[table];
    vti_fracture_params par;
    struct picture p = {.run = run, .image = vt_table_image(t)};
    vti_fracture_view v = {.table = table, .R = NAN, .centre = NAN, .disagreement = NAN};
    vt_status st = vti_table_params(run->job, &vti_fracture_experiment, table, &par, err);
    if (st == VT_OK)
        st = vti_fracture_specimen_of(run, vti_fracture_meta(t, "specimen"), par.diameter, &v.specimen, err);
    p.tolerance = par.colour_tolerance;
    const char *const text[MARKS] = {par.axis_colour, par.edge_colour, par.trace_colour};
    for (int k = 0; k < MARKS && st == VT_OK; k++) st = read_colour(KEY[k], text[k], &p.mark[k], err);
    for (size_t k = 0; k < p.image->count && st == VT_OK; k++) {
        struct picture slice = p;
        slice.slice = k;
        if (p.image->colour && p.image->rgb) add_up(&slice);
        v.number = (double)++run->pictures;
        v.azimuth = run->pictures <= par.azimuths.n ? par.azimuths.x[run->pictures - 1] : par.azimuth;
        st = check_marks(&slice, err);
        if (st == VT_OK) st = take_slice(&slice, &v, err);
    }
    if (st != VT_OK) vt_error_place(err, vt_table_path(t), 0);
    return st;
}
