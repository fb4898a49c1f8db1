/* Integrals of Arrhenius-like rates over a thermal history. */
#include "glass/history_internal.h"

#include <math.h>

vt_status vti_history_check(size_t n, const double *t, const double *T, vt_error *err)
{
    if (!t || !T) return vt_fail(err, VT_EARG, "history is NULL");
    if (n < 2) return vt_fail(err, VT_EARG, "a history needs 2 points, has %zu", n);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(t[i]) || (i > 0 && !(t[i] > t[i - 1])))
            return vt_fail(err, VT_ETIME, "time t[%zu] = %g s does not follow t[%zu] = %g s", i, t[i], i ? i - 1 : i,
                           t[i ? i - 1 : i]);
        if (!(T[i] > 0.0) || isinf(T[i])) return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not > 0", i, T[i]);
    }
    return VT_OK;
}

enum { NODES = 5, MAX_PANELS = 4096 };

/* Gauss-Legendre, 10 points on (-1, 1): the positive nodes and their weights (Abramowitz and Stegun, table 25.4). */
static const double NODE[NODES] = {0.148874338981631211, 0.433395394129247191, 0.679409568299024406,
                                   0.865063366688984511, 0.973906528517171720};
static const double WEIGHT[NODES] = {0.295524224714752870, 0.269266719309996355, 0.219086362515982044,
                                     0.149451349150580593, 0.066671344308688138};

static double term(double c0, double c1, double T, int weight)
{
    const double f = exp(c0 + c1 / T);
    return weight ? f / (T * T) : f;
}

double vti_history_exponential(double c0, double c1, double T_a, double T_b, double dt, int weight)
{
    if (T_a == T_b) return dt * term(c0, c1, T_a, weight);
    const double move = fabs(c1 * (1.0 / T_b - 1.0 / T_a)) + fabs(log(T_b / T_a));
    const int panels = move < MAX_PANELS ? 1 + (int)move : MAX_PANELS;
    double sum = 0.0;
    for (int k = 0; k < panels; k++) {
        const double h = 0.5 * (T_b - T_a) / panels, mid = T_a + (2 * k + 1) * h;
        for (int j = 0; j < NODES; j++)
            sum += WEIGHT[j] * (term(c0, c1, mid - h * NODE[j], weight) + term(c0, c1, mid + h * NODE[j], weight));
    }
    return 0.5 * sum * dt / panels;
}
