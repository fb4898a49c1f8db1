#pragma once
#include <vitrum/card.h>
#include <vitrum/units.h>

/* The card object, shared by the card*.c files of glass and io. */

enum { VTI_CARD_CORRELATED = 32, VTI_CARD_ALLOY = 128, VTI_CARD_PATH = 512 };

struct vt_card {
    char alloy[VTI_CARD_ALLOY];
    char path[VTI_CARD_PATH];
    size_t nconstants, nttt, nobservations;
    vt_constant *constants; /* in the order of their first addition */
    vt_ttt_row *ttt;        /* by temperature, then fraction */
    vt_observation *observations;
    size_t ncorrelated;
    char correlated[VTI_CARD_CORRELATED][64];
    double cov[VTI_CARD_CORRELATED * VTI_CARD_CORRELATED]; /* row-major, ncorrelated wide, SI */
};

/* Unit text of a constant, with the scale to the SI unit of its row. Beyond vt_unit_read: energies per particle may
 * be given per mole ("kJ/mol", divided by Avogadro's number), and "MPa m^0.5" is a toughness. */
vt_status vti_card_unit(const vt_param *row, const char *text, vt_unit *unit, vt_error *err);

/* Is there a terminator within size bytes? */
int vti_card_terminated(const char *text, size_t size);
/* Nothing but blanks? */
int vti_card_blank(const char *text);
/* VT_EARG unless tag is A, B, C or R; VT_ESOURCE unless source has words. what: "constant glass_transition". */
vt_status vti_card_check_source(char tag, const char *source, size_t size, const char *what, vt_error *err);

/* Leaves key out of the correlated set: its value was replaced. */
void vti_card_uncorrelate(vt_card *card, const char *key);
