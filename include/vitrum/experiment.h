#pragma once
#include <stdint.h>
#include <vitrum/card.h>
#include <vitrum/param.h>
#include <vitrum/result.h>
#include <vitrum/table.h>

/* Descriptors. An experiment, a forming process or a map is described once, in its own folder; command
 * line, study runner, report, documentation and the round-trip tests are generic code that reads the
 * descriptors in the registry. A new one is a new folder and one line in src/experiment/registry.c. */

/* A column that an experiment reads, or a metadata key (`# key: value [unit]`). */
typedef struct vt_column {
    const char *name;    /* "diameter" */
    const char *unit;    /* SI; "text": a text column; "row": number whose unit stands in column "unit" of its row;
                            "row interval": the same for an uncertainty, which has no offset */
    int required;        /* in a list of metadata VT_EACH_TABLE: a parameter that tables may give differently
                            (vti_table_params) */
    double low, high;    /* plausible range, SI (P 1.1 step 4 and 8): outside is VT_EUNITS or VT_ERANGE */
    const char *aliases; /* other names instruments write, separated by ';', or NULL; one that begins with '!' goes
                            before name and other aliases where a file has both; "?;" before the first: two columns
                            share these names, and each takes the one whose unit is of its kind */
    const char *text;    /* one line: what it is */
} vt_column;
#define VT_COLUMN_END \
    { \
        0 \
    }
enum { VT_EACH_TABLE = 2 };

/* Another shape of table that an experiment also reads: list of specimens, table of indents as the vendor reduced them.
 * A table whose reader gave it this name (vt_table_form) is bound to these columns; a plain table is, if it has all
 * required columns of the form and not those of the experiment. */
typedef struct vt_form {
    const char *name; /* "indents" */
    const vt_column *columns;
    const char *text; /* one line: what a row is */
} vt_form;
#define VT_FORM_END \
    { \
        0 \
    }

/* A property that comes out, for `describe` and docs. */
typedef struct vt_output {
    const char *name, *symbol, *unit, *text;
} vt_output;
#define VT_OUTPUT_END \
    { \
        0 \
    }

/* What a run is given. Everything is borrowed. Tables hold the columns of the descriptor under their
 * descriptor names, in SI, already checked against unit, range and presence. */
typedef struct vt_job {
    const vt_table *const *tables;
    size_t ntables;
    const int *form;    /* of each table: -1 the columns of the experiment, k its forms[k] */
    const void *params; /* the descriptor's parameter struct, complete and in range */
    uint64_t given;     /* which of its rows were set explicitly */
    uint64_t settled;   /* which of them by a setting: the same for every table */
    vt_common common;
    const vt_card *alloy; /* NULL: none given */
} vt_job;

typedef struct vt_experiment {
    const char *name;      /* "molding" */
    const char *summary;   /* one line */
    const char *reference; /* paper and procedure numbers */
    const char *details;   /* a paragraph: model, equations, what the two readings are */
    const char *example;   /* a command line that works */
    const vt_column *columns;
    const vt_column *metadata; /* aliases of parameters; a key that is no parameter belongs to its table alone and stays
                                  on the bound table ("specimen") */
    const vt_param *params;
    size_t params_size;
    const vt_output *outputs;
    vt_status (*reduce)(const vt_job *job, vt_result *result, vt_error *err);
    const vt_param *truth; /* parameters of the virtual instrument; NULL: no simulator */
    size_t truth_size;
    vt_status (*simulate)(const vt_job *job, vt_table *record, vt_error *err); /* job->params: the truth struct */
    const vt_form *forms; /* other tables it reads beside `columns`, ended by VT_FORM_END; NULL: none */
    const char *images;   /* it also takes pictures (vitrum/image.h): one line, what they show; NULL: it does not. The
                             table of a picture is bound without columns, form -1, and has vt_table_image. Parameters
                             called `dataset` (TEXT) and `slice` (INT), if it has them, choose what is read of a file */
} vt_experiment;

typedef enum vt_model_kind { VT_PROCESS, VT_MAP } vt_model_kind;

/* A forming process (`vitrum predict`) or a map (`vitrum map`): parameters and an alloy in, result out. */
typedef struct vt_forecast {
    vt_model_kind kind;
    const char *name, *summary, *reference, *details, *example;
    const vt_param *params;
    size_t params_size;
    const vt_output *outputs;
    vt_status (*run)(const vt_job *job, vt_result *result, vt_error *err);
    const vt_column *columns; /* of the tables it takes (conditions to mark, measured points); NULL: takes none */
} vt_forecast;

/* The registry: NULL-terminated arrays, static storage. */
#define VT_EXPERIMENTS vt_experiment_registry /* exported names start with vt_ */
#define VT_FORECASTS   vt_forecast_registry
extern const vt_experiment *const VT_EXPERIMENTS[];
extern const vt_forecast *const VT_FORECASTS[];
const vt_experiment *vt_experiment_find(const char *name); /* NULL if unknown */
const vt_forecast *vt_forecast_find(vt_model_kind kind, const char *name);

/* Names of the text columns of a descriptor (forms NULL: none), for vt_read_options.text_columns: *names is malloc'd
 * and NULL-terminated, the names are borrowed. */
vt_status vt_text_columns(const vt_column *columns, const vt_form *forms, const char ***names, vt_error *err);

/* Makes from a table as read the one the experiment wants: finds each column by name or alias, checks
 * unit, presence, finiteness and plausible range (VT_EKEY, VT_EUNITS, VT_ENAN, VT_ERANGE, each with file,
 * line, value, limit and fix), and gives it its descriptor name. Optional columns that are absent stay
 * absent. Missing values: VT_ENAN in required columns, kept as NaN in optional ones. The form of the bound table is the
 * one it was bound as, "" for the columns of the experiment; its picture is that of raw, borrowed. The text of a
 * refusal begins with the label of the table.
 */
vt_status vt_experiment_bind(const vt_experiment *e, const vt_table *raw, vt_table **bound, vt_error *err);

/* Constant of the alloy with its uncertainty (budget line and shared group: its key; u = 0 if the card gives
 * none). Warns W_RECALLED in *result (NULL: does not) if its tag is R. VT_EREFERENCE: no alloy, or not on the
 * card, with the way to supply it. */
vt_status vt_job_constant(const vt_job *job, vt_result *result, const char *key, vt_quantity *q, vt_error *err);

/* Runs a reduction from raw tables: bind, defaults <- metadata of the first table <- settings, common
 * parameters, reduce, provenance. Metadata of later tables must agree (VT_EMISMATCH names both lines) unless
 * a setting gives the key. What was not used, or replaced by a reader, is warned of as W_INPUT. The generic front door
 * for command line, studies, bindings and tests. */
typedef struct vt_request {
    const vt_table *const *raw; /* tables as read */
    size_t nraw;
    const vt_setting *settings; /* --set and study keys, in order; later ones win */
    size_t nsettings;
    const vt_common *common; /* NULL: defaults; `settings` may also name seed, level, replicates, threads */
    const vt_card *alloy;
} vt_request;
vt_status vt_reduce(const vt_experiment *e, const vt_request *in, vt_result **result, vt_error *err);
vt_status vt_simulate(const vt_experiment *e, const vt_request *in, vt_table **record, vt_error *err);
vt_status vt_forecast_run(const vt_forecast *f, const vt_request *in, vt_result **result, vt_error *err);
