/* The error record: codes, exit classes, places, formatting. */
#include "check.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <vitrum/error.h>

static void every_code_has_a_name_and_a_meaning(void)
{
    for (int code = 0; code < VT_STATUS_COUNT; code++) {
        CHECK(strcmp(vt_status_name((vt_status)code), "E_UNKNOWN") != 0);
        CHECK(strlen(vt_status_text((vt_status)code)) > 5);
    }
    CHECK_TEXT(vt_status_name(VT_EUNITS), "E_UNITS");
    CHECK_TEXT(vt_status_name((vt_status)9999), "E_UNKNOWN");
}

static void failure_fills_the_record_and_returns_its_code(void)
{
    vt_error err = {0};
    CHECK(vt_fail(&err, VT_ERANGE, "d = %g m", 5.2e-5) == VT_ERANGE);
    CHECK(err.code == VT_ERANGE);
    CHECK_TEXT(err.msg, "d = 5.2e-05 m");
    CHECK(vt_fail(NULL, VT_ERANGE, "nobody listens") == VT_ERANGE);
}

static void the_format_is_file_line_code_text(void)
{
    vt_error err = {0};
    char buf[256];
    vt_fail_at(&err, VT_EUNITS, "w.csv", 7, 0, "temperature 25 K;\nuse degC");
    vt_error_format(&err, buf, sizeof buf);
    CHECK(strcmp(buf, "w.csv:7: E_UNITS: temperature 25 K; use degC") == 0);
}

static void an_argument_may_point_into_the_record(void)
{
    vt_error err = {0};
    vt_fail_at(&err, VT_EPARSE, "a.yaml", 3, 9, "first");
    vt_fail_at(&err, VT_EPARSE, err.file, err.line, err.column, "second after %s", err.msg);
    CHECK_TEXT(err.msg, "second after first");
    CHECK_TEXT(err.file, "a.yaml");
}

static void exit_status_follows_the_class_and_the_origin(void)
{
    vt_error err = {0};
    CHECK(vt_error_exit(&err) == 0);
    vt_fail(&err, VT_EDOF, "three points");
    CHECK(vt_error_exit(&err) == 1);
    vt_fail(&err, VT_EUNITS, "--set temperature=297 has no unit");
    CHECK(vt_error_exit(&err) == 2);
    CHECK(vt_error_place(&err, "x.csv", 4) == VT_EUNITS);
    CHECK(vt_error_exit(&err) == 3);
    vt_fail(&err, VT_EUSAGE, "no command");
    CHECK(vt_error_exit(&err) == 2);
}

static void a_domain_error_of_gsl_does_not_end_the_process(void)
{
    gsl_sf_result r;
    CHECK(gsl_sf_lngamma_e(-1.0, &r) == GSL_EDOM); /* aborts under GSL's default handler */
    CHECK(vt_status_name(VT_EDOMAIN) != NULL);     /* the library is linked */
}

CHECK_MAIN(CHECK_CASE(every_code_has_a_name_and_a_meaning), CHECK_CASE(failure_fills_the_record_and_returns_its_code),
           CHECK_CASE(the_format_is_file_line_code_text), CHECK_CASE(an_argument_may_point_into_the_record),
           CHECK_CASE(exit_status_follows_the_class_and_the_origin),
           CHECK_CASE(a_domain_error_of_gsl_does_not_end_the_process))
