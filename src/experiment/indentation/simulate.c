/* The virtual indenter: raw records of many indents in one table (round trips of P18 to P20). */
#include "experiment/truth_internal.h"
#include "virtual_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 20000000, LABEL = 96 };

/* One indent of the session: what it is, its labels and its random stream. */
struct item {
    vti_virtual_indent indent;
    size_t readings;
    vt_stream stream;
    char test[LABEL], specimen[LABEL], group[LABEL];
};

struct session {
    const vti_indent_truth *p;
    uint64_t seed;
    vti_instrument_truth box;
    size_t n, rows;
    struct item *item;
    double *value;        /* VTI_CHANNELS columns of `rows` */
    const char **text[3]; /* test, specimen, group */
};

/* The k-th name of a comma list, without blanks around it. */
static void name_of(const char *list, size_t k, char name[LABEL])
{
    for (; k > 0; k--) list = strchr(list, ',') + 1;
    list += strspn(list, " ");
    size_t n = strcspn(list, ",");
    while (n > 0 && list[n - 1] == ' ') n--;
    snprintf(name, LABEL, "%.*s", (int)(n < LABEL ? n : LABEL - 1), list);
}

static size_t count_items(const vti_indent_truth *p, size_t groups)
{
    size_t n = 0;
    for (size_t g = 0; g < groups; g++) n += vti_population_specimens(p, g) * (size_t)p->indents;
    return n;
}

/* Indent k of the j-th specimen of a group; it keeps its numbers when specimens or indents are added. */
static void draw_item(const struct session *s, const vti_specimen_truth *truth, const size_t place[4], struct item *it)
{
    const size_t group = place[0], j = place[1], specimen = place[2], k = place[3];
    vti_program program;
    char name[LABEL - 32];
    vt_stream_init(&it->stream, s->seed, vt_stream_purpose("indentation/indent"), ((uint64_t)specimen << 32) + k);
    vti_population_indent(s->p, &s->box, truth, s->seed, k, &it->stream, &it->indent);
    vti_program_make(s->p, it->indent.P, &program);
    it->readings = program.readings;
    name_of(s->p->groups, group, it->group);
    snprintf(name, sizeof name, "%.40s %zu", it->group, j + 1);
    snprintf(it->specimen, LABEL, "%s", name);
    snprintf(it->test, LABEL, "%s-%zu", name, k + 1);
}

static vt_status draw(struct session *s, size_t groups, vt_error *err)
{
    size_t specimen = 0, i = 0;
    for (size_t g = 0; g < groups; g++)
        for (size_t j = 0; j < vti_population_specimens(s->p, g); j++, specimen++) {
            vti_specimen_truth truth;
            vti_population_specimen(s->p, s->seed, g, specimen, &truth);
            for (size_t k = 0; k < (size_t)s->p->indents; k++, i++) {
                draw_item(s, &truth, (const size_t[4]){g, j, specimen, k}, &s->item[i]);
                s->rows += s->item[i].readings;
            }
            if (s->rows > ROWS_MAX)
                return vt_fail(err, VT_ERANGE,
                               "the record would have more than %d readings; lower sampling, indents or specimens",
                               ROWS_MAX);
        }
    return VT_OK;
}

static vt_status fill(struct session *s, vt_error *err)
{
    s->value = malloc(VTI_CHANNELS * s->rows * sizeof *s->value);
    for (int k = 0; k < 3; k++) s->text[k] = malloc(s->rows * sizeof *s->text[k]);
    if (!s->value || !s->text[0] || !s->text[1] || !s->text[2])
        return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", s->rows);
    for (size_t i = 0, row = 0; i < s->n; i++) {
        struct item *it = &s->item[i];
        double *channel[VTI_CHANNELS];
        for (size_t k = 0; k < VTI_CHANNELS; k++) channel[k] = s->value + k * s->rows + row;
        vti_program program;
        vti_program_make(s->p, it->indent.P, &program);
        vti_virtual_record(s->p, &it->indent, &program, &it->stream, channel);
        for (size_t j = 0; j < it->readings; j++, row++) {
            channel[VTI_X][j] = it->indent.x;
            channel[VTI_Y][j] = it->indent.y;
            s->text[0][row] = it->test;
            s->text[1][row] = it->specimen;
            s->text[2][row] = it->group;
        }
    }
    return VT_OK;
}

static vt_status head(vt_table *t, vt_error *err, const char *key, const char *unit, double value)
{
    char text[64];
    snprintf(text, sizeof text, "%.12g%s%s", value, unit[0] ? " " : "", unit);
    return vt_table_add_meta(t, key, text, 0, err);
}

/* What an instrument states of its calibration. */
static vt_status calibration(const struct session *s, vt_table *t, vt_error *err)
{
    const vti_indent_truth *p = s->p;
    vt_status st = VT_OK;
    char text[VT_PARAM_TEXT] = "";
    double C[9];
    size_t terms = 9, used = 0;
    vti_tip_terms(&s->item[0].indent.tip, C);
    while (terms > 1 && C[terms - 1] == 0.0) terms--;
    for (size_t k = 0; k < terms; k++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.8g", k ? "," : "", s->box.area_scale * C[k]);
    VT_TRY(st = vt_table_add_meta(t, "area_function", text, 0, err));
    VT_TRY(st = head(t, err, "indenter_modulus", "Pa", p->indenter_modulus));
    VT_TRY(st = head(t, err, "indenter_poisson_ratio", "", p->indenter_poisson_ratio));
    VT_TRY(st = head(t, err, "beta", "", p->beta));
    if (p->frame_compliance > 0.0 || p->frame_error > 0.0)
        VT_TRY(st = head(t, err, "frame_compliance", "m/N", s->box.C_f));
    if (p->mode == VTI_MODE_CSM) {
        VT_TRY(st = head(t, err, "support_stiffness", "N/m", p->support_stiffness));
        VT_TRY(st = head(t, err, "moving_mass", "kg", p->moving_mass));
    }
done:
    return st;
}

static vt_status write(struct session *s, vt_table *t, vt_error *err)
{
    static const struct {
        vti_shown_column as;
        bool dynamic;
    } COLUMN[VTI_CHANNELS] = {[VTI_TIME] = {{"time", "s", "s"}, false},
                              [VTI_DEPTH] = {{"depth", "nm", "m"}, false},
                              [VTI_FORCE] = {{"load", "mN", "N"}, false},
                              [VTI_STIFFNESS] = {{"stiffness", "N/m", "N/m"}, true},
                              [VTI_HARMONIC_DISPLACEMENT] = {{"harmonic_displacement", "nm", "m"}, true},
                              [VTI_HARMONIC_LOAD] = {{"harmonic_load", "uN", "N"}, true},
                              [VTI_PHASE] = {{"phase", "degree", "rad"}, true},
                              [VTI_FREQUENCY] = {{"frequency", "Hz", "Hz"}, true},
                              [VTI_X] = {{"x", "um", "m"}, false},
                              [VTI_Y] = {{"y", "um", "m"}, false}};
    static const char *const TEXT[3] = {"test", "specimen", "group"};
    vt_status st = VT_OK;
    if (s->p->state < 2) VT_TRY(st = head(t, err, "poisson_ratio", "", s->p->poisson_ratio));
    if (s->p->state < 1) VT_TRY(st = calibration(s, t, err));
    for (int k = 0; k < 3; k++) VT_TRY(st = vt_table_add_text(t, TEXT[k], s->rows, s->text[k], err));
    for (size_t k = 0; k < VTI_CHANNELS; k++)
        if (s->p->mode == VTI_MODE_CSM || !COLUMN[k].dynamic)
            VT_TRY(st = vti_add_shown(t, &COLUMN[k].as, 1e7, s->rows, s->value + k * s->rows, err));
done:
    return st;
}

vt_status vti_indentation_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    const vti_indent_truth *p = job ? job->params : NULL;
    if (!p || !record) return vt_fail(err, VT_EARG, "job, parameters or table is NULL");
    struct session s = {.p = p, .seed = job->common.seed};
    size_t groups;
    vt_status st = vti_population_check(p, &groups, err);
    if (st != VT_OK) return st;
    vti_population_instrument(p, s.seed, &s.box);
    s.n = count_items(p, groups);
    s.item = calloc(s.n, sizeof *s.item);
    if (!s.item) return vt_fail(err, VT_EMEMORY, "no memory for %zu indents", s.n);
    VT_TRY(st = draw(&s, groups, err));
    VT_TRY(st = fill(&s, err));
    st = write(&s, record, err);
done:
    for (int k = 0; k < 3; k++) free(s.text[k]);
    free(s.value);
    free(s.item);
    return st;
}
