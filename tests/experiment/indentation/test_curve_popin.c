/* Pop-ins and the elastic branch before the first one (P19). */
#include "check.h"
#include "curve_record.h"

enum { N = 900 };

typedef struct loading {
    double h[N], P[N];
} loading;

static const vt_indent_noise NOISE = {.h = 2e-10, .P = 3e-7};

/* Hertz, P = K (h - 2 nm)^1.5, in equal steps of load; bursts of dh[k] at sample at[k]. */
static void load(loading *l, double K, const size_t *at, const double *dh, size_t bursts, uint64_t seed)
{
    vt_stream draw;
    vt_stream_init(&draw, seed, vt_stream_purpose("test/popin"), 0);
    for (size_t i = 0; i < N; i++) {
        l->P[i] = 4e-3 * (double)i / (double)N;
        l->h[i] = 2e-9 + pow(l->P[i] / K, 2.0 / 3.0);
        for (size_t k = 0; k < bursts; k++) l->h[i] += i > at[k] ? dh[k] : 0.0;
        l->h[i] += NOISE.h * vt_stream_normal(&draw);
        l->P[i] += NOISE.P * vt_stream_normal(&draw);
    }
}

static vt_status find(const loading *l, const vt_popin_options *o, vt_popins *p, vt_error *err)
{
    vt_indent_work *ws = NULL;
    const vt_indent_curve c = {.n = N, .h = l->h, .P = l->P};
    CHECK_OK(vt_indent_create(&ws, N, err), err);
    const vt_status st = vt_indent_popin_find(ws, &c, 0, N, &NOISE, o, p, err);
    vt_indent_free(ws);
    return st;
}

static void bursts_are_found_with_their_sizes(void)
{
    static const size_t AT[3] = {201, 405, 660};
    static const double DH[3] = {12e-9, 3e-9, 6e-9};
    static loading l;
    vt_popin room[10];
    vt_popins p = {.popin = room, .capacity = 10};
    vt_error err = {0};
    load(&l, 1.6e8, AT, DH, 3, 1);
    CHECK_OK(find(&l, NULL, &p, &err), &err);
    CHECK(p.count == 3);
    for (size_t k = 0; k < 3 && k < p.count; k++) {
        CHECK(room[k].from == AT[k] && room[k].to == AT[k] + 1);
        CHECK_ABS(room[k].dh, DH[k], 4.0 * sqrt(2.0) * NOISE.h);
        CHECK_REL(room[k].P, l.P[AT[k]], 1e-15);
        CHECK(room[k].sigmas > 5.0);
    }
    CHECK_OK(find(&l, &(vt_popin_options){.least_dh = 4.5e-9}, &p, &err), &err);
    CHECK(p.count == 2);
    p.capacity = 1;
    CHECK_OK(find(&l, NULL, &p, &err), &err);
    CHECK(p.count == 1 && room[0].from == AT[0]);
}

/* No burst: hardly ever one found. 100 curves x 900 steps x 4 widths beyond 5 sigma: 0.1 of them expected in white
 * noise; the steep start of the loading is none either. */
static void smooth_loading_has_none(void)
{
    static loading l;
    vt_popin room[10];
    vt_popins p = {.popin = room, .capacity = 10};
    vt_error err = {0};
    size_t found = 0;
    for (uint64_t k = 0; k < 100; k++) {
        load(&l, 1.6e8, NULL, NULL, 0, 100 + k);
        CHECK_OK(find(&l, NULL, &p, &err), &err);
        found += p.count;
    }
    printf("%d false pop-ins in 100 curves\n", (int)found);
    CHECK(found <= 3);
}

/* Depth control: the load drops, the depth goes on. */
static void load_drops_are_found(void)
{
    static loading l;
    vt_popin room[10];
    vt_popins p = {.popin = room, .capacity = 10};
    vt_stream draw;
    vt_error err = {0};
    vt_stream_init(&draw, 5, vt_stream_purpose("test/popin"), 0);
    for (size_t i = 0; i < N; i++) {
        l.h[i] = 150e-9 * (double)i / (double)N + NOISE.h * vt_stream_normal(&draw);
        const double z = 150e-9 * (double)i / (double)N - (i > 500 ? 8e-9 : 0.0);
        l.P[i] = 1.1e11 * z * z + NOISE.P * vt_stream_normal(&draw);
    }
    CHECK_OK(find(&l, NULL, &p, &err), &err);
    CHECK(p.count == 1);
    if (p.count == 1) CHECK(room[0].from <= 500 && room[0].to >= 501 && room[0].to - room[0].from <= 8);
    if (p.count == 1) CHECK_REL(room[0].dP, -1.1e11 * 2.0 * 83e-9 * 8e-9, 0.1); /* less what a few samples gain */
}

static void the_elastic_branch_is_hertzian(void)
{
    static loading l;
    vt_indent_work *ws = NULL;
    vt_error err = {0};
    vt_hertz_fit f = {0};
    const size_t at = 400;
    const double dh = 20e-9;
    load(&l, 1.6e8, &at, &dh, 1, 8);
    const vt_indent_curve c = {.n = N, .h = l.h, .P = l.P};
    CHECK_OK(vt_indent_create(&ws, N, &err), &err);
    CHECK_OK(vt_indent_hertz_fit(ws, &c, 0, at + 1, 0.0, 0.05, &f, &err), &err);
    CHECK_ABS(f.K, 1.6e8, 4.0 * f.u_K);
    CHECK_ABS(f.h0, 2e-9, 4.0 * f.u_h0);
    CHECK_ABS(f.exponent, 1.5, 4.0 * f.u_exponent);
    CHECK(f.u_K < 0.01 * f.K && f.u_exponent < 0.05);
    CHECK_REL(f.s, NOISE.h, 0.15); /* 3 / sqrt(2 n) */
    /* with the burst in, the residuals are no noise */
    CHECK_OK(vt_indent_hertz_fit(ws, &c, 0, N, 0.0, 0.05, &f, &err), &err);
    CHECK(f.s > 5.0 * NOISE.h && f.r > 0.8); /* the exponent alone, 1.48, would not tell */
    /* no noise: exact */
    for (size_t i = 0; i < N; i++)
        l.P[i] = 1e-3 + 4e-3 * (double)(i + 1) / N, l.h[i] = 3e-9 + pow((l.P[i] - 1e-3) / 2e8, 2.0 / 3.0);
    CHECK_OK(vt_indent_hertz_fit(ws, &c, 0, N, 1e-3, 0.1, &f, &err), &err);
    CHECK_REL(f.K, 2e8, 1e-12);
    CHECK_REL(f.exponent, 1.5, 1e-9); /* condition of the free exponent */
    f.K = -7.0;
    for (size_t i = 0; i < N; i++) l.h[i] = -l.h[i];
    CHECK(vt_indent_hertz_fit(ws, &c, 0, N, 1e-3, 0.1, &f, &err) == VT_EUNPHYSICAL);
    CHECK_TEXT(err.msg, "does not grow");
    CHECK(vt_indent_hertz_fit(ws, &c, 0, 6, 1e-3, 0.1, &f, &err) == VT_EDOF);
    CHECK(vt_indent_hertz_fit(ws, &c, 0, N, 1e-3, 1.1, &f, &err) == VT_EARG);
    CHECK(f.K == -7.0);
    vt_indent_free(ws);
}

static void wrong_questions_are_refused(void)
{
    static loading l;
    vt_indent_work *ws = NULL;
    vt_popin room[2];
    vt_popins p = {.popin = room, .capacity = 2, .count = 77};
    vt_error err = {0};
    load(&l, 1.6e8, NULL, NULL, 0, 1);
    const vt_indent_curve c = {.n = N, .h = l.h, .P = l.P};
    CHECK_OK(vt_indent_create(&ws, N, &err), &err);
    CHECK(vt_indent_popin_find(ws, &c, 100, 115, &NOISE, NULL, &p, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "15 samples of loading");
    CHECK(vt_indent_popin_find(ws, &c, 100, N + 1, &NOISE, NULL, &p, &err) == VT_EARG);
    CHECK(vt_indent_popin_find(ws, &c, 0, N, &NOISE, &(vt_popin_options){.sigmas = -1.0}, &p, &err) == VT_EARG);
    CHECK(vt_indent_popin_find(ws, &c, 0, N, NULL, NULL, &p, &err) == VT_EARG);
    CHECK(p.count == 77);
    vt_indent_free(ws);
}

CHECK_MAIN(CHECK_CASE(bursts_are_found_with_their_sizes), CHECK_CASE(smooth_loading_has_none),
           CHECK_CASE(load_drops_are_found), CHECK_CASE(the_elastic_branch_is_hertzian),
           CHECK_CASE(wrong_questions_are_refused))
