/* Constants of a card on their way into a computation: value, uncertainty, source, warning, refusal. */
#include "check.h"
#include <stdio.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>

static const char CARD[] = "alloy: Test\n"
                           "constants:\n"
                           "  vft_T0: {value: 411.5, unit: K, uncertainty: 3.5, tag: A, source: \"Smith 2001\"}\n"
                           "  vft_strength: {value: 17.3, unit: \"1\", tag: R, source: \"from memory\"}\n";

struct setup {
    vt_card *card;
    vt_result *result;
    vt_job job;
};

static void make(struct setup *s)
{
    vt_error err = {0};
    *s = (struct setup){.card = NULL};
    CHECK_OK(vt_card_parse("test.yaml", CARD, sizeof CARD - 1, &s->card, &err), &err);
    CHECK_OK(vt_result_create(&s->result, "process", "test", &err), &err);
    s->job.alloy = s->card;
    s->job.common.level = 0.95;
}

static void drop(struct setup *s)
{
    vt_card_free(s->card);
    vt_result_free(s->result);
}

static void a_constant_brings_its_uncertainty_and_source(void)
{
    struct setup s;
    vt_error err = {0};
    vt_quantity q;
    make(&s);
    CHECK_OK(vt_job_constant(&s.job, s.result, "vft_T0", &q, &err), &err);
    CHECK_OK(vt_job_constant(&s.job, s.result, "vft_T0", &q, &err), &err); /* asked for twice, recorded once */
    CHECK(q.value == 411.5 && q.u == 3.5);
    CHECK(vt_result_used_constants(s.result) == 1);
    const vt_used_constant *c = vt_result_used_constant(s.result, 0);
    CHECK(c && c->value == 411.5 && c->u == 3.5 && c->tag == 'A');
    CHECK_TEXT(c ? c->source : NULL, "Smith 2001");
    CHECK(vt_result_warnings(s.result) == 0);
    drop(&s);
}

static void a_recalled_constant_warns(void)
{
    struct setup s;
    vt_error err = {0};
    vt_quantity q;
    make(&s);
    CHECK_OK(vt_job_constant(&s.job, s.result, "vft_strength", &q, &err), &err);
    CHECK(vt_result_warnings(s.result) == 1);
    CHECK_TEXT(vt_result_warning_code(s.result, 0), "W_RECALLED");
    CHECK_TEXT(vt_result_warning_message(s.result, 0), "vft_strength of Test");
    drop(&s);
}

static void the_sources_stand_in_the_json(void)
{
    struct setup s;
    vt_error err = {0};
    vt_quantity q;
    char *text = NULL;
    size_t size = 0;
    make(&s);
    CHECK_OK(vt_job_constant(&s.job, s.result, "vft_T0", &q, &err), &err);
    FILE *out = open_memstream(&text, &size);
    CHECK_OK(vt_result_write_json(s.result, out, &err), &err);
    fclose(out);
    CHECK_TEXT(text, "\"constants\": [");
    CHECK_TEXT(text,
               "{\"name\": \"vft_T0\", \"alloy\": \"Test\", \"value\": 411.5, \"u\": 3.5, \"unit\": \"K\", \"tag\": "
               "\"A\", \"source\": \"Smith 2001\"}");
    free(text);
    drop(&s);
}

static void a_missing_constant_is_refused_by_name(void)
{
    struct setup s;
    vt_error err = {0};
    vt_quantity q = {.value = -7.0};
    make(&s);
    CHECK(vt_job_constant(&s.job, s.result, "atomic_volume", &q, &err) == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "atomic_volume");
    CHECK(q.value == -7.0);
    s.job.alloy = NULL;
    CHECK(vt_job_constant(&s.job, s.result, "vft_T0", &q, &err) == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "--alloy");
    CHECK(vt_result_used_constants(s.result) == 0);
    drop(&s);
}

CHECK_MAIN(CHECK_CASE(a_constant_brings_its_uncertainty_and_source), CHECK_CASE(a_recalled_constant_warns),
           CHECK_CASE(the_sources_stand_in_the_json), CHECK_CASE(a_missing_constant_is_refused_by_name))
