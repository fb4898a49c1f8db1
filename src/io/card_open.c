/* Alloy cards by name: the delivered ones, or a file. */
#include "base/grow_internal.h"
#include "glass/card_internal.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>

enum { CARD_PATH = 4096, CARD_FILES = 4096 };

/* ---- the delivered files ---- */
static int is_card_file(const char *name)
{
    const size_t n = strlen(name);
    return n > 5 && n - 5 < VT_NAME && name[0] != '.' && strcmp(name + n - 5, ".yaml") == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static vt_status read_stems(DIR *dir, const char *path, size_t *n, char (**stems)[VT_NAME], vt_error *err)
{
    char(*list)[VT_NAME] = NULL;
    size_t count = 0;
    for (const struct dirent *e; (e = readdir(dir)) != NULL && count < CARD_FILES;) {
        if (!is_card_file(e->d_name)) continue;
        const vt_status st = vti_grow_by_one(&list, count, sizeof *list, err);
        if (st != VT_OK) {
            free(list);
            return st;
        }
        snprintf(list[count++], VT_NAME, "%.*s", (int)(strlen(e->d_name) - 5), e->d_name);
    }
    if (count == 0) return vt_fail_at(err, VT_EIO, path, 0, 0, "the folder holds no alloy card");
    qsort(list, count, sizeof *list, by_name);
    *n = count;
    *stems = list;
    return VT_OK;
}

vt_status vt_card_list(size_t *n, char (**stems)[VT_NAME], vt_error *err)
{
    char path[CARD_PATH];
    if (!n || !stems) return vt_fail(err, VT_EARG, "n or stems is NULL");
    vt_status st = vt_data_path("alloys", path, sizeof path, err);
    if (st != VT_OK) return st;
    DIR *dir = opendir(path);
    if (!dir) return vt_fail_at(err, VT_EIO, path, 0, 0, "cannot be opened: %s", strerror(errno));
    st = read_stems(dir, path, n, stems, err);
    closedir(dir);
    return st;
}

/* ---- names ---- */
/* Lower case, letters, digits and points only: "Vit 1", "vit1" and "VIT_1" are the same name. */
static void plain_name(const char *name, size_t length, char out[VTI_CARD_ALLOY])
{
    size_t n = 0;
    for (size_t i = 0; i < length && name[i] && n + 1 < VTI_CARD_ALLOY; i++) {
        const unsigned char c = (unsigned char)name[i];
        if (isalnum(c) || c == '.') out[n++] = (char)tolower(c);
    }
    out[n] = '\0';
}

static int same_name(const char *a, size_t length, const char *wanted)
{
    char plain[VTI_CARD_ALLOY];
    plain_name(a, length, plain);
    return plain[0] && strcmp(plain, wanted) == 0;
}

/* "Zr41.2Ti13.8Cu12.5Ni10Be22.5 (Vit 1)" answers to the whole, to the composition and to the name in brackets. */
static int alloy_matches(const char *alloy, const char *wanted)
{
    const char *open = strchr(alloy, '('), *close = open ? strchr(open, ')') : NULL;
    if (same_name(alloy, strlen(alloy), wanted)) return 1;
    if (!open || !close) return 0;
    return same_name(alloy, (size_t)(open - alloy), wanted) || same_name(open, (size_t)(close - open), wanted);
}

static vt_status open_stem(const char *stem, vt_card **card, vt_error *err)
{
    char relative[VT_NAME + 16], path[CARD_PATH];
    snprintf(relative, sizeof relative, "alloys/%s.yaml", stem);
    const vt_status st = vt_data_path(relative, path, sizeof path, err);
    return st == VT_OK ? vt_card_read(path, card, err) : st;
}

static vt_status unknown_name(const char *name, const char *plain, size_t n, char (*stems)[VT_NAME], vt_error *err)
{
    vt_param *rows = calloc(n + 1, sizeof *rows);
    for (size_t i = 0; rows && i < n; i++) rows[i].name = stems[i];
    const char *near = rows ? vt_param_nearest(rows, plain) : NULL;
    vt_fail(err, VT_EKEY, "no alloy card is called \"%.60s\"%s%s%s; `vitrum alloy list` names all %zu, or give a file",
            name, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "", n);
    free(rows);
    return VT_EKEY;
}

/* The card whose alloy answers to the name. A broken card beside it does not matter; if none answers, it may be the
 * one that was meant, and its error is the answer. */
static vt_status open_by_alloy(const char *name, const char *wanted, size_t n, char (*stems)[VT_NAME], vt_card **card,
                               vt_error *err)
{
    vt_error broken = {0};
    for (size_t i = 0; i < n; i++) {
        vt_error why = {0};
        vt_card *candidate = NULL;
        if (open_stem(stems[i], &candidate, &why) != VT_OK) {
            if (broken.code == VT_OK) broken = why;
        } else if (alloy_matches(vt_card_alloy(candidate), wanted)) {
            *card = candidate;
            return VT_OK;
        }
        vt_card_free(candidate);
    }
    if (broken.code == VT_OK) return unknown_name(name, wanted, n, stems, err);
    if (err) *err = broken;
    return broken.code;
}

static vt_status open_delivered(const char *name, vt_card **card, vt_error *err)
{
    size_t n = 0;
    char(*stems)[VT_NAME] = NULL;
    char wanted[VTI_CARD_ALLOY];
    plain_name(name, strlen(name), wanted);
    vt_status st = vt_card_list(&n, &stems, err);
    if (st != VT_OK) return st;
    size_t i = 0;
    while (i < n && !same_name(stems[i], strlen(stems[i]), wanted)) i++;
    st = i < n ? open_stem(stems[i], card, err) : open_by_alloy(name, wanted, n, stems, card, err);
    free(stems);
    return st;
}

static int is_path(const char *name)
{
    const size_t n = strlen(name);
    return strchr(name, '/') || (n > 5 && strcmp(name + n - 5, ".yaml") == 0) ||
           (n > 4 && strcmp(name + n - 4, ".yml") == 0);
}

vt_status vt_card_open(const char *name_or_path, vt_card **card, vt_error *err)
{
    if (!name_or_path || !card) return vt_fail(err, VT_EARG, "name or card is NULL");
    if (!name_or_path[0]) return vt_fail(err, VT_EARG, "the name of an alloy card is empty");
    return is_path(name_or_path) ? vt_card_read(name_or_path, card, err) : open_delivered(name_or_path, card, err);
}
