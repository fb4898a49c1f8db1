/* Parameter tables: lookup, defaults, setting, completeness. */
#include "base/param_internal.h"
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

const vt_param VT_COMMON_PARAMS[] = {
    {"seed", VT_SEED, NULL, "1", 0, 0, NULL, "seed of every random stream; the same seed gives the same result",
     offsetof(vt_common, seed)},
    {"level", VT_REAL, "1", "0.95", 0.5, 0.9999, NULL, "coverage of the intervals", offsetof(vt_common, level)},
    {"replicates", VT_INT, NULL, "2000", 20, 10000000, NULL, "replicates of bootstrap and Monte Carlo",
     offsetof(vt_common, replicates)},
    {"threads", VT_INT, NULL, "0", 0, 4096, NULL, "threads; 0: all of the machine; never changes a result",
     offsetof(vt_common, threads)},
    VT_PARAM_END};

const vt_param *vt_param_find(const vt_param *table, const char *key)
{
    for (const vt_param *row = table; row && key && row->name; row++)
        if (strcmp(row->name, key) == 0) return row;
    return NULL;
}

enum { NEAR_MAX = 64 };

/* Edits (insert, drop, replace, swap neighbours) that turn a into b; NEAR_MAX if either is longer than that. */
static size_t edits(const char *a, const char *b)
{
    const size_t n = strlen(a), m = strlen(b);
    size_t two[NEAR_MAX + 1], one[NEAR_MAX + 1], row[NEAR_MAX + 1];
    if (n > NEAR_MAX || m > NEAR_MAX) return NEAR_MAX;
    for (size_t j = 0; j <= m; j++) two[j] = one[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = one[j - 1] + (a[i - 1] != b[j - 1]);
            if (one[j] + 1 < best) best = one[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two[j - 2] + 1 < best)
                best = two[j - 2] + 1;
            row[j] = best;
        }
        memcpy(two, one, sizeof two);
        memcpy(one, row, sizeof one);
    }
    return one[m];
}

const char *vt_param_nearest(const vt_param *table, const char *key)
{
    const char *best = NULL;
    size_t least = NEAR_MAX;
    for (const vt_param *row = table; row && key && row->name; row++) {
        size_t d = edits(key, row->name);
        const bool part = strlen(key) >= 4 && (strstr(row->name, key) || strstr(key, row->name));
        if (part && d > 2) d = 2; /* "viscosity" for "vft_viscosity" */
        if (d < least) {
            least = d;
            best = row->name;
        }
    }
    const size_t limit = key && strlen(key) / 3 > 2 ? strlen(key) / 3 : 2;
    return least <= limit ? best : NULL;
}

static void store_absent(const vt_param *row, void *base)
{
    char *field = (char *)base + row->offset;
    switch (row->type) {
    case VT_REAL: *(double *)(void *)field = NAN; break;
    case VT_INT: *(long *)(void *)field = 0; break;
    case VT_SEED: *(uint64_t *)(void *)field = 0; break;
    case VT_TEXT: memset(field, 0, VT_PARAM_TEXT); break;
    case VT_CHOICE:
    case VT_FLAG: *(int *)(void *)field = 0; break;
    case VT_LIST: ((vt_list *)(void *)field)->n = 0; break;
    }
}

vt_status vt_param_defaults(const vt_param *table, void *base, vt_error *err)
{
    if (!table || !base) return vt_fail(err, VT_EARG, "parameter table or struct is NULL");
    for (const vt_param *row = table; row->name; row++) {
        store_absent(row, base);
        if (!row->def || !row->def[0]) continue;
        vt_error inner = {0};
        if (vti_param_store(row, base, row->def, &inner) != VT_OK)
            return vt_fail(err, VT_EINTERNAL, "default of %s: %s", row->name, inner.msg);
    }
    return VT_OK;
}

vt_status vt_param_set(const vt_param *table, void *base, uint64_t *given, const char *key, const char *text,
                       vt_error *err)
{
    if (!table || !base || !key || !text) return vt_fail(err, VT_EARG, "parameter table, struct, key or text is NULL");
    const vt_param *row = vt_param_find(table, key);
    if (!row) {
        const char *near = vt_param_nearest(table, key);
        if (near) return vt_fail(err, VT_EKEY, "unknown key '%.60s'; did you mean '%s'?", key, near);
        return vt_fail(err, VT_EKEY, "unknown key '%.60s'; `vitrum describe` lists the known ones", key);
    }
    vt_error inner = {0};
    while (*text == ' ' || *text == '\t') text++;
    vt_status st = VT_OK;
    if (!*text && row->def && !row->def[0])
        store_absent(row, base);
    else
        st = vti_param_store(row, base, text, &inner);
    if (st != VT_OK) return vt_fail(err, st, "%s: %s", key, inner.msg);
    if (given && row - table < 64) *given |= UINT64_C(1) << (row - table);
    return VT_OK;
}

vt_status vt_param_complete(const vt_param *table, uint64_t given, vt_error *err)
{
    if (!table) return vt_fail(err, VT_EARG, "parameter table is NULL");
    for (const vt_param *row = table; row->name; row++) {
        const ptrdiff_t i = row - table;
        if (row->def || (i < 64 && (given >> i & 1))) continue;
        const bool unit = row->unit && strcmp(row->unit, "1") != 0;
        return vt_fail(err, VT_EARG, "%s is required (%s); give --set %s=VALUE%s%s", row->name, row->text, row->name,
                       unit ? " in " : "", unit ? row->unit : "");
    }
    return VT_OK;
}

bool vt_param_present(const vt_param *row, const void *base)
{
    const char *field = (const char *)base + row->offset;
    switch (row->type) {
    case VT_REAL: return !isnan(*(const double *)(const void *)field);
    case VT_TEXT: return field[0] != '\0';
    case VT_LIST: return ((const vt_list *)(const void *)field)->n > 0;
    default: return true;
    }
}
