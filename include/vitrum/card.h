#pragma once
#include <vitrum/error.h>
#include <vitrum/param.h>

/* The alloy card: the constants of one alloy, each with value, unit, uncertainty, tag and source. */
typedef struct vt_card vt_card;

enum { VT_CARD_TEXT = 400 };

/* tag: 'A' read in the source, 'B' read in a secondary place, 'C' derived here from A or B (fits of this
 * program too), 'R' recalled: never ground truth; a run that leans on one warns (W_RECALLED). */
typedef struct vt_constant {
    char key[64];  /* row of VT_CARD_CONSTANTS */
    double value;  /* SI */
    double u;      /* standard uncertainty, SI; NaN: not given */
    char unit[32]; /* unit as written in the card */
    char tag;      /* 'A', 'B', 'C', 'R' */
    char conditions[VT_CARD_TEXT];
    char source[VT_CARD_TEXT];
    long line; /* in the card's file; 0: made in memory */
} vt_constant;

/* Keys that a card may carry: name, SI unit, range, text (type VT_REAL, offset unused). Energies of unit "J" are per
 * particle; a card may state them in J or eV, or per mole of particles (kJ/mol, divided by Avogadro's number).
 * Among them: glass_transition (Tg), reference_temperature, vft_viscosity_at_reference, vft_strength (D*), vft_T0,
 * kink_temperature, glass_activation_energy (J per atom; eV in files), interface_mobility_at_reference
 * (delta D_I), interface_activation_energy, bulk_activation_energy, interface_thickness, atomic_radius,
 * stokes_einstein_constant, atomic_volume, relaxation_time_at_reference, viscosity_prefactor (32 or 16),
 * surface_tension, contact_angle, density, molar_mass, shear_modulus, bulk_modulus, elastic_modulus,
 * poisson_ratio, liquidus, crystallization_onset, avrami_exponent, crystallization_activation_energy ... */
#define VT_CARD_CONSTANTS vt_card_constant_rows /* exported names start with vt_ */
extern const vt_param VT_CARD_CONSTANTS[];

vt_status vt_card_create(vt_card **card, const char *alloy, vt_error *err);
void vt_card_free(vt_card *card);
vt_status vt_card_copy(const vt_card *card, vt_card **copy, vt_error *err);

const char *vt_card_alloy(const vt_card *card); /* "Ni45Pd35P16B4" */
const char *vt_card_path(const vt_card *card);  /* file it came from, "" if made in memory */
void vt_card_set_path(vt_card *card, const char *path);

/* Adds or replaces; a replaced constant leaves the covariance, which no longer describes it. unit "" stands for the SI
 * unit of the key. VT_EKEY unknown key, naming the nearest; VT_EUNITS; VT_ERANGE; VT_ESOURCE no source; VT_EARG bad
 * tag. */
vt_status vt_card_add(vt_card *card, const vt_constant *constant, vt_error *err);
size_t vt_card_constants(const vt_card *card);
const vt_constant *vt_card_constant(const vt_card *card, size_t i);    /* borrowed */
const vt_constant *vt_card_find(const vt_card *card, const char *key); /* NULL: not on the card */

/* Value of a constant that a computation needs; VT_EREFERENCE names the missing key, the card and how to
 * supply it. *value SI. */
vt_status vt_card_value(const vt_card *card, const char *key, double *value, vt_error *err);

/* Covariance of constants that were fitted together: n keys, n x n matrix (row-major, SI; for keys that
 * are positive scale factors the covariance is of the plain value, not of its logarithm). Replaces an earlier one;
 * sets u of each key to the root of its diagonal. n 0: none. At most 32 keys. VT_EKEY: a key that the card has not, or
 * twice; VT_ERANGE: a variance that is not > 0, a matrix that is not symmetric (1e-6) or not positive semidefinite. */
vt_status vt_card_set_covariance(vt_card *card, size_t n, const char *const *keys, const double *cov, vt_error *err);
size_t vt_card_correlated(const vt_card *card); /* n; 0: none */
const char *vt_card_correlated_key(const vt_card *card, size_t i);
double vt_card_covariance(const vt_card *card, const char *key_a,
                          const char *key_b); /* u^2 on the diagonal, 0 if
                                                  not correlated, 0 if u not given */

/* Time-temperature-transformation rows: time to transformed fraction x at T. */
typedef struct vt_ttt_row {
    double T;        /* K */
    double t;        /* s */
    double fraction; /* 0 ... 1 */
    char tag;
    char source[VT_CARD_TEXT];
} vt_ttt_row;
vt_status vt_card_add_ttt(vt_card *card, const vt_ttt_row *row, vt_error *err); /* kept sorted by T */
size_t vt_card_ttt(const vt_card *card);
const vt_ttt_row *vt_card_ttt_row(const vt_card *card, size_t i);

/* Facts of the literature that are not constants of a law (molding conditions, ranges, bounds): kept with
 * source so that nothing sourced is lost, never used in a computation. */
typedef struct vt_observation {
    char property[160], symbol[32], value[64], unit[32], uncertainty[96], conditions[VT_CARD_TEXT];
    char tag;
    char source[VT_CARD_TEXT];
} vt_observation;
vt_status vt_card_add_observation(vt_card *card, const vt_observation *o, vt_error *err);
size_t vt_card_observations(const vt_card *card);
const vt_observation *vt_card_observation(const vt_card *card, size_t i);
