/* Which file is which reference material. */
#include "calibration_internal.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Isotropic moduli. Fused silica: procedure P18; makers state 72 to 73 GPa, so 72 is within 0.7 GPa (rectangular).
 * Tungsten: elastically isotropic, 411 GPa and 0.28 (handbook values as used for verification by ISO 14577-3), within
 * 1 %. words: what a name of a file may hold. */
static const struct {
    const char *material, *words[4];
    double E, u_E, nu;
} KNOWN[] = {{"fused silica", {"silica", "quartz", "fusedsilica", NULL}, 72e9, 0.40e9, 0.17},
             {"tungsten", {"tungsten", "wolfram", NULL}, 411e9, 2.4e9, 0.28}};
enum { MATERIALS = sizeof KNOWN / sizeof *KNOWN };

static const char HOW[] = "say which: --set references=fused_silica,tungsten, one for each file in the order of the "
                          "files, or NAME:MODULUS:RATIO as steel:210GPa:0.29";

/* Lower-case letters and digits of a text. */
static void squeeze(const char *text, size_t n, char *out, size_t size)
{
    size_t k = 0;
    for (size_t i = 0; i < n && k + 1 < size; i++)
        if (isalnum((unsigned char)text[i])) out[k++] = (char)tolower((unsigned char)text[i]);
    out[k] = '\0';
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The material that a name of a file mentions; MATERIALS: none, or several. */
static size_t mentioned(const char *path)
{
    char name[256];
    size_t found = MATERIALS;
    squeeze(file_name(path), strlen(file_name(path)), name, sizeof name);
    for (size_t m = 0; m < MATERIALS; m++)
        for (size_t w = 0; KNOWN[m].words[w]; w++) {
            if (!strstr(name, KNOWN[m].words[w])) continue;
            if (found != MATERIALS && found != m) return MATERIALS;
            found = m;
        }
    return found;
}

static size_t named(const char *word, size_t n)
{
    char want[128], have[128];
    squeeze(word, n, want, sizeof want);
    for (size_t m = 0; m < MATERIALS; m++) {
        squeeze(KNOWN[m].material, strlen(KNOWN[m].material), have, sizeof have);
        if (strcmp(want, have) == 0) return m;
    }
    return MATERIALS;
}

static void take_known(vti_cal_reference *r, size_t m)
{
    snprintf(r->material, sizeof r->material, "%s", KNOWN[m].material);
    r->E = KNOWN[m].E;
    r->u_E = KNOWN[m].u_E;
    r->nu = KNOWN[m].nu;
}

/* "steel:210GPa:0.29" */
static vt_status take_own(vti_cal_reference *r, const char *word, size_t n, vt_error *err)
{
    char text[VT_PARAM_TEXT], *E = NULL, *nu = NULL;
    snprintf(text, sizeof text, "%.*s", (int)n, word);
    E = strchr(text, ':');
    if (E) *E++ = '\0', nu = strchr(E, ':');
    if (nu) *nu++ = '\0';
    if (!nu) return vt_fail(err, VT_EREFERENCE, "\"%s\" is no known reference material; %s", text, HOW);
    vt_status st = vt_unit_read_value(E, "Pa", &r->E, NULL, err);
    if (st == VT_OK) st = vt_unit_read_value(nu, "1", &r->nu, NULL, err);
    if (st != VT_OK) return st;
    if (!(r->E > 1e8 && r->E < 2e12) || !(r->nu > -1.0 && r->nu <= 0.5))
        return vt_fail(err, VT_ERANGE,
                       "reference %s: modulus %g GPa is not in 0.1 to 2000, or ratio %g not in (-1, 0.5]", text,
                       r->E * 1e-9, r->nu);
    snprintf(r->material, sizeof r->material, "%.*s", (int)sizeof r->material - 1, text);
    return VT_OK;
}

/* The word-th entry of a comma list; NULL: it has fewer. */
static const char *entry(const char *list, size_t word, size_t *n)
{
    for (; list; word--) {
        const char *comma = strchr(list, ',');
        *n = comma ? (size_t)(comma - list) : strlen(list);
        while (*n && *list == ' ') list++, --*n;
        while (*n && list[*n - 1] == ' ') --*n;
        if (word == 0) return *n ? list : NULL;
        list = comma ? comma + 1 : NULL;
    }
    return NULL;
}

static const char *metadata(const vt_table *t, const char *key)
{
    for (size_t i = 0; i < vt_table_metas(t); i++)
        if (strcmp(vt_table_meta(t, i).key, key) == 0) return vt_table_meta(t, i).text;
    return NULL;
}

/* What is known of the file whose first table is t. */
static vt_status take(const vti_cal_params *par, const vt_table *t, size_t file, vti_cal_reference *r, vt_error *err)
{
    size_t n = 0;
    const char *said = entry(par->references[0] ? par->references : NULL, file, &n);
    const char *meta = metadata(t, "reference"), *nu = metadata(t, "poisson_ratio");
    if (!said && par->references[0])
        return vt_fail(err, VT_EREFERENCE, "references names %zu materials, but %s is file %zu; %s", file,
                       vt_table_path(t), file + 1, HOW);
    if (!said && meta) said = meta, n = strlen(meta);
    const size_t m = said ? named(said, n) : mentioned(vt_table_path(t));
    vt_status st = VT_OK;
    if (m < MATERIALS)
        take_known(r, m);
    else if (said)
        st = take_own(r, said, n, err);
    else if (!isnan(par->reference_modulus))
        snprintf(r->material, sizeof r->material, "reference");
    else
        st = vt_fail_at(err, VT_EREFERENCE, vt_table_path(t), 0, 0, "which reference material is this? %s", HOW);
    if (st != VT_OK) return st;
    if (nu && (!said || m < MATERIALS)) st = vt_unit_read_value(nu, "1", &r->nu, NULL, err);
    if (!isnan(par->reference_modulus)) r->E = par->reference_modulus;
    if (!isnan(par->reference_modulus_u)) r->u_E = par->reference_modulus_u * r->E;
    if (!isnan(par->reference_poisson_ratio)) r->nu = par->reference_poisson_ratio;
    if (st == VT_OK && !(r->E > 0.0 && r->nu > -1.0 && r->nu <= 0.5))
        st = vt_fail(err, VT_EREFERENCE, "reference_modulus needs a Poisson's ratio: --set reference_poisson_ratio=");
    return st;
}

/* The most compliant material carries the area function: its contact has the largest share of the compliance. */
static vt_status roles(vti_cal_run *run, vt_error *err)
{
    const char *check = run->par->verification;
    size_t softest = run->nreferences;
    for (size_t i = 0; i < run->nreferences; i++) {
        vti_cal_reference *r = &run->reference[i];
        char want[256], have[256];
        r->E_r = vt_contact_reduced_modulus(r->E, r->nu, run->par->indenter_modulus, run->par->indenter_poisson_ratio);
        squeeze(check, strlen(check), want, sizeof want);
        squeeze(file_name(r->path), strlen(file_name(r->path)), have, sizeof have);
        r->verify_only = want[0] && strncmp(have, want, strlen(want)) == 0;
        if (!r->verify_only && (softest == run->nreferences || r->E_r < run->reference[softest].E_r)) softest = i;
    }
    if (softest == run->nreferences)
        return vt_fail(err, VT_EREFERENCE, "every file is for verification: none is left to calibrate on");
    bool any = !check[0];
    for (size_t i = 0; i < run->nreferences; i++) {
        vti_cal_reference *r = &run->reference[i];
        any = any || r->verify_only;
        r->area = !r->verify_only && strcmp(r->material, run->reference[softest].material) == 0;
    }
    if (!any) return vt_fail(err, VT_EKEY, "verification: no file is called \"%s\"", check);
    return VT_OK;
}

vt_status vti_cal_references(const vt_job *job, vti_cal_run *run, int *file, vt_error *err)
{
    vt_status st;
    if (!isnan(run->par->reference_modulus) && strchr(run->par->references, ','))
        return vt_fail(err, VT_EMISMATCH, "reference_modulus is for one material; give several as NAME:MODULUS:RATIO");
    for (size_t i = 0; i < job->ntables; i++) {
        const char *path = vt_table_path(job->tables[i]);
        size_t k = 0;
        file[i] = -1;
        if (job->form[i] == VTI_FORM_SPECIMENS) continue;
        while (k < run->nreferences && strcmp(run->reference[k].path, path) != 0) k++;
        if (k == VTI_CAL_REFERENCES) return vt_fail(err, VT_ELIMIT, "more than %d files", VTI_CAL_REFERENCES);
        file[i] = (int)k;
        if (k < run->nreferences) continue;
        run->reference[k].path = path;
        VT_TRY(st = take(run->par, job->tables[i], k, &run->reference[k], err));
        run->nreferences++;
    }
    if (run->nreferences == 0) return vt_fail(err, VT_ESHAPE, "no table of indents");
    st = roles(run, err);
done:
    return st;
}
