/* A model that does not depend on its parameters any more: a refusal, where GSL's solver would abort the program. */
#include "check.h"
#include <vitrum/nlfit.h>

static int residual(const double *x, double *r, void *ctx)
{
    (void)ctx;
    for (int i = 0; i < 4; i++) r[i] = exp(-x[0] * (i + 1.0)) * x[1] - 0.5 * i;
    return 0;
}

static int jacobian(const double *x, double *J, void *ctx)
{
    (void)ctx;
    for (int i = 0; i < 4; i++) {
        const double e = exp(-x[0] * (i + 1.0)); /* underflows to 0 for x[0] > 745 */
        J[2 * i] = -(i + 1.0) * e * x[1];
        J[2 * i + 1] = e;
    }
    return 0;
}

static void a_flat_start_is_refused(void)
{
    vt_nlfit *ws = NULL;
    vt_error err = {0};
    double x[2] = {2000.0, 1.5};
    const vt_nlfit_problem problem = {.n = 4, .p = 2, .residual = residual, .jacobian = jacobian};
    CHECK_OK(vt_nlfit_create(&ws, 4, 2, &err), &err);
    const vt_status st = vt_nlfit_solve(ws, &problem, NULL, x, NULL, NULL, &err);
    CHECK(st == VT_EDOMAIN || st == VT_ENOCONV);
    CHECK(x[0] == 2000.0 && x[1] == 1.5);
    vt_nlfit_free(ws);
}

CHECK_MAIN(CHECK_CASE(a_flat_start_is_refused))
