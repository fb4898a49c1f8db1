#include "check.h"
#include <unistd.h>
#include <vitrum/calibration.h>
#include <vitrum/io.h>

static vt_calibration sample(void)
{
    vt_calibration c = {
        .area = {.n = 3, .C = {21.473, 704.1 / 3.0, 12.5}, .low = 31.7e-9, .high = 512.3e-9},
        .C_f = 0.871e-6,
        .u_C_f = 0.031e-6,
        .cov_C_f = {1e-8, -3.1e-6, 7e-7},
        .beta = 1.0,
        .epsilon = 0.75,
        .m = 1.243,
        .E_i = 1141e9,
        .nu_i = 0.07,
        .nreferences = 2,
        .reference = {{"fused silica", 72e9, 0.37e9, 0.188, 0.87e-6, 0.02e-6, 71.93e9, 0.11e9, 0.0061, true, 15},
                      {"tungsten \"W\"", 411e9, 3.1e9, 0.28, -0.31e-6, 0.05e-6, 398e9, 7e9, 0.043, false, 8}},
        .nsources = 1,
        .version = "0.1.0",
    };
    static const double cov[3][3] = {{0.031, -4.1, 0.3}, {-4.1, 901.0, 2.0}, {0.3, 2.0, 88.0}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) c.area.cov[i * VT_AREA_TERMS + j] = cov[i][j];
    snprintf(c.source[0].path, sizeof c.source[0].path, "day 1/silica.xlsx");
    for (int i = 0; i < 64; i++) c.source[0].sha256[i] = "0123456789abcdef"[i % 16];
    return c;
}

static void a_calibration_comes_back(void)
{
    const vt_calibration c = sample();
    vt_calibration back;
    char *text = NULL;
    vt_error err = {0};
    CHECK_OK(vt_calibration_check(&c, &err), &err);
    CHECK_OK(vt_calibration_text(&c, &text, &err), &err);
    CHECK_OK(vt_calibration_parse("c.yaml", text ? text : "", text ? strlen(text) : 0, &back, &err), &err);
    /* Coefficients and covariances are written without a unit: to the bit. */
    CHECK(memcmp(&back.area.C, &c.area.C, sizeof c.area.C) == 0 && back.area.n == 3);
    CHECK(memcmp(&back.area.cov, &c.area.cov, sizeof c.area.cov) == 0);
    CHECK(memcmp(&back.cov_C_f, &c.cov_C_f, sizeof c.cov_C_f) == 0);
    CHECK(back.beta == 1.0 && back.epsilon == 0.75 && back.m == 1.243 && back.nu_i == 0.07);
    /* Others with one: a unit in the last place. */
    CHECK_REL(back.C_f, c.C_f, 3e-16);
    CHECK_REL(back.u_C_f, c.u_C_f, 3e-16);
    CHECK_REL(back.area.low, c.area.low, 3e-16);
    CHECK_REL(back.area.high, c.area.high, 3e-16);
    CHECK_REL(back.E_i, c.E_i, 3e-16);
    CHECK(back.nreferences == 2 && back.nsources == 1);
    for (int i = 0; i < 2; i++) {
        CHECK_TEXT(back.reference[i].material, c.reference[i].material);
        CHECK_REL(back.reference[i].E_found, c.reference[i].E_found, 3e-16);
        CHECK_REL(back.reference[i].u_E, c.reference[i].u_E, 3e-16);
        CHECK_REL(back.reference[i].C_f, c.reference[i].C_f, 3e-16);
        CHECK(back.reference[i].area == c.reference[i].area && back.reference[i].indents == c.reference[i].indents);
    }
    CHECK_TEXT(back.source[0].path, "day 1/silica.xlsx");
    CHECK(strcmp(back.source[0].sha256, c.source[0].sha256) == 0);
    /* What is written of what was read is the same text. */
    char *again = NULL;
    CHECK_OK(vt_calibration_text(&back, &again, &err), &err);
    CHECK(text && again && strcmp(text, again) == 0);
    free(text);
    free(again);
}

static void a_file_is_written_and_opened(void)
{
    const vt_calibration c = sample();
    vt_calibration back = {.beta = -7.0};
    char path[] = "calibration-XXXXXX";
    vt_error err = {0};
    const int fd = mkstemp(path);
    CHECK(fd >= 0);
    if (fd >= 0) close(fd);
    CHECK_OK(vt_calibration_save(&c, path, &err), &err);
    CHECK_OK(vt_calibration_open(path, &back, &err), &err);
    CHECK(back.beta == 1.0);
    remove(path);
    CHECK(vt_calibration_open(path, &back, &err) == VT_EIO);
    CHECK(back.beta == 1.0);
}

static const char TEXT[] =
    "calibration: indentation\n"                                                /* 1 */
    "vitrum: \"0.1.0\"\n"                                                       /* 2 */
    "area_function:\n"                                                          /* 3 */
    "  coefficients: [24.5, 310]\n"                                             /* 4 */
    "  covariance: [[0.1, 0], [0, 9]]\n"                                        /* 5 */
    "  low: 20 nm\n"                                                            /* 6 */
    "  high: 1.5 um\n"                                                          /* 7 */
    "frame_compliance: {value: 0.1 um/N, uncertainty: 0 nm/mN}\n"               /* 8 */
    "conventions:\n"                                                            /* 9 */
    "  beta: 1.034\n"                                                           /* 10 */
    "  epsilon: exponent\n"                                                     /* 11 */
    "  unloading_exponent: free\n"                                              /* 12 */
    "  indenter_modulus: 1.141 TPa\n"                                           /* 13 */
    "  indenter_poisson_ratio: 0.07\n"                                          /* 14 */
    "references:\n"                                                             /* 15 */
    "  - {material: silica, area: yes, modulus: 72 GPa, poisson_ratio: 0.17,\n" /* 16 */
    "     frame_compliance: 0.1 nm/mN, frame_compliance_uncertainty: 0.01 nm/mN, found: 72 GPa,\n"
    "     found_uncertainty: 0 GPa, deviation: 0, indents: 12}\n" /* 18 */
    "sources:\n"                                                  /* 19 */
    "  - {path: a.csv, sha256: \"\"}\n";                          /* 20 */

static void units_are_those_of_the_file(void)
{
    vt_calibration c;
    vt_error err = {0};
    CHECK_OK(vt_calibration_parse("c.yaml", TEXT, strlen(TEXT), &c, &err), &err);
    CHECK_OK(vt_calibration_check(&c, &err), &err);
    CHECK_REL(c.C_f, 1e-7, 1e-15);
    CHECK_REL(c.area.high, 1.5e-6, 1e-15);
    CHECK_REL(c.E_i, 1.141e12, 1e-15);
    CHECK(c.epsilon == 0.0 && c.m == 0.0);
}

/* TEXT with `from` replaced by `to` is refused. */
static void refused(const char *from, const char *to, vt_status code, long line, const char *says)
{
    char text[4096];
    const char *at = strstr(TEXT, from);
    vt_calibration c = {.beta = -7.0};
    vt_error err = {0};
    CHECK(at != NULL);
    if (!at) return;
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - TEXT), TEXT, to, at + strlen(from));
    const vt_status st = vt_calibration_parse("c.yaml", text, strlen(text), &c, &err);
    if (st != code) CHECK_FAILED("%s -> %s: %s, %s", from, to, vt_status_name(st), err.msg);
    CHECK_TEXT(err.file, "c.yaml");
    if (err.line != line) CHECK_FAILED("%s -> %s: line %ld, expected %ld", from, to, err.line, line);
    CHECK_TEXT(err.msg, says);
    CHECK(c.beta == -7.0);
}

static void every_refusal_names_its_line(void)
{
    refused("indentation", "torsion", VT_EPARSE, 1, "calibration of \"torsion\"");
    refused("vitrum: \"0.1.0\"\n", "", VT_EPARSE, 1, "a calibration has no vitrum");
    refused("area_function", "area_funktion", VT_EKEY, 3, "area_function");
    refused("[24.5, 310]", "[]", VT_ESHAPE, 4, "list of 1 to 9 numbers");
    refused("[24.5, 310]", "[24.5, x]", VT_EPARSE, 4, "\"x\" is not a number");
    refused("[[0.1, 0], [0, 9]]", "[[0.1, 0]]", VT_ESHAPE, 5, "list of 2 rows");
    refused("[[0.1, 0], [0, 9]]", "[[0.1, 0], [0]]", VT_ESHAPE, 5, "list of 2 numbers");
    refused("20 nm", "20", VT_EUNITS, 6, "area_function: low");
    refused("  high: 1.5 um\n", "", VT_EPARSE, 4, "area_function has no high");
    refused("0.1 um/N", "0.1 N/um", VT_EUNITS, 8, "frame_compliance: value");
    refused("beta: 1.034", "beta: one", VT_EPARSE, 10, "conventions: beta");
    refused("exponent", "half", VT_EPARSE, 11, "epsilon");
    refused("area: yes", "area: maybe", VT_EPARSE, 16, "write yes or no");
    refused("indents: 12", "indents: 0", VT_ERANGE, 18, "0 is not 1 or more");
    refused("sha256: \"\"", "sha256: \"abc\"", VT_EPARSE, 20, "64 hex digits");
    refused("sources:\n", "source:\n", VT_EKEY, 19, "sources");
}

static void numbers_out_of_range_are_refused(void)
{
    vt_calibration c = sample();
    vt_error err = {0};
    c.area.C[0] = -3.0;
    CHECK(vt_calibration_check(&c, &err) == VT_EAREA);
    c = sample();
    c.beta = 1.4;
    CHECK(vt_calibration_check(&c, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "beta = 1.4");
    c = sample();
    c.u_C_f = NAN;
    CHECK(vt_calibration_check(&c, &err) == VT_ERANGE);
    c = sample();
    c.reference[1].E_found = 0.0;
    CHECK(vt_calibration_check(&c, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "tungsten");
    c = sample();
    c.reference[0].u_E = -1.0;
    CHECK(vt_calibration_check(&c, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "+- -1 Pa");
    c = sample();
    c.area.cov[0] = -1.0;
    CHECK(vt_calibration_check(&c, &err) == VT_ERANGE);
    CHECK(vt_calibration_check(NULL, &err) == VT_EARG);
    c = sample();
    c.nreferences = 9;
    char *text = NULL;
    CHECK(vt_calibration_text(&c, &text, &err) == VT_EARG && text == NULL);
}

CHECK_MAIN(CHECK_CASE(a_calibration_comes_back), CHECK_CASE(a_file_is_written_and_opened),
           CHECK_CASE(units_are_those_of_the_file), CHECK_CASE(every_refusal_names_its_line),
           CHECK_CASE(numbers_out_of_range_are_refused))
