/* The front door: parameters from defaults, metadata and settings; provenance; refusals with their place. */
#include "check.h"
#include <stddef.h>
#include <vitrum/experiment.h>

struct toy {
    double diameter, factor;
    char alloy[VT_PARAM_TEXT];
};
static const vt_param PARAMS[] = {
    {"diameter", VT_REAL, "m", "52um", 1e-9, 5e-3, NULL, "diameter", offsetof(struct toy, diameter)},
    {"factor", VT_REAL, "1", "2", 0, 0, NULL, "factor", offsetof(struct toy, factor)},
    {"alloy", VT_TEXT, NULL, "", 0, 0, NULL, "alloy", offsetof(struct toy, alloy)},
    VT_PARAM_END};
static const vt_column COLUMNS[] = {{"length", "m", 1, 1e-9, 1, NULL, "length"}, VT_COLUMN_END};
static const vt_column METADATA[] = {{"diameter", "m", 0, 0, 0, "wire diameter;d", "diameter"}, VT_COLUMN_END};

static vt_status reduce(const vt_job *job, vt_result *result, vt_error *err)
{
    const struct toy *p = job->params;
    if (p->factor < 0) return vt_fail(err, VT_EDOF, "not enough");
    vt_property out = {.name = "ratio", .nscope = 0};
    out.q = (vt_quantity){.value = p->factor * vt_table_values(job->tables[0], 0)[0] / p->diameter,
                          .low = NAN,
                          .high = NAN,
                          .dof = INFINITY,
                          .unit = "1"};
    return vt_result_add_property(result, &out, err);
}
static vt_status simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    const struct toy *p = job->params;
    return vt_table_add_si(record, "length", "m", 1, &p->diameter, err);
}
static const vt_experiment TOY = {.name = "toy",
                                  .columns = COLUMNS,
                                  .metadata = METADATA,
                                  .params = PARAMS,
                                  .params_size = sizeof(struct toy),
                                  .reduce = reduce,
                                  .truth = PARAMS,
                                  .truth_size = sizeof(struct toy),
                                  .simulate = simulate};

static vt_table *make(const char *path, const char *key, const char *text)
{
    vt_table *t = NULL;
    const double length = 1e-4;
    vt_table_create(&t, NULL);
    vt_table_name(t, path, NULL);
    vt_table_add_si(t, "length", "m", 1, &length, NULL);
    vt_table_add_si(t, "remark", "1", 1, &length, NULL);
    if (key) vt_table_add_meta(t, key, text, 2, NULL);
    return t;
}

static double ratio_of(const vt_table *const *raw, size_t nraw, const vt_setting *set, size_t nset, vt_error *err)
{
    vt_result *result = NULL;
    const vt_request in = {.raw = raw, .nraw = nraw, .settings = set, .nsettings = nset};
    if (vt_reduce(&TOY, &in, &result, err) != VT_OK) return NAN;
    const vt_property *p = vt_result_find(result, "ratio", NULL, NULL, 0);
    const double v = p ? p->q.value : NAN;
    vt_result_free(result);
    return v;
}

static void defaults_then_metadata_then_settings(void)
{
    vt_table *plain = make("a.csv", NULL, NULL), *with = make("b.csv", "diameter", "50 um"),
             *alias = make("c.csv", "Wire Diameter", "40 um");
    const vt_setting set[] = {{"diameter", "25um", NULL, 0}, {"factor", "3", NULL, 0}, {"factor", "4", NULL, 0}};
    vt_error err = {0};
    CHECK_REL(ratio_of((const vt_table *[]){plain}, 1, NULL, 0, &err), 2 * 1e-4 / 5.2e-5, 1e-14);
    CHECK_REL(ratio_of((const vt_table *[]){with}, 1, NULL, 0, &err), 4.0, 1e-14);
    CHECK_REL(ratio_of((const vt_table *[]){alias}, 1, NULL, 0, &err), 5.0, 1e-14);
    CHECK_REL(ratio_of((const vt_table *[]){with}, 1, set, 3, &err), 16.0, 1e-14); /* the later factor wins */
    vt_table_free(plain);
    vt_table_free(with);
    vt_table_free(alias);
}

static void contradictory_metadata_is_refused_with_both_places(void)
{
    vt_table *a = make("a.csv", "diameter", "50 um"), *b = make("b.csv", "diameter", "0.04 mm"),
             *same = make("c.csv", "d", "0.05 mm");
    const vt_setting set[] = {{"diameter", "25um", NULL, 0}};
    vt_error err = {0};
    CHECK(isnan(ratio_of((const vt_table *[]){a, b}, 2, NULL, 0, &err)));
    CHECK(err.code == VT_EMISMATCH && err.line == 2);
    CHECK_TEXT(err.file, "b.csv");
    CHECK_TEXT(err.msg, "a.csv:2");
    CHECK_REL(ratio_of((const vt_table *[]){a, same}, 2, NULL, 0, &err), 4.0, 1e-14); /* same value, other unit */
    CHECK_REL(ratio_of((const vt_table *[]){a, b}, 2, set, 1, &err), 8.0, 1e-14);     /* the setting decides */
    vt_table_free(a);
    vt_table_free(b);
    vt_table_free(same);
}

static void refusals_carry_their_place(void)
{
    vt_table *t = make("a.csv", "diameter", "50");
    vt_error err = {0};
    ratio_of((const vt_table *[]){t}, 1, NULL, 0, &err);
    CHECK(err.code == VT_EUNITS && err.line == 2 && vt_error_exit(&err) == 3);
    CHECK_TEXT(err.file, "a.csv");
    vt_table_free(t);
    t = make("a.csv", NULL, NULL);
    const vt_setting study[] = {{"diamter", "5um", "s.yaml", 17}}, line[] = {{"levl", "0.9", NULL, 0}},
                     negative[] = {{"factor", "-1", NULL, 0}};
    ratio_of((const vt_table *[]){t}, 1, study, 1, &err);
    CHECK(err.code == VT_EKEY && err.line == 17);
    CHECK_TEXT(err.file, "s.yaml");
    CHECK_TEXT(err.msg, "'diameter'");
    ratio_of((const vt_table *[]){t}, 1, line, 1, &err);
    CHECK(err.code == VT_EKEY && vt_error_exit(&err) == 2);
    CHECK_TEXT(err.msg, "'level'");
    ratio_of((const vt_table *[]){t}, 1, negative, 1, &err);
    CHECK(err.code == VT_EDOF);
    CHECK_TEXT(err.file, "a.csv"); /* the reduction's refusal is about its only file */
    vt_result *r = NULL;
    CHECK(vt_reduce(&TOY, &(vt_request){0}, &r, &err) == VT_EUSAGE && !r);
    vt_table_free(t);
}

static void provenance_travels_with_the_result(void)
{
    vt_table *t = make("a.csv", "colour", "grey");
    const vt_setting set[] = {{"seed", "77", NULL, 0}, {"replicates", "99", NULL, 0}, {"threads", "2", NULL, 0}};
    const vt_table *raw[] = {t};
    const vt_request in = {.raw = raw, .nraw = 1, .settings = set, .nsettings = 3};
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(vt_reduce(&TOY, &in, &r, &err), &err);
    CHECK(vt_result_seed(r) == 77);
    CHECK(vt_result_inputs(r) == 1);
    CHECK_TEXT(vt_result_input_path(r, 0), "a.csv");
    bool level = false, diameter = false, threads = false;
    for (size_t i = 0; i < vt_result_options(r); i++) {
        const vt_option *o = vt_result_option(r, i);
        level |= strcmp(o->name, "level") == 0 && o->value == 0.95;
        diameter |= strcmp(o->name, "diameter") == 0 && o->value == 5.2e-5 && strcmp(o->unit, "m") == 0;
        threads |= strcmp(o->name, "threads") == 0;
    }
    CHECK(level && diameter && !threads);
    CHECK(vt_result_warnings(r) == 2); /* the unused column and the unused metadata */
    CHECK_TEXT(vt_result_warning_code(r, 0), "W_INPUT");
    vt_result_free(r);
    vt_table_free(t);
}

static void a_simulator_takes_the_same_settings(void)
{
    const vt_setting set[] = {{"diameter", "30um", NULL, 0}};
    const vt_request in = {.settings = set, .nsettings = 1};
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_simulate(&TOY, &in, &t, &err), &err);
    CHECK(t && vt_table_values(t, 0)[0] == 3e-5);
    vt_table_free(t);
}

static void a_recalled_constant_warns(void)
{
    vt_card *card = NULL;
    vt_error err = {0};
    vt_constant c = {
        .key = "interface_thickness", .value = 5e-10, .u = 2e-10, .unit = "m", .tag = 'R', .source = "memory"};
    CHECK_OK(vt_card_create(&card, "Ni45Pd35P16B4", &err), &err);
    CHECK_OK(vt_card_add(card, &c, &err), &err);
    vt_result *r = NULL;
    vt_result_create(&r, "process", "toy", NULL);
    const vt_job job = {.alloy = card, .common = {.level = 0.95}}, none = {0};
    vt_quantity q = {0};
    CHECK_OK(vt_job_constant(&job, r, "interface_thickness", &q, &err), &err);
    CHECK(q.value == 5e-10 && q.u == 2e-10 && strcmp(q.unit, "m") == 0);
    CHECK(vt_result_warnings(r) == 1);
    CHECK_TEXT(vt_result_warning_code(r, 0), "W_RECALLED");
    CHECK_TEXT(vt_result_warning_message(r, 0), "memory");
    CHECK(vt_job_constant(&job, r, "atomic_volume", &q, &err) == VT_EREFERENCE);
    CHECK(vt_job_constant(&none, r, "atomic_volume", &q, &err) == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "--alloy");
    CHECK(q.value == 5e-10);
    vt_result_free(r);
    vt_card_free(card);
}

CHECK_MAIN(CHECK_CASE(defaults_then_metadata_then_settings),
           CHECK_CASE(contradictory_metadata_is_refused_with_both_places), CHECK_CASE(refusals_carry_their_place),
           CHECK_CASE(provenance_travels_with_the_result), CHECK_CASE(a_simulator_takes_the_same_settings),
           CHECK_CASE(a_recalled_constant_warns))
