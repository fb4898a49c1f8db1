/* Running a study: every step in order, then the answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "study/study_internal.h"

size_t vt_study_steps(const vt_study *study)
{
    return study ? study->nsteps : 0;
}

const char *vt_study_step_name(const vt_study *study, size_t i)
{
    return study && i < study->nsteps ? study->steps[i].name : "";
}

const vt_result *vt_study_step_result(const vt_study *study, size_t i)
{
    return study && i < study->nsteps ? study->steps[i].result : NULL;
}

vti_step *vti_study_step(vt_study *study, const char *name, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(study->steps[i].name, name) == 0) return &study->steps[i];
    return NULL;
}

/* Measured data that are not part of a study lie in a folder of the user's: "$VITRUM_DATA/" at the beginning of a name.
 */
static vt_status data_folder(const char **name, const char **folder, vt_error *err)
{
    static const char PREFIX[] = "$VITRUM_DATA/";
    if (strncmp(*name, PREFIX, sizeof PREFIX - 1) != 0) return VT_OK;
    *folder = getenv("VITRUM_DATA");
    if (!*folder || !**folder)
        return vt_fail(err, VT_EIO, "'%.80s': the variable VITRUM_DATA is not set; set it to the folder of the data",
                       *name);
    *name += sizeof PREFIX - 2; /* with its slash */
    return VT_OK;
}

vt_status vti_study_path(const vt_study *study, const char *name, char *path, size_t size, vt_error *err)
{
    const char *folder = name[0] == '/' ? "" : study->folder;
    const vt_status st = data_folder(&name, &folder, err);
    if (st != VT_OK) return st;
    const int n = snprintf(path, size, "%s%s", folder, name);
    if (n >= 0 && (size_t)n < size) return VT_OK;
    return vt_fail(err, VT_ELIMIT, "path '%.40s...' is longer than %zu", name, size - 1);
}

/* Command-line settings: "step.key" for a step (applied there), common keys for all. */
static vt_status apply_common(vt_study *study, const vt_study_options *options, vt_error *err)
{
    for (size_t k = 0; options && k < options->nsettings; k++) {
        const vt_setting *s = &options->settings[k];
        const char *dot = strchr(s->key, '.');
        char name[VT_NAME];
        if (!dot) {
            const vt_status st = vt_param_set(VT_COMMON_PARAMS, &study->common, NULL, s->key, s->text, err);
            if (st != VT_OK) return st;
            continue;
        }
        snprintf(name, sizeof name, "%.*s", (int)(dot - s->key), s->key);
        if (!vti_study_step(study, name, study->nsteps))
            return vt_fail(err, VT_EKEY, "--set %s: the study has no step '%s'", s->key, name);
    }
    if (options && options->threads > 0) study->common.threads = options->threads;
    return VT_OK;
}

vt_status vt_study_run(vt_study *study, const vt_study_options *options, vt_error *err)
{
    vt_status st;
    if (!study) return vt_fail(err, VT_EARG, "study is NULL");
    VT_TRY(st = apply_common(study, options, err));
    for (size_t i = 0; i < study->nsteps; i++)
        if (!study->steps[i].result) VT_TRY(st = vti_step_run(study, i, options, err));
    st = vti_study_find_answers(study, err);
done:
    return st;
}
