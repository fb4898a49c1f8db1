/* calibration.yaml of a result. */
#include "calibration_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

static void put_references(const vti_cal_run *run, vt_calibration *c)
{
    for (size_t k = 0; k < run->nreferences; k++) {
        const vti_cal_reference *r = &run->reference[k];
        if (!isfinite(r->E_found) || r->indents == 0) continue;
        vt_calibration_reference *o = &c->reference[c->nreferences++];
        *o = (vt_calibration_reference){.E = r->E,
                                        .u_E = r->u_E,
                                        .nu = r->nu,
                                        .C_f = r->C_f,
                                        .u_C_f = r->u_C_f,
                                        .E_found = r->E_found,
                                        .u_E_found = r->u_E_found,
                                        .deviation = r->deviation,
                                        .area = r->area,
                                        .indents = (long)r->indents};
        memcpy(o->material, r->material, sizeof o->material);
    }
}

static void put_sources(const vti_cal_run *run, vt_calibration *c)
{
    for (size_t k = 0; k < run->nreferences; k++) {
        const char *path = run->reference[k].path;
        if (!path[0] || strlen(path) >= VT_CALIBRATION_PATH) continue;
        vt_calibration_source *s = &c->source[c->nsources++];
        snprintf(s->path, sizeof s->path, "%s", path);
        if (vt_file_sha256(path, s->sha256, NULL) != VT_OK) s->sha256[0] = '\0'; /* a table made in memory */
    }
}

vt_status vti_cal_document(vti_cal_run *run, const vt_job *job, vt_error *err)
{
    vt_calibration *c = calloc(1, sizeof *c);
    char *text = NULL;
    vt_status st = c ? VT_OK : vt_fail(err, VT_EMEMORY, "a calibration");
    (void)job;
    if (st != VT_OK) return st;
    size_t area = 0;
    while (area + 1 < run->nreferences && !run->reference[area].area) area++;
    const vti_cal_reference *soft = &run->reference[area];
    c->area = vti_cal_area_function(run, &run->fit);
    c->C_f = soft->C_f;
    c->u_C_f = soft->u_C_f;
    memcpy(c->cov_C_f, run->cov_C_f, sizeof c->cov_C_f);
    c->beta = run->par->beta;
    c->epsilon = run->par->epsilon == 0 ? 0.75 : 0.0;
    c->m = isfinite(soft->m) ? soft->m : 0.0;
    c->E_i = run->par->indenter_modulus;
    c->nu_i = run->par->indenter_poisson_ratio;
    snprintf(c->version, sizeof c->version, "%s", VT_VERSION);
    put_references(run, c);
    put_sources(run, c);
    VT_TRY(st = vt_calibration_check(c, err));
    VT_TRY(st = vt_calibration_text(c, &text, err));
    st = vt_result_add_document(run->result, "calibration.yaml", text, err);
done:
    free(text);
    free(c);
    return st;
}
