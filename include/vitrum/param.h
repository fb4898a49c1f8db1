#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <vitrum/error.h>

/* Parameter tables: the one mechanism behind options, study files, result headers, --help and docs.
 *
 * A part of vitrum that has parameters declares a plain C struct and one table of rows that say
 * name, type, unit, default, range, text and the offset of the field in the struct. */

typedef enum vt_param_type {
    VT_REAL,   /* double, SI; unit required in text form unless unit is "1" */
    VT_INT,    /* long */
    VT_SEED,   /* uint64_t */
    VT_TEXT,   /* char[VT_PARAM_TEXT] */
    VT_CHOICE, /* int, index into choices */
    VT_FLAG,   /* int, 0 or 1; "yes"/"no"/"true"/"false" */
    VT_LIST    /* vt_list of doubles, SI; text: comma separated values with unit, "10,20,40 nm" or "10nm,20nm" */
} vt_param_type;

enum { VT_PARAM_TEXT = 256, VT_LIST_MAX = 64 };

typedef struct vt_list {
    size_t n;
    double x[VT_LIST_MAX];
} vt_list;

typedef struct vt_param {
    const char *name; /* key, snake_case, case-sensitive */
    vt_param_type type;
    const char *unit;    /* SI unit of a REAL or LIST: "m", "K", "Pa s", "1"; NULL otherwise */
    const char *def;     /* default as a user would write it ("52um"); NULL: required; "": optional, absent
                            (REAL: NaN, TEXT: "", LIST: n = 0) */
    double low, high;    /* closed range of a REAL, INT or LIST entry in SI; 0, 0: any */
    const char *choices; /* CHOICE: "both|32|16" */
    const char *text;    /* one line of help */
    size_t offset;
} vt_param;

#define VT_PARAM_END \
    { \
        0 \
    }

/* Fills *base with the defaults (required ones: NaN, 0, ""). Pointers into base are not kept. */
vt_status vt_param_defaults(const vt_param *table, void *base, vt_error *err);

/* Sets key from text, as in --set key=text, a study file or a metadata line. Unknown key: VT_EKEY, naming
 * the nearest known one. Bad value: VT_EUNITS, VT_EPARSE or VT_ERANGE with the range in the row's unit.
 * given: NULL, or a bitmap by row index of what was set explicitly (a table has at most 64 rows). */
vt_status vt_param_set(const vt_param *table, void *base, uint64_t *given, const char *key, const char *text,
                       vt_error *err);

/* Every required row given? VT_EARG names the first missing one and how to give it. */
vt_status vt_param_complete(const vt_param *table, uint64_t given, vt_error *err);

/* Row by name; NULL if unknown. */
const vt_param *vt_param_find(const vt_param *table, const char *key);

/* Known name nearest to key by edit distance (NULL if none is near): for "did you mean". */
const char *vt_param_nearest(const vt_param *table, const char *key);

/* Value as text that vt_param_set would take back, into buf (SI unit). Returns snprintf's length. */
size_t vt_param_format(const vt_param *row, const void *base, char *buf, size_t size);

/* Present? false for an optional value that is absent. */
bool vt_param_present(const vt_param *row, const void *base);

/* One setting on its way to a parameter table. */
typedef struct vt_setting {
    const char *key;
    const char *text;
    const char *file; /* study or data file it stands in; NULL: command line */
    long line;
} vt_setting;

/* What every reduction, simulation, prediction and map understands. */
typedef struct vt_common {
    uint64_t seed;
    double level;    /* coverage of intervals */
    long replicates; /* of bootstrap and Monte Carlo */
    long threads;    /* 0: all; never changes a result, not part of the result header */
} vt_common;
#define VT_COMMON_PARAMS vt_common_params /* exported names start with vt_ */
extern const vt_param VT_COMMON_PARAMS[]; /* seed, level, replicates, threads */
