#pragma once
/* Parameter sets and scans of targets T7. */
#include <stdlib.h>
#include <vitrum/tnm.h>

typedef struct tnm_set {
    const char *name;
    vt_tnm p;
    double hot, cold;                      /* K */
    double Tf, T_max, max, T_half, lowest; /* printed */
} tnm_set;

static const tnm_set TNM_SETS[4] = {
    {"B2O3", {-75.6, 45.0e3, 0.40, 0.65}, 640, 450, 550.0439, 579.306, 1.5497, 559.956, -0.0149},
    {"As2Se3", {-85.5, 40.9e3, 0.49, 0.67}, 520, 380, 449.4401, 468.489, 1.4865, 455.382, -0.0189},
    {"PS", {-216.0, 80.0e3, 0.46, 0.71}, 400, 325, 362.7565, 369.163, 1.646, 364.996, -0.0216},
    {"PVAc", {-277.5, 88.0e3, 0.35, 0.57}, 340, 280, 311.4147, 316.999, 1.460, 313.343, -0.0026}};
static const vt_tnm TNM_PVC = {-621.0, 225.0e3, 0.10, 0.23};

/* A run of a program; release with tnm_run_free. */
typedef struct tnm_run {
    size_t n, from[9];
    double *t, *T, *Tf, *T_mid, *slope; /* the first three of one walk, the last two of another block */
} tnm_run;

static inline void tnm_run_free(tnm_run *r)
{
    vt_tnm_walk w = {r->n, r->t, r->T, r->Tf};
    vt_tnm_walk_free(&w);
    free(r->T_mid);
    *r = (tnm_run){0};
}

static inline vt_status tnm_run_make(const vt_tnm *p, const vt_tnm_program *program, double limit, tnm_run *r,
                                     vt_error *err)
{
    vt_tnm_walk w;
    const vt_status st = vt_tnm_walk_make(p, program, 0.0, limit, r->from, &w, err);
    if (st != VT_OK) return st;
    r->n = w.n;
    r->t = w.t;
    r->T = w.T;
    r->Tf = w.Tf;
    r->T_mid = malloc(2 * w.n * sizeof *r->T_mid);
    if (!r->T_mid) abort();
    r->slope = r->T_mid + w.n;
    return VT_OK;
}

/* T_mid and slope of one leg; how many. */
static inline size_t tnm_run_slope(tnm_run *r, size_t leg)
{
    const size_t a = r->from[leg], n = r->from[leg + 1] - a + 1;
    return vt_tnm_slope(n, r->T + a, r->Tf + a, r->T_mid, r->slope, NULL) == VT_OK ? n - 1 : 0;
}
