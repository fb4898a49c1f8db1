/* The virtual creep test: records of all wires in one table, as the instrument writes them. */
#include "creep_truth.h"
#include "experiment/truth_internal.h"
#include <stdio.h>
#include <stdlib.h>

enum { LABEL = 32 };

static vt_status head(vt_table *t, const char *key, double value, const char *unit, vt_error *err)
{
    char text[64];
    snprintf(text, sizeof text, "%.10g %s", value, unit);
    return vt_table_add_meta(t, key, text, 0, err);
}

static vt_status write(const vti_creep_truth *p, const char *const *specimen, vti_creep_film *r, vt_table *t,
                       vt_error *err)
{
    static const vti_shown_column COLUMN[VTI_CREEP_CHANNELS] = {[VTI_CREEP_TIME] = {"time", "s", "s"},
                                                                [VTI_CREEP_STRAIN] = {"strain", "1", "1"},
                                                                [VTI_CREEP_FORCE] = {"force", "uN", "N"},
                                                                [VTI_CREEP_POWER] = {"power", "mW", "W"}};
    vt_status st = VT_OK;
    VT_TRY(st = head(t, "diameter", 1e9 * p->diameter, "nm", err));
    VT_TRY(st = head(t, "gauge_length", 1e6 * p->gauge_length, "um", err));
    if (specimen) VT_TRY(st = vt_table_add_text(t, "specimen", r->n, specimen, err));
    for (int c = 0; c < VTI_CREEP_CHANNELS; c++) VT_TRY(st = vti_add_shown(t, &COLUMN[c], 1e7, r->n, r->value[c], err));
done:
    return st;
}

vt_status vti_creep_simulate(const vt_job *job, vt_table *table, vt_error *err)
{
    if (!job || !table || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    vti_creep_truth p = *(const vti_creep_truth *)job->params;
    char constants[512] = "";
    vti_creep_truth_from_card(&p, job->given, job->alloy, constants, sizeof constants);
    vti_creep_film r = {0};
    const char **specimen = NULL;
    const size_t wires = (size_t)p.wires;
    char(*name)[LABEL] = malloc(wires * sizeof *name);
    size_t *from = malloc((wires + 1) * sizeof *from);
    vt_status st = VT_OK;
    if (!name || !from) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu wires", wires));
    VT_TRY(st = vti_creep_truth_check(&p, err));
    for (size_t k = 0; k < wires; k++) {
        vt_stream s;
        vt_stream_init(&s, job->common.seed, vt_stream_purpose("creep/wire"), k);
        snprintf(name[k], LABEL, "wire_%zu", k + 1);
        from[k] = r.n;
        VT_TRY(st = vti_creep_record_wire(&p, &s, &r, NULL, err));
    }
    from[wires] = r.n;
    if (wires > 1) {
        specimen = malloc(r.n * sizeof *specimen);
        if (!specimen) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu labels", r.n));
        for (size_t k = 0; k < wires; k++)
            for (size_t i = from[k]; i < from[k + 1]; i++) specimen[i] = name[k];
    }
    if (constants[0]) VT_TRY(st = vt_table_add_meta(table, "constants", constants, 0, err));
    st = write(&p, specimen, &r, table, err);
done:
    vti_creep_film_free(&r);
    free(specimen);
    free(from);
    free(name);
    return st;
}
