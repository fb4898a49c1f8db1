/* The data file of a figure: every column that it draws, in the units of its axes. */
#include "figure_internal.h"
#include <math.h>

void vti_plot_data(const vti_plot *p, vti_text *csv)
{
    size_t rows = 0;
    for (size_t c = 0; c < p->ncolumns; c++) {
        if (c > 0) vti_put(csv, ",");
        vti_put_csv(csv, p->column[c].head);
        if (p->column[c].n > rows) rows = p->column[c].n;
    }
    vti_put(csv, "\n");
    for (size_t k = 0; k < rows; k++) {
        for (size_t c = 0; c < p->ncolumns; c++) {
            const double v = vti_plot_value(p, c + 1, k);
            if (c > 0) vti_put(csv, ",");
            if (k < p->column[c].n) isfinite(v) ? vti_putf(csv, "%.10g", v) : vti_put(csv, "NaN");
        }
        vti_put(csv, "\n");
    }
}
