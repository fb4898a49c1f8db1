#pragma once
#include <stddef.h>

/* Status codes and the error record.
 *
 * What can fail returns vt_status and fills a caller's vt_error (NULL allowed). The record carries
 * the code, the input file, line and column where there is one, and a text that names the value,
 * its unit, the limit and the smallest fix. There is no global error state. */

/* name, exit class, meaning. Classes: C the computation failed or the data cannot answer the
 * question (exit 1); U the command was wrong (exit 2); I an input is unreadable or malformed
 * (exit 3 when the error names a file, 2 when the value came from the command line). */
#define VT_STATUS_LIST(X) \
    X(ARG, U, "an argument is out of range or NULL") \
    X(USAGE, U, "the command line was wrong") \
    X(MEMORY, C, "out of memory") \
    X(INTERNAL, C, "a defect of vitrum itself") \
    X(IO, I, "a file cannot be opened or read") \
    X(WRITE, C, "a result cannot be written") \
    X(EXISTS, U, "the place of a result is taken, or fits none") \
    X(PARSE, I, "a file or value is malformed") \
    X(KEY, I, "unknown key, column or name") \
    X(LIMIT, I, "a size limit was exceeded") \
    X(UNITS, I, "value outside the plausible box, or a unit missing, unknown or of the wrong dimension") \
    X(TIME, I, "time missing, repeated or decreasing; data before release or contact") \
    X(NAN, I, "non-finite or missing value") \
    X(RANGE, I, "impossible value") \
    X(SIGN, I, "wrong sign") \
    X(SHAPE, I, "arrays or tables do not fit together; no rows") \
    X(SOURCE, I, "a constant without source") \
    X(SATURATED, C, "detector or channel clipped in the region used") \
    X(CAL, C, "calibration absent") \
    X(REFERENCE, C, "origin or reference absent") \
    X(CONVENTION, C, "convention not given") \
    X(DOF, C, "not enough points") \
    X(FEWLEVELS, C, "not enough levels") \
    X(FEWMARKERS, C, "not enough markers") \
    X(ONE_CLASS, C, "only one class present") \
    X(ONE_BRANCH, C, "all points on one side of the crossing") \
    X(NARROW, C, "range too narrow") \
    X(SEGMENT_SHORT, C, "segment too short") \
    X(NOT_STEADY, C, "no steady window") \
    X(SETPOINT, C, "set point not held") \
    X(NOCONV, C, "the solver did not converge") \
    X(ILLCOND, C, "parameters inseparable") \
    X(NOROOT, C, "no solution in the bracket") \
    X(DOMAIN, C, "outside the domain of the law") \
    X(UNPHYSICAL, C, "unphysical result") \
    X(STIFFENING, C, "stiffening after yield") \
    X(ENERGY, C, "displacement beyond free contraction") \
    X(NEGATIVE, C, "negative counts") \
    X(AREA, C, "area function not monotone") \
    X(AREA_RANGE, C, "beyond the calibrated depth") \
    X(UNLOAD_FIT, C, "unloading fit outside its range") \
    X(NO_UNLOAD, C, "no unloading segment") \
    X(EDGE, C, "too close to an edge") \
    X(TAPPING, C, "contact lost during oscillation") \
    X(CSM_CAL, C, "dynamic calibration missing") \
    X(MISMATCH, C, "runs not comparable") \
    X(RANGE_T, C, "temperature range too short") \
    X(CRYST, C, "crystallized") \
    X(TRACK_LOST, C, "marker lost") \
    X(ROI, C, "region touches the border") \
    X(AMBIGUOUS, C, "ambiguous match") \
    X(REGISTER, C, "images not registered") \
    X(NYQUIST, C, "sampling too coarse") \
    X(MASK, C, "mask is all one class") \
    X(FILLED, C, "molding template completely filled") \
    X(EXTRAPOLATE, C, "outside the table") \
    X(POWER, C, "power mismatch") \
    X(OPEN, C, "open circuit") \
    X(UNLOAD, C, "unloading inside the window")

#define VT_STATUS_ENUM(name, class, text) VT_E##name,
typedef enum vt_status { VT_OK = 0, VT_STATUS_LIST(VT_STATUS_ENUM) VT_STATUS_COUNT } vt_status;
#undef VT_STATUS_ENUM

enum { VT_ERROR_TEXT = 768, VT_ERROR_PATH = 512 };

typedef struct vt_error {
    vt_status code;
    long line;                /* 1-based; 0: none */
    long column;              /* 1-based; 0: none */
    char file[VT_ERROR_PATH]; /* "" if no input file is at fault */
    char msg[VT_ERROR_TEXT];  /* what, value, limit, smallest fix; no newline */
} vt_error;

/* Puts `what` ("Test 003") and a colon before the text, unless it stands there; NULL or "": nothing. Returns the code.
 * For refusals of one part of a file. */
vt_status vt_error_about(vt_error *err, const char *what);

/* Fills *err (NULL allowed) and returns code. printf format. file and line stay empty. */
vt_status vt_fail(vt_error *err, vt_status code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Same, with the place in an input file. line or column 0: not known. */
vt_status vt_fail_at(vt_error *err, vt_status code, const char *file, long line, long column, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/* Adds the place to an error that has none yet; returns its code. Used where a kernel's refusal
 * reaches the code that knows the file. */
vt_status vt_error_place(vt_error *err, const char *file, long line);

/* "E_UNITS" for VT_EUNITS, "OK" for VT_OK; "E_UNKNOWN" outside the list. Static storage. */
const char *vt_status_name(vt_status code);

/* One sentence: what the code means in general. */
const char *vt_status_text(vt_status code);

/* Exit status of the command for this error: 0, 1, 2 or 3 (see VT_STATUS_LIST). */
int vt_error_exit(const vt_error *err);

/* "FILE:LINE: E_CODE: text" (parts that are absent are left out) into buf, always terminated.
 * Returns the length that the whole text needs, as snprintf. */
size_t vt_error_format(const vt_error *err, char *buf, size_t size);

/* if ((st = f(...)) != VT_OK) goto done; usage: VT_TRY(st = f(...)); */
#define VT_TRY(call) \
    do { \
        if ((call) != VT_OK) goto done; \
    } while (0)
