/* Is a calibration one? */
#include <math.h>
#include <stdlib.h>
#include <vitrum/calibration.h>

static vt_status check_numbers(const vt_calibration *c, vt_error *err)
{
    if (!isfinite(c->C_f) || !(c->u_C_f >= 0.0) || !isfinite(c->u_C_f))
        return vt_fail(err, VT_ERANGE, "frame compliance %g +- %g m/N must be finite", c->C_f, c->u_C_f);
    if (!(c->beta >= 0.9 && c->beta <= 1.2)) return vt_fail(err, VT_ERANGE, "beta = %g is not in [0.9, 1.2]", c->beta);
    if (!(c->epsilon >= 0.0 && c->epsilon <= 1.0))
        return vt_fail(err, VT_ERANGE, "epsilon = %g is not in [0, 1]", c->epsilon);
    if (c->m != 0.0 && !(c->m > 1.0 && c->m <= 2.0))
        return vt_fail(err, VT_ERANGE, "unloading exponent %g is not in (1, 2]", c->m);
    if (!(c->E_i > 0.0) || !(c->nu_i > -1.0 && c->nu_i <= 0.5))
        return vt_fail(err, VT_ERANGE, "indenter: modulus %g Pa must be > 0, Poisson's ratio %g in (-1, 0.5]", c->E_i,
                       c->nu_i);
    for (size_t i = 0; i < c->area.n; i++)
        if (!(c->area.cov[i * VT_AREA_TERMS + i] >= 0.0))
            return vt_fail(err, VT_ERANGE, "variance of C%zu = %g is not >= 0", i, c->area.cov[i * VT_AREA_TERMS + i]);
    return VT_OK;
}

static vt_status check_reference(const vt_calibration_reference *r, vt_error *err)
{
    if (!(r->E > 0.0) || !(r->u_E >= 0.0) || !isfinite(r->u_E) || !(r->nu > -1.0 && r->nu <= 0.5))
        return vt_fail(err, VT_ERANGE,
                       "reference %.40s: modulus %g +- %g Pa must be > 0 +- >= 0, Poisson's ratio %g in (-1, 0.5]",
                       r->material, r->E, r->u_E, r->nu);
    if (!(r->E_found > 0.0) || !(r->u_E_found >= 0.0) || !(r->u_C_f >= 0.0) || !(r->deviation >= 0.0) || r->indents < 1)
        return vt_fail(err, VT_ERANGE, "reference %.40s: E found %g Pa must be > 0, uncertainties >= 0, indents >= 1",
                       r->material, r->E_found);
    return VT_OK;
}

vt_status vt_calibration_check(const vt_calibration *c, vt_error *err)
{
    if (!c) return vt_fail(err, VT_EARG, "calibration is NULL");
    vt_status st;
    VT_TRY(st = vt_area_check(&c->area, err));
    VT_TRY(st = check_numbers(c, err));
    if (c->nreferences > VT_CALIBRATION_REFERENCES || c->nsources > VT_CALIBRATION_SOURCES)
        return vt_fail(err, VT_EARG, "%zu references and %zu sources are too many", c->nreferences, c->nsources);
    for (size_t i = 0; i < c->nreferences; i++) VT_TRY(st = check_reference(&c->reference[i], err));
done:
    return st;
}

vt_status vt_calibration_open(const char *path, vt_calibration *c, vt_error *err)
{
    if (!c) return vt_fail(err, VT_EARG, "calibration is NULL");
    vt_calibration *fresh = malloc(sizeof *fresh);
    if (!fresh) return vt_fail(err, VT_EMEMORY, "a calibration");
    vt_status st = vt_calibration_read(path, fresh, err);
    if (st == VT_OK && (st = vt_calibration_check(fresh, err)) != VT_OK) vt_error_place(err, path, 0);
    if (st == VT_OK) *c = *fresh;
    free(fresh);
    return st;
}
