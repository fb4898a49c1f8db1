#pragma once
/* Indents of wires and rods as a reduction hands them to the statistics: exact self-similar contacts (area 24.5 h_c^2,
 * epsilon 0.75, beta 1) with scatter between specimens, between indents, noise of depth and stiffness, and a compliance
 * of the mount. Nothing of the statistics under test is used to make them. */
#include "experiment/indentation/set_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/contact.h>
#include <vitrum/random.h>

enum { SAMPLE_SPECIMENS = 8, SAMPLE_INDENTS = 64, SAMPLE_CYCLES = 5, SAMPLE_RESULTS = 512 };

typedef struct sample_group {
    const char *name;
    size_t specimens, indents, cycles;
    double H, E;                   /* Pa, of the material */
    double C_s;                    /* m/N */
    double between, within, noise; /* relative scatter of E and H between specimens, indents; of S in a reading */
    double diameter;               /* m */
} sample_group;

typedef struct sample {
    vti_indents set;
    vti_indent indent[SAMPLE_INDENTS];
    vti_indent_cycle cycle[SAMPLE_RESULTS];
    vti_indent_result res[SAMPLE_RESULTS];
    size_t n;
    vti_indentation_params params;
    vt_common common;
    vti_set s;
} sample;

static const double SAMPLE_NU = 0.39;

/* The contact chain on result i with compliance C in series. */
static vt_status sample_evaluate(void *ctx, size_t i, double C, vti_indent_result *out, vt_error *err)
{
    const sample *m = ctx;
    static const vt_area_function area = {.n = 1, .C = {24.5}};
    const vti_indent_cycle *c = &m->cycle[m->res[i].cycle];
    const vt_contact in = {.P = c->P,
                           .h = c->h,
                           .S = c->S,
                           .epsilon = 0.75,
                           .beta = 1.0,
                           .nu = SAMPLE_NU,
                           .E_i = 1141e9,
                           .nu_i = 0.07,
                           .C_f = C,
                           .area = &area};
    double value[VT_CONTACT_OUTPUTS], J[VT_CONTACT_OUTPUTS][VT_CONTACT_INPUTS];
    const vt_status st = vt_contact_evaluate(&in, value, J, err);
    if (st != VT_OK) return st;
    for (size_t k = 0; k < VT_CONTACT_OUTPUTS; k++) {
        out->out[k] = (vti_indent_value){.value = value[k]};
        out->out[k].part[VTI_IN_FIT] = J[k][VT_CONTACT_IN_S] * sqrt(c->cov[4]);
        out->out[k].part[VTI_IN_AREA] = J[k][VT_CONTACT_IN_LN_A] * 0.02; /* 2 % of area, shared by all */
        out->out[k].part[VTI_IN_POISSON] = J[k][VT_CONTACT_IN_NU] * 0.02;
    }
    out->P = c->P;
    out->h = c->h;
    out->m = 1.5;
    out->epsilon = 0.75;
    return VT_OK;
}

static void sample_indent(sample *m, const sample_group *g, double factor[2], vt_stream *s)
{
    const size_t t = m->set.n++;
    const double E = g->E * factor[0] * (1.0 + g->within * vt_stream_normal(s));
    const double H = g->H * factor[1] * (1.0 + g->within * vt_stream_normal(s));
    const double E_r = vt_contact_reduced_modulus(E, SAMPLE_NU, 1141e9, 0.07);
    const double k = 1.0 / sqrt(24.5 * H) + 0.75 * sqrt(3.14159265358979 * H) / (2.0 * E_r);
    for (size_t j = 0; j < g->cycles; j++) {
        const double P = 14e-3 / pow(2.0, (double)(g->cycles - 1 - j));
        const double S = 2.0 * E_r * sqrt(P / (3.14159265358979 * H));
        vti_indent_cycle *c = &m->cycle[m->n];
        *c = (vti_indent_cycle){
            .indent = t, .number = (long)j + 1, .P = P, .h = k * sqrt(P) + g->C_s * P, .u_P = 1e-4 * P};
        c->S = 1.0 / (1.0 / S + g->C_s) * (1.0 + g->noise * vt_stream_normal(s));
        c->cov[4] = pow(g->noise * c->S, 2.0);
        m->res[m->n] = (vti_indent_result){.indent = t,
                                           .cycle = m->n,
                                           .x = NAN,
                                           .y = NAN,
                                           .edge_distance = NAN,
                                           .diameter = g->diameter,
                                           .pile_up = 0.5};
        vt_error err = {0};
        CHECK_OK(sample_evaluate(m, m->n, 0.0, &m->res[m->n], &err), &err);
        m->n++;
    }
}

static void sample_make(sample *m, size_t ngroups, const sample_group *groups, uint64_t replicate)
{
    vt_stream s;
    vt_stream_init(&s, 20260133, vt_stream_purpose("test/sets"), replicate);
    memset(m, 0, sizeof *m);
    for (size_t g = 0; g < ngroups; g++)
        for (size_t k = 0; k < groups[g].specimens; k++) {
            double factor[2];
            for (int q = 0; q < 2; q++) factor[q] = 1.0 + groups[g].between * vt_stream_normal(&s);
            for (size_t i = 0; i < groups[g].indents; i++) {
                vti_indent *t = &m->indent[m->set.n];
                snprintf(t->test, sizeof t->test, "Test %zu", m->set.n + 1);
                snprintf(t->specimen, sizeof t->specimen, "%s %zu", groups[g].name, k + 1);
                snprintf(t->group, sizeof t->group, "%s", groups[g].name);
                sample_indent(m, &groups[g], factor, &s);
            }
        }
    m->set.indent = m->indent;
    m->set.cycle = m->cycle;
    m->params =
        (vti_indentation_params){.poisson_ratio = SAMPLE_NU, .beta = 1.0, .edge_rule = 3.0, .spacing_rule = 5.0};
    m->common = (vt_common){.seed = 1, .level = 0.95, .replicates = 1000};
    m->s = (vti_set){.indents = &m->set,
                     .n = m->n,
                     .res = m->res,
                     .params = &m->params,
                     .common = &m->common,
                     .evaluate = sample_evaluate,
                     .ctx = m};
}

/* First property of this name, reading and scope; NULL: none. */
static const vt_property *sample_find(const vt_result *r, const char *name, const char *reading, const char *key,
                                      const char *text)
{
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, name) != 0 || strcmp(p->reading, reading) != 0) continue;
        for (size_t k = 0; k < p->nscope; k++)
            if (strcmp(p->scope[k].key, key) == 0 && strcmp(p->scope[k].text, text) == 0) return p;
    }
    return NULL;
}

static const char *sample_warning(const vt_result *r, const char *code)
{
    for (size_t i = 0; i < vt_result_warnings(r); i++)
        if (strcmp(vt_result_warning_code(r, i), code) == 0) return vt_result_warning_message(r, i);
    return NULL;
}
