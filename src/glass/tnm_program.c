/* The points of a thermal history of ramps and holds. */
#include <math.h>
#include <vitrum/tnm.h>

static const double FIRST = 1e-6; /* of a hold: its first point */
enum { DECADES = 6, PER_DECADE = 10, STEPS_MAX = 100000000 };

static vt_status check_leg(const vt_tnm_leg *leg, double T, size_t k, vt_error *err)
{
    if (!(leg->T_end > 0.0) || isinf(leg->T_end))
        return vt_fail(err, VT_EARG, "leg[%zu]: T_end = %g K is not > 0 and finite", k, leg->T_end);
    if (!(leg->rate >= 0.0) || isinf(leg->rate) || !(leg->time >= 0.0) || isinf(leg->time) ||
        (leg->rate > 0.0) == (leg->time > 0.0))
        return vt_fail(err, VT_EARG, "leg[%zu]: rate = %g K/s or time = %g s must be > 0, the other 0", k, leg->rate,
                       leg->time);
    if (leg->T_end == T && !(leg->time > 0.0))
        return vt_fail(err, VT_EARG, "leg[%zu] holds %g K: it needs its time, not a rate", k, T);
    return VT_OK;
}

static vt_status check(const vt_tnm_program *p, size_t *steps, vt_error *err)
{
    if (!p || !p->leg || p->nlegs < 1) return vt_fail(err, VT_EARG, "the program has no leg");
    if (!(p->T_start > 0.0) || isinf(p->T_start) || !(p->step > 0.0))
        return vt_fail(err, VT_EARG, "T_start = %g K and step = %g K must be > 0", p->T_start, p->step);
    double T = p->T_start, total = 0.0;
    for (size_t k = 0; k < p->nlegs; k++) {
        const vt_status st = check_leg(&p->leg[k], T, k, err);
        if (st != VT_OK) return st;
        const double way = fabs(p->leg[k].T_end - T);
        total += way > 0.0 ? ceil(way / p->step * (1.0 - 1e-12))
                           : 1.0 + DECADES * (double)(p->decade ? p->decade : PER_DECADE);
        T = p->leg[k].T_end;
    }
    if (!(total < STEPS_MAX))
        return vt_fail(err, VT_ELIMIT, "the program has %g points, more than %d; take longer steps", total, STEPS_MAX);
    *steps = (size_t)total;
    return VT_OK;
}

/* Place of step i of n in a leg, 0 to 1. */
static double share(size_t i, size_t n, int hold)
{
    if (i == n) return 1.0;
    return hold ? pow(FIRST, 1.0 - (double)(i - 1) / (double)(n - 1)) : (double)i / (double)n;
}

vt_status vt_tnm_points(const vt_tnm_program *program, size_t room, double *t, double *T, size_t *from, size_t *count,
                        vt_error *err)
{
    size_t steps = 0;
    const vt_status st = check(program, &steps, err);
    if (st != VT_OK) return st;
    if (!count || (t == NULL) != (T == NULL)) return vt_fail(err, VT_EARG, "count, t or T is NULL");
    if (t && steps + 1 > room) return vt_fail(err, VT_ELIMIT, "%zu points, room for %zu", steps + 1, room);
    const size_t decade = program->decade ? program->decade : PER_DECADE;
    double at = 0.0, T0 = program->T_start;
    size_t n = 0;
    if (t) {
        t[0] = at;
        T[0] = T0;
    }
    for (size_t k = 0; k < program->nlegs; k++) {
        const vt_tnm_leg *leg = &program->leg[k];
        const double way = leg->T_end - T0, time = leg->time > 0.0 ? leg->time : fabs(way) / leg->rate;
        const int hold = way == 0.0;
        const size_t m = hold ? 1 + DECADES * decade : (size_t)ceil(fabs(way) / program->step * (1.0 - 1e-12));
        if (from) from[k] = n;
        for (size_t i = 1; t && i <= m; i++) {
            const double part = share(i, m, hold);
            t[n + i] = at + time * part;
            T[n + i] = T0 + way * part;
        }
        n += m;
        at += time;
        T0 = leg->T_end;
    }
    if (from) from[program->nlegs] = n;
    *count = n + 1;
    return VT_OK;
}
