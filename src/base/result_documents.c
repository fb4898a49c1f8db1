/* Files that a result makes beside the usual ones. */
#include "base/result_internal.h"
#include <stdlib.h>
#include <string.h>

/* Files that every result folder may hold: a document does not take their place. */
static int is_taken(const vt_result *r, const char *name)
{
    static const char *const usual[] = {"result.json", "properties.csv", "report.html", "card.yaml",
                                        "ro-crate-metadata.json"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (strcmp(name, usual[i]) == 0) return 1;
    for (size_t i = 0; i < r->ndocuments; i++)
        if (strcmp(name, r->documents[i].name) == 0) return 1;
    return 0;
}

/* A stem, a point and an ending of letters: "calibration.yaml". */
static int is_name(const char *name)
{
    char stem[VT_NAME];
    const char *point = strchr(name, '.');
    if (!vti_result_terminated(name, VT_NAME) || !point || !point[1]) return 0;
    memcpy(stem, name, (size_t)(point - name));
    stem[point - name] = '\0';
    return vti_result_is_stem(stem) && vti_result_is_stem(point + 1);
}

vt_status vt_result_add_document(vt_result *r, const char *name, const char *text, vt_error *err)
{
    if (!r || !name || !text) return vt_fail(err, VT_EARG, "result, name or text is NULL");
    if (!is_name(name)) return vt_fail(err, VT_EINTERNAL, "\"%.80s\" is no name of a file", name);
    if (is_taken(r, name)) return vt_fail(err, VT_EINTERNAL, "the file %.63s is there already", name);
    const vt_status st = vti_grow_by_one(&r->documents, r->ndocuments, sizeof *r->documents, err);
    if (st != VT_OK) return st;
    result_document *d = &r->documents[r->ndocuments];
    d->text = strdup(text);
    if (!d->text) return vt_fail(err, VT_EMEMORY, "the text of %.63s", name);
    memcpy(d->name, name, strlen(name) + 1);
    r->ndocuments++;
    return VT_OK;
}

size_t vt_result_documents(const vt_result *r)
{
    return r ? r->ndocuments : 0;
}

const char *vt_result_document_name(const vt_result *r, size_t i)
{
    return r && i < r->ndocuments ? r->documents[i].name : NULL;
}

const char *vt_result_document_text(const vt_result *r, size_t i)
{
    return r && i < r->ndocuments ? r->documents[i].text : NULL;
}
