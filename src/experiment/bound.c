/* Columns of a bound table by name. */
#include "experiment/experiment_internal.h"

const double *vti_bound_numbers(const vt_table *t, const char *name)
{
    const long c = vt_table_find(t, name);
    return c >= 0 ? vt_table_values(t, (size_t)c) : NULL;
}

const char *vti_bound_text(const vt_table *t, const char *name, size_t row)
{
    const long c = vt_table_find(t, name);
    return c >= 0 ? vt_table_text(t, (size_t)c, row) : "";
}
