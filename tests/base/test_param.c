/* Parameter tables: defaults, text in and out, ranges, near names. */
#include "check.h"
#include <stddef.h>
#include <vitrum/param.h>

struct p {
    double diameter, temperature, ratio, extra;
    long wires;
    uint64_t seed;
    char alloy[VT_PARAM_TEXT];
    int prefactor, shape;
    vt_list sizes, fractions;
};

static const vt_param TABLE[] = {
    {"diameter", VT_REAL, "m", "52um", 1e-9, 5e-3, NULL, "pore diameter", offsetof(struct p, diameter)},
    {"temperature", VT_REAL, "K", "297degC", 273.15, 1273.15, NULL, "mold", offsetof(struct p, temperature)},
    {"ratio", VT_REAL, "1", NULL, 0, 1, NULL, "a required ratio", offsetof(struct p, ratio)},
    {"extra", VT_REAL, "Pa s", "", 0, 0, NULL, "optional", offsetof(struct p, extra)},
    {"wires", VT_INT, NULL, "12", 2, 1000, NULL, "wires per pore", offsetof(struct p, wires)},
    {"seed", VT_SEED, NULL, "1", 0, 0, NULL, "seed", offsetof(struct p, seed)},
    {"alloy", VT_TEXT, NULL, "", 0, 0, NULL, "name", offsetof(struct p, alloy)},
    {"prefactor", VT_CHOICE, NULL, "both", 0, 0, "both|32|16", "prefactor", offsetof(struct p, prefactor)},
    {"shape", VT_FLAG, NULL, "no", 0, 0, NULL, "flag", offsetof(struct p, shape)},
    {"sizes", VT_LIST, "m", "10,20,40 nm", 1e-9, 1e-3, NULL, "diameters", offsetof(struct p, sizes)},
    {"fractions", VT_LIST, "1", "", 0, 0, NULL, "numbers", offsetof(struct p, fractions)},
    VT_PARAM_END};

static void defaults_fill_the_struct(void)
{
    struct p p;
    vt_error err = {0};
    CHECK_OK(vt_param_defaults(TABLE, &p, &err), &err);
    CHECK(p.diameter == 5.2e-5 && fabs(p.temperature - 570.15) < 1e-12);
    CHECK(isnan(p.ratio) && isnan(p.extra) && p.wires == 12 && p.seed == 1);
    CHECK(p.alloy[0] == '\0' && p.prefactor == 0 && p.shape == 0);
    CHECK(p.sizes.n == 3 && p.sizes.x[0] == 1e-8 && p.sizes.x[2] == 4e-8);
    CHECK(p.fractions.n == 0);
    CHECK(vt_param_present(&TABLE[0], &p) && !vt_param_present(&TABLE[3], &p) && !vt_param_present(&TABLE[10], &p));
}

static void text_sets_values_and_marks_them(void)
{
    struct p p;
    uint64_t given = 0;
    vt_param_defaults(TABLE, &p, NULL);
    const char *const SET[][2] = {{"diameter", "0.1 mm"},    {"ratio", "40 %"},
                                  {"extra", "2 MPa*s"},      {"wires", "7"},
                                  {"alloy", "Ni45Pd35"},     {"prefactor", "16"},
                                  {"shape", "yes"},          {"sizes", "1um, 2um"},
                                  {"fractions", "0.5,1e-3"}, {"seed", "18446744073709551615"}};
    for (size_t i = 0; i < sizeof SET / sizeof *SET; i++) {
        vt_error err = {0};
        CHECK_OK(vt_param_set(TABLE, &p, &given, SET[i][0], SET[i][1], &err), &err);
    }
    CHECK(p.diameter == 1e-4 && p.ratio == 0.4 && p.extra == 2e6 && p.wires == 7 && p.prefactor == 2 && p.shape == 1);
    CHECK(strcmp(p.alloy, "Ni45Pd35") == 0 && p.sizes.n == 2 && p.sizes.x[1] == 2e-6);
    CHECK(p.fractions.n == 2 && p.fractions.x[1] == 1e-3 && p.seed == UINT64_MAX);
    CHECK(given == (1u | 4u | 8u | 16u | 32u | 64u | 128u | 256u | 512u | 1024u));
    CHECK(vt_param_complete(TABLE, given, NULL) == VT_OK);
    CHECK(vt_param_set(TABLE, &p, &given, "extra", "", NULL) == VT_OK && isnan(p.extra)); /* absent again */
}

static void refusals_name_key_value_limit_and_fix(void)
{
    const struct {
        const char *key, *text;
        vt_status code;
        const char *says;
    } BAD[] = {{"diamter", "5um", VT_EKEY, "did you mean 'diameter'"},
               {"zzz", "5", VT_EKEY, "vitrum describe"},
               {"Diameter", "5um", VT_EKEY, "'diameter'"}, /* case-sensitive */
               {"diameter", "52", VT_EUNITS, "diameter: '52' has no unit"},
               {"diameter", "52 Pa", VT_EUNITS, "diameter: unit 'Pa'"},
               {"diameter", "52 mm", VT_ERANGE, "0.001 um ... 5000 um"}, /* in the unit of the default */
               {"temperature", "25 K", VT_ERANGE, "0 degC ... 1000 degC"},
               {"temperature", "297", VT_EUNITS, "degC"},
               {"ratio", "1.5", VT_ERANGE, "outside 0 ... 1"},
               {"wires", "1", VT_ERANGE, "2 ... 1000"},
               {"wires", "2.5", VT_EPARSE, "whole number"},
               {"prefactor", "64", VT_EPARSE, "both|32|16"},
               {"shape", "maybe", VT_EPARSE, "neither yes nor no"},
               {"sizes", "10,20", VT_EUNITS, "entry 1"},
               {"sizes", "10,x,40 nm", VT_EPARSE, "entry 2"},
               {"sizes", "10,20 nm,", VT_EPARSE, "comma"},
               {"sizes", "", VT_EPARSE, "list"},
               {"seed", "-1", VT_EPARSE, "whole number"},
               {"seed", "18446744073709551616", VT_ERANGE, "64 bits"}};
    struct p p, before;
    memset(&before, 0, sizeof before);
    vt_param_defaults(TABLE, &before, NULL);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        vt_error err = {0};
        uint64_t given = 0;
        memcpy(&p, &before, sizeof p);
        if (vt_param_set(TABLE, &p, &given, BAD[i].key, BAD[i].text, &err) != BAD[i].code)
            CHECK_FAILED("row %zu: %s", i, vt_status_name(err.code));
        CHECK_TEXT(err.msg, BAD[i].says);
        CHECK(given == 0 && memcmp(&p, &before, sizeof p) == 0);
    }
    vt_error err = {0};
    CHECK(vt_param_complete(TABLE, 0, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "--set ratio=VALUE");
}

static void what_is_written_reads_back(void)
{
    struct p p, q;
    vt_param_defaults(TABLE, &p, NULL);
    vt_param_defaults(TABLE, &q, NULL);
    vt_param_set(TABLE, &p, NULL, "diameter", "123.456789 nm", NULL);
    vt_param_set(TABLE, &p, NULL, "ratio", "0.1", NULL);
    vt_param_set(TABLE, &p, NULL, "sizes", "10,33.3,70.7 nm", NULL);
    vt_param_set(TABLE, &p, NULL, "prefactor", "32", NULL);
    vt_param_set(TABLE, &p, NULL, "shape", "true", NULL);
    for (const vt_param *row = TABLE; row->name; row++) {
        char text[512];
        vt_error err = {0};
        const size_t n = vt_param_format(row, &p, text, sizeof text);
        CHECK(n == strlen(text));
        if (!vt_param_present(row, &p)) continue;
        CHECK_OK(vt_param_set(TABLE, &q, NULL, row->name, text, &err), &err);
    }
    CHECK(q.diameter == p.diameter && q.temperature == p.temperature && q.ratio == p.ratio);
    CHECK(q.prefactor == 1 && q.shape == 1 && memcmp(&p.sizes, &q.sizes, sizeof p.sizes) == 0);
    char small[4];
    CHECK(vt_param_format(&TABLE[0], &p, small, sizeof small) > sizeof small); /* tells the length needed */
    CHECK(small[3] == '\0' || strlen(small) < sizeof small);
}

static void near_names_are_found_and_far_ones_not(void)
{
    CHECK_TEXT(vt_param_nearest(TABLE, "temperatur"), "temperature");
    CHECK_TEXT(vt_param_nearest(TABLE, "wries"), "wires");
    CHECK_TEXT(vt_param_nearest(TABLE, "daimetre"), "diameter"); /* two swaps, four replacements */
    CHECK_TEXT(vt_param_nearest(TABLE, "diameters"), "diameter");
    CHECK(vt_param_nearest(TABLE, "gauge_length") == NULL);
    CHECK(vt_param_nearest(TABLE, "") == NULL || strlen(vt_param_nearest(TABLE, "")) <= 2);
}

static void common_parameters_have_defaults(void)
{
    vt_common c;
    vt_error err = {0};
    CHECK_OK(vt_param_defaults(VT_COMMON_PARAMS, &c, &err), &err);
    CHECK(c.seed == 1 && c.level == 0.95 && c.replicates >= 20 && c.threads == 0);
    CHECK(vt_param_set(VT_COMMON_PARAMS, &c, NULL, "level", "1", NULL) == VT_ERANGE);
}

CHECK_MAIN(CHECK_CASE(defaults_fill_the_struct), CHECK_CASE(text_sets_values_and_marks_them),
           CHECK_CASE(refusals_name_key_value_limit_and_fix), CHECK_CASE(what_is_written_reads_back),
           CHECK_CASE(near_names_are_found_and_far_ones_not), CHECK_CASE(common_parameters_have_defaults))
