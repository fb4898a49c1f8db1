/* Scans of structural relaxation (targets T7): 1000 cooled from 640 to 450 K and heated back at 10 K/min with steps of
 * 0.1 K, each with its own parameters and so its own sum of exponentials; beside it Boltzmann's superposition as it
 * stands for one of them. */
#include "../tests/glass/tnm_direct.h"
#include "bench.h"
#include <math.h>
#include <vitrum/tnm.h>

enum { SCANS = 1000, POINTS_MAX = 8192 };
static const vt_tnm B2O3 = {-75.6, 45.0e3, 0.40, 0.65};
static double t[POINTS_MAX], T[POINTS_MAX], Tf[POINTS_MAX], direct[POINTS_MAX], scratch[POINTS_MAX];
static vt_kww spectrum;
static double work[VT_TNM_WORK];

static size_t points(double step, size_t *cold)
{
    static const vt_tnm_leg LEG[2] = {{450.0, 1.0 / 6.0, 0.0}, {640.0, 1.0 / 6.0, 0.0}};
    const vt_tnm_program program = {640.0, 2, LEG, step, 0};
    size_t from[3], n;
    vt_error err = {0};
    bench_need(vt_tnm_points(&program, POINTS_MAX, t, T, from, &n, &err), &err);
    *cold = from[1];
    return n;
}

static void follow(const vt_tnm *p, size_t n)
{
    const vt_tnm_path path = {n, t, T};
    vt_error err = {0};
    bench_need(vt_kww_spectrum(p->beta, 0.0, &spectrum, &err), &err);
    bench_need(vt_tnm_follow(p, &spectrum, &path, 0.0, Tf, work, &err), &err);
}

int main(void)
{
    size_t cold;
    const size_t n = points(0.1, &cold);
    double start = bench_processor(), worst = 0.0;
    for (int i = 0; i < SCANS; i++) {
        vt_tnm p = B2O3;
        p.beta = 0.55 + 0.2 * i / SCANS;
        p.x = 0.35 + 0.1 * ((i * 37) % SCANS) / SCANS;
        follow(&p, n);
    }
    bench_print("relaxation_scan.many", bench_processor() - start);
    follow(&B2O3, n);
    bench_print("relaxation_scan.error", fabs(Tf[cold] - 550.0439)); /* K, of Tf' (T7) */
    start = bench_processor();
    tnm_direct(&B2O3, n, t, T, direct, scratch);
    bench_print("relaxation_scan.direct", SCANS * (bench_processor() - start));
    for (size_t i = 0; i < n; i++) worst = fmax(worst, fabs(direct[i] - Tf[i]));
    bench_print("relaxation_scan.difference", worst);
    bench_print("relaxation_scan.direct_error", fabs(direct[cold] - 550.0439));
    return 0;
}
