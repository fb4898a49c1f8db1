/* Phases of an indentation record (P19 step 3): known phases are found again; everything else is refused. */
#include "check.h"
#include "curve_record.h"

enum { CYCLES = 40, SEGMENTS = CYCLES * VT_INDENT_SEGMENTS_PER_CYCLE + VT_INDENT_SEGMENTS_EXTRA };

static vt_indent_segment segment[SEGMENTS];
static vt_indent_cycle cycle[CYCLES];

static vt_indent_segments room(void)
{
    return (vt_indent_segments){.segment = segment, .capacity = SEGMENTS, .cycle = cycle, .cycle_capacity = CYCLES};
}

static vt_status find(const vt_indent_curve *c, const vt_indent_segment_options *o, vt_indent_segments *s,
                      vt_error *err)
{
    vt_indent_work *ws = NULL;
    CHECK_OK(vt_indent_create(&ws, c->n < VT_INDENT_POINTS ? VT_INDENT_POINTS : c->n, err), err);
    *s = room();
    const vt_status st = vt_indent_segment_find(ws, c, o, s, err);
    vt_indent_free(ws);
    return st;
}

/* The segments lie in order, without gaps, and agree with the cycles. */
static void check_cover(const vt_indent_segments *s, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < s->count; i++) {
        CHECK(s->segment[i].from == at && s->segment[i].to > at);
        CHECK(s->segment[i].cycle < s->cycles);
        at = s->segment[i].to;
    }
    CHECK(at == n);
    for (size_t k = 0; k < s->cycles; k++) {
        const vt_indent_cycle *c = &s->cycle[k];
        CHECK(c->load_from <= c->hold_from && c->hold_from <= c->unload_from && c->unload_from < c->unload_to);
        CHECK(c->unload_to <= c->drift_from && c->drift_from <= c->drift_to && c->drift_to <= n);
        CHECK(k == 0 || s->cycle[k - 1].drift_to <= c->load_from);
    }
}

/* Number of records of the family whose phases are not found; with_time: every second one, else none. */
static size_t wrong(size_t count, double noise_h, double noise_P, bool with_time)
{
    static record r;
    size_t bad = 0;
    for (uint64_t k = 0; k < count; k++) {
        vt_stream draw;
        vt_indent_segments s;
        vt_error err = {0};
        vt_stream_init(&draw, 20261121, vt_stream_purpose("indent/segments"), k);
        record_plan p = record_any(&draw);
        p.noise_h = noise_h, p.noise_P = noise_P;
        record_make(&p, &r);
        record_noise(&p, &draw, &r);
        const vt_indent_curve c = record_curve(&r, with_time && k % 2 == 1);
        const vt_status st = find(&c, NULL, &s, &err);
        const char *why = st == VT_OK ? record_wrong(&p, &r, &s) : err.msg;
        if (st == VT_OK) check_cover(&s, r.n);
        if (why) printf("record %d: %s (%zu cycles)\n", (int)k, why, p.cycles);
        bad += why != NULL;
    }
    return bad;
}

/* Goal: at most 10 of 1000 at 1 nm and 0.1 %; of 200, at most 4 (the first 200 have fewer, but a sample of a family
 * with 1 % may have so many: P(> 4) = 0.05). */
static void phases_are_found_in_noise(void)
{
    CHECK(wrong(200, 1e-9, 1e-3, true) <= 4);
}

/* Hardly any noise: every one of them. 1e-5 and 0.1 nm are good instruments, 0 the computed record. */
static void phases_are_found_without_noise(void)
{
    CHECK(wrong(200, 1e-10, 1e-5, true) <= 1);
    CHECK(wrong(200, 0.0, 0.0, false) == 0);
}

static const record_plan PLAN = {.n = 800,
                                 .cycles = 1,
                                 .P_peak = 10e-3,
                                 .h_peak = 4e-7,
                                 .growth = 1.0,
                                 .recovery = 0.3,
                                 .m = 1.37,
                                 .creep = 0.02,
                                 .loading = 1.0,
                                 .hold = 0.4,
                                 .unloading = 0.8,
                                 .air = 0.5,
                                 .low_hold = 0.6,
                                 .low = 0.1,
                                 .lost = 0.2,
                                 .noise_h = 5e-10,
                                 .noise_P = 3e-4,
                                 .step = 0.2,
                                 .zero = 3e-8};

static void make(const record_plan *p, uint64_t k, record *r)
{
    vt_stream draw;
    vt_stream_init(&draw, 11, vt_stream_purpose("test/segments"), k);
    record_make(p, r);
    record_noise(p, &draw, r);
}

static void every_phase_has_its_name(void)
{
    static const vt_indent_phase ORDER[] = {VT_INDENT_APPROACH,  VT_INDENT_LOADING, VT_INDENT_HOLD,
                                            VT_INDENT_UNLOADING, VT_INDENT_DRIFT,   VT_INDENT_UNLOADING,
                                            VT_INDENT_PULL_OFF};
    static record r;
    vt_indent_segments s;
    vt_error err = {0};
    make(&PLAN, 0, &r);
    const vt_indent_curve c = record_curve(&r, true);
    CHECK_OK(find(&c, NULL, &s, &err), &err);
    CHECK(s.count == 7);
    for (size_t i = 0; i < 7 && i < s.count; i++) CHECK(s.segment[i].phase == ORDER[i]);
    CHECK_TEXT(vt_indent_phase_name(s.segment[4].phase), "drift");
    CHECK(vt_indent_phase_name((vt_indent_phase)99)[0] == 0);
    CHECK(!s.depth_control);
    /* noise averaged: 16 samples or fewer of 3 uN and 0.5 nm */
    CHECK_ABS(s.cycle[0].P_max, 10e-3, 3.0 * 3e-6);
    CHECK_ABS(s.cycle[0].h_max - PLAN.zero, 4e-7 * 1.02, 3.0 * 5e-10);
    CHECK_ABS(s.P_air, 0.0, 4.0 * s.u_P_air);
    CHECK_BAND(s.u_P_air, 1e-7, 1e-6); /* 3 uN over some 60 readings */
    CHECK_REL(s.noise.h, 5e-10, 0.2);  /* of 400 second differences */
    CHECK_REL(s.noise.P, 3e-6, 0.2);
}

static void units_and_time_do_not_matter(void)
{
    static record r, q;
    vt_indent_segments s;
    vt_error err = {0};
    vt_indent_cycle kept;
    make(&PLAN, 1, &r);
    vt_indent_curve c = record_curve(&r, true);
    CHECK_OK(find(&c, NULL, &s, &err), &err);
    kept = s.cycle[0];
    q = r;
    for (size_t i = 0; i < q.n; i++) q.h[i] *= 1e9, q.P[i] *= 1e3, q.t[i] /= 3600.0;
    c = record_curve(&q, true);
    CHECK_OK(find(&c, NULL, &s, &err), &err);
    CHECK(kept.load_from == s.cycle[0].load_from && kept.hold_from == s.cycle[0].hold_from);
    CHECK(kept.unload_from == s.cycle[0].unload_from && kept.unload_to == s.cycle[0].unload_to);
    CHECK(kept.drift_from == s.cycle[0].drift_from && kept.drift_to == s.cycle[0].drift_to);
    CHECK_REL(s.cycle[0].P_max, 1e3 * kept.P_max, 1e-12);
    c = record_curve(&r, false); /* equal steps: the sample number is a clock as good */
    CHECK_OK(find(&c, NULL, &s, &err), &err);
    CHECK(kept.load_from == s.cycle[0].load_from && kept.unload_from == s.cycle[0].unload_from);
    CHECK(kept.hold_from == s.cycle[0].hold_from && kept.drift_to == s.cycle[0].drift_to);
}

static void depth_control_is_told(void)
{
    static record r;
    vt_indent_segments s;
    vt_error err = {0};
    record_plan p = PLAN;
    p.depth_control = true, p.low_hold = 0.0, p.creep = 0.05;
    make(&p, 2, &r);
    const vt_indent_curve c = record_curve(&r, true);
    CHECK_OK(find(&c, NULL, &s, &err), &err);
    CHECK(s.depth_control);
    CHECK(record_wrong(&p, &r, &s) == NULL);
}

/* A pop-in under slow control: the load falls by 40 % while the tip goes deeper. It is no unloading. */
static void a_load_drop_that_goes_deeper_is_no_unloading(void)
{
    static record r;
    vt_indent_segments s;
    vt_error err = {0};
    record_plan p = PLAN;
    p.low_hold = 0.0;
    record_make(&p, &r);
    const size_t at = (r.contact + r.cycle[0].hold_from) / 2;
    for (size_t i = at; i < r.n; i++) {
        r.h[i] += 40e-9 * (i < at + 10 ? (double)(i - at) / 10.0 : 1.0);
        if (i < at + 40)
            r.P[i] *= i < at + 10 ? 1.0 - 0.04 * (double)(i - at) : 0.6 + 0.4 * (double)(i - at - 10) / 30.0;
    }
    vt_stream draw;
    vt_stream_init(&draw, 12, vt_stream_purpose("test/segments"), 0);
    record_noise(&p, &draw, &r);
    const vt_indent_curve c = record_curve(&r, true);
    CHECK_OK(find(&c, NULL, &s, &err), &err);
    CHECK(s.cycles == 1);
    CHECK_ABS((double)s.cycle[0].unload_from, (double)r.cycle[0].unload_from, 4.0);
}

static void markers_override(void)
{
    static record r;
    vt_indent_segments s;
    vt_error err = {0};
    make(&PLAN, 3, &r);
    const vt_indent_curve c = record_curve(&r, true);
    const record_cycle *t = &r.cycle[0];
    const vt_indent_mark mark[] = {{VT_INDENT_MARK_SURFACE, r.contact + 2},
                                   {VT_INDENT_MARK_HOLD, t->hold_from + 5},
                                   {VT_INDENT_MARK_UNLOAD, t->unload_from + 25}, /* far from the truth, but in order */
                                   {VT_INDENT_MARK_DRIFT_BEGIN, t->drift_from + 30},
                                   {VT_INDENT_MARK_UNLOAD, r.n - 3}}; /* behind the end of the unloading: ignored */
    const vt_indent_segment_options o = {.mark = mark, .marks = 5};
    CHECK_OK(find(&c, &o, &s, &err), &err);
    CHECK(s.marks_used == 4);
    CHECK(s.marks_moved == 2);
    CHECK(s.cycle[0].load_from == r.contact + 2);
    CHECK(s.cycle[0].hold_from == t->hold_from + 5);
    CHECK(s.cycle[0].unload_from == t->unload_from + 25);
    CHECK(s.cycle[0].drift_from == t->drift_from + 30);
    check_cover(&s, r.n);
    const size_t own = s.cycle[0].unload_from - 25;
    CHECK_OK(find(&c,
                  &(vt_indent_segment_options){.mark = (vt_indent_mark[]){{VT_INDENT_MARK_UNLOAD, t->unload_from + 1}},
                                               .marks = 1},
                  &s, &err),
             &err);
    CHECK(s.marks_used == 1 && s.marks_moved == 0); /* so near, it confirms */
    CHECK_ABS((double)s.cycle[0].unload_from, (double)own, 1.0);
}

static void loading_alone_is_refused_unless_asked_for(void)
{
    static record r;
    vt_indent_segments s;
    vt_error err = {0};
    make(&PLAN, 4, &r);
    r.n = r.cycle[0].hold_from;
    const vt_indent_curve c = record_curve(&r, true);
    CHECK(find(&c, NULL, &s, &err) == VT_ENO_UNLOAD);
    CHECK_TEXT(err.msg, "no unloading");
    CHECK_OK(find(&c, &(vt_indent_segment_options){.loading_only = true}, &s, &err), &err);
    CHECK(s.cycles == 1 && s.cycle[0].unload_from == r.n && s.cycle[0].unload_to == r.n);
    CHECK_ABS((double)s.cycle[0].load_from, (double)r.contact, 3.0);
    CHECK_ABS(s.cycle[0].P_max, r.P[r.n - 1], 2e-5);
    CHECK(s.count == 2 && s.segment[0].phase == VT_INDENT_APPROACH && s.segment[1].phase == VT_INDENT_LOADING);
    CHECK(s.count == 2 && s.segment[1].to == r.n);
}

static void refused(const record *r, const vt_indent_segment_options *o, vt_status code, const char *text)
{
    vt_indent_segments s;
    vt_error err = {0};
    const vt_indent_curve c = record_curve(r, true);
    CHECK(find(&c, o, &s, &err) == code);
    CHECK(err.code == code);
    CHECK_TEXT(err.msg, text);
    CHECK(s.count == 0 && s.cycles == 0);
}

static void bad_records_are_refused(void)
{
    static record r, q;
    make(&PLAN, 5, &r);
    q = r, q.h[17] = NAN;
    refused(&q, NULL, VT_ENAN, "sample 17: depth");
    q = r, q.P[21] = INFINITY;
    refused(&q, NULL, VT_ENAN, "sample 21");
    q = r, q.t[30] = q.t[28];
    refused(&q, NULL, VT_ETIME, "t[30]");
    q = r, q.t[4] = NAN;
    refused(&q, NULL, VT_ENAN, "t[4]");
    q = r;
    for (size_t i = 0; i < q.n; i++) q.P[i] = -q.P[i];
    refused(&q, NULL, VT_ESIGN, "turn the sign of the load");
    q = r;
    for (size_t i = 0; i < q.n; i++) q.h[i] = -q.h[i];
    refused(&q, NULL, VT_ESIGN, "turn its sign");
    q = r;
    for (size_t i = 0; i < q.n; i++) q.P[i] = 1e-3;
    refused(&q, NULL, VT_ENARROW, "load is constant");
    q = r;
    for (size_t i = 0; i < q.n; i++) q.P[i] *= 1e200;
    refused(&q, NULL, VT_ERANGE, "no instrument reads 1e30");
    q = r, q.n = 19;
    refused(&q, NULL, VT_EDOF, "19 samples");
    q = r;
    for (size_t i = 0; i < q.n; i++) q.P[i] = fmin(q.P[i], 7e-3);
    refused(&q, NULL, VT_ESATURATED, "load stays at its largest value 0.007");
    q = r;
    for (size_t i = 0; i < q.n; i++) q.h[i] = fmin(q.h[i], 3.5e-7);
    refused(&q, NULL, VT_ESATURATED, "depth stays at");
    refused(&r, &(vt_indent_segment_options){.fall = 1.5}, VT_EARG, "fall = 1.5");
    refused(&r, &(vt_indent_segment_options){.marks = 2}, VT_EARG, "their array is NULL");
}

static void lack_of_room_is_refused(void)
{
    static record r;
    vt_indent_work *ws = NULL;
    vt_error err = {0};
    record_plan p = PLAN;
    p.cycles = 3;
    make(&p, 6, &r);
    const vt_indent_curve c = record_curve(&r, true);
    CHECK_OK(vt_indent_create(&ws, r.n, &err), &err);
    vt_indent_segments s = room();
    s.cycle_capacity = 2;
    CHECK(vt_indent_segment_find(ws, &c, NULL, &s, &err) == VT_ELIMIT);
    CHECK_TEXT(err.msg, "more than 2 load cycles");
    s = room(), s.capacity = 5;
    CHECK(vt_indent_segment_find(ws, &c, NULL, &s, &err) == VT_ELIMIT);
    CHECK_TEXT(err.msg, "more than 5 segments");
    s = room(), s.segment = NULL;
    CHECK(vt_indent_segment_find(ws, &c, NULL, &s, &err) == VT_EARG);
    vt_indent_free(ws);
    CHECK_OK(vt_indent_create(&ws, r.n - 1, &err), &err);
    s = room();
    CHECK(vt_indent_segment_find(ws, &c, NULL, &s, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "the workspace holds");
    vt_indent_free(ws);
    CHECK(vt_indent_create(&ws, 3, &err) == VT_EARG);
    CHECK(vt_indent_create(NULL, 300, &err) == VT_EARG);
    vt_indent_free(NULL);
}

CHECK_MAIN(CHECK_CASE(phases_are_found_in_noise), CHECK_CASE(phases_are_found_without_noise),
           CHECK_CASE(every_phase_has_its_name), CHECK_CASE(units_and_time_do_not_matter),
           CHECK_CASE(depth_control_is_told), CHECK_CASE(a_load_drop_that_goes_deeper_is_no_unloading),
           CHECK_CASE(markers_override), CHECK_CASE(loading_alone_is_refused_unless_asked_for),
           CHECK_CASE(bad_records_are_refused), CHECK_CASE(lack_of_room_is_refused))
