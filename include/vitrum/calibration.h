#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <vitrum/contact.h>
#include <vitrum/quantity.h>

/* What a calibration of a nanoindenter leaves behind: area function of the tip, compliance of the frame, their
 * covariance, the conventions they hold for, the references they came from and how they were verified. Procedure P18.
 * `vitrum calibrate indentation` writes it as calibration.yaml; `area_function=calibration.yaml` reads it. */

enum { VT_CALIBRATION_REFERENCES = 8, VT_CALIBRATION_SOURCES = 16, VT_CALIBRATION_PATH = 512 };

/* Reference material and what its indents gave. */
typedef struct vt_calibration_reference {
    char material[VT_NAME];    /* "fused silica" */
    double E, u_E, nu;         /* Pa, > 0, >= 0; -1 to 0.5: taken as known. u_E is not in the covariance of the area: it
                                  goes through all indents alike */
    double C_f, u_C_f;         /* m/N: frame compliance from this material alone; u >= 0 */
    double E_found, u_E_found; /* Pa: mean over its indents with the calibration; > 0; u >= 0 */
    double deviation;          /* largest relative deviation of E between depths, >= 0 */
    bool area;                 /* the area function was fitted to it */
    long indents;              /* >= 1 */
} vt_calibration_reference;

typedef struct vt_calibration_source {
    char path[VT_CALIBRATION_PATH]; /* as given */
    char sha256[65];                /* 64 hex digits, or "": not known */
} vt_calibration_source;

typedef struct vt_calibration {
    vt_area_function area;         /* with covariance, from the scatter between indents, and range of contact depth */
    double C_f, u_C_f;             /* m/N: frame compliance still in depth and stiffness; u >= 0. Covariance and u are
                                      widened for the number of indents: 1.96 u is the 95 % interval */
    double cov_C_f[VT_AREA_TERMS]; /* covariance of C_f (m/N) with C[k] (nm-based) */
    double beta, epsilon;          /* it holds for these: > 0; 0 to 1, 0: epsilon(m) */
    double m;                      /* exponent shared by the unloadings; 0: each its own */
    double E_i, nu_i;              /* Pa, indenter */
    size_t nreferences;            /* 1 to VT_CALIBRATION_REFERENCES */
    vt_calibration_reference reference[VT_CALIBRATION_REFERENCES];
    size_t nsources;
    vt_calibration_source source[VT_CALIBRATION_SOURCES];
    char version[32]; /* of vitrum that made it */
} vt_calibration;

/* Refuses what is no calibration: VT_EARG, VT_EAREA as vt_area_check, VT_ERANGE with name, value and limit. */
vt_status vt_calibration_check(const vt_calibration *c, vt_error *err);

/* Reads a file and checks it: what `area_function=` does. As vt_calibration_read and vt_calibration_check, with file.
 */
vt_status vt_calibration_open(const char *path, vt_calibration *c, vt_error *err);

/* Reads a file, every number with its unit. VT_EIO; VT_EPARSE, VT_EKEY, VT_EUNITS, VT_ESHAPE, VT_ELIMIT with file, line
 * and column. On failure *c is as it was. Not checked yet. */
vt_status vt_calibration_read(const char *path, vt_calibration *c, vt_error *err);
/* Same from memory; name stands for the path. */
vt_status vt_calibration_parse(const char *name, const char *text, size_t size, vt_calibration *c, vt_error *err);

/* Writes, in nm, nm/mN and GPa, what reads back to the same doubles, or one unit in the last place off where no decimal
 * number in that unit gives the double. VT_EARG, VT_EWRITE. */
vt_status vt_calibration_write(const vt_calibration *c, FILE *out, vt_error *err);
vt_status vt_calibration_save(const vt_calibration *c, const char *path, vt_error *err); /* whole or not at all */
/* Same as a text; the caller frees *text. */
vt_status vt_calibration_text(const vt_calibration *c, char **text, vt_error *err);
