/* Units: conversion, spelling, and what the guard keeps away from UDUNITS. */
#include "check.h"
#include <locale.h>
#include <omp.h>
#include <vitrum/units.h>

struct reading {
    const char *text, *wanted, *si;
    double scale, offset;
};

/* Definitions of the SI brochure (9th edition) and CODATA 2018; exact, so 2e-16 is one rounding. */
static const struct reading GOOD[] = {
    {"um", "m", "m", 1e-6, 0},
    {"\xC2\xB5m", "m", "m", 1e-6, 0},
    {"\xCE\xBCm", "m", "m", 1e-6, 0},
    {"\xB5m", "m", "m", 1e-6, 0}, /* Latin-1 */
    {"\xC3\x85", "m", "m", 1e-10, 0},
    {"Pa*s", "Pa s", "Pa s", 1, 0},
    {"Pa.s", "Pa s", "Pa s", 1, 0},
    {"Pa\xC2\xB7s", "Pa s", "Pa s", 1, 0},
    {"MPa\xB7s", "Pa s", "Pa s", 1e6, 0},
    {"GPa", "Pa", "Pa", 1e9, 0},
    {"N/mm^2", "Pa", "Pa", 1e6, 0},
    {"N mm-2", "Pa", "Pa", 1e6, 0},
    {"%", "1", "1", 0.01, 0},
    {"at.%", "1", "1", 0.01, 0}, /* 981 Pa to UDUNITS */
    {"", "1", "1", 1, 0},
    {"1", "1", "1", 1, 0},
    {"-", NULL, "1", 1, 0},
    {" mN ", "N", "N", 1e-3, 0},
    {"1/s", "s-1", "s-1", 1, 0},
    {"s^-1", "s-1", "s-1", 1, 0},
    {"s\xE2\x81\xBB\xC2\xB9", "s-1", "s-1", 1, 0},
    {"Hz", "s-1", "s-1", 1, 0},
    {"N m", NULL, "J", 1, 0},
    {"mN/m", NULL, "N m-1", 1e-3, 0},
    {"eV", "J", "J", 1.602176634e-19, 0}, /* UDUNITS has the 1986 value */
    {"meV", "J", "J", 1.602176634e-22, 0},
    {"kJ/mol", "J mol-1", "J mol-1", 1e3, 0},
    {"kJ/mol", NULL, "J mol-1", 1e3, 0},
    {"J/(g K)", NULL, "J kg-1 K-1", 1e3, 0},
    {"J/g/K", NULL, "J kg-1 K-1", 1e3, 0},
    {"mW/mg", "W kg-1", "W kg-1", 1e3, 0},
    {"g/cm^3", "kg m-3", "kg m-3", 1e3, 0},
    {"nm3", "m3", "m3", 1e-27, 0},
    {"nm\xC2\xB3", "m3", "m3", 1e-27, 0},
    {"m3/s", "m3 s-1", "m3 s-1", 1, 0},
    {"degC/min", "K s-1", "K s-1", 1.0 / 60, 0},
    {"K/min", NULL, "K s-1", 1.0 / 60, 0},
    {"degC", "K", "K", 1, 273.15},
    {"\xC2\xB0"
     "C",
     NULL, "K", 1, 273.15},
    {"\xB0"
     "C",
     "K", "K", 1, 273.15},
    {"\xE2\x84\x83", "K", "K", 1, 273.15},
    {"degF", "K", "K", 5.0 / 9, 459.67 * 5 / 9},
    {"h", "s", "s", 3600, 0},
    {"min", "s", "s", 60, 0},
    {"deg", "rad", "rad", 0.017453292519943295, 0},
    {"mm", "m", "m", 1e-3, 0},
    {"cP", "Pa s", "Pa s", 1e-3, 0},
    {"seconds", "s", "s", 1, 0},
    {"A", NULL, "A", 1, 0},
    {"W/A2", NULL, "ohm", 1, 0},
    {"mA", "A", "A", 1e-3, 0},
    {"m s-3", NULL, "m s-3", 1, 0}, /* no name of its own */
};

static void units_read_as_people_write_them(void)
{
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        vt_unit u = {0};
        vt_error err = {0};
        const int before = check_failures;
        CHECK_OK(vt_unit_read(GOOD[i].text, GOOD[i].wanted, &u, &err), &err);
        CHECK_REL(u.scale, GOOD[i].scale, 3e-16);
        CHECK_ABS(u.offset, GOOD[i].offset, 1e-13);
        CHECK(strcmp(u.si, GOOD[i].si) == 0);
        if (check_failures > before) fprintf(stderr, "   row %zu: '%s' is in '%s'\n", i, GOOD[i].text, u.si);
    }
}

static const struct {
    const char *text, *wanted, *says;
} BAD[] = {
    {"GPa m^0.5", NULL, "non-integer exponent"}, /* 5e9 Pa to UDUNITS */
    {"m^(1/2)", NULL, "non-integer exponent"},
    {"m^1/2", NULL, "stray digit"}, /* half a metre to UDUNITS */
    {"m 2", NULL, "stray digit"},
    {"2 m", NULL, "stray digit"},
    {"1e3 m", NULL, "stray digit"},
    {"m.2", NULL, "stray digit"},
    {"k", "K", "write K"},
    {"u", "m", "write um"},
    {"C", "K", "write degC"},
    {"C", NULL, "degC"},
    {"F", "K", "degF"},
    {"s since 2000-01-01", "s", "start of the record"},
    {"a", "s", "year"},
    {"P", NULL, "poise"},
    {"G", NULL, "prefix"},
    {"kt", NULL, "not known"}, /* knot */
    {"R", NULL, "not known"},  /* roentgen */
    {"pa", "Pa", "case matters"},
    {"Mpa", "Pa", "case matters"},
    {"Nm", NULL, "N m"},
    {"Pas", "Pa s", "write Pa s"},
    {"J/g K", NULL, "parentheses"}, /* (J/g) K to UDUNITS */
    {"W/m K", NULL, "parentheses"},
    {"N-m", NULL, "no power"},
    {"J/((g) K)", NULL, "one level"},
    {"J/(g K", NULL, "do not match"},
    {"J/g)", NULL, "do not match"},
    {"/s", NULL, "1/s"},
    {"1/", NULL, "nothing stands after"},
    {"m^", NULL, "power is missing"},
    {"m^0", NULL, "between 1 and 9"},
    {"m12", NULL, "between 1 and 9"},
    {"um", "Pa", "another dimension than 'Pa'"},
    {"s", "s-1", "another dimension"}, /* UDUNITS converts to the reciprocal */
    {"1/s", "s", "a rate"},
    {"rad/s", "s-1", "another dimension"}, /* 2 pi */
    {"kJ/mol", "J", "per particle"},
    {"deg", "K", "degC"},
    {"", "m", "dimensionless"},
    {"mm", "1", "dimensionless number is wanted"},
    {"a.u.", NULL, "not known"},
    {"A^3", NULL, "ampere"}, /* angstroms in tables of atomic volumes */
    {"eV/A^3", NULL, "ampere"},
    {"1/A2", NULL, "ampere"},
    {"A", "m", "write angstrom"},
    {"px", "m", "pixel size"},
    {"dB", NULL, "logarithmic"},
    {"\"", NULL, "no meaning"},
    {"m\x01", NULL, "no meaning"},
    {"\xE2\x80\xB0", NULL, "no meaning"},              /* per mille */
    {"Em9 Em9 Em9", NULL, "that vitrum does not use"}, /* 1e486 overflows */
    {"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", NULL, "longer"},
};

static void the_guard_refuses_by_name(void)
{
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        vt_unit u = {.scale = -7};
        vt_error err = {0};
        const int before = check_failures;
        CHECK(vt_unit_read(BAD[i].text, BAD[i].wanted, &u, &err) == VT_EUNITS);
        CHECK_TEXT(err.msg, BAD[i].says);
        CHECK(u.scale == -7); /* untouched */
        if (check_failures > before) fprintf(stderr, "   row %zu: '%s'\n", i, BAD[i].text);
    }
}

static void a_refusal_is_not_remembered_as_a_reading(void)
{
    vt_unit u;
    for (int k = 0; k < 2; k++) { /* the second round meets the cache */
        CHECK(vt_unit_read("um", "Pa", &u, NULL) == VT_EUNITS);
        CHECK(vt_unit_read("um", "m", &u, NULL) == VT_OK);
        CHECK(vt_unit_read("um", NULL, &u, NULL) == VT_OK);
    }
}

static void values_convert_exactly(void)
{
    const struct {
        const char *text, *wanted;
        double si;
    } V[] = {{"52um", "m", 5.2e-5},     {"297 degC", "K", 570.15},   {"1.25 GPa", "Pa", 1.25e9},
             {"0.05", "1", 0.05},       {"2e-3 1/s", "s-1", 2e-3},   {"5eV", "J", 8.01088317e-19},
             {"5 %", "1", 0.05},        {"36000s", "s", 36000},      {"10 h", "s", 36000},
             {"-40 degF", "K", 233.15}, {"1e-9m", "m", 1e-9},        {"0.368nm", "m", 3.68e-10},
             {"0.38 1", "1", 0.38},     {" +7.5e1 nm", "m", 7.5e-8}, {".5mm", "m", 5e-4}};
    for (size_t i = 0; i < sizeof V / sizeof *V; i++) {
        double si = NAN;
        vt_error err = {0};
        CHECK_OK(vt_unit_read_value(V[i].text, V[i].wanted, &si, NULL, &err), &err);
        CHECK_REL(si, V[i].si, 2.3e-16); /* one rounding: correct to the last bit or its neighbour */
    }
}

static void values_are_refused_with_the_fix(void)
{
    const struct {
        const char *text, *wanted;
        vt_status code;
        const char *says;
    } V[] = {{"297", "K", VT_EUNITS, "'297 degC'"},
             {"52", "m", VT_EUNITS, "no unit"},
             {"1,5 um", "m", VT_EPARSE, "point"},
             {"um", "m", VT_EPARSE, "not a number"},
             {"", "m", VT_EPARSE, "number"},
             {"nan m", "m", VT_EPARSE, "number"},
             {"inf m", "m", VT_EPARSE, "number"},
             {"1e999 m", "m", VT_EPARSE, "number"},
             {"5 mm", "Pa", VT_EUNITS, "Pa"},
             {"1.5.2 m", "m", VT_EUNITS, "product sign"},
             {"1e308 GPa", "Pa", VT_EPARSE, "beyond the range"}};
    for (size_t i = 0; i < sizeof V / sizeof *V; i++) {
        double si = -7;
        vt_error err = {0};
        CHECK(vt_unit_read_value(V[i].text, V[i].wanted, &si, NULL, &err) == V[i].code);
        CHECK_TEXT(err.msg, V[i].says);
        CHECK(si == -7);
    }
}

static void an_interval_has_no_offset_and_values_come_back(void)
{
    vt_unit u;
    CHECK(vt_unit_read("degC", "K", &u, NULL) == VT_OK);
    CHECK_ABS(vt_unit_interval_to_si(&u, 2.5), 2.5, 0.0);
    CHECK_ABS(vt_unit_from_si(&u, vt_unit_to_si(&u, 287.3)), 287.3, 1e-12); /* one ulp of 560 is 1.1e-13 */
    CHECK(vt_unit_read("nm", "m", &u, NULL) == VT_OK);
    for (double x = 0.1; x < 1e5; x *= 1.37) CHECK_REL(vt_unit_from_si(&u, vt_unit_to_si(&u, x)), x, 4.5e-16);
}

static void threads_agree_and_a_foreign_locale_changes_nothing(void)
{
    setlocale(LC_ALL, ""); /* whatever the machine has */
    setlocale(LC_NUMERIC, "de_DE.UTF-8");
    int wrong = 0;
#pragma omp parallel for num_threads(4) reduction(+ : wrong)
    for (int i = 0; i < 400; i++) {
        const struct reading *g = &GOOD[i % (int)(sizeof GOOD / sizeof *GOOD)];
        vt_unit u = {0};
        if (vt_unit_read(g->text, g->wanted, &u, NULL) != VT_OK || fabs(u.scale / g->scale - 1) > 3e-16) wrong++;
    }
    CHECK(wrong == 0);
    setlocale(LC_ALL, "C");
}

CHECK_MAIN(CHECK_CASE(units_read_as_people_write_them), CHECK_CASE(the_guard_refuses_by_name),
           CHECK_CASE(a_refusal_is_not_remembered_as_a_reading), CHECK_CASE(values_convert_exactly),
           CHECK_CASE(values_are_refused_with_the_fix), CHECK_CASE(an_interval_has_no_offset_and_values_come_back),
           CHECK_CASE(threads_agree_and_a_foreign_locale_changes_nothing))
