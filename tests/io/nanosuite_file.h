#pragma once
/* A small NanoSuite workbook, made up: two tests stored last first, a sheet that was renamed, results per test and per
 * cycle, inputs that hold for all tests and some that do not. */
#include "xls_text.h"

static inline void nanosuite_row(struct xls *x, unsigned row, const char *const *text, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (text[i][0]) xls_label(x, row, i, text[i], 0x0600);
}

/* Record of n readings; the load of the third is DBL_MAX and the stiffness of the second almost zero. */
static inline void nanosuite_test(struct xls *x, unsigned n, double first)
{
    static const char *const NAMES[] = {"Segment",        "Displacement Into Surface",  "Load On Sample",
                                        "Time On Sample", "Harmonic Contact Stiffness", "CSM Status"},
                             *const UNITS[] = {"", "nm", "mN", "s", "N/m", ""};
    nanosuite_row(x, 0, NAMES, 6);
    nanosuite_row(x, 1, UNITS, 6);
    for (unsigned i = 0; i < n; i++) {
        const double h = first + 2.5 * i;
        if (i == 0) xls_label(x, 2, 0, "Surface Marker", 0x0600);
        xls_number(x, i + 2, 1, h);
        xls_number(x, i + 2, 2, i == 2 ? 1.7976931348623157e308 : 0.01 * h);
        xls_number(x, i + 2, 3, 0.2 * i);
        xls_number(x, i + 2, 4, i == 1 ? 1.3e-158 : 30.0 * h);
        xls_rk(x, i + 2, 5, 3u << 2 | 2);
    }
    xls_label(x, n + 2, 0, "END", 0x0600);
    xls_label(x, n + 9, 0, "Unloading Marker", 0x0600);
}

static inline void nanosuite_results(struct xls *x)
{
    static const char *const NAMES[] = {"Test",
                                        "Avg Modulus [100-200 nm]",
                                        "E",
                                        "Drift",
                                        "Time",
                                        "Temperature",
                                        "Tip Name",
                                        "Area Coefficient 1",
                                        "Area Coefficient 2"},
                             *const UNITS[] = {"", "GPa", "GPa", "nm/s", "", "C", "", "", ""};
    static const char *const LABEL[] = {"1", "1-1", "1-2", "2", "2-1", "2-2", "Mean", "Std. Dev."};
    nanosuite_row(x, 0, NAMES, 9);
    nanosuite_row(x, 1, UNITS, 9);
    for (unsigned r = 0; r < 8; r++) {
        xls_label(x, r + 2, 0, LABEL[r], 0x0600);
        if (strchr(LABEL[r], '-')) {
            xls_number(x, r + 2, 2, 71.5 + r);
            continue;
        }
        xls_number(x, r + 2, 1, 72.5 + r);
        xls_number(x, r + 2, 3, 0.0125 * (r + 1));
        if (r > 3) continue;
        xls_number(x, r + 2, 4, 0.25);
        xls_number(x, r + 2, 5, 23.5);
        xls_label(x, r + 2, 6, "Berk-17", 0x0600);
        xls_number(x, r + 2, 7, 24.5);
        xls_number(x, r + 2, 8, -17.25);
    }
}

static inline void nanosuite_inputs(struct xls *x, double nu_1, double nu_2)
{
    static const char *const NAMES[] = {"Test",
                                        "Poissons Ratio",
                                        "Minimum Depth for Average",
                                        "Maximum Depth for Average",
                                        "Frequency Target",
                                        "X Test Position"},
                             *const UNITS[] = {"", "", "nm", "nm", "Hz", "um"};
    nanosuite_row(x, 0, NAMES, 6);
    nanosuite_row(x, 1, UNITS, 6);
    for (unsigned r = 0; r < 2; r++) {
        const double values[] = {r + 1.0, r ? nu_2 : nu_1, 100.0, 200.0, 45.0, 1017.5 - 50.0 * r};
        for (unsigned c = 0; c < 6; c++) xls_number(x, r + 2, c, values[c]);
    }
}

/* nu: Poisson's ratio in the inputs after the tests. */
static inline unsigned char *nanosuite_file(double nu_1, double nu_2, size_t *size)
{
    struct xls_sheet s[] = {{.name = "Results"},  {.name = "Required Inputs"}, {.name = "Inputs Editable Post Test"},
                            {.name = "Feuil1"},   {.name = "Test 002"},        {.name = "Test 001"},
                            {.name = "Test 003"}, {.name = "Sheet1"},          {.name = "Notes"}};
    nanosuite_results(&s[0].cells);
    nanosuite_inputs(&s[1].cells, 0.35, 0.35);
    nanosuite_inputs(&s[2].cells, nu_1, nu_2);
    nanosuite_test(&s[3].cells, 4, 303.0);
    nanosuite_test(&s[4].cells, 5, 202.0);
    nanosuite_test(&s[5].cells, 6, 101.0);
    nanosuite_test(&s[6].cells, 0, 0.0);
    xls_label(&s[8].cells, 4, 4, "by hand", 0x0600);
    return xls_file(xls_stream(0x0600, NULL, s, sizeof s / sizeof *s), size);
}
