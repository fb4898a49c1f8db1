/* Pictures of the virtual microscope: wire, edges drawn in blue, trace in green; a view a slice. */
#include "virtual_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/image.h>

static const unsigned char BLUE[3] = {0, 0, 255}, GREEN[3] = {0, 255, 0};
enum { MARGIN = 12, THICK = 1 };

static void dot(vt_image *i, size_t slice, double x, double y, const unsigned char c[3])
{
    for (int dy = -THICK; dy <= THICK; dy++)
        for (int dx = -THICK; dx <= THICK; dx++) {
            const double px = floor(x + 0.5) + dx, py = floor(y + 0.5) + dy;
            if (!(px >= 0.0 && px < (double)i->width && py >= 0.0 && py < (double)i->height)) continue;
            const size_t at = (slice * i->height + (size_t)py) * i->width + (size_t)px;
            i->colour[at] = 1;
            memcpy(i->rgb + 3 * at, c, 3);
        }
}

/* Straight strokes from point to point of a feature. */
static void stroke(vt_image *i, size_t slice, const vti_record *r, size_t row, double x0, double y0, double pixel)
{
    const double ax = (r->x[row - 1] - x0) / pixel, ay = (r->y[row - 1] - y0) / pixel;
    const double bx = (r->x[row] - x0) / pixel, by = (r->y[row] - y0) / pixel;
    const int steps = (int)fmin(1e5, fmax(fabs(bx - ax), fabs(by - ay))) + 1;
    const unsigned char *c = strcmp(r->feature[row], "trace") == 0 ? GREEN : BLUE;
    for (int k = 0; k <= steps; k++)
        dot(i, slice, ax + (bx - ax) * k / steps + MARGIN, ay + (by - ay) * k / steps + MARGIN, c);
}

/* Corners of a view, and the widest view. */
static void extent(const vti_record *r, size_t from, size_t to, double box[4])
{
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (size_t i = from; i < to; i++) {
        box[0] = fmin(box[0], r->x[i]);
        box[1] = fmin(box[1], r->y[i]);
        box[2] = fmax(box[2], r->x[i]);
        box[3] = fmax(box[3], r->y[i]);
    }
}

static vt_status describe(const vti_fracture_truth *p, const vti_record *r, size_t rows, vt_table *t, vt_error *err)
{
    char text[1600] = "";
    size_t n = 0;
    vt_status st = vt_table_add_meta(t, "specimen", r->name[0], 0, err);
    snprintf(text, sizeof text, "%.9g um", 1e6 * r->diameter[0]);
    if (st == VT_OK) st = vt_table_add_meta(t, "diameter", text, 0, err);
    for (long v = 0; v < p->views && n < sizeof text; v++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%.9g", v ? "," : "", r->azimuth[(size_t)v * rows]);
    if (n < sizeof text) snprintf(text + n, sizeof text - n, " rad");
    return st == VT_OK && p->state_azimuth ? vt_table_add_meta(t, "azimuths", text, 0, err) : st;
}

vt_status vti_fracture_draw(const vti_fracture_truth *p, const vti_record *r, vt_table *record, vt_error *err)
{
    const size_t views = (size_t)p->views, rows = r->rows / views;
    const double pixel = p->pixel > 0.0 ? p->pixel : r->diameter[0] / 200.0;
    double box[4], width = 0.0, height = 0.0;
    vt_image *image = NULL;
    for (size_t v = 0; v < views; v++) {
        extent(r, v * rows, (v + 1) * rows, box);
        width = fmax(width, (box[2] - box[0]) / pixel);
        height = fmax(height, (box[3] - box[1]) / pixel);
    }
    if (!(width < 1e4) || !(height < 1e4))
        return vt_fail(err, VT_ELIMIT, "a picture of %.3g x %.3g pixels; make pixel larger", width, height);
    vt_status st = vt_image_create(&image, (size_t)width + 2 * MARGIN + 1, (size_t)height + 2 * MARGIN + 1, views, err);
    if (st != VT_OK) return st;
    const size_t n = image->width * image->height * views;
    image->colour = calloc(n, 1);
    image->rgb = calloc(n, 3);
    image->pixel_size = pixel;
    st = image->colour && image->rgb ? describe(p, r, rows, record, err) : vt_fail(err, VT_EMEMORY, "no memory");
    for (size_t k = 0; k < n; k++) image->grey[k] = 60.0f;
    for (size_t v = 0; v < views && st == VT_OK; v++) {
        extent(r, v * rows, (v + 1) * rows, box);
        for (size_t i = v * rows + 1; i < (v + 1) * rows; i++)
            if (strcmp(r->feature[i], r->feature[i - 1]) == 0) stroke(image, v, r, i, box[0], box[1], pixel);
    }
    if (st == VT_OK)
        vt_table_set_image(record, image);
    else
        vt_image_free(image);
    return st;
}
