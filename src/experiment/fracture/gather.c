/* Points, angles and unwrapped traces from the tables. */
#include "base/table_internal.h"
#include "experiment/experiment_internal.h"
#include "fracture_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <vitrum/constants.h>
#include <vitrum/image.h>

static const double STEEPEST = 89.5 * VT_PI / 180.0; /* from the transverse plane */

enum { FORM_TRACED = -1, FORM_PIXELS, FORM_UNWRAPPED, FORM_ANGLES };

/* A table on its way in. */
struct source {
    vti_fracture_run *run;
    const vt_table *t;
    size_t index;
    const double *diameter, *azimuth, *view; /* columns; NULL: none */
    const char *specimen;                    /* of its metadata; "" */
    vti_fracture_params par;                 /* with its metadata */
};

const char *vti_fracture_meta(const vt_table *t, const char *key)
{
    for (size_t i = 0; i < vt_table_metas(t); i++)
        if (strcasecmp(vt_table_meta(t, i).key, key) == 0) return vt_table_meta(t, i).text;
    return "";
}

static vt_status specimen_of(const struct source *s, size_t row, size_t *index, vt_error *err)
{
    const char *name = vti_bound_text(s->t, "specimen", row);
    const double D = s->diameter && isfinite(s->diameter[row]) ? s->diameter[row] : s->par.diameter;
    return vti_fracture_specimen_of(s->run, name[0] ? name : s->specimen, D, index, err);
}

static vt_status view_of(const struct source *s, size_t row, vti_fracture_view *v, size_t *index, vt_error *err)
{
    const vt_status st = specimen_of(s, row, &v->specimen, err);
    if (st != VT_OK) return st;
    const double next = v->stated ? (double)s->run->specimen[v->specimen].views + 1.0 : 1.0;
    v->number = s->view && isfinite(s->view[row]) ? s->view[row] : next;
    v->table = s->index;
    v->line = vt_table_line(s->t, row);
    v->azimuth = s->azimuth && isfinite(s->azimuth[row]) ? s->azimuth[row] : s->par.azimuth;
    v->diameter = s->run->specimen[v->specimen].diameter;
    v->R = v->centre = v->disagreement = NAN;
    return vti_fracture_view_of(s->run, v, index, err);
}

static vt_status feature_of(const char *word, vti_feature *feature, vt_error *err)
{
    static const struct {
        const char *word;
        vti_feature feature;
    } WORDS[] = {{"edge_left", VTI_EDGE_LEFT},
                 {"left", VTI_EDGE_LEFT},
                 {"edge_right", VTI_EDGE_RIGHT},
                 {"right", VTI_EDGE_RIGHT},
                 {"trace", VTI_TRACE},
                 {"fracture", VTI_TRACE},
                 {"axis", VTI_AXIS}};
    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
        if (strcasecmp(word, WORDS[k].word) == 0) {
            *feature = WORDS[k].feature;
            return VT_OK;
        }
    return vt_fail(err, VT_EPARSE, "feature '%.40s' is none of edge_left, edge_right, trace, axis", word);
}

static vt_status take_traced(const struct source *s, size_t row, vt_error *err)
{
    const bool metres = s->run->job->form[s->index] == FORM_TRACED;
    vti_trace_point p = {.x = vti_bound_numbers(s->t, metres ? "x" : "x_pixel")[row],
                         .y = vti_bound_numbers(s->t, metres ? "y" : "y_pixel")[row]};
    vti_fracture_view v = {.in_metres = metres};
    vt_status st = feature_of(vti_bound_text(s->t, "feature", row), &p.feature, err);
    if (st == VT_OK) st = view_of(s, row, &v, &p.of, err);
    return st == VT_OK ? vti_fracture_add_point(s->run, &p, err) : st;
}

static vt_status take_round(const struct source *s, size_t row, vt_error *err)
{
    vti_round_point p = {.azimuth = s->azimuth[row], .height = vti_bound_numbers(s->t, "height")[row]};
    const vt_status st = specimen_of(s, row, &p.of, err);
    if (st != VT_OK) return st;
    vti_fracture_run *run = s->run;
    if (!(run->specimen[p.of].diameter > 0.0))
        return vt_fail(err, VT_EREFERENCE,
                       "the unwrapped trace needs the diameter: a column 'diameter [um]' or --set diameter=52um");
    vti_round_point *grown = vti_grow(run->round, run->rounds, &run->round_room, sizeof *grown);
    if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", run->rounds + 1);
    run->round = grown;
    p.order = run->rounds;
    grown[run->rounds++] = p;
    return VT_OK;
}

/* A published angle: from the transverse plane, by the convention of its table. */
static vt_status take_angle(const struct source *s, size_t row, vt_error *err)
{
    const double angle = vti_bound_numbers(s->t, "angle")[row];
    const double *u = vti_bound_numbers(s->t, "angle_u");
    vti_fracture_view v = {.stated = true, .u_axis = s->par.tilt_u};
    size_t index;
    if (s->par.convention == VTI_CONVENTION_UNSTATED)
        return vt_fail(err, VT_ECONVENTION,
                       "an angle of %.4g degrees is from the transverse plane or against the axis: give --set "
                       "convention=transverse or convention=axis, or a line '# convention: axis' above the table",
                       angle * 180.0 / VT_PI);
    if (s->par.convention == VTI_CONVENTION_AXIS) {
        const vt_status st = vt_fracture_from_axis(fabs(angle), &v.apparent, err);
        if (st != VT_OK) return st;
        if (angle < 0.0) v.apparent = -v.apparent;
    } else
        v.apparent = angle;
    if (!(fabs(v.apparent) < STEEPEST))
        return vt_fail(
            err, VT_EDOMAIN,
            "an angle of %.4g degrees %s is along the axis: no fracture in torsion; is the convention right?",
            angle * 180.0 / VT_PI,
            s->par.convention == VTI_CONVENTION_AXIS ? "against the axis" : "from the transverse plane");
    v.u_trace = u && isfinite(u[row]) ? u[row] : 0.0;
    v.u = v.u_trace > 0.0 ? v.u_trace : v.u_axis;
    if (v.u_trace > 0.0) v.u_axis = 0.0;
    return view_of(s, row, &v, &index, err);
}

static vt_status take_table(vti_fracture_run *run, size_t index, vt_error *err)
{
    struct source s = {.run = run, .t = run->job->tables[index], .index = index};
    vt_status st = vti_table_params(run->job, &vti_fracture_experiment, index, &s.par, err);
    if (st != VT_OK) return st;
    s.diameter = vti_bound_numbers(s.t, "diameter");
    s.azimuth = vti_bound_numbers(s.t, "azimuth");
    s.view = vti_bound_numbers(s.t, "view");
    s.specimen = vti_fracture_meta(s.t, "specimen");
    const int form = run->job->form[index];
    for (size_t row = 0; st == VT_OK && row < vt_table_rows(s.t); row++) {
        st = form == FORM_UNWRAPPED ? take_round(&s, row, err)
             : form == FORM_ANGLES  ? take_angle(&s, row, err)
                                    : take_traced(&s, row, err);
        if (st != VT_OK) vt_error_place(err, vt_table_path(s.t), vt_table_line(s.t, row));
    }
    return st;
}

static int by_view(const void *a, const void *b)
{
    const vti_trace_point *x = a, *y = b;
    if (x->of != y->of) return x->of < y->of ? -1 : 1;
    if (x->feature != y->feature) return x->feature < y->feature ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static int by_azimuth(const void *a, const void *b)
{
    const vti_round_point *x = a, *y = b;
    if (x->of != y->of) return x->of < y->of ? -1 : 1;
    if (x->azimuth != y->azimuth) return x->azimuth < y->azimuth ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void sort(vti_fracture_run *run)
{
    if (run->n) qsort(run->point, run->n, sizeof *run->point, by_view);
    for (size_t i = 0; i < run->n; i++) {
        vti_fracture_view *v = &run->view[run->point[i].of];
        if (v->to == 0) v->from = i;
        v->to = i + 1;
    }
    if (run->rounds) qsort(run->round, run->rounds, sizeof *run->round, by_azimuth);
    for (size_t i = 0; i < run->rounds; i++) {
        vti_fracture_specimen *s = &run->specimen[run->round[i].of];
        if (s->round_to == 0) s->round_from = i;
        s->round_to = i + 1;
    }
    for (size_t i = 0; i < run->views; i++) run->view[i].diameter = run->specimen[run->view[i].specimen].diameter;
}

vt_status vti_fracture_gather(vti_fracture_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->job->ntables && st == VT_OK; i++)
        st = vt_table_image(run->job->tables[i]) ? vti_fracture_picture(run, i, err) : take_table(run, i, err);
    if (st != VT_OK) return st;
    sort(run);
    run->scratch = calloc(10 * (run->n + run->rounds + run->specimens + 8), sizeof *run->scratch);
    return run->scratch ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu points", run->n + run->rounds);
}
