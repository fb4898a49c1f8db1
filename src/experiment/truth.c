/* What virtual instruments have in common: truth from a card, columns as people write them. */
#include "experiment/truth_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static double *value(const vti_truth *t, const char *param)
{
    return (double *)((char *)t->params + vt_param_find(t->table, param)->offset);
}

void vti_truth_say(char *text, size_t size, const char *fmt, ...)
{
    const size_t used = text ? strlen(text) : size;
    if (used >= size) return;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text + used, size - used, fmt, args);
    va_end(args);
}

void vti_truth_say_rest(char *text, size_t size)
{
    vti_truth_say(text, size, "; the rest: parameters of the virtual instrument");
}

static void tell(const vti_truth *t, size_t n, const vti_told *told, char *text, size_t size)
{
    for (size_t i = 0; i < n; i++) {
        const vt_constant *c = vt_card_find(t->card, told[i].constant);
        if (!c || vti_is_among(t->given, t->table, told[i].param)) continue;
        *value(t, told[i].param) = c->value;
        vti_truth_say(text, size, " %s (%c)", told[i].param, c->tag);
    }
}

void vti_truth_from_card(const vti_truth *t, size_t n, const vti_told *told, char *text, size_t size)
{
    static const vti_told FLOW[] = {{"glass_transition", "glass_transition"},
                                    {"vft_strength", "vft_strength"},
                                    {"vft_T0", "vft_T0"},
                                    {"activation_volume", "flow_activation_volume"},
                                    {"elastic_modulus", "elastic_modulus"},
                                    {"poisson_ratio", "poisson_ratio"}};
    if (text) snprintf(text, size, "card of %.40s:", vt_card_alloy(t->card));
    tell(t, sizeof FLOW / sizeof *FLOW, FLOW, text, size);
    tell(t, n, told, text, size);
    const vt_constant *G = vt_card_find(t->card, "shear_modulus");
    if (!G || vt_card_find(t->card, "elastic_modulus") || vti_is_among(t->given, t->table, "elastic_modulus")) return;
    *value(t, "elastic_modulus") = 2.0 * G->value * (1.0 + *value(t, "poisson_ratio"));
    vti_truth_say(text, size, " elastic_modulus from shear_modulus (%c)", G->tag);
}

vt_status vti_add_shown(vt_table *t, const vti_shown_column *c, double per_unit, size_t n, double *x, vt_error *err)
{
    vt_unit u;
    const vt_status st = vt_unit_read(c->unit, c->si, &u, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        x[i] = vt_unit_from_si(&u, x[i]);
        if (per_unit > 0.0) x[i] = rint(per_unit * x[i]) / per_unit;
    }
    return vt_table_add(t, c->name, &u, n, x, err);
}
