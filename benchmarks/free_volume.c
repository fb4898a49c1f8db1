/* Transients of free-volume flow: the nine curves of targets T6 with 200 points each at a tolerance of 1e-8, and 10 000
 * such curves over all rates. free_volume.py solves the nine with SciPy's stiff methods. */
#include "bench.h"
#include <math.h>
#include <vitrum/free_volume_flow.h>
#include <vitrum/parallel.h>

enum { POINTS = 200, RATES = 9, ROUNDS = 20, MANY = 10000 };
static const double TOLERANCE = 1e-8, STRAIN = 2.0;
static const double RATE[RATES] = {1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3};
static const double PEAK[RATES] = {2.047013, 2.090170, 2.126911,  2.408264, 3.633450,
                                   5.638178, 7.887631, 10.182648, 12.484258};
static const vt_free_volume_model MODEL = {.E = 240.0, .K = 120.0, .alpha = 0.15, .n_D = 3.0};

/* Peak stress. */
static vt_status curve(vt_free_volume_flow *ws, double rate, double v0, double *peak, vt_error *err)
{
    double time[POINTS];
    vt_free_volume_state path[POINTS], s = {.v = v0};
    vt_free_volume_peak p = {0};
    const vt_free_volume_stage stage = {VT_FLOW_RATE, rate, STRAIN / rate};
    for (int i = 0; i < POINTS; i++) time[i] = fmin(stage.duration, stage.duration * (i + 1) / POINTS);
    const vt_status st = vt_free_volume_flow_stage(ws, &MODEL, &stage, TOLERANCE, POINTS, time, path, &s, &p, err);
    *peak = p.state.sigma;
    return st;
}

static void nine(void)
{
    vt_free_volume_flow *ws = NULL;
    vt_error err = {0};
    double worst = 0.0, peak;
    bench_need(vt_free_volume_flow_create(&ws, &err), &err);
    const double start = bench_processor();
    for (int r = 0; r < ROUNDS; r++)
        for (int i = 0; i < RATES; i++) {
            bench_need(curve(ws, RATE[i], 0.05, &peak, &err), &err);
            worst = fmax(worst, fabs(peak / PEAK[i] - 1.0));
        }
    bench_print("free_volume.curve", (bench_processor() - start) / (ROUNDS * RATES));
    bench_print("free_volume.error", worst);
    vt_free_volume_flow_free(ws);
}

static vt_status create(void **scratch, void *shared, vt_error *err)
{
    (void)shared;
    vt_free_volume_flow *ws = NULL;
    const vt_status st = vt_free_volume_flow_create(&ws, err);
    *scratch = ws;
    return st;
}

static void release(void *scratch)
{
    vt_free_volume_flow_free(scratch);
}

static vt_status task(size_t i, void *shared, void *scratch, vt_error *err)
{
    double *peak = shared;
    const double v0 = 0.045 + 0.01 * (double)(i % 97) / 97.0;
    return curve(scratch, 1e-12 * pow(1e9, (double)i / (MANY - 1)), v0, &peak[i], err);
}

static void many(void)
{
    static double peak[MANY];
    const vt_parallel how = {.shared = peak, .scratch_create = create, .scratch_free = release};
    vt_error err = {0};
    const double core = bench_processor(), start = bench_wall();
    bench_need(vt_parallel_for(MANY, task, &how, &err), &err);
    bench_print("free_volume.many", bench_wall() - start);
    bench_print("free_volume.many.core", bench_processor() - core);
}

int main(void)
{
    nine();
    many();
    return 0;
}
