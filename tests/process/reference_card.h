#pragma once
#include <math.h>
#include <stdio.h>
#include <vitrum/card.h>
#include <vitrum/constants.h>

/* The reference set of procedures 10.3 as an alloy card. u: relative uncertainty of viscosity and mobility; 0: none. */
static inline vt_card *reference_card(double u)
{
    const struct {
        const char *key, *unit;
        double value, u;
    } ROWS[] = {{"glass_transition", "K", 590.15, NAN},
                {"reference_temperature", "K", 590.15, NAN},
                {"vft_viscosity_at_reference", "Pa s", 1.671e9, u * 1.671e9},
                {"vft_strength", "1", 13.18, u},
                {"vft_T0", "K", 415.56, 8 * u},
                {"kink_temperature", "K", 560.65, u},
                {"glass_activation_energy", "J", 0.884 * VT_ELECTRONVOLT, 0.06 * u * VT_ELECTRONVOLT},
                {"interface_mobility_at_reference", "m3 s-1", 1.272e-26, u * 1.272e-26},
                {"interface_activation_energy", "J", 1.580 * VT_ELECTRONVOLT, 0.01 * u * VT_ELECTRONVOLT},
                {"atomic_volume", "m3", 1.233e-29, NAN},
                {"relaxation_time_at_reference", "s", 76.0, NAN},
                {"viscosity_prefactor", "1", 32.0, NAN}};
    vt_card *card = NULL;
    if (vt_card_create(&card, "Ni45Pd35P16B4", NULL) != VT_OK) return NULL;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        vt_constant c = {.value = ROWS[i].value, .u = ROWS[i].u > 0.0 ? ROWS[i].u : NAN, .tag = 'C'};
        snprintf(c.key, sizeof c.key, "%s", ROWS[i].key);
        snprintf(c.unit, sizeof c.unit, "%s", ROWS[i].unit);
        snprintf(c.source, sizeof c.source, "procedures 10.3");
        if (vt_card_add(card, &c, NULL) != VT_OK) fprintf(stderr, "reference card: %s refused\n", c.key);
    }
    return card;
}
