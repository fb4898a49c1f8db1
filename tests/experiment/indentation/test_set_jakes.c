#include "check.h"
#include <stdbool.h>
#include <vitrum/indent_set.h>
#include <vitrum/random.h>

enum { INDENTS = 5, CYCLES = 5, N = INDENTS * CYCLES };

typedef struct plot {
    double P[N], S[N], u_P[N], u_S[N];
    size_t indent[N];
} plot;

static const double ROOT = 5.7e-7; /* N^-1/2 m: sqrt(pi H)/(2 E_r) for H 4.9 GPa, E_r 109 GPa */

/* Doubling loads to 15 mN; sqrt(P)/S = ROOT (1 + place) + C_s sqrt(P), stiffness noise `noise`. */
static vt_compliance_data draw(plot *p, size_t indents, double C_s, double place, double noise, uint64_t replicate)
{
    vt_stream s;
    vt_stream_init(&s, 20260132, vt_stream_purpose("test/jakes"), replicate);
    for (size_t k = 0; k < indents; k++) {
        const double root = ROOT * (1.0 + place * vt_stream_normal(&s));
        for (size_t j = 0; j < CYCLES; j++) {
            const size_t i = k * CYCLES + j;
            p->indent[i] = k;
            p->P[i] = 15e-3 / pow(2.0, (double)(CYCLES - 1 - j));
            p->S[i] = sqrt(p->P[i]) / (root + C_s * sqrt(p->P[i])) * (1.0 + noise * vt_stream_normal(&s));
            p->u_P[i] = 1e-4 * p->P[i];
            p->u_S[i] = (noise > 0.0 ? noise : 1e-3) * p->S[i];
        }
    }
    return (vt_compliance_data){indents * CYCLES, p->P, p->S, p->u_P, p->u_S, p->indent};
}

static void exact_points_give_the_compliance(void)
{
    plot p;
    vt_compliance c;
    vt_error err = {0};
    vt_compliance_data d = draw(&p, INDENTS, 1.5e-6, 0.0, 0.0, 1);
    CHECK_OK(vt_structural_compliance(&d, 0.95, &c, &err), &err);
    CHECK(c.method == VT_COMPLIANCE_INDENTS && c.indents == INDENTS && c.points == N);
    CHECK_REL(c.C_s, 1.5e-6, 1e-10);
    CHECK_REL(c.intercept, ROOT, 1e-11);
    CHECK_ABS(c.curvature, 0.0, 1e-12 * ROOT / 15e-3);
    d = draw(&p, 1, 1.5e-6, 0.0, 0.0, 1);
    CHECK_OK(vt_structural_compliance(&d, 0.95, &c, &err), &err);
    CHECK(c.method == VT_COMPLIANCE_POINTS && c.indents == 1);
    CHECK_REL(c.C_s, 1.5e-6, 1e-7);
    d.u_P = d.u_S = NULL;
    CHECK_OK(vt_structural_compliance(&d, 0.95, &c, &err), &err);
    CHECK_REL(c.C_s, 1.5e-6, 1e-9);
    CHECK_REL(c.load_high / c.load_low, 16.0, 1e-12);
}

/* One load per indent: York's line through all. */
static void indents_of_one_load_each_make_one_line(void)
{
    plot p;
    vt_compliance c;
    vt_error err = {0};
    const vt_compliance_data d = draw(&p, INDENTS, 1.5e-6, 0.0, 0.0, 1);
    for (size_t i = 0; i < N; i++) p.indent[i] = i;
    CHECK_OK(vt_structural_compliance(&d, 0.95, &c, &err), &err);
    CHECK(c.method == VT_COMPLIANCE_POINTS && c.indents == N);
    CHECK_REL(c.C_s, 1.5e-6, 1e-7);
    CHECK_ABS(c.dof, N - 2.0, 0.0);
}

static void curvature_is_found(void)
{
    plot p;
    vt_compliance c;
    vt_error err = {0};
    const vt_compliance_data d = draw(&p, INDENTS, 0.0, 0.01, 1e-3, 3);
    for (size_t i = 0; i < N; i++) /* a rounded tip: sqrt(P)/S rises towards small loads as 1/sqrt(P) does */
        p.S[i] /= 1.0 + 0.02 * sqrt(1e-3 / p.P[i]);
    CHECK_OK(vt_structural_compliance(&d, 0.95, &c, &err), &err);
    CHECK(c.p_curvature < 0.01 && c.curvature > 0.0);
    CHECK(c.low < 0.0 && c.high < 0.0);
}

/* Coverage with indents whose places differ by 1 % (correlated points) and 0.3 % of stiffness noise; the null case. */
static void interval_covers_where_points_of_an_indent_are_correlated(void)
{
    size_t hits = 0, none = 0;
    for (uint64_t r = 0; r < 200; r++) {
        plot p;
        vt_compliance c;
        vt_compliance_data d = draw(&p, INDENTS, 1.5e-6, 0.01, 3e-3, r);
        CHECK(vt_structural_compliance(&d, 0.95, &c, NULL) == VT_OK);
        hits += c.low <= 1.5e-6 && 1.5e-6 <= c.high;
        d = draw(&p, INDENTS, 0.0, 0.01, 3e-3, 1000 + r);
        CHECK(vt_structural_compliance(&d, 0.95, &c, NULL) == VT_OK);
        none += c.low <= 0.0 && 0.0 <= c.high;
    }
    CHECK_BAND((double)hits, 0.904 * 200, 0.9963 * 200); /* 0.95 -+ 3 sqrt(0.95 0.05/200) */
    CHECK_BAND((double)none, 0.904 * 200, 0.9963 * 200);
}

static void what_makes_no_line_is_refused(void)
{
    plot p;
    vt_compliance c = {.C_s = -7.0};
    vt_error err = {0};
    vt_compliance_data d = draw(&p, INDENTS, 1.5e-6, 0.0, 0.0, 1);
    d.n = 3;
    CHECK(vt_structural_compliance(&d, 0.95, &c, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "3 points");
    d.n = N;
    for (size_t i = 0; i < N; i++) p.P[i] = 0.015 * (1.0 + 0.001 * (double)i);
    CHECK(vt_structural_compliance(&d, 0.95, &c, &err) == VT_ENARROW);
    CHECK_TEXT(err.msg, "several depths");
    p.S[7] = -2.0;
    CHECK(vt_structural_compliance(&d, 0.95, &c, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "point 7");
    p.P[4] = NAN;
    CHECK(vt_structural_compliance(&d, 0.95, &c, &err) == VT_ENAN);
    CHECK(vt_structural_compliance(&d, 1.0, &c, &err) == VT_EARG);
    d.u_S = NULL;
    CHECK(vt_structural_compliance(&d, 0.95, &c, &err) == VT_EARG);
    CHECK(c.C_s == -7.0);
}

CHECK_MAIN(CHECK_CASE(exact_points_give_the_compliance), CHECK_CASE(indents_of_one_load_each_make_one_line),
           CHECK_CASE(curvature_is_found), CHECK_CASE(interval_covers_where_points_of_an_indent_are_correlated),
           CHECK_CASE(what_makes_no_line_is_refused))
