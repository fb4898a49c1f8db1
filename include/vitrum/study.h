#pragma once
#include <stdbool.h>
#include <vitrum/param.h>
#include <vitrum/report.h>
#include <vitrum/result.h>

/* A study: one YAML file that says which data, which reductions, which maps and forecasts, and which
 * numbers answer the question. Steps run in order; a step takes tables from files, from an earlier `simulate` step
 * (its name), or from any earlier step (`data: STEP.CURVE`, a table of its result: `wires.flow_points`), and its alloy
 * from a delivered card, a file, or the card that an earlier step fitted.
 *
 *   title, question, reference: text
 *   seed, level, replicates:    defaults of every step
 *   alloy:                      default card
 *   steps:                      list of {name, reduce|simulate|predict|map|verify: WHAT, data, alloy, set, units,
 * columns, sheet, heading, text} answer:                     list of {label, step, property, reading, where, say}: the
 * numbers that matter; where: scopes, {temperature: 297 degC} or {group: wire} */
typedef struct vt_study vt_study;

typedef struct vt_study_options {
    const vt_setting *settings; /* "step.key" = text, or seed, level, replicates, threads for all steps */
    size_t nsettings;
    long threads; /* 0: all */
} vt_study_options;

/* Reads and checks a study file: every key known, every step and file named exists, every value readable.
 * Errors carry file, line and column. */
vt_status vt_study_read(const char *path, vt_study **study, vt_error *err);
void vt_study_free(vt_study *study);

/* Runs every step that has not run yet. */
vt_status vt_study_run(vt_study *study, const vt_study_options *options, vt_error *err);

/* After vt_study_run: results by step, borrowed. A `simulate` step has no result (NULL). */
size_t vt_study_steps(const vt_study *study);
const char *vt_study_step_name(const vt_study *study, size_t i);
const vt_result *vt_study_step_result(const vt_study *study, size_t i);

/* The answers, in words with interval and unit: line i into buf; false beyond the last. */
size_t vt_study_answers(const vt_study *study);
const char *vt_study_answer(const vt_study *study, size_t i);

/* All properties, models and warnings of all steps as one result, each with scope "step". */
vt_status vt_study_merge(const vt_study *study, vt_result **merged, vt_error *err);

/* Writes the result folder, whole or not at all: result.json and properties.csv of all steps together,
 * steps/<name>/ with each step's own result, curves, card and figures, report.html,
 * ro-crate-metadata.json. figures false: data and scripts only, no rendering. */
typedef struct vt_study_output {
    const char *dir;
    bool force; /* replace an existing dir */
    bool figures;
    const char *command_line; /* to repeat the run; goes into the provenance */
} vt_study_output;
/* done: what became of the figures; NULL allowed. */
vt_status vt_study_save(const vt_study *study, const vt_study_output *output, vt_render *done, vt_error *err);
