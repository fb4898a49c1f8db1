#pragma once
/* Creep records made from closed forms, without the virtual instrument. */
#include "check.h"
#include <vitrum/constants.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>
#include <vitrum/random.h>

enum { CREEP_ROWS = 6000 };

/* A hold: force, power, and the law rate = s/(3 eta) sinh(sigma/s), or sigma_0 (sigma/sigma_0)^n/(3 eta) where s = 0,
 * sigma_0 being the stress at the beginning; less slow exp(-t/tau) of it. */
typedef struct creep_step {
    double F, P, eta, time, n, s, slow, tau;
} creep_step;

typedef struct creep_table {
    double noise, rho, force_noise, power_noise, gamma, outliers, gap[2]; /* of L0/L, of the others; s */
    double ramp;                                                          /* 1/s: rate of ln(1/eta) */
    double force_ramp;                                                    /* 1/s: relative */
    uint64_t seed;
    double dt, A0;
    size_t rows, steps;
    double t, y, error;
    double sigma0[64];
    creep_step step[64];
    double *x[4]; /* time, strain, force, power */
} creep_table;

static inline double creep_rate(const creep_table *c, size_t k, double sigma)
{
    const creep_step *s = &c->step[k];
    const double whole = s->s > 0.0 ? s->s * sinh(sigma / s->s) : c->sigma0[k] * pow(sigma / c->sigma0[k], s->n);
    return whole / (3.0 * s->eta);
}

static inline double creep_slope(const creep_table *c, size_t k, double since, double y)
{
    const creep_step *s = &c->step[k];
    const double sigma = s->F / (c->A0 * y) - c->gamma / sqrt(c->A0 * y / VT_PI);
    const double late = s->tau > 0.0 ? 1.0 - s->slow * exp(-since / s->tau) : 1.0;
    return -y * creep_rate(c, k, sigma) * late * exp(c->ramp * since);
}

/* Adds a hold, sampled at 2 Hz; the law by Runge and Kutta's fourth order in 8 parts of a sample: 1e-12 and better. */
static inline void creep_hold(creep_table *c, const creep_step *s)
{
    if (!c->x[0]) {
        for (int i = 0; i < 4; i++) c->x[i] = calloc(CREEP_ROWS, sizeof(double));
        c->dt = 0.5;
        c->A0 = 0.25 * VT_PI * 150e-9 * 150e-9;
        c->y = 0.98;
    }
    const size_t k = c->steps++;
    c->step[k] = *s;
    c->sigma0[k] = s->F / (c->A0 * c->y);
    vt_stream stream;
    vt_stream_init(&stream, c->seed, vt_stream_purpose("creep/table"), k);
    for (size_t i = 0; (double)i * c->dt < s->time - 1e-9; i++) {
        const double since = (double)i * c->dt, h = c->dt / 8.0;
        const double white = vt_stream_normal(&stream), jump = vt_stream_uniform(&stream);
        c->error = c->rho * c->error + sqrt(1.0 - c->rho * c->rho) * c->noise * white;
        const double seen = c->y + c->error + (jump < c->outliers ? 0.02 * (jump / c->outliers - 0.3) : 0.0);
        const double F = s->F * (1.0 + c->force_ramp * since) + c->force_noise * vt_stream_normal(&stream);
        const double row[4] = {c->t, 1.0 / seen - 1.0, F, s->P * (1.0 + c->power_noise * vt_stream_normal(&stream))};
        if (!(c->t > c->gap[0] && c->t < c->gap[1]) && c->rows < CREEP_ROWS) {
            for (int j = 0; j < 4; j++) c->x[j][c->rows] = row[j];
            c->rows++;
        }
        for (int j = 0; j < 8; j++) {
            const double t = since + j * h, a = creep_slope(c, k, t, c->y);
            const double b = creep_slope(c, k, t + 0.5 * h, c->y + 0.5 * h * a);
            const double d = creep_slope(c, k, t + 0.5 * h, c->y + 0.5 * h * b);
            c->y += h / 6.0 * (a + 2.0 * b + 2.0 * d + creep_slope(c, k, t + h, c->y + h * d));
        }
        c->t += c->dt;
    }
}

/* meta: "# key: value [unit]", or NULL. */
static inline vt_table *creep_to_table(const creep_table *c, const char *meta)
{
    static const char *const NAME[4] = {"time", "strain", "force", "power"}, *const UNIT[4] = {"s", "1", "N", "W"};
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_create(&t, &err), &err);
    for (int i = 0; i < 4; i++) CHECK_OK(vt_table_add_si(t, NAME[i], UNIT[i], c->rows, c->x[i], &err), &err);
    char key[64], value[64], unit[16];
    if (meta && sscanf(meta, "# %63[^:]: %47s [%15[^]]", key, value, unit) == 3) {
        strcat(value, unit);
        CHECK_OK(vt_table_add_meta(t, key, value, 0, &err), &err);
    }
    return t;
}

/* Of a wire of 150 nm unless a setting says otherwise. NULL and *err where it is refused. */
static inline vt_result *creep_reduce(const creep_table *c, const vt_setting *set, size_t n, vt_error *err)
{
    vt_table *t = creep_to_table(c, "# diameter: 150 [nm]");
    vt_result *r = NULL;
    *err = (vt_error){0};
    const vt_request in = {.raw = (const vt_table *const *)&t, .nraw = 1, .settings = set, .nsettings = n};
    vt_reduce(vt_experiment_find("creep"), &in, &r, err);
    vt_table_free(t);
    return r;
}

static inline void creep_free(creep_table *c)
{
    for (int i = 0; i < 4; i++) free(c->x[i]);
    *c = (creep_table){0};
}

static inline const vt_quantity *creep_value(const vt_result *r, const char *name, const char *reading, const char *key,
                                             double at)
{
    const vt_property *p = r ? vt_result_find(r, name, reading, key, at) : NULL;
    return p ? &p->q : NULL;
}

static inline const char *creep_warning(const vt_result *r, const char *code)
{
    for (size_t i = 0; r && i < vt_result_warnings(r); i++)
        if (strcmp(vt_result_warning_code(r, i), code) == 0) return vt_result_warning_message(r, i);
    return NULL;
}

static inline int creep_warned(const vt_result *r, const char *code)
{
    return creep_warning(r, code) != NULL;
}

static inline const vt_table *creep_curve(const vt_result *r, const char *name)
{
    for (size_t i = 0; r && i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), name) == 0) return vt_result_curve(r, i);
    return NULL;
}
