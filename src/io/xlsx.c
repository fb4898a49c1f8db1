/* Workbooks. */
#include "io/table_read_internal.h"

vt_status vti_xlsx_text(const char *name, const void *bytes, size_t size, const char *sheet, char **text, size_t *n,
                        vt_error *err)
{
    (void)bytes, (void)size, (void)sheet, (void)text, (void)n;
    return vt_fail_at(err, VT_EPARSE, name, 0, 0, "is a workbook, which is not read yet: save the sheet as text");
}
