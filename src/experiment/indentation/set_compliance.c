/* Structural compliance of specimens and the values without it. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "set_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTHS = 16, /* points that a continuous measurement gives, evenly in sqrt(load) */
    LOOKS = 3    /* fits of unloadings and the bias of an amplitude depend a little on the compliance that is sought */
};

/* Points of the plots of all specimens. */
typedef struct points {
    size_t n, room;
    double *P, *S, *u_P, *u_S; /* one block */
    size_t *indent, *specimen;
} points;

static void points_free(points *p)
{
    free(p->P);
    free(p->indent);
}

static vt_status points_create(const vti_set_plan *plan, points *p, vt_error *err)
{
    p->room = plan->set->n * DEPTHS + 1;
    p->P = calloc(p->room, 4 * sizeof *p->P);
    p->indent = calloc(p->room, 2 * sizeof *p->indent);
    if (!p->P || !p->indent) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", p->room);
    p->S = p->P + p->room;
    p->u_P = p->S + p->room;
    p->u_S = p->u_P + p->room;
    p->specimen = p->indent + p->room;
    return VT_OK;
}

static void keep(points *p, double P, double S, const double u[2], size_t indent, size_t specimen)
{
    if (!(P > 0.0) || !(S > 0.0) || !isfinite(P) || !isfinite(S) || p->n >= p->room) return;
    p->P[p->n] = P;
    p->S[p->n] = S;
    p->u_P[p->n] = isfinite(u[0]) && u[0] >= 0.0 ? u[0] : 0.0;
    p->u_S[p->n] = isfinite(u[1]) && u[1] >= 0.0 ? u[1] : 0.0;
    p->indent[p->n] = indent;
    p->specimen[p->n++] = specimen;
}

/* An average over depth stands for many: readings of the loading, the nearest to each of DEPTHS equal steps. */
static void add_average(const vti_set_plan *plan, const vti_indent_result *r, size_t k, const double C[], points *p)
{
    const size_t specimen = plan->of[r - plan->set->res];
    const vti_indent *t = &plan->set->indents->indent[r->indent];
    if (!t->S || r->to <= r->from || r->to > t->n) return;
    const vti_set *s = plan->set;
    const size_t from = s->point ? t->contact : r->from; /* a compliance shows best over the whole loading */
    double most = 0.0, next = 0.0;
    for (size_t i = from; i < r->to; i++) most = fmax(most, t->P[i]);
    for (size_t i = from; i < r->to; i++) {
        double P = t->P[i], S = t->S[i];
        if (s->point && s->point(s->ctx, r->indent, i, C[specimen], &P, &S) != VT_OK) continue;
        const double root = P > 0.0 ? sqrt(P) : 0.0;
        if (!(root > 0.0) || !(root >= next)) continue;
        keep(p, P, S, (const double[2]){0.0, 0.0}, k, specimen);
        next = root + sqrt(most) / DEPTHS;
    }
}

/* Stiffness of the contact in series with its mount. A recovery along a power law is one only without C: the unloading
 * is fitted without, and C is put back. */
static double stiffness_of(const vti_set *s, size_t i, double C)
{
    const double S = s->res[i].out[VT_CONTACT_STIFFNESS].value;
    vti_indent_result r = s->res[i];
    if (C == 0.0 || r.cycle == (size_t)-1 || !s->evaluate || s->evaluate(s->ctx, i, C, &r, NULL) != VT_OK) return S;
    return 1.0 / (1.0 / r.out[VT_CONTACT_STIFFNESS].value + C);
}

/* Load and stiffness of every result as contact and mount have them (frame compliance taken out). Indents are counted
 * by what stands for them, so that cycles stand together. C: what is known of the compliance of each specimen. */
static void collect(const vti_set_plan *plan, const double C[], points *p)
{
    size_t k = 0;
    p->n = 0;
    for (size_t i = 0; i < plan->set->n; i++) {
        const vti_indent_result *r = &plan->set->res[i];
        if (plan->of[i] == (size_t)-1) continue;
        const bool same = i > 0 && r->indent != (size_t)-1 && r->indent == plan->set->res[i - 1].indent;
        if (!same) k++;
        if (r->average && r->indent != (size_t)-1) {
            add_average(plan, r, k, C, p);
            continue;
        }
        const double S = stiffness_of(plan->set, i, C[plan->of[i]]);
        const bool fitted = r->cycle != (size_t)-1;
        const vti_indent_cycle *c = fitted ? &plan->set->indents->cycle[r->cycle] : NULL;
        const double u[2] = {fitted   ? c->u_P
                             : r->row ? r->row->u_P
                                      : 0.0,
                             fitted   ? sqrt(fmax(c->cov[4], 0.0)) * pow(S / c->S, 2.0)
                             : r->row ? r->row->u_S
                                      : 0.0};
        keep(p, r->P, S, u, k, plan->of[i]);
    }
}

/* Results of an indent that was averaged and has cycles too: the cycles alone, which are other contacts. */
static size_t gather(const points *all, size_t specimen, points *mine)
{
    mine->n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (all->specimen[i] == specimen)
            keep(mine, all->P[i], all->S[i], (const double[2]){all->u_P[i], all->u_S[i]}, all->indent[i], specimen);
    return mine->n;
}

/* The slope is C_f + C_s: what is not known of C_f is not known of C_s (Welch-Satterthwaite). */
static void whole_interval(const vti_set *s, vti_set_mount *m)
{
    const double u = hypot(m->fit.u, s->u_C_f);
    m->low = m->fit.low, m->high = m->fit.high, m->dof = m->fit.dof;
    if (!(s->u_C_f > 0.0)) return;
    m->dof = m->fit.u > 0.0 ? m->fit.dof * pow(u / m->fit.u, 4.0) : INFINITY;
    const double t = vti_coverage_factor(s->common->level, m->dof < 1e6 ? m->dof : INFINITY);
    m->low = m->fit.C_s - t * u;
    m->high = m->fit.C_s + t * u;
}

static vt_status fit_one(const vti_set_plan *plan, const points *mine, vti_set_mount *m, vt_error *err)
{
    vt_error why = {0};
    vt_compliance_data d = {mine->n, mine->P, mine->S, mine->u_P, mine->u_S, mine->indent};
    for (size_t i = 0; i < mine->n; i++)
        if (!(mine->u_S[i] > 0.0)) d.u_P = d.u_S = NULL; /* not all known: scatter decides */
    m->why = vt_structural_compliance(&d, plan->set->common->level, &m->fit, &why);
    m->told = m->why == VT_OK;
    if (m->why == VT_EMEMORY || m->why == VT_EINTERNAL) return vt_fail(err, m->why, "%s", why.msg);
    if (!m->told) return VT_OK;
    double load = 0.0, S = 0.0;
    for (size_t i = 0; i < mine->n; i++)
        if (mine->P[i] > load) load = mine->P[i], S = mine->S[i];
    m->effect = m->fit.C_s * S;
    whole_interval(plan->set, m);
    m->soft = m->low > 0.0 && m->effect > 0.01;
    m->stiff = m->high < 0.0 && m->effect < -0.01;
    return VT_OK;
}

static vt_status add_property(const vti_set_plan *plan, size_t k, const vti_set_mount *m, vt_error *err)
{
    const vt_compliance *c = &m->fit;
    const vti_influence_name *frame = &VTI_INFLUENCE_NAMES[VTI_IN_FRAME];
    char method[VT_METHOD_TEXT];
    vt_quantity q = {
        .value = c->C_s, .low = m->low, .high = m->high, .level = plan->set->common->level, .unit = "m N-1"};
    vt_status st = vt_quantity_add(&q, "slope of sqrt(P)/S against sqrt(P)", "", 'A', c->u, 1.0, err);
    if (st == VT_OK && plan->set->u_C_f > 0.0)
        st = vt_quantity_add(&q, frame->source, frame->group, 'B', plan->set->u_C_f, -1.0, err);
    if (st != VT_OK) return st;
    q.dof = m->dof;
    snprintf(method, sizeof method, "Jakes plot, %s, %zu points of %zu indents, %.3g to %.3g mN",
             c->method == VT_COMPLIANCE_INDENTS ? "mean of the slopes of indents" : "one line", c->points, c->indents,
             1e3 * c->load_low, 1e3 * c->load_high);
    vti_set_property p = {"structural_compliance", "C_s", "", method, {{0}}, &q};
    return vti_set_add_of_specimen(plan, k, &p, err);
}

static vt_status warn_soft(const vti_set_plan *plan, size_t k, const vti_set_mount *m, vt_error *err)
{
    const char *bent = m->fit.p_curvature >= 0.0 && m->fit.p_curvature < 0.01
                           ? "; the plot is bent (p < 0.01): part of it may be a rounded tip or a size effect"
                           : "";
    if (m->stiff)
        return vt_result_warn(
            plan->result, err, "W_COMPLIANCE_NEG",
            "specimen %s: structural compliance %.3g nm/mN (%.3g to %.3g) is negative, which no mount is: too much "
            "frame compliance was taken off, or hardness falls with depth%s; it is not applied "
            "(structural_compliance=correct does)",
            vti_set_specimen_text(plan, k), 1e6 * m->fit.C_s, 1e6 * m->low, 1e6 * m->high, bent);
    return vt_result_warn(
        plan->result, err, "W_COMPLIANCE",
        "specimen %s: structural compliance %.3g nm/mN (%.3g to %.3g), %.1f %% of the compliance at its "
        "deepest indents: it makes the modulus too low%s; read the values of reading `physics`, or mount the specimen "
        "stiffer",
        vti_set_specimen_text(plan, k), 1e6 * m->fit.C_s, 1e6 * m->low, 1e6 * m->high, 100.0 * m->effect, bent);
}

vt_status vti_set_compliance(const vti_set_plan *plan, vti_set_mount *mount, vt_error *err)
{
    points all = {0}, mine = {0};
    bool any = false;
    double *C = calloc(plan->nspecimens + 1, sizeof *C);
    vt_status st = C ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", plan->nspecimens);
    if (st != VT_OK) return st;
    VT_TRY(st = points_create(plan, &all, err));
    VT_TRY(st = points_create(plan, &mine, err));
    for (int look = 0; look < LOOKS; look++) {
        collect(plan, C, &all);
        for (size_t k = 0; k < plan->nspecimens; k++) {
            mount[k] = (vti_set_mount){.why = VT_EDOF};
            if (gather(&all, k, &mine) > 0) VT_TRY(st = fit_one(plan, &mine, &mount[k], err));
            C[k] = mount[k].told ? mount[k].fit.C_s : 0.0;
        }
    }
    for (size_t k = 0; k < plan->nspecimens; k++) {
        if (!mount[k].told) continue;
        any = true;
        VT_TRY(st = add_property(plan, k, &mount[k], err));
        if (mount[k].soft || mount[k].stiff) VT_TRY(st = warn_soft(plan, k, &mount[k], err));
    }
    if (any) {
        const vti_set_jakes jakes = {all.n, all.P, all.S, all.specimen};
        st = vti_set_jakes_figure(plan, mount, &jakes, err);
    }
done:
    free(C);
    points_free(&all);
    points_free(&mine);
    return st;
}

/* ---- values without it ---- */
vt_status vti_set_correct(const vti_set_plan *plan, const vti_set_mount *mount, vti_set_reading *reading, vt_error *err)
{
    const vti_set *s = plan->set;
    for (size_t i = 0; i < plan->n; i++) {
        const vti_set_mount *m = &mount[plan->specimen[i]];
        const size_t r = plan->pick[i];
        vti_indent_result *out = &reading->res[i], more = s->res[r];
        vt_error why = {0};
        *out = s->res[r];
        if (!m->told) continue;
        vt_status st = s->evaluate(s->ctx, r, m->fit.C_s, out, &why);
        reading->mount_dof[i] = m->fit.dof;
        if (st == VT_OK && s->evaluate(s->ctx, r, m->fit.C_s + m->fit.u, &more, &why) == VT_OK)
            for (size_t k = 0; k < VT_CONTACT_OUTPUTS; k++)
                reading->mount[i * VT_CONTACT_OUTPUTS + k] = more.out[k].value - out->out[k].value;
        out->h = s->res[r].h - m->fit.C_s * s->res[r].P;
        out->verdict.status = st;
        if (st == VT_EMEMORY || st == VT_EINTERNAL) return vt_fail(err, st, "%s", why.msg);
        if (st != VT_OK) snprintf(out->verdict.why, sizeof out->verdict.why, "%.199s", why.msg);
    }
    return VT_OK;
}

/* ---- one depth ---- */
/* Mean contact stiffness of a group. */
static double stiffness(const vti_set_plan *plan, const vti_set_reading *paper, size_t g)
{
    double S = 0.0;
    size_t n = 0;
    for (size_t i = 0; i < plan->n; i++) {
        const double now = paper->res[i].out[VT_CONTACT_STIFFNESS].value;
        if (plan->group[plan->specimen[i]] != g || !(now > 0.0)) continue;
        n++;
        S += (now - S) / (double)n;
    }
    return n > 0 ? S : NAN;
}

vt_status vti_set_untold(const vti_set_plan *plan, const vti_set_mount *mount, const vti_set_reading *paper,
                         const vti_set_ratios *ratios, vt_error *err)
{
    size_t untold = 0;
    for (size_t k = 0; k < plan->nspecimens; k++) untold += !mount[k].told;
    if (untold == 0) return VT_OK;
    vt_status st =
        vt_result_warn(plan->result, err, "W_COMPLIANCE_UNKNOWN",
                       "%zu of %zu specimens were indented to one depth only, or with too few indents: whether "
                       "their mount gives way cannot be told; indent to several depths or in cycles (loads that "
                       "differ by a factor of 2 and more)",
                       untold, plan->nspecimens);
    for (size_t g = 0; st == VT_OK && g < plan->ngroups; g++) {
        const vti_set_ratio *r = vti_set_ratio_find(ratios, paper->name, g, VTI_SET_REDUCED);
        bool open = false;
        for (size_t k = 0; k < plan->nspecimens; k++) open = open || (plan->group[k] == g && !mount[k].told);
        const double S = stiffness(plan, paper, g);
        if (!r || !open || !r->ratio.differs || !(r->ratio.value < 1.0) || !(S > 0.0)) continue;
        st = vt_result_warn(
            plan->result, err, "W_COMPLIANCE_UNKNOWN",
            "%s: its reduced modulus is %.1f %% lower than that of %s; a compliance of %.2g nm/mN in its "
            "mount would do that alone, and hardness would hardly show it",
            vti_set_group_text(plan, g), 100.0 * (1.0 - r->ratio.value), vti_set_group_text(plan, plan->reference),
            1e6 * (1.0 - r->ratio.value) / S);
    }
    return st;
}
