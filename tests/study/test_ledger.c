/* The ledger as a whole: every row is well formed and recomputes, the tensions are exactly the documented ones, and the
 * verdict can fail. The numbers themselves are the ledger's content. */
#include "check.h"
#include <vitrum/ledger.h>
#include <vitrum/units.h>

static const char *const TENSIONS[] = {"A13/stated",
                                       "A14/d_c(327)",
                                       "A15/d_c(297)",
                                       "B2/top",
                                       "C2/paper",
                                       "C3/load",
                                       "E8/paper",
                                       "P23/uncertainty",
                                       "M13/range/sqrt3",
                                       "M6/VFT",
                                       "M/fragility/Pt(517)",
                                       "M/Vit1/VFT(613)"};

static int documented(const char *id)
{
    for (size_t i = 0; i < sizeof TENSIONS / sizeof TENSIONS[0]; i++)
        if (strcmp(TENSIONS[i], id) == 0) return 1;
    return 0;
}

static void every_row_passes_or_is_a_documented_tension(void)
{
    size_t tensions = 0;
    for (size_t i = 0; i < vt_ledger_count(); i++) {
        vt_ledger_entry e;
        vt_ledger_verdict verdict;
        vt_error err = {0};
        double value = NAN;
        CHECK_OK(vt_ledger_entry_at(i, &e, &err), &err);
        CHECK_OK(vt_ledger_compute(i, &value, &err), &err);
        CHECK_OK(vt_ledger_judge(i, value, &verdict, &err), &err);
        tensions += verdict == VT_LEDGER_TENSION;
        if (verdict != (documented(e.id) ? VT_LEDGER_TENSION : VT_LEDGER_PASS))
            CHECK_FAILED("%s: %s: computed %.9g, published %.9g, allowed [%.9g, %.9g]", e.id,
                         vt_ledger_verdict_name(verdict), value, e.published, e.low, e.high);
    }
    CHECK(tensions == sizeof TENSIONS / sizeof TENSIONS[0]);
    CHECK(vt_ledger_count() > 400);
}

static void every_row_is_complete_and_unique(void)
{
    for (size_t i = 0; i < vt_ledger_count(); i++) {
        vt_ledger_entry e, f;
        CHECK(vt_ledger_entry_at(i, &e, NULL) == VT_OK);
        CHECK(e.id && e.source && e.what && e.unit && e.reason);
        CHECK(strlen(e.source) > 3 && strlen(e.what) > 3 && strlen(e.reason) > 8);
        if (!(e.low < e.high)) CHECK_FAILED("%s: allowed band [%g, %g] is empty", e.id, e.low, e.high);
        size_t found;
        CHECK(vt_ledger_find(e.id, &found, NULL) == VT_OK && found == i); /* the first of its name */
        for (size_t k = 0; k < i; k++) {
            CHECK(vt_ledger_entry_at(k, &f, NULL) == VT_OK);
            if (strcmp(e.id, f.id) == 0) CHECK_FAILED("%s appears twice", e.id);
        }
    }
}

static void every_row_of_the_issue_is_there(void)
{
    static const char *const WANTED[] = {"A1/eta",
                                         "A2/viscosity",
                                         "A3/identity",
                                         "A4/slope",
                                         "A5/minimum",
                                         "A6/delta",
                                         "A7/ratio",
                                         "A8/T_SER",
                                         "A9/slope",
                                         "A10/bulk",
                                         "A11/modulus",
                                         "A12/267",
                                         "A13/stated",
                                         "A14/d_c(327)",
                                         "A15/d_c(297)",
                                         "A16/two_points",
                                         "A17/flux",
                                         "B1/long",
                                         "B2/top",
                                         "B4/area",
                                         "B5/rise",
                                         "P03/ratio",
                                         "M/Kato/ratio",
                                         "P05/active(300)",
                                         "T6/free_volume(1e-3)/peak",
                                         "C2/physics",
                                         "D9/strain",
                                         "E2/thin",
                                         "E5/6",
                                         "E10/rod",
                                         "P28/tungsten/100",
                                         "P23/drop/140",
                                         "D4/m/140",
                                         "E11/88um",
                                         "10.1/317/product",
                                         "10.2/chi2",
                                         "10.3/287/eta",
                                         "10.3/254/tau_I",
                                         "10.4/297/60/additive"};
    for (size_t i = 0; i < sizeof WANTED / sizeof WANTED[0]; i++) {
        size_t at;
        vt_error err = {0};
        CHECK_OK(vt_ledger_find(WANTED[i], &at, &err), &err);
    }
}

static void tolerance_of_a_printed_number_is_half_its_last_digit(void)
{
    static const struct {
        const char *id;
        double half;
    } ROW[] = {{"10.3/287/eta", 5e7},
               {"10.3/337/mobility", 5e-31},
               {"A5/bias", 0.05},
               {"10.3/327/tau_I", 5e-5},
               {"10.3/317/tau_B", 0.5}};
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        size_t at;
        vt_ledger_entry e;
        CHECK(vt_ledger_find(ROW[i].id, &at, NULL) == VT_OK);
        CHECK(vt_ledger_entry_at(at, &e, NULL) == VT_OK);
        CHECK_REL(e.tolerance, ROW[i].half, 1e-6); /* 1e-12 of the number more, for a decimal half way */
        CHECK_REL(e.high - e.low, 2.0 * e.tolerance, 1e-6);
    }
}

static void verdict_sees_a_wrong_value(void)
{
    size_t at;
    vt_ledger_entry e;
    vt_ledger_verdict v;
    CHECK(vt_ledger_find("10.3/287/eta", &at, NULL) == VT_OK);
    CHECK(vt_ledger_entry_at(at, &e, NULL) == VT_OK);
    CHECK(vt_ledger_judge(at, 1.0004e12, &v, NULL) == VT_OK && v == VT_LEDGER_PASS);
    CHECK(vt_ledger_judge(at, 1.0004e12 + 1.01 * e.tolerance, &v, NULL) == VT_OK && v == VT_LEDGER_FAIL);
    CHECK(vt_ledger_judge(at, NAN, &v, NULL) == VT_OK && v == VT_LEDGER_FAIL);
    CHECK(vt_ledger_find("A15/d_c(297)", &at, NULL) == VT_OK);
    CHECK(vt_ledger_judge(at, 61.0, &v, NULL) == VT_OK && v == VT_LEDGER_PASS);
    CHECK(vt_ledger_judge(at, 54.9, &v, NULL) == VT_OK && v == VT_LEDGER_TENSION);
    CHECK(vt_ledger_judge(at, NAN, &v, NULL) == VT_OK && v == VT_LEDGER_FAIL);
    CHECK_TEXT(vt_ledger_verdict_name(VT_LEDGER_PASS), "pass");
    CHECK_TEXT(vt_ledger_verdict_name(VT_LEDGER_TENSION), "tension");
    CHECK_TEXT(vt_ledger_verdict_name(VT_LEDGER_FAIL), "FAIL");
}

static void one_sided_rows_are_open_below(void)
{
    size_t at;
    vt_ledger_entry e;
    vt_ledger_verdict v;
    CHECK(vt_ledger_find("A14/d_c(327)", &at, NULL) == VT_OK);
    CHECK(vt_ledger_entry_at(at, &e, NULL) == VT_OK);
    CHECK(isinf(e.low) && e.high == 10.0);
    CHECK(vt_ledger_judge(at, 3.0, &v, NULL) == VT_OK && v == VT_LEDGER_PASS);
    CHECK_TEXT(e.tension, "13.5 nm");
}

static void units_are_understood(void)
{
    for (size_t i = 0; i < vt_ledger_count(); i++) {
        vt_ledger_entry e;
        vt_error err = {0};
        vt_unit unit;
        CHECK(vt_ledger_entry_at(i, &e, NULL) == VT_OK);
        if (vt_unit_read(e.unit, NULL, &unit, &err) != VT_OK)
            CHECK_FAILED("%s: unit \"%s\": %s", e.id, e.unit, err.msg);
    }
}

static void refusals_name_the_entry(void)
{
    size_t at = 7;
    vt_ledger_entry e = {.id = "untouched"};
    vt_ledger_verdict v = VT_LEDGER_TENSION;
    double value = -7.0;
    vt_error err = {0};
    CHECK(vt_ledger_find("10.3/288/eta", &at, &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "no entry \"10.3/288/eta\"");
    CHECK(vt_ledger_entry_at(vt_ledger_count(), &e, &err) == VT_EARG);
    CHECK(vt_ledger_compute(vt_ledger_count(), &value, &err) == VT_EARG);
    CHECK(vt_ledger_judge(vt_ledger_count(), 1.2, &v, &err) == VT_EARG);
    CHECK(vt_ledger_compute(0, NULL, &err) == VT_EARG);
    CHECK(vt_ledger_find(NULL, &at, &err) == VT_EARG);
    CHECK(at == 7 && value == -7.0 && v == VT_LEDGER_TENSION && strcmp(e.id, "untouched") == 0);
}

CHECK_MAIN(CHECK_CASE(every_row_passes_or_is_a_documented_tension), CHECK_CASE(every_row_is_complete_and_unique),
           CHECK_CASE(every_row_of_the_issue_is_there),
           CHECK_CASE(tolerance_of_a_printed_number_is_half_its_last_digit), CHECK_CASE(verdict_sees_a_wrong_value),
           CHECK_CASE(one_sided_rows_are_open_below), CHECK_CASE(units_are_understood),
           CHECK_CASE(refusals_name_the_entry))
