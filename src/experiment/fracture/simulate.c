/* The virtual microscope: broken wires, photographed from several sides and traced by hand (section 11, P32). Finer
 * than the reduction: what is traced is the visible front of the fracture, rough along its length, on a tapered wire
 * that is tilted out of the picture and turned in it. */
#include "fracture_internal.h"
#include "virtual_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/random.h>

/* Roughness with memory of some points. */
static double rough(const vti_fracture_truth *p, vt_stream *s, double *before)
{
    const double memory = 0.7;
    *before = memory * *before + sqrt(1.0 - memory * memory) * vt_stream_normal(s);
    return p->roughness * *before + (vt_stream_uniform(s) < p->outliers ? 0.5 : 0.0);
}

/* Height of the fracture over the azimuth phi on the surface, in radii. */
static double height(const vti_fracture_truth *p, const vti_broken *w, double phi)
{
    const double slope = tan(w->theta);
    return p->shape == VTI_FRACTURE_HELIX ? slope * phi : slope * cos(phi - w->azimuth);
}

/* A point (t, z) in radii onto the picture: turned by rho, y along the axis at rho = 0. */
static void put(vti_record *r, const vti_broken *w, const vti_look *l, double t, double z, const char *feature)
{
    const double R = 0.5 * w->diameter, c = cos(l->rho), s = sin(l->rho);
    const size_t k = r->rows++;
    r->x[k] = l->x0 + R * (c * t - s * z);
    r->y[k] = l->y0 + R * (s * t + c * z);
    r->feature[k] = feature;
    r->view[k] = l->number;
    r->azimuth[k] = l->stated;
    r->diameter[k] = w->diameter;
    r->name[k] = w->name;
}

/* Two lines along the wire below the fracture, which lean by their own errors and by the taper. */
static void edges(const vti_fracture_truth *p, const vti_broken *w, const vti_look *l, vt_stream *s, vti_record *r)
{
    static const char *const NAME[2] = {"edge_left", "edge_right"};
    const double top = -fabs(tan(w->theta)) - 0.5;
    for (int side = 0; side < 2; side++) {
        const double lean = tan(sqrt(2.0) * p->edge_error * vt_stream_normal(s)), sign = side ? 1.0 : -1.0;
        for (long k = 0; k < p->edge_points; k++) {
            const double z = top - 6.0 * (double)k / fmax(1.0, (double)p->edge_points - 1.0), middle = top - 3.0;
            const double t = sign * (1.0 - 0.5 * p->taper * (z - top)) + lean * (z - middle);
            put(r, w, l, t + p->edge_noise * vt_stream_normal(s), z, NAME[side]);
        }
    }
}

/* The front of the fracture: depth d towards the observer, tilted out of the picture by l->tilt. */
static void trace(const vti_fracture_truth *p, const vti_broken *w, const vti_look *l, vt_stream *s, vti_record *r)
{
    double before = vt_stream_normal(s);
    const double turn = p->setting * vt_stream_normal(s);
    for (long k = 0; k < p->points; k++) {
        const double t = -0.97 + 1.94 * (double)k / ((double)p->points - 1.0), d = sqrt(1.0 - t * t);
        const double phi = l->azimuth + atan2(t, d);
        const double z = height(p, w, phi) - (p->shape == VTI_FRACTURE_HELIX ? tan(w->theta) * l->azimuth : 0.0);
        const double seen = z * cos(l->tilt) - d * sin(l->tilt) + rough(p, s, &before);
        put(r, w, l, t * cos(turn) - seen * sin(turn), seen * cos(turn) + t * sin(turn), "trace");
    }
}

static void around(const vti_fracture_truth *p, const vti_broken *w, vt_stream *s, vti_record *r)
{
    double before = vt_stream_normal(s);
    for (long k = 0; k < p->points; k++, r->rows++) {
        const double phi = p->span * (double)k / ((double)p->points - 1.0);
        r->azimuth[r->rows] = phi;
        r->y[r->rows] = 0.5 * w->diameter * (height(p, w, phi) + rough(p, s, &before));
        r->diameter[r->rows] = w->diameter;
        r->name[r->rows] = w->name;
    }
}

static vti_look look_at(const vti_fracture_truth *p, const vti_broken *w, long view, vt_stream *s)
{
    const double turned = p->view_spacing > 0.0 ? p->view_spacing * (double)view : 2.0 * VT_PI * vt_stream_uniform(s);
    return (vti_look){.number = (double)view + 1.0,
                      .stated = turned,
                      .azimuth = turned + p->azimuth_error * vt_stream_normal(s),
                      .tilt = p->tilt * vt_stream_normal(s),
                      .rho = 0.5 * VT_PI * (vt_stream_uniform(s) - 0.5),
                      .x0 = w->diameter * (4.0 + vt_stream_uniform(s)),
                      .y0 = w->diameter * (6.0 + vt_stream_uniform(s))};
}

static void specimen(const vti_fracture_truth *p, const vti_broken *w, vt_stream *s, vti_record *r)
{
    if (p->form == VTI_FORM_UNWRAPPED) {
        around(p, w, s, r);
        return;
    }
    for (long v = 0; v < p->views; v++) {
        const vti_look l = look_at(p, w, v, s);
        if (p->form == VTI_FORM_ANGLES) {
            const double slope = tan(w->theta) * sin(w->azimuth - l.azimuth);
            put(r, w, &l, 0.0, 0.0, "");
            r->x[r->rows - 1] = fabs(atan(p->shape == VTI_FRACTURE_HELIX ? tan(w->theta) : slope) +
                                     hypot(p->setting, p->edge_error) * vt_stream_normal(s));
            continue;
        }
        edges(p, w, &l, s, r);
        trace(p, w, &l, s, r);
    }
}

static vt_status write_positions(const vti_fracture_truth *p, const vti_record *r, vt_table *t, vt_error *err)
{
    const size_t n = r->rows;
    const bool pixels = p->pixel > 0.0;
    for (size_t i = 0; i < n && pixels; i++) {
        r->x[i] /= p->pixel;
        r->y[i] /= p->pixel;
    }
    vt_status st = vt_table_add_si(t, pixels ? "x_pixel" : "x", pixels ? "1" : "m", n, r->x, err);
    if (st == VT_OK) st = vt_table_add_si(t, pixels ? "y_pixel" : "y", pixels ? "1" : "m", n, r->y, err);
    return st == VT_OK ? vt_table_add_text(t, "feature", n, r->feature, err) : st;
}

static vt_status write(const vti_fracture_truth *p, const vti_record *r, vt_table *t, vt_error *err)
{
    const size_t n = r->rows;
    const bool views = p->form != VTI_FORM_UNWRAPPED;
    vt_status st;
    VT_TRY(st = vt_table_add_text(t, "specimen", n, r->name, err));
    VT_TRY(st = vt_table_add_si(t, "diameter", "m", n, r->diameter, err));
    if (views) VT_TRY(st = vt_table_add_si(t, "view", "1", n, r->view, err));
    if (!views || p->state_azimuth) VT_TRY(st = vt_table_add_si(t, "azimuth", "rad", n, r->azimuth, err));
    if (p->form == VTI_FORM_UNWRAPPED)
        st = vt_table_add_si(t, "height", "m", n, r->y, err);
    else if (p->form == VTI_FORM_ANGLES) {
        VT_TRY(st = vt_table_add_meta(t, "convention", "transverse", 0, err));
        st = vt_table_add_si(t, "angle", "rad", n, r->x, err);
    } else
        st = write_positions(p, r, t, err);
done:
    return st;
}

static vt_status wires(const vt_job *job, vti_record *r, char (*name)[48], vt_error *err)
{
    const vti_fracture_truth *p = job->params;
    for (size_t k = 0; k < p->diameter.n * (size_t)p->specimens; k++) {
        const size_t d = k / (size_t)p->specimens;
        vt_stream s;
        vt_stream_init(&s, job->common.seed, vt_stream_purpose("fracture/specimen"), k);
        const double theta = p->angle.x[d] + p->specimen_scatter * vt_stream_normal(&s);
        if (!(theta > -1.5 && theta < 1.5))
            return vt_fail(err, VT_ERANGE, "specimen %zu breaks at %.3g degrees: specimen_scatter is too large", k + 1,
                           theta * 180.0 / VT_PI);
        snprintf(name[k], sizeof name[k], "%.4gum_%zu", 1e6 * p->diameter.x[d], k % (size_t)p->specimens + 1);
        const vti_broken w = {.theta = fabs(theta),
                              .azimuth = 2.0 * VT_PI * vt_stream_uniform(&s),
                              .diameter = p->diameter.x[d],
                              .name = name[k]};
        specimen(p, &w, &s, r);
    }
    return VT_OK;
}

vt_status vti_fracture_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_fracture_truth *p = job->params;
    if (p->angle.n == 0 || p->angle.n != p->diameter.n)
        return vt_fail(err, VT_EARG, "%zu angles for %zu diameters; give one for each", p->angle.n, p->diameter.n);
    const size_t n = p->diameter.n * (size_t)p->specimens;
    if (p->form == VTI_FORM_PICTURE && (n > 1 || p->edge_points < 2))
        return vt_fail(err, VT_EARG, "a picture is of one specimen (%zu asked for), with 2 edge_points or more", n);
    const size_t of_view = p->form == VTI_FORM_ANGLES ? 1 : (size_t)(p->points + 2 * p->edge_points);
    const size_t rows = n * (p->form == VTI_FORM_UNWRAPPED ? (size_t)p->points : (size_t)p->views * of_view);
    vti_record r = {.x = calloc(5 * rows + 1, sizeof *r.x), .feature = calloc(2 * rows + 1, sizeof *r.feature)};
    char(*name)[48] = calloc(n, sizeof *name);
    vt_status st = VT_EMEMORY;
    if (!r.x || !r.feature || !name) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu points", rows);
        goto done;
    }
    r.y = r.x + rows;
    r.view = r.y + rows;
    r.azimuth = r.view + rows;
    r.diameter = r.azimuth + rows;
    r.name = r.feature + rows;
    VT_TRY(st = wires(job, &r, name, err));
    st = p->form == VTI_FORM_PICTURE ? vti_fracture_draw(p, &r, record, err) : write(p, &r, record, err);
done:
    free(r.x);
    free(r.feature);
    free(name);
    return st;
}
