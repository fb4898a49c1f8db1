/* HDF5 of the micromechanics project, version 2.0: test_<n>/data/{time, displacement, force, ...}. Units stand in the
 * attribute `unit` of a column or follow from the converter that the root attribute `uri` names. */
#include "io/hdf5/hdf5_internal.h"
#include "io/image/image_internal.h"
#include "io/indenter/indenter_internal.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 600 };
#define DATA "/data/"

/* Converters whose files were looked at: their columns carry no unit of their own. */
static const struct converter {
    const char *script;
    const char *time, *displacement, *force;
} CONVERTERS[] = {
    {"Micromaterials2hdf.py", "s", "nm", "mN"}, /* largest force of the files = the attribute maximum_load_mN */
};

struct reading {
    const vti_file *file;
    vti_hdf5 content;
    vt_book *book;
    const struct converter *converter; /* NULL: unknown */
    json_t *config;                    /* what was said of tests afterwards; NULL: nothing */
    vti_missing missing;
    bool places; /* some test has x and y */
};

/* ---- tests: runs of items that begin with the same first part ---- */
static size_t first_part(const char *path)
{
    return strcspn(path, "/@");
}

static bool is_test(const char *path)
{
    const size_t n = first_part(path);
    return n > 5 && strncmp(path, "test_", 5) == 0 && path[n] != '\0';
}

/* Name of a dataset directly in test/data/, or NULL. */
static const char *column_of(const vti_hdf5_item *item, const char *test)
{
    const size_t n = strlen(test);
    if (item->kind != VTI_HDF5_DATA || strncmp(item->path, test, n) != 0 ||
        strncmp(item->path + n, DATA, strlen(DATA)) != 0)
        return NULL;
    const char *name = item->path + n + strlen(DATA);
    return *name && !strchr(name, '/') && strlen(name) < VTI_NAME_LIMIT ? name : NULL;
}

static const char *attribute(const struct reading *r, const char *object, const char *name)
{
    char path[PATH];
    return snprintf(path, sizeof path, "%s@%s", object, name) < PATH ? vti_hdf5_text(&r->content, path) : NULL;
}

/* ---- units ---- */
static const char *unit_by_converter(const struct reading *r, const char *name)
{
    if (!r->converter) return NULL;
    if (strcmp(name, "time") == 0) return r->converter->time;
    if (strcmp(name, "displacement") == 0) return r->converter->displacement;
    return strcmp(name, "force") == 0 ? r->converter->force : NULL;
}

/* false: the file gives none that vitrum reads. */
static bool unit_of(const struct reading *r, const vti_hdf5_item *item, const char *name, vt_unit *unit)
{
    const char *text = attribute(r, item->path, "unit");
    if (!text) text = attribute(r, item->path, "units");
    if (!text) text = unit_by_converter(r, name);
    return text && vt_unit_read(text, NULL, unit, NULL) == VT_OK;
}

/* ---- columns ---- */
/* Numbers that stand for no value: 9.9e37 and beyond, infinite. */
static size_t drop_sentinels(double *x, size_t n)
{
    size_t dropped = 0;
    for (size_t i = 0; i < n; i++) {
        if (fabs(x[i]) < 9.9e37) continue;
        x[i] = NAN;
        dropped++;
    }
    return dropped;
}

static vt_status add_column(struct reading *r, vt_table *t, vti_hdf5_item *item, const char *name, vt_error *err)
{
    vt_unit unit;
    const bool known = unit_of(r, item, name, &unit);
    vt_status st = vti_missing_add(&r->missing, name, drop_sentinels(item->value, item->n), err);
    for (size_t i = 0; st == VT_OK && known && i < item->n; i++) item->value[i] = vt_unit_to_si(&unit, item->value[i]);
    if (st == VT_OK) st = vt_table_adopt(t, name, known ? &unit : NULL, known, item->n, item->value, err);
    if (st == VT_OK) item->value = NULL; /* the table's */
    return st;
}

/* Columns in the usual order, then the others of as many rows. */
static vt_status add_columns(struct reading *r, vt_table *t, const char *test, vti_hdf5_item *begin, vti_hdf5_item *end,
                             vt_error *err)
{
    static const char *const MAIN[] = {"time", "displacement", "force"};
    vt_status st = VT_OK;
    for (size_t k = 0; st == VT_OK && k < sizeof MAIN / sizeof *MAIN; k++) {
        char path[PATH];
        snprintf(path, sizeof path, "%s" DATA "%s", test, MAIN[k]);
        vti_hdf5_item *item = vti_hdf5_find(&r->content, path);
        if (!item || item->kind != VTI_HDF5_DATA || item->n == 0) continue;
        if (vt_table_columns(t) > 0 && item->n != vt_table_rows(t))
            return vt_fail_at(err, VT_ESHAPE, r->file->name, 0, 0, "%s has %zu numbers, %s has %zu; is the file cut?",
                              MAIN[k], item->n, vt_table_column_name(t, 0), vt_table_rows(t));
        st = add_column(r, t, item, MAIN[k], err);
    }
    for (vti_hdf5_item *item = begin; st == VT_OK && item < end; item++) {
        const char *name = column_of(item, test);
        if (!name || !item->value) continue; /* none, empty, or taken above */
        if (vt_table_columns(t) == 0 || item->n == vt_table_rows(t))
            st = add_column(r, t, item, name, err);
        else
            st = vti_book_ignore(r->book, err, "%.200s: %zu numbers beside %zu readings", item->path, item->n,
                                 vt_table_rows(t));
    }
    return st;
}

/* ---- metadata ---- */
/* A number of the test as metadata with its unit. */
static vt_status add_number(struct reading *r, vt_table *t, const char *path, const char *key, const char *unit,
                            vt_error *err)
{
    char text[64];
    const vti_hdf5_item *item = vti_hdf5_find(&r->content, path);
    if (!item || item->kind != VTI_HDF5_NUMBERS || item->n != 1 || !(fabs(item->value[0]) < 9.9e37)) return VT_OK;
    snprintf(text, sizeof text, "%.15g %s", item->value[0], unit);
    return vt_table_add_meta(t, key, text, 0, err);
}

/* The NanoTest indents along x: the specimen's plane is y and z. */
static vt_status add_metadata(struct reading *r, vt_table *t, const char *test, vt_error *err)
{
    static const char *const ROWS[][3] = {{"@y_coordinate_um", "x", "um"},
                                          {"@z_coordinate_um", "y", "um"},
                                          {"/data@drift_rate_nm_s", "drift_rate", "nm/s"}};
    vt_status st = VT_OK;
    const size_t before = vt_table_metas(t);
    for (size_t i = 0; st == VT_OK && i < sizeof ROWS / sizeof *ROWS; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "%s%s", test, ROWS[i][0]);
        st = add_number(r, t, path, ROWS[i][1], ROWS[i][2], err);
    }
    r->places = r->places || vt_table_metas(t) > before;
    return st;
}

/* Did somebody mark the test as one to leave out? */
static bool is_marked(const struct reading *r, const char *test)
{
    return json_is_true(json_object_get(json_object_get(r->config, test), "ignore"));
}

static vt_status read_test(struct reading *r, const char *test, vti_hdf5_item *begin, vti_hdf5_item *end, vt_error *err)
{
    vt_table *t = NULL;
    vt_status st;
    if (is_marked(r, test)) return vti_book_ignore(r->book, err, "%.200s: marked 'ignore' in the file", test);
    VT_TRY(st = vti_part_begin(r->file->name, test, "record", &t, err));
    VT_TRY(st = add_columns(r, t, test, begin, end, err));
    if (vt_table_columns(t) == 0) {
        st = vti_book_ignore(r->book, err, "%.200s: no readings", test);
        goto done;
    }
    VT_TRY(st = add_metadata(r, t, test, err));
    st = vti_book_add(r->book, t, err);
    t = NULL;
done:
    if (st != VT_OK) vt_error_about(err, test);
    vt_table_free(t);
    return st;
}

/* ---- the file ---- */
static vt_status check_origin(struct reading *r, vt_error *err)
{
    const char *uri = vti_hdf5_text(&r->content, "@uri"), *version = vti_hdf5_text(&r->content, "@version");
    if (!uri || !version)
        return vt_fail_at(err, VT_EPARSE, r->file->name, 0, 0,
                          "is an HDF5 file of a layout that vitrum does not know (no texts 'uri' and 'version' at its "
                          "root, as the micromechanics project writes them)");
    if (strcmp(version, "2.0") != 0)
        return vt_fail_at(err, VT_EPARSE, r->file->name, 0, 0,
                          "is a micromechanics file of version '%.40s'; vitrum reads 2.0", version);
    const char *script = strrchr(uri, '/') ? strrchr(uri, '/') + 1 : uri;
    for (size_t i = 0; i < sizeof CONVERTERS / sizeof *CONVERTERS; i++)
        if (strcmp(script, CONVERTERS[i].script) == 0) r->converter = &CONVERTERS[i];
    const char *config = vti_hdf5_text(&r->content, "post_test_analysis/com_github_micromechanics@config");
    if (config) r->config = json_loads(config, JSON_REJECT_DUPLICATES, NULL);
    if (config && !r->config) return vti_book_ignore(r->book, err, "post_test_analysis: its config is no JSON");
    return VT_OK;
}

static vt_status read_tests(struct reading *r, vt_error *err)
{
    vti_hdf5_item *item = r->content.item, *end = item + r->content.n;
    vt_status st = VT_OK;
    while (item < end && st == VT_OK) {
        char test[VTI_NAME_LIMIT];
        const size_t n = first_part(item->path);
        vti_hdf5_item *next = item;
        while (next < end && first_part(next->path) == n && strncmp(next->path, item->path, n) == 0) next++;
        if (is_test(item->path) && n < sizeof test) {
            memcpy(test, item->path, n);
            test[n] = '\0';
            st = read_test(r, test, item, next, err);
        }
        item = next;
    }
    if (st == VT_OK && vt_book_tables(r->book) == 0)
        st = vt_fail_at(err, VT_ESHAPE, r->file->name, 0, 0, "is a micromechanics file without readings of a test");
    return st;
}

/* Settings of the instrument and what else no table holds, in one line for each part; what the library left out. */
static vt_status say_what_is_left(struct reading *r, vt_error *err)
{
    size_t settings = 0;
    vt_status st = VT_OK;
    for (size_t i = 0; i < r->content.n && st == VT_OK; i++) {
        const vti_hdf5_item *item = &r->content.item[i];
        settings += strncmp(item->path, "instrument@", 11) == 0;
        if (item->kind == VTI_HDF5_LEFT_OUT && !strstr(item->path, "/data/indices"))
            st = vti_book_ignore(r->book, err, "%.200s: %.200s", item->path, item->text);
    }
    if (st == VT_OK && settings > 0) st = vti_book_ignore(r->book, err, "instrument: %zu settings", settings);
    if (st == VT_OK && r->places)
        st = vt_table_add_note(vti_book_table(r->book, 0), err,
                               "x and y are the stage's y and z, the plane of the specimen in a NanoTest");
    return st;
}

vt_status vti_micromechanics_tables(const vti_file *file, const vti_hdf5 *content, vt_book *book, vt_error *err)
{
    struct reading r = {.file = file, .book = book, .content = *content};
    vt_status st;
    VT_TRY(st = check_origin(&r, err));
    VT_TRY(st = read_tests(&r, err));
    st = say_what_is_left(&r, err);
done:
    st = vti_missing_end(&r.missing, book, st, err);
    json_decref(r.config);
    return st;
}

/* Without the address of its converter, and with a dataset of pictures: a file of pictures. */
static bool holds_pictures(const vti_hdf5 *content)
{
    if (vti_hdf5_text(content, "@uri")) return false;
    for (size_t i = 0; i < content->n; i++)
        if (content->item[i].kind == VTI_HDF5_LEFT_OUT && strstr(content->item[i].text, "not of one dimension"))
            return true;
    return false;
}

static vt_status read(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    vti_hdf5 content;
    vt_status st = vti_refuse_sheet(file->name, options, err);
    if (st != VT_OK) return st;
    if (options && options->dataset && options->dataset[0]) return vti_image_book(file, options, book, err);
    st = vti_hdf5_load(file, &content, err);
    if (st != VT_OK) return st;
    st = holds_pictures(&content) ? vti_image_book(file, options, book, err)
                                  : vti_micromechanics_tables(file, &content, book, err);
    vti_hdf5_free(&content);
    return st;
}

const vti_format VTI_MICROMECHANICS = {"micromechanics HDF5", vti_is_hdf5, read};
