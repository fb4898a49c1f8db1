/* Calibrations to YAML, in the form that calibration_read.c takes back. */
#include "base/number_internal.h"
#include "io/file_internal.h"
#include "io/yaml_write_internal.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/calibration.h>
#include <vitrum/io.h>

/* The units of the file. All are known to the reader of units: failure is our defect. */
typedef struct units {
    vt_unit depth, compliance, modulus;
} units;

static vt_status read_units(units *u, vt_error *err)
{
    vt_status st;
    VT_TRY(st = vt_unit_read("nm", "m", &u->depth, err));
    VT_TRY(st = vt_unit_read("nm/mN", "m/N", &u->compliance, err));
    st = vt_unit_read("GPa", "Pa", &u->modulus, err);
done:
    return st;
}

static void put(FILE *out, const vt_unit *unit, double si)
{
    vti_yaml_put_number(out, unit, si, vt_unit_to_si, vt_unit_from_si(unit, si));
    fprintf(out, " %s", unit->text);
}

static void plain(FILE *out, double x)
{
    char text[VTI_NUMBER_TEXT];
    vti_number_write(x, text);
    fputs(text, out);
}

static void put_row(FILE *out, size_t n, const double *x)
{
    fputc('[', out);
    for (size_t i = 0; i < n; i++) {
        if (i) fputs(", ", out);
        plain(out, x[i]);
    }
    fputs("]\n", out);
}

static void put_area(FILE *out, const units *u, const vt_calibration *c)
{
    const vt_area_function *f = &c->area;
    fputs("\n# A = C0 h^2 + C1 h + C2 h^(1/2) + C3 h^(1/4) + ..., contact depth h in nm, A in nm^2\narea_function:\n",
          out);
    fputs("  coefficients: ", out);
    put_row(out, f->n, f->C);
    fputs("  covariance:\n", out);
    for (size_t i = 0; i < f->n; i++) {
        fputs("    - ", out);
        put_row(out, f->n, &f->cov[i * VT_AREA_TERMS]);
    }
    if (f->high > 0.0) {
        fputs("  low: ", out);
        put(out, &u->depth, f->low);
        fputs("\n  high: ", out);
        put(out, &u->depth, f->high);
        fputc('\n', out);
    }
}

static void put_frame(FILE *out, const units *u, const vt_calibration *c)
{
    fputs("\n# still in depth and stiffness as the instrument wrote them; covariance in m/N times that of a "
          "coefficient\n",
          out);
    fputs("frame_compliance:\n  value: ", out);
    put(out, &u->compliance, c->C_f);
    fputs("\n  uncertainty: ", out);
    put(out, &u->compliance, c->u_C_f);
    fputs("\n  covariance: ", out);
    put_row(out, c->area.n, c->cov_C_f);
}

static void put_conventions(FILE *out, const units *u, const vt_calibration *c)
{
    fputs("\n# the area function holds for reductions with the same\nconventions:\n  beta: ", out);
    plain(out, c->beta);
    fputs("\n  epsilon: ", out);
    if (c->epsilon > 0.0)
        plain(out, c->epsilon);
    else
        fputs("exponent", out);
    fputs("\n  unloading_exponent: ", out);
    if (c->m > 0.0)
        plain(out, c->m);
    else
        fputs("free", out);
    fputs("\n  indenter_modulus: ", out);
    put(out, &u->modulus, c->E_i);
    fputs("\n  indenter_poisson_ratio: ", out);
    plain(out, c->nu_i);
    fputc('\n', out);
}

static void put_reference(FILE *out, const units *u, const vt_calibration_reference *r)
{
    fputs("  - material: ", out);
    vti_yaml_put_text(out, r->material);
    fprintf(out, "\n    area: %s\n    modulus: ", r->area ? "yes" : "no");
    put(out, &u->modulus, r->E);
    fputs("\n    modulus_uncertainty: ", out);
    put(out, &u->modulus, r->u_E);
    fputs("\n    poisson_ratio: ", out);
    plain(out, r->nu);
    fputs("\n    frame_compliance: ", out);
    put(out, &u->compliance, r->C_f);
    fputs("\n    frame_compliance_uncertainty: ", out);
    put(out, &u->compliance, r->u_C_f);
    fputs("\n    found: ", out);
    put(out, &u->modulus, r->E_found);
    fputs("\n    found_uncertainty: ", out);
    put(out, &u->modulus, r->u_E_found);
    fputs("\n    deviation: ", out);
    plain(out, r->deviation);
    fprintf(out, "\n    indents: %ld\n", r->indents);
}

vt_status vt_calibration_write(const vt_calibration *c, FILE *out, vt_error *err)
{
    units u;
    if (!c || !out) return vt_fail(err, VT_EARG, "calibration or out is NULL");
    if (c->area.n < 1 || c->area.n > VT_AREA_TERMS || c->nreferences > VT_CALIBRATION_REFERENCES ||
        c->nsources > VT_CALIBRATION_SOURCES)
        return vt_fail(err, VT_EARG, "calibration with %zu terms, %zu references and %zu sources", c->area.n,
                       c->nreferences, c->nsources);
    const vt_status st = read_units(&u, err);
    if (st != VT_OK) return st;
    fputs("# Calibration of a nanoindenter, for area_function=FILE.\ncalibration: indentation\nvitrum: ", out);
    vti_yaml_put_text(out, c->version);
    fputc('\n', out);
    put_area(out, &u, c);
    put_frame(out, &u, c);
    put_conventions(out, &u, c);
    fputs("\n# modulus taken as known, and found with this calibration; frame compliance of each alone\nreferences:\n",
          out);
    for (size_t i = 0; i < c->nreferences; i++) put_reference(out, &u, &c->reference[i]);
    if (c->nsources > 0) fputs("\nsources:\n", out);
    for (size_t i = 0; i < c->nsources; i++) {
        fputs("  - path: ", out);
        vti_yaml_put_text(out, c->source[i].path);
        fputs("\n    sha256: ", out);
        vti_yaml_put_text(out, c->source[i].sha256);
        fputc('\n', out);
    }
    if (ferror(out)) return vt_fail(err, VT_EWRITE, "the calibration cannot be written: %s", strerror(errno));
    return VT_OK;
}

vt_status vt_calibration_save(const vt_calibration *c, const char *path, vt_error *err)
{
    vti_file_out out = {0};
    if (!c || !path) return vt_fail(err, VT_EARG, "calibration or path is NULL");
    vt_status st = vti_file_begin(&out, path, err);
    if (st == VT_OK) st = vt_calibration_write(c, out.stream, err);
    if (st == VT_OK) st = vti_file_commit(&out, err);
    vti_file_abandon(&out);
    return st;
}

vt_status vt_calibration_text(const vt_calibration *c, char **text, vt_error *err)
{
    char *buffer = NULL;
    size_t size = 0;
    if (!text) return vt_fail(err, VT_EARG, "text is NULL");
    FILE *out = open_memstream(&buffer, &size);
    if (!out) return vt_fail(err, VT_EMEMORY, "the text of a calibration");
    vt_status st = vt_calibration_write(c, out, err);
    if (fclose(out) != 0 && st == VT_OK) st = vt_fail(err, VT_EMEMORY, "the text of a calibration");
    if (st != VT_OK) {
        free(buffer);
        return st;
    }
    *text = buffer;
    return VT_OK;
}
