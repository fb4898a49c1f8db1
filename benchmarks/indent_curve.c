/* Time to find the phases of 1000 indentation records of 800 samples and to fit their unloadings, with 1 nm and 0.1 %
 * noise, and how many are wrongly segmented.
 *
 * Argument: a folder. The unloadings go there for the same fits in SciPy (indent_curve.py), as doubles: number of
 * points, largest load, recovery and exponent of the truth, S found here, then loads and depths. */
#include "../tests/experiment/indentation/curve_record.h"
#include "bench.h"
#include <string.h>
#include <vitrum/parallel.h>

enum { COUNT = 1000, CYCLES = 16, SEGMENTS = CYCLES * VT_INDENT_SEGMENTS_PER_CYCLE + VT_INDENT_SEGMENTS_EXTRA };

typedef struct one {
    record_plan plan;
    record r;
    bool wrong;
    vt_indent_cycle last;
    vt_unload_fit fit; /* of the last cycle */
    vt_status st;
} one;

typedef struct scratch {
    vt_indent_work *ws;
    vt_indent_segment segment[SEGMENTS];
    vt_indent_cycle cycle[CYCLES];
} scratch;

static vt_status scratch_create(void **out, void *shared, vt_error *err)
{
    (void)shared;
    scratch *w = calloc(1, sizeof *w);
    if (!w) return vt_fail(err, VT_EMEMORY, "no memory");
    *out = w;
    return vt_indent_create(&w->ws, RECORD_MAX, err);
}

static void scratch_free(void *p)
{
    scratch *w = p;
    if (w) vt_indent_free(w->ws);
    free(w);
}

/* cycles: 0: any; else records of the family with one cycle. */
static void simulate(one *all, size_t cycles)
{
    uint64_t draw = 0;
    for (size_t k = 0; k < COUNT; k++) do {
            vt_stream s;
            vt_stream_init(&s, 20261121, vt_stream_purpose("indent/segments"), draw++);
            all[k].plan = record_any(&s);
            record_make(&all[k].plan, &all[k].r);
            record_noise(&all[k].plan, &s, &all[k].r);
        } while (cycles > 0 && all[k].plan.cycles != cycles);
}

static vt_status reduce(size_t i, void *shared, void *work, vt_error *err)
{
    one *o = (one *)shared + i;
    scratch *w = work;
    (void)err;
    const vt_indent_curve c = record_curve(&o->r, true);
    vt_indent_segments s = {.segment = w->segment, .capacity = SEGMENTS, .cycle = w->cycle, .cycle_capacity = CYCLES};
    o->wrong = vt_indent_segment_find(w->ws, &c, NULL, &s, NULL) != VT_OK || record_wrong(&o->plan, &o->r, &s);
    for (size_t k = 0; !o->wrong && k < s.cycles; k++) {
        const vt_unload_options opt = {.P_air = s.P_air, .m_low = 0.7, .m_high = 8.0};
        o->st = vt_unload_fit_cycle(w->ws, &c, &s.cycle[k], &opt, &o->fit, NULL);
        o->last = s.cycle[k];
    }
    return VT_OK;
}

static double run(one *all, int threads)
{
    const vt_parallel how = {.threads = threads,
                             .shared = all,
                             .scratch_create = scratch_create,
                             .scratch_free = scratch_free,
                             .label = "curves"};
    vt_error err = {0};
    const double start = threads == 1 ? bench_processor() : bench_wall();
    bench_need(vt_parallel_for(COUNT, reduce, &how, &err), &err);
    return (threads == 1 ? bench_processor() : bench_wall()) - start;
}

static size_t count_wrong(const one *all)
{
    size_t n = 0;
    for (size_t k = 0; k < COUNT; k++) n += all[k].wrong;
    return n;
}

static void save(const one *all, const char *folder)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/indent_curve.bin", folder);
    FILE *f = fopen(path, "wb");
    if (!f) return;
    for (size_t k = 0; k < COUNT; k++) {
        const one *o = &all[k];
        if (o->wrong || o->st != VT_OK) continue;
        const record_cycle *t = &o->r.cycle[0];
        const double head[5] = {(double)o->fit.n, o->fit.P_max, t->D, t->m, o->fit.S};
        fwrite(head, sizeof *head, 5, f);
        fwrite(o->r.P + o->fit.from, sizeof(double), o->fit.n, f);
        fwrite(o->r.h + o->fit.from, sizeof(double), o->fit.n, f);
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    one *all = calloc(COUNT, sizeof *all);
    if (!all) return 1;
    simulate(all, 0);
    run(all, 1); /* warm */
    bench_print("curve.any.core", run(all, 1));
    bench_print("curve.any.wrong", (double)count_wrong(all));
    simulate(all, 1);
    run(all, 1);
    bench_print("curve.core", run(all, 1));
    bench_print("curve.all", run(all, 0));
    bench_print("curve.wrong", (double)count_wrong(all));
    save(all, argv[1]);
    free(all);
    return 0;
}
