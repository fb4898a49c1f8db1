/* Tables of the job: which are specimens, with their parameters, voxel and blur. */
#include "tomography_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Name of a specimen: its metadata, else the stem of its file, else its number, if there are others. */
static void name_body(vti_tomo_body *b, size_t index, bool alone)
{
    const char *path = vt_table_path(b->table), *slash = strrchr(path, '/'), *stem = slash ? slash + 1 : path;
    const char *dot = strrchr(stem, '.');
    if (alone)
        snprintf(b->name, sizeof b->name, "the wire");
    else
        snprintf(b->name, sizeof b->name, "wire %zu", index + 1);
    if (stem[0])
        snprintf(b->name, sizeof b->name, "%.*s",
                 (int)fmin(60.0, (double)(dot && dot > stem ? (size_t)(dot - stem) : strlen(stem))), stem);
    for (size_t i = 0; i < vt_table_metas(b->table); i++) {
        const vt_meta m = vt_table_meta(b->table, i);
        if (strcmp(m.key, "specimen") == 0 && m.text[0]) snprintf(b->name, sizeof b->name, "%.60s", m.text);
    }
}

/* Two files of one name are told apart by their number. */
static void part_names(vti_tomo_run *run)
{
    for (size_t i = 1; i < run->n; i++)
        for (size_t k = 0; k < i; k++) {
            char name[VT_NAME];
            if (strcmp(run->body[i].name, run->body[k].name) != 0) continue;
            memcpy(name, run->body[i].name, sizeof name);
            snprintf(run->body[i].name, sizeof run->body[i].name, "%.40s (%zu)", name, i + 1);
        }
}

static vt_status check_voxel(vti_tomo_body *b, vt_error *err)
{
    if (!b->image) return VT_OK;
    if (!(b->par.voxel > 0.0)) b->par.voxel = b->image->pixel_size > 0.0 ? b->image->pixel_size : NAN;
    if (b->par.voxel > 0.0) return VT_OK;
    return vt_fail_at(err, VT_ECAL, vt_table_path(b->table), 0, 0,
                      "the picture does not say the side of its voxels, in a unit of length; give --set voxel=64.1nm");
}

static vt_status check_places(const vti_tomo_body *b, vt_error *err)
{
    const vti_tomography_params *p = &b->par;
    if (isnan(p->center_x) != isnan(p->center_y))
        return vt_fail(err, VT_EUSAGE, "center_x and center_y are given together or not at all");
    if (b->image && p->center_x >= 0.0 &&
        (p->center_x > (double)b->image->width - 1.0 || p->center_y > (double)b->image->height - 1.0))
        return vt_fail_at(err, VT_ERANGE, vt_table_path(b->table), 0, 0,
                          "center_x, center_y = %g, %g lies outside the picture of %zu x %zu pixels", p->center_x,
                          p->center_y, b->image->width, b->image->height);
    return VT_OK;
}

/* Blur of the specimen: its own resolution, else that of the edge standards; voxels and blur must go together. */
static vt_status set_blur(const vti_tomo_run *run, vti_tomo_body *b, vt_error *err)
{
    b->sigma = b->par.resolution > 0.0 ? b->par.resolution / VT_EDGE_FWHM : run->sigma;
    b->u_sigma = b->par.resolution > 0.0 ? b->par.resolution_u * b->sigma : run->u_sigma;
    if (!b->image || !(b->sigma > 0.0) || VT_EDGE_FWHM * b->sigma >= b->par.voxel) return VT_OK;
    return vt_fail_at(err, VT_ENYQUIST, vt_table_path(b->table), 0, 0,
                      "the resolution, %.4g nm, is below the voxel, %.4g nm, which is part of it; is one of them in "
                      "another unit?",
                      1e9 * VT_EDGE_FWHM * b->sigma, 1e9 * b->par.voxel);
}

vt_status vti_tomo_gather(vti_tomo_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    run->body = calloc(run->job->ntables, sizeof *run->body);
    if (!run->body) return vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", run->job->ntables);
    for (size_t i = 0; i < run->job->ntables; i++) {
        if (run->job->form[i] >= 0) continue;
        vti_tomo_body *b = &run->body[run->n];
        *b = (vti_tomo_body){.table = run->job->tables[i], .image = vt_table_image(run->job->tables[i])};
        VT_TRY(st = vti_table_params(run->job, &vti_tomography_experiment, i, &b->par, err));
        name_body(b, run->n++, run->job->ntables == 1);
        VT_TRY(st = check_voxel(b, err));
        VT_TRY(st = check_places(b, err));
        VT_TRY(st = set_blur(run, b, err));
    }
    part_names(run);
done:
    return st;
}
