/* One step of a study: gathers tables, alloy and settings, and calls the descriptor. */
#include <stdio.h>
#include <string.h>
#include <vitrum/ledger.h>
#include "study/study_internal.h"

/* What a step is given. Tables read here are owned; records of earlier steps are borrowed. */
struct step_input {
    vt_table *read[VTI_STEP_LIST_MAX];
    const vt_table *tables[VTI_STEP_LIST_MAX];
    vt_setting settings[2 * VTI_STEP_LIST_MAX];
    vt_card *opened;
    vt_request request;
};

static void release(struct step_input *in)
{
    for (size_t i = 0; i < VTI_STEP_LIST_MAX; i++) vt_table_free(in->read[i]);
    vt_card_free(in->opened);
}

/* The record of an earlier simulate step. */
static const vt_table *record_of(const vti_step *step)
{
    return step && step->kind == VTI_SIMULATE && step->result ? vt_result_curve(step->result, 0) : NULL;
}

static vt_status gather_tables(vt_study *study, size_t i, struct step_input *in, vt_error *err)
{
    const vti_step *step = &study->steps[i];
    const vt_read_options options = {.units = step->units,
                                     .nunits = step->nunits,
                                     .names = step->names,
                                     .nnames = step->nnames,
                                     .sheet = step->sheet};
    for (size_t k = 0; k < step->ndata; k++) {
        char path[VTI_PATH];
        vt_status st = VT_OK;
        in->tables[k] = record_of(vti_study_step(study, step->data[k], i));
        if (in->tables[k]) continue;
        if (vti_study_step(study, step->data[k], i))
            return vt_yaml_fail(study->doc, step->node, err, VT_EKEY, "step '%s' makes no table; name a simulate step",
                                step->data[k]);
        st = vti_study_path(study, step->data[k], path, sizeof path, err);
        if (st == VT_OK) st = vt_table_read(path, &options, &in->read[k], err);
        if (st != VT_OK) return st;
        in->tables[k] = in->read[k];
    }
    in->request.raw = in->tables;
    in->request.nraw = step->ndata;
    return VT_OK;
}

static vt_status gather_alloy(vt_study *study, size_t i, struct step_input *in, vt_error *err)
{
    const vti_step *step = &study->steps[i];
    if (!step->alloy) return VT_OK;
    const vti_step *maker = vti_study_step(study, step->alloy, i);
    if (maker) {
        in->request.alloy = maker->result ? vt_result_card(maker->result) : NULL;
        if (in->request.alloy) return VT_OK;
        return vt_yaml_fail(study->doc, step->node, err, VT_EKEY, "step '%s' makes no alloy card", step->alloy);
    }
    char path[VTI_PATH];
    const char *name = step->alloy;
    if (strchr(name, '/') || strstr(name, ".yaml")) {
        const vt_status st = vti_study_path(study, name, path, sizeof path, err);
        if (st != VT_OK) return st;
        name = path;
    }
    const vt_status st = vt_card_open(name, &in->opened, err);
    in->request.alloy = in->opened;
    return st;
}

/* Settings of the study file, then those of the command line that name this step. */
static vt_status gather_settings(const vti_step *step, const vt_study_options *options, struct step_input *in,
                                 vt_error *err)
{
    const size_t length = strlen(step->name);
    size_t n = 0;
    for (; n < step->nset; n++) in->settings[n] = step->set[n];
    for (size_t k = 0; options && k < options->nsettings; k++) {
        vt_setting s = options->settings[k];
        if (strncmp(s.key, step->name, length) != 0 || s.key[length] != '.') continue;
        if (n == 2 * VTI_STEP_LIST_MAX) return vt_fail(err, VT_ELIMIT, "more than %zu settings for a step", n);
        s.key += length + 1;
        in->settings[n++] = s;
    }
    in->request.settings = in->settings;
    in->request.nsettings = n;
    return VT_OK;
}

static vt_status simulate(const vti_step *step, const vt_request *request, vt_result **result, vt_error *err)
{
    vt_table *record = NULL;
    vt_status st;
    VT_TRY(st = vt_result_create(result, "simulation", step->what, err));
    vt_result_set_seed(*result, request->common->seed);
    VT_TRY(st = vt_simulate(step->experiment, request, &record, err));
    st = vt_result_add_curve(*result, "record", "Simulated record", record, err);
done:
    return st;
}

static vt_status dispatch(const vti_step *step, const vt_request *request, vt_result **result, vt_error *err)
{
    switch (step->kind) {
    case VTI_REDUCE: return vt_reduce(step->experiment, request, result, err);
    case VTI_SIMULATE: return simulate(step, request, result, err);
    case VTI_VERIFY: return vt_ledger_result(step->what, result, err);
    case VTI_PREDICT:
    case VTI_MAP: return vt_forecast_run(step->forecast, request, result, err);
    }
    return vt_fail(err, VT_EINTERNAL, "step kind %d", (int)step->kind);
}

vt_status vti_step_run(vt_study *study, size_t i, const vt_study_options *options, vt_error *err)
{
    vti_step *step = &study->steps[i];
    struct step_input in = {.request = {.common = &study->common}};
    vt_result *result = NULL;
    vt_status st;
    VT_TRY(st = gather_tables(study, i, &in, err));
    VT_TRY(st = gather_alloy(study, i, &in, err));
    VT_TRY(st = gather_settings(step, options, &in, err));
    VT_TRY(st = dispatch(step, &in.request, &result, err));
    step->result = result;
    result = NULL;
done:
    if (st != VT_OK) vt_error_place(err, study->path, vt_yaml_line(step->node));
    vt_result_free(result);
    release(&in);
    return st;
}
