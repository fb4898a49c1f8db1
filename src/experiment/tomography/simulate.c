/* The virtual scanner: a wire with a layer, seen through blur, phase contrast, beam hardening, rings and correlated
 * noise. Finer than the reduction: voxels integrate, cupping is quadratic, both edges have a fringe, layers are graded
 * linearly. */
#include "tomography_internal.h"
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/random.h>

enum { SLICE, PROFILE };
enum { NONE, SHARP, GRADED };

#define AT(field) offsetof(vti_tomography_truth, field)
const vt_param VTI_TOMOGRAPHY_TRUTH[] = {
    {"record", VT_CHOICE, NULL, "slice", 0, 0, "slice|profile", "a picture, or a table of grey by depth", AT(record)},
    {"layer", VT_CHOICE, NULL, "sharp", 0, 0, "none|sharp|graded",
     "no layer; one with a sharp inner edge; one whose density rises linearly over `grade` about its depth", AT(layer)},
    {"layer_thickness", VT_REAL, "m", "500 nm", 0.0, 1e-3, NULL, "of the layer", AT(layer_thickness)},
    {"density_ratio", VT_REAL, "1", "0.8", 0.05, 3.0, NULL, "of layer and core", AT(density_ratio)},
    {"grade", VT_REAL, "m", "200 nm", 1e-9, 1e-3, NULL, "width over which a graded layer changes", AT(grade)},
    {"diameter", VT_REAL, "m", "20 um", 1e-7, 5e-3, NULL, "of the wire", AT(diameter)},
    {"ellipticity", VT_REAL, "1", "0.01", 0.0, 0.3, NULL, "half the difference of its axes over their mean",
     AT(ellipticity)},
    {"voxel", VT_REAL, "m", "64.1 nm", 1e-9, 1e-4, NULL, "side of a voxel", AT(voxel)},
    {"voxel_error", VT_REAL, "1", "0.002", 0.0, 0.2, NULL, "relative standard deviation of the voxel that is written",
     AT(voxel_error)},
    {"resolution", VT_REAL, "m", "100 nm", 1e-9, 1e-4, NULL, "full width of a blurred edge, voxel and all",
     AT(resolution)},
    {"resolution_error", VT_REAL, "1", "0.05", 0.0, 0.5, NULL,
     "relative standard deviation of the resolution that is written", AT(resolution_error)},
    {"noise", VT_REAL, "1", "0.03", 0.0, 10.0, NULL,
     "standard deviation over the contrast of core and air: of a voxel of a slice, of a bin of a profile", AT(noise)},
    {"correlation", VT_REAL, "1", "0.3", 0.0, 0.95, NULL, "of the noise of neighbours", AT(correlation)},
    {"cupping", VT_REAL, "1", "0.02", -0.5, 0.5, NULL, "loss of grey at the centre over the contrast", AT(cupping)},
    {"fringe", VT_REAL, "1", "0.02", 0.0, 1.0, NULL, "amplitude of the phase fringe at the surface over the contrast",
     AT(fringe)},
    {"rings", VT_REAL, "1", "0.005", 0.0, 1.0, NULL, "standard deviation of ring artefacts over the contrast",
     AT(rings)},
    {"slices", VT_INT, NULL, "1", 1, 1000, NULL, "of the stack", AT(slices)},
    {"depth", VT_REAL, "m", "2 um", 1e-9, 1e-3, NULL, "of a profile below the surface", AT(depth)},
    {"margin", VT_REAL, "m", "0.6 um", 1e-9, 1e-3, NULL, "outside: of a profile, and about the wire", AT(margin)},
    {"air", VT_REAL, "1", "120", -1e6, 1e6, NULL, "grey outside", AT(air)},
    {"contrast", VT_REAL, "1", "1000", 1e-6, 1e9, NULL, "grey of the core less that", AT(contrast)},
    {"tell", VT_FLAG, NULL, "yes", 0, 0, NULL, "writes the uncertainty of the grey into a profile", AT(tell)},
    VT_PARAM_END};
#undef AT

static vt_status add_meta(vt_table *t, const char *key, double value, const char *unit, vt_error *err)
{
    char text[64];
    snprintf(text, sizeof text, "%.12g%s%s", value, unit[0] ? " " : "", unit);
    return vt_table_add_meta(t, key, text, 0, err);
}

static vt_status describe(const vt_job *job, vt_table *record, vt_error *err)
{
    const vti_tomography_truth *p = job->params;
    vt_stream s;
    vt_status st;
    vt_stream_init(&s, job->common.seed, vt_stream_purpose("tomography/resolution"), 0);
    const double told = p->resolution * exp(p->resolution_error * vt_stream_normal(&s));
    const double voxel = p->voxel * exp(p->voxel_error * vt_stream_normal(&s));
    if (p->record == SLICE) VT_TRY(st = add_meta(record, "voxel", 1e9 * voxel, "nm", err));
    VT_TRY(st = add_meta(record, "resolution", 1e9 * told, "nm", err));
    VT_TRY(st =
               add_meta(record, "truth_layer_thickness", p->layer == NONE ? 0.0 : 1e9 * p->layer_thickness, "nm", err));
    VT_TRY(st = add_meta(record, "truth_density_ratio", p->layer == NONE ? 1.0 : p->density_ratio, "", err));
    st = add_meta(record, "truth_diameter", 1e6 * p->diameter, "um", err);
done:
    return st;
}

/* Mean grey over a voxel whose middle lies at depth s. The second moment of a square about its middle is that of a line
 * of its side, whichever way the surface runs. */
static double over_voxel(const vti_virtual_grey *v, double voxel, double s)
{
    enum { POINTS = 16 };
    double sum = 0.0;
    for (int k = 0; k < POINTS; k++) sum += vti_virtual_grey_at(v, s + voxel * ((k + 0.5) / POINTS - 0.5));
    return sum / POINTS;
}

/* Grey by depth, in bins of half a voxel, with serial noise. */
static vt_status profile(const vt_job *job, const vti_virtual_grey *v, vt_table *record, vt_error *err)
{
    const vti_tomography_truth *p = job->params;
    const double h = 0.5 * p->voxel, rho = p->correlation;
    const size_t n = (size_t)((p->depth + p->margin) / h);
    vt_stream s;
    vt_status st = VT_EMEMORY;
    vt_stream_init(&s, job->common.seed, vt_stream_purpose("tomography/profile"), 0);
    double *x = calloc(3 * (n + 1), sizeof *x), e = vt_stream_normal(&s);
    const double shift = p->voxel * (vt_stream_uniform(&s) - 0.5);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu bins", n);
    for (size_t i = 0; i < n; i++) {
        x[i] = h * (double)i - p->margin;
        x[n + i] = p->air + p->contrast * (over_voxel(v, p->voxel, x[i] + shift) + p->noise * e);
        x[2 * n + i] = p->noise * p->contrast;
        e = rho * e + sqrt(1.0 - rho * rho) * vt_stream_normal(&s);
    }
    VT_TRY(st = vt_table_add_si(record, "depth", "m", n, x, err));
    VT_TRY(st = vt_table_add_si(record, "grey", "1", n, x + n, err));
    if (p->tell && p->noise > 0.0) VT_TRY(st = vt_table_add_si(record, "grey_u", "1", n, x + 2 * n, err));
done:
    free(x);
    return st;
}

vt_status vti_tomography_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_tomography_truth *p = job->params;
    vti_virtual_grey v = {0};
    vt_image *image = NULL;
    vt_status st;
    if (p->layer != NONE && p->layer_thickness >= 0.25 * p->diameter)
        return vt_fail(err, VT_ERANGE, "layer_thickness = %g m must be below a quarter of the diameter, %g m",
                       p->layer_thickness, p->diameter);
    if (p->resolution < p->voxel)
        return vt_fail(err, VT_ENYQUIST, "resolution = %g m is below the voxel, %g m, which is part of it",
                       p->resolution, p->voxel);
    VT_TRY(st = describe(job, record, err));
    VT_TRY(st = vti_virtual_grey_make(p, &v, err));
    if (p->record == PROFILE) {
        st = profile(job, &v, record, err);
    } else {
        VT_TRY(st = vti_virtual_slice(job, &v, &image, err));
        vt_table_set_image(record, image);
    }
done:
    free(v.g);
    return st;
}
