/* The result folder of a study. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "study/study_internal.h"

struct save {
    const vt_study *study;
    const vt_study_output *output;
    char *text; /* the study file, for the report */
    vt_render *done;
};

/* dir/steps/<name> with the files of the step's result. */
static vt_status save_step(const vti_step *step, const char *dir, vt_error *err)
{
    char path[VTI_PATH];
    const int n = snprintf(path, sizeof path, "%s/steps/%s", dir, step->name);
    if (n < 0 || (size_t)n >= sizeof path) return vt_fail(err, VT_ELIMIT, "path of step '%s' is too long", step->name);
    const vt_status st = vt_folder_make(path, err);
    return st == VT_OK ? vt_result_save(step->result, path, err) : st;
}

static vt_status save_page(const struct save *s, const char *dir, vt_error *err)
{
    vt_answer answers[VTI_ANSWERS_MAX];
    vt_section sections[VTI_STEPS_MAX];
    char folders[VTI_STEPS_MAX][VT_NAME + 8];
    size_t nsections = 0;
    for (size_t i = 0; i < s->study->nanswers; i++) {
        const vti_answer *a = &s->study->answers[i];
        answers[i] = (vt_answer){.label = a->label ? a->label : a->property,
                                 .property = a->found,
                                 .text = a->found ? NULL : a->line,
                                 .sentence = a->say};
    }
    for (size_t i = 0; i < s->study->nsteps; i++) {
        const vti_step *step = &s->study->steps[i];
        if (!step->result) continue;
        snprintf(folders[nsections], sizeof folders[0], "steps/%s", step->name);
        sections[nsections] = (vt_section){.heading = step->heading ? step->heading : step->name,
                                           .text = step->text,
                                           .result = step->result,
                                           .folder = folders[nsections]};
        nsections++;
    }
    const vt_report page = {.title = s->study->title,
                            .question = s->study->question,
                            .reference = s->study->reference,
                            .nanswers = s->study->nanswers,
                            .answers = answers,
                            .nsections = nsections,
                            .sections = sections,
                            .command_line = s->output->command_line,
                            .study_path = s->study->path,
                            .study_text = s->text,
                            .draw = s->output->figures};
    return vt_report_write(dir, &page, s->done, err);
}

static vt_status fill(const char *dir, void *context, vt_error *err)
{
    const struct save *s = context;
    vt_result *merged = NULL;
    vt_status st;
    VT_TRY(st = vt_study_merge(s->study, &merged, err));
    VT_TRY(st = vt_result_save(merged, dir, err));
    for (size_t i = 0; i < s->study->nsteps; i++)
        if (s->study->steps[i].result) VT_TRY(st = save_step(&s->study->steps[i], dir, err));
    VT_TRY(st = save_page(s, dir, err));
    st = vt_crate_write(dir, s->study->title, s->output->command_line, err);
done:
    vt_result_free(merged);
    return st;
}

vt_status vt_study_save(const vt_study *study, const vt_study_output *output, vt_render *done, vt_error *err)
{
    struct save s = {.study = study, .output = output, .done = done};
    size_t size;
    if (!study || !output || !output->dir) return vt_fail(err, VT_EARG, "study, output or its dir is NULL");
    vt_status st = vt_file_text(study->path, VT_YAML_BYTES, &s.text, &size, err);
    if (st == VT_OK) st = vt_folder_write(output->dir, output->force, fill, &s, err);
    free(s.text);
    return st;
}
