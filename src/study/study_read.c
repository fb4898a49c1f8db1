/* Reading and checking a study file. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/units.h>
#include "study/study_internal.h"

static const char *const STUDY_KEYS[] = {"title",      "question", "reference", "seed",   "level",
                                         "replicates", "alloy",    "steps",     "answer", NULL};
static const char *const STEP_KEYS[] = {"name", "reduce", "simulate", "predict", "map",     "verify", "data", "alloy",
                                        "set",  "units",  "columns",  "sheet",   "heading", "text",   NULL};
static const char *const ANSWER_KEYS[] = {"label", "step", "property", "reading", "where", "say", NULL};

static const struct {
    const char *key;
    vti_step_kind kind;
} KINDS[] = {{"reduce", VTI_REDUCE},
             {"simulate", VTI_SIMULATE},
             {"predict", VTI_PREDICT},
             {"map", VTI_MAP},
             {"verify", VTI_VERIFY}};

/* Text of a key, or NULL if the key is absent. */
static const char *text_of(const vt_yaml_node *map, const char *key)
{
    const vt_yaml_node *node = vt_yaml_find(map, key);
    return node ? vt_yaml_text(node) : NULL;
}

static vt_status required(const vt_study *study, const vt_yaml_node *map, const char *key, const char *what,
                          const char **text, vt_error *err)
{
    *text = text_of(map, key);
    if (*text && **text) return VT_OK;
    return vt_yaml_fail(study->doc, map, err, VT_EKEY, "%s has no key '%s'; add '%s: ...'", what, key, key);
}

/* A mapping of scalars into settings that know their line. */
static vt_status read_settings(const vt_study *study, const vt_yaml_node *map, vt_setting *set, size_t *n,
                               vt_error *err)
{
    *n = 0;
    if (!map) return VT_OK;
    if (vt_yaml_node_kind(map) != VT_YAML_MAPPING)
        return vt_yaml_fail(study->doc, map, err, VT_EPARSE, "expected 'key: value' lines here");
    for (size_t i = 0; i < vt_yaml_size(map); i++) {
        const vt_yaml_node *value = vt_yaml_value(map, i);
        if (*n == VTI_STEP_LIST_MAX)
            return vt_yaml_fail(study->doc, value, err, VT_ELIMIT, "more than %d settings in one step",
                                VTI_STEP_LIST_MAX);
        if (vt_yaml_node_kind(value) != VT_YAML_SCALAR)
            return vt_yaml_fail(study->doc, value, err, VT_EPARSE,
                                "a setting is one value; write lists as text: \"10, 20, 40 nm\"");
        set[(*n)++] = (vt_setting){.key = vt_yaml_text(vt_yaml_key(map, i)),
                                   .text = vt_yaml_text(value),
                                   .file = study->path,
                                   .line = vt_yaml_line(value)};
    }
    return VT_OK;
}

static vt_status read_data(const vt_study *study, const vt_yaml_node *node, vti_step *step, vt_error *err)
{
    if (!node) return VT_OK;
    const bool one = vt_yaml_node_kind(node) == VT_YAML_SCALAR;
    if (!one && vt_yaml_node_kind(node) != VT_YAML_SEQUENCE)
        return vt_yaml_fail(study->doc, node, err, VT_EPARSE, "data is a file, an earlier step, or a list of them");
    const size_t n = one ? 1 : vt_yaml_size(node);
    step->data = calloc(n + 1, sizeof(*step->data));
    if (!step->data) return vt_fail(err, VT_EMEMORY, "no memory for %zu files of a step", n);
    for (size_t i = 0; i < n; i++) {
        const vt_yaml_node *item = one ? node : vt_yaml_item(node, i);
        step->data[i] = vt_yaml_text(item);
        if (!step->data[i][0])
            return vt_yaml_fail(study->doc, item, err, VT_EPARSE, "data names files and earlier steps, one text each");
    }
    step->ndata = n;
    return VT_OK;
}

static vt_status find_descriptor(const vt_study *study, vti_step *step, vt_error *err)
{
    if (step->kind == VTI_VERIFY) return VT_OK;
    if (step->kind == VTI_REDUCE || step->kind == VTI_SIMULATE) {
        step->experiment = vt_experiment_find(step->what);
        if (!step->experiment)
            return vt_yaml_fail(study->doc, step->node, err, VT_EKEY,
                                "no experiment '%s'; 'vitrum describe' lists them", step->what);
        if (step->kind == VTI_SIMULATE && !step->experiment->simulate)
            return vt_yaml_fail(study->doc, step->node, err, VT_EKEY, "experiment '%s' has no simulator", step->what);
        return VT_OK;
    }
    step->forecast = vt_forecast_find(step->kind == VTI_MAP ? VT_MAP : VT_PROCESS, step->what);
    if (step->forecast) return VT_OK;
    return vt_yaml_fail(study->doc, step->node, err, VT_EKEY, "no %s '%s'; 'vitrum describe' lists them",
                        step->kind == VTI_MAP ? "map" : "process", step->what);
}

static vt_status read_kind(const vt_study *study, vti_step *step, vt_error *err)
{
    const char *found = NULL;
    for (size_t k = 0; k < sizeof KINDS / sizeof KINDS[0]; k++) {
        const char *what = text_of(step->node, KINDS[k].key);
        if (!what) continue;
        if (found)
            return vt_yaml_fail(study->doc, step->node, err, VT_EKEY, "step '%s' both '%s' and '%s'; make two steps",
                                step->name, found, KINDS[k].key);
        found = KINDS[k].key;
        step->kind = KINDS[k].kind;
        step->what = what;
    }
    if (found) return find_descriptor(study, step, err);
    return vt_yaml_fail(study->doc, step->node, err, VT_EKEY,
                        "step '%s' does nothing; give it one of reduce, simulate, predict, map, verify", step->name);
}

static vt_status read_name(vt_study *study, vti_step *step, size_t i, vt_error *err)
{
    const char *name;
    const vt_status st = required(study, step->node, "name", "a step", &name, err);
    if (st != VT_OK) return st;
    const size_t length = strlen(name);
    if (length >= VT_NAME || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != length)
        return vt_yaml_fail(study->doc, step->node, err, VT_EPARSE,
                            "step name '%s': use a-z, 0-9, '_' and '-', at most %d characters", name, VT_NAME - 1);
    if (vti_study_step(study, name, i))
        return vt_yaml_fail(study->doc, step->node, err, VT_EKEY, "two steps are named '%s'", name);
    memcpy(step->name, name, length + 1);
    return VT_OK;
}

static vt_status read_step(vt_study *study, const vt_yaml_node *node, size_t i, vt_error *err)
{
    vti_step *step = &study->steps[i];
    vt_status st;
    step->node = node;
    VT_TRY(st = vt_yaml_check_keys(study->doc, node, STEP_KEYS, "a step", err));
    VT_TRY(st = read_name(study, step, i, err));
    VT_TRY(st = read_kind(study, step, err));
    step->heading = text_of(node, "heading");
    step->text = text_of(node, "text");
    step->sheet = text_of(node, "sheet");
    step->alloy = text_of(node, "alloy");
    if (!step->alloy) step->alloy = study->alloy;
    VT_TRY(st = read_data(study, vt_yaml_find(node, "data"), step, err));
    VT_TRY(st = read_settings(study, vt_yaml_find(node, "set"), step->set, &step->nset, err));
    VT_TRY(st = read_settings(study, vt_yaml_find(node, "units"), step->units, &step->nunits, err));
    VT_TRY(st = read_settings(study, vt_yaml_find(node, "columns"), step->names, &step->nnames, err));
    if (step->kind == VTI_REDUCE && step->ndata == 0)
        st = vt_yaml_fail(study->doc, node, err, VT_EKEY, "step '%s' reduces nothing; add 'data: FILE'", step->name);
done:
    return st;
}

/* Each 'key: value' names a scope: a number with its unit, or the name of a group, specimen or test. */
static vt_status read_where(const vt_study *study, const vt_yaml_node *node, vti_answer *answer, vt_error *err)
{
    if (!node) return VT_OK;
    const size_t n = vt_yaml_size(node);
    if (vt_yaml_node_kind(node) != VT_YAML_MAPPING || n < 1 || n > VTI_WHERE_MAX)
        return vt_yaml_fail(study->doc, node, err, VT_EPARSE,
                            "where is one to %d times 'key: value', as 'where: {temperature: 297 degC}'",
                            VTI_WHERE_MAX);
    for (size_t i = 0; i < n; i++) {
        vt_unit unit;
        const char *text = vt_yaml_text(vt_yaml_value(node, i));
        if (!text)
            return vt_yaml_fail(study->doc, node, err, VT_EPARSE, "the value of '%s' in where is one text or number",
                                vt_yaml_text(vt_yaml_key(node, i)));
        answer->where_key[i] = vt_yaml_text(vt_yaml_key(node, i));
        answer->where_text[i] = text;
        if (vt_unit_read_value(text, NULL, &answer->where_value[i], &unit, NULL) != VT_OK) answer->where_value[i] = NAN;
    }
    answer->nwhere = n;
    return VT_OK;
}

static vt_status read_answer(vt_study *study, const vt_yaml_node *node, vt_error *err)
{
    vt_status st;
    if (study->nanswers == VTI_ANSWERS_MAX)
        return vt_yaml_fail(study->doc, node, err, VT_ELIMIT, "more than %d answers", VTI_ANSWERS_MAX);
    vti_answer *answer = &study->answers[study->nanswers];
    answer->node = node;
    VT_TRY(st = vt_yaml_check_keys(study->doc, node, ANSWER_KEYS, "an answer", err));
    VT_TRY(st = required(study, node, "step", "an answer", &answer->step, err));
    VT_TRY(st = required(study, node, "property", "an answer", &answer->property, err));
    answer->label = text_of(node, "label");
    answer->reading = text_of(node, "reading");
    answer->say = text_of(node, "say");
    VT_TRY(st = read_where(study, vt_yaml_find(node, "where"), answer, err));
    if (!vti_study_step(study, answer->step, study->nsteps))
        st = vt_yaml_fail(study->doc, node, err, VT_EKEY, "an answer names step '%s', which the study does not have",
                          answer->step);
    else
        study->nanswers++;
done:
    return st;
}

static vt_status read_common(vt_study *study, const vt_yaml_node *root, vt_error *err)
{
    vt_status st;
    VT_TRY(st = vt_param_defaults(VT_COMMON_PARAMS, &study->common, err));
    for (const vt_param *row = VT_COMMON_PARAMS; row->name; row++) {
        const vt_yaml_node *node = vt_yaml_find(root, row->name);
        vt_error inner = {0};
        if (!node) continue;
        if (vt_param_set(VT_COMMON_PARAMS, &study->common, NULL, row->name, vt_yaml_text(node), &inner) != VT_OK) {
            st = vt_yaml_fail(study->doc, node, err, inner.code, "%s", inner.msg);
            break;
        }
    }
done:
    return st;
}

static vt_status read_lists(vt_study *study, const vt_yaml_node *root, vt_error *err)
{
    const vt_yaml_node *steps = vt_yaml_find(root, "steps"), *answers = vt_yaml_find(root, "answer");
    vt_status st = VT_OK;
    if (vt_yaml_node_kind(steps) != VT_YAML_SEQUENCE || vt_yaml_size(steps) == 0)
        return vt_yaml_fail(study->doc, steps ? steps : root, err, VT_EKEY, "a study has a list 'steps:'");
    if (vt_yaml_size(steps) > VTI_STEPS_MAX)
        return vt_yaml_fail(study->doc, steps, err, VT_ELIMIT, "%zu steps; at most %d", vt_yaml_size(steps),
                            VTI_STEPS_MAX);
    if (answers && vt_yaml_node_kind(answers) != VT_YAML_SEQUENCE)
        return vt_yaml_fail(study->doc, answers, err, VT_EPARSE, "'answer:' is a list");
    for (size_t i = 0; i < vt_yaml_size(steps) && st == VT_OK; i++) {
        st = read_step(study, vt_yaml_item(steps, i), i, err);
        if (st == VT_OK) study->nsteps = i + 1;
    }
    for (size_t i = 0; i < vt_yaml_size(answers) && st == VT_OK; i++)
        st = read_answer(study, vt_yaml_item(answers, i), err);
    return st;
}

static vt_status keep_path(vt_study *study, const char *path, vt_error *err)
{
    const char *slash = strrchr(path, '/');
    if (strlen(path) >= VTI_PATH) return vt_fail(err, VT_ELIMIT, "path of the study is longer than %d", VTI_PATH - 1);
    strcpy(study->path, path);
    if (slash) memcpy(study->folder, path, (size_t)(slash - path) + 1);
    return VT_OK;
}

vt_status vt_study_read(const char *path, vt_study **study, vt_error *err)
{
    vt_status st;
    if (!path || !study) return vt_fail(err, VT_EARG, "path or study is NULL");
    vt_study *s = calloc(1, sizeof *s);
    if (!s) return vt_fail(err, VT_EMEMORY, "no memory for a study");
    VT_TRY(st = keep_path(s, path, err));
    VT_TRY(st = vt_yaml_read(path, &s->doc, err));
    const vt_yaml_node *root = vt_yaml_root(s->doc);
    VT_TRY(st = vt_yaml_check_keys(s->doc, root, STUDY_KEYS, "a study", err));
    VT_TRY(st = required(s, root, "title", "a study", &s->title, err));
    s->question = text_of(root, "question");
    s->reference = text_of(root, "reference");
    s->alloy = text_of(root, "alloy");
    VT_TRY(st = read_common(s, root, err));
    VT_TRY(st = read_lists(s, root, err));
    *study = s;
    s = NULL;
done:
    vt_study_free(s);
    return st;
}

void vt_study_free(vt_study *study)
{
    if (!study) return;
    for (size_t i = 0; i < VTI_STEPS_MAX; i++) { /* also the one whose reading failed */
        vt_result_free(study->steps[i].result);
        free(study->steps[i].data);
    }
    vt_yaml_free(study->doc);
    free(study);
}
