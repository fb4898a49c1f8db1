#pragma once
/* What a study file holds, and what its steps have given so far. */
#include <vitrum/experiment.h>
#include <vitrum/io.h>
#include <vitrum/report.h>
#include <vitrum/study.h>
#include <vitrum/yaml.h>

enum {
    VTI_STEPS_MAX = 64,
    VTI_STEP_LIST_MAX = 64,
    VTI_ANSWERS_MAX = 32,
    VTI_WHERE_MAX = 4,
    VTI_PATH = 1024,
    VTI_ANSWER_TEXT = 512
};

typedef enum vti_step_kind { VTI_REDUCE, VTI_SIMULATE, VTI_PREDICT, VTI_MAP, VTI_VERIFY } vti_step_kind;

typedef struct vti_step {
    const vt_yaml_node *node; /* of the study's document */
    vti_step_kind kind;
    char name[VT_NAME];
    const char *what;           /* "molding"; for verify the prefix of ledger ids */
    const char *heading, *text; /* for the report; NULL: none */
    const vt_experiment *experiment;
    const vt_forecast *forecast;
    const char *alloy; /* step name, card name or path; NULL: the study's, or none */
    size_t ndata;
    const char **data; /* owned array: step names or paths relative to the study */
    size_t nset;
    vt_setting set[VTI_STEP_LIST_MAX];
    size_t nunits;
    vt_setting units[VTI_STEP_LIST_MAX];
    size_t nnames;
    vt_setting names[VTI_STEP_LIST_MAX]; /* column names: wanted = in the file */
    const char *sheet;
    vt_result *result; /* NULL until the step has run */
} vti_step;

typedef struct vti_answer {
    const vt_yaml_node *node;
    const char *label, *step, *property, *reading, *say;
    size_t nwhere; /* 0: any scope */
    const char *where_key[VTI_WHERE_MAX], *where_text[VTI_WHERE_MAX];
    double where_value[VTI_WHERE_MAX]; /* SI; NaN: the text is no number */
    const vt_property *found;          /* after the run; NULL if the property is absent */
    char line[VTI_ANSWER_TEXT];
} vti_answer;

struct vt_study {
    vt_yaml *doc;
    char path[VTI_PATH];
    char folder[VTI_PATH]; /* of the study file, with a trailing slash, or "" */
    const char *title, *question, *reference, *alloy;
    vt_common common;
    size_t nsteps;
    vti_step steps[VTI_STEPS_MAX];
    size_t nanswers;
    vti_answer answers[VTI_ANSWERS_MAX];
};

/* Earlier step by name; NULL if none of the first `before` steps has it. */
vti_step *vti_study_step(vt_study *study, const char *name, size_t before);

/* Path of a file that the study names: as it is if absolute, below the folder that the variable VITRUM_DATA
 * names if it begins with $VITRUM_DATA/, else beside the study. */
vt_status vti_study_path(const vt_study *study, const char *name, char *path, size_t size, vt_error *err);

/* Runs step i with the settings of the study, the step and the command line. */
vt_status vti_step_run(vt_study *study, size_t i, const vt_study_options *options, vt_error *err);

/* Finds the properties that the answers name and puts them into words. A property that a step could not
 * determine is said so; a name that the step never gives is VT_EKEY. */
vt_status vti_study_find_answers(vt_study *study, vt_error *err);
