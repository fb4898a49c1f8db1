#pragma once
/* Short calls of the experiment molding, shared by its tests. */
#include "result_checks.h"
#include <stdarg.h>
#include <vitrum/constants.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>

#define C(t) ((t) + 273.15)

static inline const vt_experiment *molding(void)
{
    return vt_experiment_find("molding");
}

/* Settings as "key=text", NULL-terminated. */
struct settings {
    vt_setting s[16];
    char text[16][128];
    size_t n;
};

static inline struct settings *set(struct settings *to, ...)
{
    va_list args;
    const char *word;
    *to = (struct settings){.n = 0};
    va_start(args, to);
    while ((word = va_arg(args, const char *)) != NULL) {
        snprintf(to->text[to->n], sizeof to->text[0], "%s", word);
        char *eq = strchr(to->text[to->n], '=');
        *eq = '\0';
        to->s[to->n] = (vt_setting){to->text[to->n], eq + 1, NULL, 0};
        to->n++;
    }
    va_end(args);
    return to;
}

static inline vt_table *simulate(const struct settings *s)
{
    vt_table *t = NULL;
    vt_error err = {0};
    const vt_request in = {.settings = s->s, .nsettings = s->n};
    CHECK_OK(vt_simulate(molding(), &in, &t, &err), &err);
    return t;
}

static inline vt_result *reduce(const vt_table *t, const struct settings *s, vt_error *err)
{
    vt_result *r = NULL;
    const vt_request in = {.raw = &t, .nraw = 1, .settings = s->s, .nsettings = s->n};
    return vt_reduce(molding(), &in, &r, err) == VT_OK ? r : NULL;
}

static inline vt_table *parse(const char *text)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_parse("lengths.csv", text, strlen(text), NULL, &t, &err), &err);
    return t;
}

static inline double value(const vt_result *r, const char *name, const char *reading, double T)
{
    const vt_property *p = vt_result_find(r, name, reading, T > 0.0 ? "temperature" : NULL, T);
    if (!p) CHECK_FAILED("no property %s at %g K", name, T);
    return p ? p->q.value : NAN;
}

/* Almost exact lengths: what comes out is procedures 10.3, at every temperature and over all. */
