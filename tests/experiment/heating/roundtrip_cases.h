#pragma once
/* Round trips of the power to temperature (P05, section 11), ROUND_TRIPS of each kind: ROUND_TRIPS is a constant of the
 * program. The rod has conductivity and resistivity that follow its temperature, radiates, and its contacts take about
 * 60 % of the power and are hot; the reduction knows a parabola between ends of a stated share of the rise. */
#include "round_trips.h"
#include "experiment/heating/heating_internal.h"
#include <vitrum/constants.h>

/* Truth of the same settings. */
static vti_heating_truth heating_truth(struct settings *s)
{
    vti_heating_truth p;
    read_truth(VTI_HEATING_TRUTH, s, &p);
    return p;
}

/* Viscosity law that the user states: that of the truth. */
static void state_law(struct settings *how)
{
    set_text(how, "vft_T0", "336 K");
    set_text(how, "vft_strength", "16.4");
    set_text(how, "vft_viscosity_at_reference", "1e12 Pa s");
    set_text(how, "reference_temperature", "507.6 K");
    set_text(how, "grip_temperature_u", "0 K");
}

/* A wire, its contacts, and five powers around the one that brings its middle to the glass transition. */
static vti_heating_truth draw_wire(struct settings *truth, uint64_t session)
{
    vt_stream r;
    vt_stream_init(&r, 20205, vt_stream_purpose("roundtrip/heating"), session);
    set_number(truth, "diameter", 120.0 + 80.0 * vt_stream_uniform(&r), "nm");
    set_number(truth, "length", 3.0 + 4.0 * vt_stream_uniform(&r), "um");
    set_number(truth, "thermal_conductivity", 7.0 * exp(0.3 * vt_stream_normal(&r)), "W m-1 K-1");
    set_number(truth, "conductivity_slope", 1e-3 * vt_stream_uniform(&r), "K-1");
    set_number(truth, "contact_share", 0.5 + 0.2 * vt_stream_uniform(&r), "");
    set_number(truth, "seed", (double)(1000 + session), "");
    vti_heating_truth p = heating_truth(truth);
    const double own = p.length / (8.0 * p.thermal_conductivity * 0.25 * VT_PI * p.diameter * p.diameter);
    set_number(truth, "contact_resistance", own * (0.1 + 0.4 * vt_stream_uniform(&r)), "K/W");
    p = heating_truth(truth);
    double P = 0.1 * 214.0 / own;
    for (int i = 0; i < 60; i++) { /* nearly proportional: a few steps */
        vti_heating_rod rod = {.T_max = p.grip_temperature};
        p.vft_T0 = 1.0; /* cold rods are allowed on the way */
        CHECK(vti_heating_rod_at(&p, P, &rod, NULL) == VT_OK);
        P *= 1.0 + 0.8 * ((507.6 - p.grip_temperature) / (rod.T_max - p.grip_temperature) - 1.0);
    }
    char list[128];
    snprintf(list, sizeof list, "%.8g,%.8g,%.8g,%.8g,%.8g uW", 0.97e6 * P, 0.985e6 * P, 1e6 * P, 1.015e6 * P,
             1.03e6 * P);
    set_text(truth, "powers", list);
    return heating_truth(truth);
}

/* The interval of the share of the contacts is that of what is left for the wire, whose errors are factors. */
static void count_contacts(struct tally *t, const vt_property *p, double truth)
{
    t->n++;
    if (!p) return;
    const double wire = 1.0 - p->q.value, pull = -log(wire / (1.0 - truth)) * wire / p->q.u;
    t->covered += covers(&p->q, truth);
    t->pull += pull;
    t->square += pull * pull;
    t->relative += p->q.value / truth - 1.0;
}

enum { R_TH, T_LOW, T_HIGH, CONTACTS, QUANTITIES };

/* half_width: of the share of the rise that the user believes the ends to have; the truth lies anywhere within. */
static void campaign(double half_width, const char *name)
{
    struct tally t[QUANTITIES] = {
        {.what = "R_th"}, {.what = "T_max, lowest"}, {.what = "T_max, highest"}, {.what = "contact share"}};
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        const vti_heating_truth p = draw_wire(&truth, (uint64_t)session);
        vti_heating_rod rod[3];
        for (int k = 0; k < 3; k++) CHECK(vti_heating_rod_at(&p, p.powers.x[2 * k], &rod[k], NULL) == VT_OK);
        vt_stream r;
        vt_stream_init(&r, 20206, vt_stream_purpose("roundtrip/ends"), (uint64_t)session);
        state_law(&how);
        const double share = rod[1].end_share + half_width * (2.0 * vt_stream_uniform(&r) - 1.0);
        set_number(&how, "end_share", fmin(1.0, fmax(0.0, share)), "");
        set_number(&how, "end_share_half_width", half_width, "");
        set_text(&how, "length_u", "0"); /* stated exactly */
        set_number(&how, "conductivity_slope", p.conductivity_slope, "K-1");
        vt_result *out = there_and_back("heating", &truth, &how);
        size_t i = 0, j = 0, k = 0;
        count(&t[R_TH], next(out, &i, "thermal_resistance", "physics", NULL, NULL), rod[1].R_th);
        count(&t[T_LOW], next(out, &j, "maximum_temperature", "physics", NULL, NULL), rod[0].T_max);
        const vt_property *last = NULL, *one;
        for (j = 0; (one = next(out, &j, "maximum_temperature", "physics", NULL, NULL));) last = one;
        count(&t[T_HIGH], last, rod[2].T_max);
        count_contacts(&t[CONTACTS], next(out, &k, "contact_share", NULL, NULL, NULL), p.contact_share);
        vt_result_free(out);
    }
    for (int k = 0; k < QUANTITIES; k++) judge(&t[k], name);
}

static void resistance_and_temperature_are_recovered(void)
{
    campaign(0.0, "ends known");
}

/* A wire of one temperature is a lower bound: its reading must lie below. */
static void the_uniform_reading_is_a_lower_bound(void)
{
    long below = 0;
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        const vti_heating_truth p = draw_wire(&truth, (uint64_t)session);
        vti_heating_rod rod;
        CHECK(vti_heating_rod_at(&p, p.powers.x[2], &rod, NULL) == VT_OK);
        state_law(&how);
        vt_result *out = there_and_back("heating", &truth, &how);
        size_t i = 0;
        const vt_property *R = next(out, &i, "thermal_resistance", "paper", NULL, NULL);
        below += R && R->q.value < rod.R_th;
        i = 0;
        R = next(out, &i, "thermal_resistance", "physics", NULL, NULL);
        CHECK(covers(R ? &R->q : NULL, rod.R_th)); /* ends not known at all: the interval spans all that may be */
        vt_result_free(out);
    }
    CHECK(below == ROUND_TRIPS);
}

/* Null: all power in contacts that the grips cool; a stage heats the wire. No R_th, and it is said why. An interval of
 * 95 % is beside 0 in 5 % of the wires. */
static void power_in_the_contacts_heats_no_wire(void)
{
    long silent = 0;
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        set_text(&truth, "contact_share", "1");
        set_text(&truth, "contact_resistance", "0 K/W");
        set_text(&truth, "grip_temperature", "500 K");
        set_number(&truth, "seed", (double)(1000 + session), "");
        state_law(&how);
        set_text(&how, "grip_temperature", "500 K");
        set_text(&how, "grip_temperature_u", "0.5 K");
        vt_result *out = there_and_back("heating", &truth, &how);
        size_t i = 0;
        const bool none = !next(out, &i, "thermal_resistance", NULL, NULL, NULL);
        CHECK(none == warned(out, "W_NO_HEATING", "all of the power is in the contacts"));
        silent += none;
        vt_result_free(out);
    }
    CHECK((double)silent / ROUND_TRIPS >= 0.95 - 3.0 * sqrt(0.95 * 0.05 / ROUND_TRIPS));
}

/* Breakage: from some reading on no current flows through the wire. */
static void open_circuits_are_refused(void)
{
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        vt_error err = {0};
        set_text(&truth, "powers", "70,78,86,94 uW");
        set_number(&truth, "open_from", (double)(2 + session % 3), "");
        set_number(&truth, "seed", (double)(1000 + session), "");
        state_law(&how);
        vt_table *t = simulated("heating", &truth, &err);
        vt_result *out = t ? reduced("heating", t, &how, &err) : NULL;
        CHECK(!out && err.code == VT_EOPEN);
        vt_result_free(out);
        vt_table_free(t);
    }
}

CHECK_MAIN(CHECK_CASE(resistance_and_temperature_are_recovered), CHECK_CASE(the_uniform_reading_is_a_lower_bound),
           CHECK_CASE(power_in_the_contacts_heats_no_wire), CHECK_CASE(open_circuits_are_refused))
