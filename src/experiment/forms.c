/* Which shape of an experiment a table has: what its reader says, else what its columns tell. */
#include "experiment/experiment_internal.h"
#include <string.h>
#include <vitrum/image.h>

/* A form that requires no column is only taken where a reader names it. */
static bool has_required(const vt_column *columns, const vt_table *raw)
{
    bool any = false;
    for (const vt_column *c = columns; c && c->name; c++) {
        vt_status st;
        if (!c->required) continue;
        if (vti_bind_find(c, raw, &st, NULL) < 0) return false;
        any = true;
    }
    return any;
}

int vti_form_of(const vt_experiment *e, const vt_table *raw)
{
    const char *said = vt_table_form(raw);
    for (int k = 0; said[0] && e->forms && e->forms[k].name; k++)
        if (strcmp(said, e->forms[k].name) == 0) return k;
    if (said[0] || vt_table_image(raw) || has_required(e->columns, raw)) return -1;
    for (int k = 0; e->forms && e->forms[k].name; k++)
        if (has_required(e->forms[k].columns, raw)) return k;
    return -1;
}

const vt_column *vti_form_columns(const vt_experiment *e, int form)
{
    return form < 0 ? e->columns : e->forms[form].columns;
}
