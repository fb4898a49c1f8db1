/* Calibrations from YAML: every refusal with file, line and column. */
#include <stdlib.h>
#include <string.h>
#include <vitrum/calibration.h>
#include <vitrum/io.h>
#include <vitrum/units.h>
#include <vitrum/yaml.h>

typedef struct reader {
    const vt_yaml *doc;
    vt_calibration *c;
    vt_error *err;
} reader;

/* ---- entries ---- */
static vt_status need(const reader *r, const vt_yaml_node *entry, const char *name, const char *what,
                      const vt_yaml_node **node)
{
    *node = vt_yaml_find(entry, name);
    if (*node) return VT_OK;
    return vt_yaml_fail(r->doc, entry, r->err, VT_EPARSE, "%s has no %s", what, name);
}

static vt_status take_value(const reader *r, const vt_yaml_node *entry, const char *name, const char *unit,
                            const char *what, double *x)
{
    const vt_yaml_node *node;
    vt_error why = {0};
    vt_status st = need(r, entry, name, what, &node);
    if (st != VT_OK) return st;
    st = vt_yaml_node_kind(node) == VT_YAML_SCALAR ? vt_unit_read_value(vt_yaml_text(node), unit, x, NULL, &why)
                                                   : vt_fail(&why, VT_EPARSE, "one value is needed");
    return st == VT_OK ? st : vt_yaml_fail(r->doc, node, r->err, st, "%s: %s: %s", what, name, why.msg);
}

/* A value that may also be the word `word`, which is 0. */
static vt_status take_or_word(const reader *r, const vt_yaml_node *entry, const char *name, const char *word, double *x)
{
    const vt_yaml_node *node;
    const vt_status st = need(r, entry, name, "conventions", &node);
    if (st == VT_OK && strcmp(vt_yaml_text(node), word) == 0) {
        *x = 0.0;
        return VT_OK;
    }
    return st == VT_OK ? take_value(r, entry, name, "1", "conventions", x) : st;
}

static vt_status take_text(const reader *r, const vt_yaml_node *entry, const char *name, const char *what, size_t size,
                           char *out)
{
    const vt_yaml_node *node;
    const vt_status st = need(r, entry, name, what, &node);
    if (st != VT_OK) return st;
    const char *text = vt_yaml_text(node);
    if (vt_yaml_node_kind(node) != VT_YAML_SCALAR)
        return vt_yaml_fail(r->doc, node, r->err, VT_EPARSE, "%s: %s must be a text", what, name);
    if (strlen(text) >= size)
        return vt_yaml_fail(r->doc, node, r->err, VT_ELIMIT, "%s: %s has %zu bytes, at most %zu", what, name,
                            strlen(text), size - 1);
    memcpy(out, text, strlen(text) + 1);
    return VT_OK;
}

static vt_status take_list(const reader *r, const vt_yaml_node *node, const char *what, size_t n, double *x)
{
    if (vt_yaml_node_kind(node) != VT_YAML_SEQUENCE || vt_yaml_size(node) != n)
        return vt_yaml_fail(r->doc, node, r->err, VT_ESHAPE, "%s must be a list of %zu numbers", what, n);
    for (size_t i = 0; i < n; i++) {
        vt_error why = {0};
        const vt_yaml_node *item = vt_yaml_item(node, i);
        if (vt_yaml_node_kind(item) != VT_YAML_SCALAR || vt_number_read(vt_yaml_text(item), &x[i], &why) != VT_OK)
            return vt_yaml_fail(r->doc, item, r->err, VT_EPARSE, "%s: \"%.60s\" is not a number", what,
                                vt_yaml_text(item));
    }
    return VT_OK;
}

/* ---- parts ---- */
static vt_status read_area(const reader *r, const vt_yaml_node *node)
{
    static const char *const known[] = {"coefficients", "covariance", "low", "high", NULL};
    const vt_yaml_node *C, *cov;
    vt_area_function *f = &r->c->area;
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(r->doc, node, known, "area_function", r->err));
    VT_TRY(st = need(r, node, "coefficients", "area_function", &C));
    f->n = vt_yaml_size(C);
    if (vt_yaml_node_kind(C) != VT_YAML_SEQUENCE || f->n < 1 || f->n > VT_AREA_TERMS)
        return vt_yaml_fail(r->doc, C, r->err, VT_ESHAPE, "coefficients must be a list of 1 to %d numbers",
                            VT_AREA_TERMS);
    VT_TRY(st = take_list(r, C, "coefficients", f->n, f->C));
    cov = vt_yaml_find(node, "covariance");
    if (cov && (vt_yaml_node_kind(cov) != VT_YAML_SEQUENCE || vt_yaml_size(cov) != f->n))
        return vt_yaml_fail(r->doc, cov, r->err, VT_ESHAPE, "covariance must be a list of %zu rows", f->n);
    for (size_t i = 0; cov && i < f->n; i++)
        VT_TRY(st = take_list(r, vt_yaml_item(cov, i), "a row of the covariance", f->n, &f->cov[i * VT_AREA_TERMS]));
    if (!vt_yaml_find(node, "low") && !vt_yaml_find(node, "high")) return VT_OK;
    VT_TRY(st = take_value(r, node, "low", "m", "area_function", &f->low));
    st = take_value(r, node, "high", "m", "area_function", &f->high);
done:
    return st;
}

static vt_status read_frame(const reader *r, const vt_yaml_node *node)
{
    static const char *const known[] = {"value", "uncertainty", "covariance", NULL};
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(r->doc, node, known, "frame_compliance", r->err));
    VT_TRY(st = take_value(r, node, "value", "m/N", "frame_compliance", &r->c->C_f));
    VT_TRY(st = take_value(r, node, "uncertainty", "m/N", "frame_compliance", &r->c->u_C_f));
    const vt_yaml_node *cov = vt_yaml_find(node, "covariance");
    if (cov) st = take_list(r, cov, "covariance of the frame compliance", r->c->area.n, r->c->cov_C_f);
done:
    return st;
}

static vt_status read_conventions(const reader *r, const vt_yaml_node *node)
{
    static const char *const known[] = {
        "beta", "epsilon", "unloading_exponent", "indenter_modulus", "indenter_poisson_ratio", NULL};
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(r->doc, node, known, "conventions", r->err));
    VT_TRY(st = take_value(r, node, "beta", "1", "conventions", &r->c->beta));
    VT_TRY(st = take_or_word(r, node, "epsilon", "exponent", &r->c->epsilon));
    VT_TRY(st = take_or_word(r, node, "unloading_exponent", "free", &r->c->m));
    VT_TRY(st = take_value(r, node, "indenter_modulus", "Pa", "conventions", &r->c->E_i));
    st = take_value(r, node, "indenter_poisson_ratio", "1", "conventions", &r->c->nu_i);
done:
    return st;
}

static vt_status read_reference(const vt_yaml_node *node, void *context)
{
    const reader *r = context;
    static const char *const known[] = {"material",
                                        "area",
                                        "modulus",
                                        "modulus_uncertainty",
                                        "poisson_ratio",
                                        "frame_compliance",
                                        "frame_compliance_uncertainty",
                                        "found",
                                        "found_uncertainty",
                                        "deviation",
                                        "indents",
                                        NULL};
    vt_calibration_reference *m = &r->c->reference[r->c->nreferences];
    const char *what = "a reference";
    char word[8] = "";
    double n = 0.0;
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(r->doc, node, known, what, r->err));
    if (r->c->nreferences == VT_CALIBRATION_REFERENCES)
        return vt_yaml_fail(r->doc, node, r->err, VT_ELIMIT, "more than %d references", VT_CALIBRATION_REFERENCES);
    VT_TRY(st = take_text(r, node, "material", what, sizeof m->material, m->material));
    VT_TRY(st = take_text(r, node, "area", what, sizeof word, word));
    m->area = strcmp(word, "yes") == 0;
    if (!m->area && strcmp(word, "no") != 0)
        return vt_yaml_fail(r->doc, vt_yaml_find(node, "area"), r->err, VT_EPARSE, "area: write yes or no");
    VT_TRY(st = take_value(r, node, "modulus", "Pa", what, &m->E));
    m->u_E = 0.0; /* files of earlier versions do not state it */
    if (vt_yaml_find(node, "modulus_uncertainty"))
        VT_TRY(st = take_value(r, node, "modulus_uncertainty", "Pa", what, &m->u_E));
    VT_TRY(st = take_value(r, node, "poisson_ratio", "1", what, &m->nu));
    VT_TRY(st = take_value(r, node, "frame_compliance", "m/N", what, &m->C_f));
    VT_TRY(st = take_value(r, node, "frame_compliance_uncertainty", "m/N", what, &m->u_C_f));
    VT_TRY(st = take_value(r, node, "found", "Pa", what, &m->E_found));
    VT_TRY(st = take_value(r, node, "found_uncertainty", "Pa", what, &m->u_E_found));
    VT_TRY(st = take_value(r, node, "deviation", "1", what, &m->deviation));
    VT_TRY(st = take_value(r, node, "indents", "1", what, &n));
    if (!(n >= 1.0 && n <= 1e9))
        return vt_yaml_fail(r->doc, vt_yaml_find(node, "indents"), r->err, VT_ERANGE, "indents: %g is not 1 or more",
                            n);
    m->indents = (long)n;
    r->c->nreferences++;
done:
    return st;
}

static vt_status read_source(const vt_yaml_node *node, void *context)
{
    const reader *r = context;
    static const char *const known[] = {"path", "sha256", NULL};
    vt_calibration_source *s = &r->c->source[r->c->nsources];
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(r->doc, node, known, "a source", r->err));
    if (r->c->nsources == VT_CALIBRATION_SOURCES)
        return vt_yaml_fail(r->doc, node, r->err, VT_ELIMIT, "more than %d sources", VT_CALIBRATION_SOURCES);
    VT_TRY(st = take_text(r, node, "path", "a source", sizeof s->path, s->path));
    VT_TRY(st = take_text(r, node, "sha256", "a source", sizeof s->sha256, s->sha256));
    const size_t n = strspn(s->sha256, "0123456789abcdef");
    if (s->sha256[n] || (n != 0 && n != 64))
        return vt_yaml_fail(r->doc, vt_yaml_find(node, "sha256"), r->err, VT_EPARSE, "sha256: 64 hex digits, or none");
    r->c->nsources++;
done:
    return st;
}

/* ---- the file ---- */
static vt_status read_document(const vt_yaml *doc, vt_calibration *c, vt_error *err)
{
    static const char *const known[] = {"calibration", "vitrum",     "area_function", "frame_compliance",
                                        "conventions", "references", "sources",       NULL};
    const vt_yaml_node *root = vt_yaml_root(doc), *node;
    reader r = {.doc = doc, .c = c, .err = err};
    const char *what = "a calibration";
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(doc, root, known, what, err));
    VT_TRY(st = need(&r, root, "calibration", what, &node));
    if (strcmp(vt_yaml_text(node), "indentation") != 0)
        return vt_yaml_fail(doc, node, err, VT_EPARSE, "calibration of \"%.40s\"; this reads those of indentation",
                            vt_yaml_text(node));
    VT_TRY(st = take_text(&r, root, "vitrum", what, sizeof c->version, c->version));
    VT_TRY(st = need(&r, root, "area_function", what, &node));
    VT_TRY(st = read_area(&r, node));
    VT_TRY(st = need(&r, root, "frame_compliance", what, &node));
    VT_TRY(st = read_frame(&r, node));
    VT_TRY(st = need(&r, root, "conventions", what, &node));
    VT_TRY(st = read_conventions(&r, node));
    VT_TRY(st = vt_yaml_each(doc, vt_yaml_find(root, "references"), "references", read_reference, &r, err));
    st = vt_yaml_each(doc, vt_yaml_find(root, "sources"), "sources", read_source, &r, err);
done:
    return st;
}

static vt_status finish(vt_yaml *doc, vt_status st, vt_calibration *c, vt_error *err)
{
    vt_calibration *fresh = st == VT_OK ? calloc(1, sizeof *fresh) : NULL;
    if (st == VT_OK && !fresh) st = vt_fail(err, VT_EMEMORY, "a calibration");
    if (st == VT_OK) st = read_document(doc, fresh, err);
    if (st == VT_OK) *c = *fresh;
    free(fresh);
    vt_yaml_free(doc);
    return st;
}

vt_status vt_calibration_parse(const char *name, const char *text, size_t size, vt_calibration *c, vt_error *err)
{
    vt_yaml *doc = NULL;
    if (!c) return vt_fail(err, VT_EARG, "calibration is NULL");
    const vt_status st = vt_yaml_parse(name, text, size, &doc, err);
    return finish(doc, st, c, err);
}

vt_status vt_calibration_read(const char *path, vt_calibration *c, vt_error *err)
{
    vt_yaml *doc = NULL;
    if (!c) return vt_fail(err, VT_EARG, "calibration is NULL");
    const vt_status st = vt_yaml_read(path, &doc, err);
    return finish(doc, st, c, err);
}
