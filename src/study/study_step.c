/* One step of a study: gathers tables, alloy and settings, and calls the descriptor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/image.h>
#include <vitrum/ledger.h>
#include "study/study_internal.h"

/* What a step is given. Files read here are owned; records of earlier steps are borrowed. */
struct step_input {
    size_t nbooks;
    vt_book **books;
    const vt_table **tables;
    vt_setting settings[2 * VTI_STEP_LIST_MAX];
    vt_card *opened;
    vt_request request;
};

static void release(struct step_input *in)
{
    vt_books_free(in->nbooks, in->books);
    free(in->books);
    free(in->tables);
    vt_card_free(in->opened);
}

static const vt_table *curve_of(const vti_step *step, const char *name)
{
    for (size_t k = 0; k < vt_result_curves(step->result); k++)
        if (strcmp(vt_result_curve_name(step->result, k), name) == 0) return vt_result_curve(step->result, k);
    return NULL;
}

/* The earlier step that data names, "STEP" or "STEP.CURVE" (*curve: behind the dot; NULL); NULL: a file. */
static const vti_step *maker_of(vt_study *study, size_t i, const char *data, const char **curve)
{
    char name[VT_NAME];
    const char *dot = strchr(data, '.');
    const size_t length = dot ? (size_t)(dot - data) : strlen(data);
    *curve = dot ? dot + 1 : NULL;
    if (length >= sizeof name) return NULL;
    memcpy(name, data, length);
    name[length] = '\0';
    return vti_study_step(study, name, i);
}

/* Table of an earlier step: the record of a `simulate` step, or the curve that data names. NULL: none. */
static const vt_table *table_of(vt_study *study, size_t i, const char *data)
{
    const char *curve;
    const vti_step *maker = maker_of(study, i, data, &curve);
    if (!maker || !maker->result) return NULL;
    if (curve) return curve_of(maker, curve);
    return maker->kind == VTI_SIMULATE ? vt_result_curve(maker->result, 0) : NULL;
}

static vt_status no_table(const vt_study *study, size_t i, const char *data, const vti_step *maker, vt_error *err)
{
    char list[256] = "";
    size_t used = 0;
    for (size_t k = 0; k < vt_result_curves(maker->result) && used < sizeof list; k++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s.%s", k ? ", " : "", maker->name,
                                 vt_result_curve_name(maker->result, k));
    if (!list[0])
        return vt_yaml_fail(study->doc, study->steps[i].node, err, VT_EKEY,
                            "step '%.40s' makes no table; name a simulate step or a curve of a reduction", data);
    return vt_yaml_fail(study->doc, study->steps[i].node, err, VT_EKEY, "'%.60s' is no table; those of the step are %s",
                        data, list);
}

/* Paths of the data that are files, one VTI_PATH each; *nfiles of them. */
static vt_status find_files(vt_study *study, size_t i, char (*path)[VTI_PATH], const char **paths, size_t *nfiles,
                            vt_error *err)
{
    const vti_step *step = &study->steps[i];
    size_t n = 0;
    for (size_t k = 0; k < step->ndata; k++) {
        const char *curve, *data = step->data[k];
        const vti_step *maker = maker_of(study, i, data, &curve);
        if (table_of(study, i, data)) continue;
        if (maker) return no_table(study, i, data, maker, err);
        const vt_status st = vti_study_path(study, data, path[n], sizeof path[n], err);
        if (st != VT_OK) return st;
        paths[n] = path[n];
        n++;
    }
    *nfiles = n;
    return VT_OK;
}

/* Every file of the step, side by side. */
static vt_status read_files(vt_study *study, size_t i, struct step_input *in, vt_error *err)
{
    const vti_step *step = &study->steps[i];
    const vt_experiment *e = step->experiment;
    const char **names = NULL, **paths = calloc(step->ndata + 1, sizeof(*paths));
    char(*path)[VTI_PATH] = calloc(step->ndata + 1, sizeof *path);
    size_t n = 0;
    vt_status st = VT_OK;
    in->books = calloc(step->ndata + 1, sizeof(*in->books));
    if (!paths || !path || !in->books) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu files", step->ndata));
    VT_TRY(st = vt_text_columns(e                ? e->columns
                                : step->forecast ? step->forecast->columns
                                                 : NULL,
                                e ? e->forms : NULL, &names, err));
    VT_TRY(st = find_files(study, i, path, paths, &n, err));
    vt_read_options options = {.units = step->units,
                               .nunits = step->nunits,
                               .names = step->names,
                               .nnames = step->nnames,
                               .sheet = step->sheet,
                               .text_columns = names};
    vt_read_pictures(&options, step->nset, step->set);
    VT_TRY(st = vt_books_read(n, paths, &options, (int)study->common.threads, in->books, err));
    in->nbooks = n;
done:
    free(names);
    free(paths);
    free(path);
    return st;
}

/* Tables of files and of earlier steps, in the order in which the step names them. */
static vt_status gather_tables(vt_study *study, size_t i, struct step_input *in, vt_error *err)
{
    const vti_step *step = &study->steps[i];
    const vt_status st = read_files(study, i, in, err);
    size_t n = 0, room = step->ndata;
    if (st != VT_OK) return st;
    for (size_t k = 0; k < in->nbooks; k++) room += vt_book_tables(in->books[k]);
    in->tables = calloc(room + 1, sizeof(*in->tables));
    if (!in->tables) return vt_fail(err, VT_EMEMORY, "no memory for %zu tables", room);
    for (size_t k = 0, book = 0; k < step->ndata; k++) {
        const vt_table *record = table_of(study, i, step->data[k]);
        if (record) in->tables[n++] = record;
        for (size_t t = 0; !record && t < vt_book_tables(in->books[book]); t++)
            in->tables[n++] = vt_book_table(in->books[book], t);
        book += !record;
    }
    in->request.raw = in->tables;
    in->request.nraw = n;
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
    /* a picture is no table to print */
    st = vt_result_add_curve(*result, "record", vt_table_image(record) ? "" : "Simulated record", record, err);
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
