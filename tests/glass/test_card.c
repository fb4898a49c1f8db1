/* The alloy card object. */
#include "check.h"
#include "glass/card_internal.h"
#include <vitrum/card.h>
#include <vitrum/constants.h>

static vt_constant constant(const char *key, double value, double u)
{
    vt_constant k = {.value = value, .u = u, .tag = 'A', .source = "Liu et al. 2023"};
    snprintf(k.key, sizeof k.key, "%s", key);
    return k;
}

static vt_card *fresh(void)
{
    vt_card *card = NULL;
    vt_error err = {0};
    CHECK_OK(vt_card_create(&card, "Ni45Pd35P16B4", &err), &err);
    const vt_constant rows[] = {constant("glass_transition", 590.15, 1.5), constant("vft_strength", 13.18, 0.7),
                                constant("vft_T0", 415.56, 4.9), constant("atomic_volume", 1.233e-29, NAN)};
    for (size_t i = 0; i < 4; i++) CHECK_OK(vt_card_add(card, &rows[i], &err), &err);
    return card;
}

static void the_table_is_sound(void)
{
    vt_error err = {0};
    for (const vt_param *p = VT_CARD_CONSTANTS; p->name; p++) {
        vt_unit unit;
        CHECK(p->type == VT_REAL && p->low < p->high && p->text[0] && strlen(p->name) < 64);
        CHECK_OK(vti_card_unit(p, p->unit, &unit, &err), &err); /* every unit can be read */
        CHECK_REL(unit.scale, 1.0, 1e-15);
        CHECK(vt_param_find(VT_CARD_CONSTANTS, p->name) == p); /* no name twice */
    }
}

static void constants_are_added_replaced_and_found(void)
{
    vt_card *card = fresh();
    double value = -1.0;
    vt_error err = {0};
    CHECK(vt_card_constants(card) == 4 && strcmp(vt_card_alloy(card), "Ni45Pd35P16B4") == 0);
    CHECK_OK(vt_card_value(card, "vft_T0", &value, &err), &err);
    CHECK(value == 415.56);
    vt_constant k = constant("vft_T0", 416.9, 2.0);
    k.tag = 'R';
    CHECK_OK(vt_card_add(card, &k, &err), &err);
    CHECK(vt_card_constants(card) == 4 && vt_card_find(card, "vft_T0")->value == 416.9);
    CHECK(vt_card_constant(card, 2)->tag == 'R' && strcmp(vt_card_constant(card, 2)->unit, "K") == 0);
    CHECK(vt_card_find(card, "density") == NULL && vt_card_constant(card, 4) == NULL);
    CHECK(strcmp(vt_card_path(card), "") == 0);
    vt_card_set_path(card, "my.yaml");
    CHECK(strcmp(vt_card_path(card), "my.yaml") == 0);
    vt_card_free(card);
}

static void a_missing_constant_is_named_with_its_remedy(void)
{
    vt_card *card = fresh();
    double value = -7.0;
    vt_error err = {0};
    CHECK(vt_card_value(card, "density", &value, &err) == VT_EREFERENCE);
    CHECK_TEXT(err.msg, "the card of Ni45Pd35P16B4 has no density (density); add to its constants: density: {value");
    CHECK_TEXT(err.msg, "unit: \"kg m-3\"");
    CHECK(vt_card_value(card, "densty", &value, &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "did you mean \"density\"?");
    CHECK(value == -7.0);
    vt_card_free(card);
}

static void refused(const vt_constant *k, vt_status code, const char *text)
{
    vt_card *card = fresh();
    vt_error err = {0};
    CHECK(vt_card_add(card, k, &err) == code);
    CHECK_TEXT(err.msg, text);
    CHECK(vt_card_constants(card) == 4 && vt_card_find(card, "glass_transition")->value == 590.15);
    vt_card_free(card);
}

static void bad_constants_are_refused(void)
{
    vt_constant k = constant("glas_transition", 600.0, 1.0);
    refused(&k, VT_EKEY, "did you mean \"glass_transition\"?");
    k = constant("glass_transition", 6000.0, 1.0);
    refused(&k, VT_ERANGE, "glass_transition = 6000 K is outside [100, 2000] K");
    k = constant("glass_transition", NAN, 1.0);
    refused(&k, VT_ERANGE, "glass_transition = nan K");
    k = constant("glass_transition", 600.0, -1.0);
    refused(&k, VT_ERANGE, "uncertainty -1 K is not >= 0");
    k = constant("glass_transition", 600.0, 1.0);
    k.source[0] = '\0';
    refused(&k, VT_ESOURCE, "constant glass_transition has no source");
    strcpy(k.source, "  \n ");
    refused(&k, VT_ESOURCE, "has no source");
    k = constant("glass_transition", 600.0, 1.0);
    k.tag = 'X';
    refused(&k, VT_EARG, "tag 'X' is not A");
    k = constant("glass_transition", 600.0, 1.0);
    strcpy(k.unit, "MPa");
    refused(&k, VT_EUNITS, "'MPa'");
    k = constant("shear_modulus", 35.0, 1.0); /* a slip: GPa forgotten */
    refused(&k, VT_ERANGE, "check value and unit");
    memset(k.key, 'x', sizeof k.key);
    refused(&k, VT_EARG, "does not end");
}

static void energies_per_mole_become_energies_per_particle(void)
{
    const vt_param *row = vt_param_find(VT_CARD_CONSTANTS, "crystallization_activation_energy");
    vt_unit unit;
    CHECK(vti_card_unit(row, "kJ/mol", &unit, NULL) == VT_OK);
    /* 361 kJ/mol = 361e3 / 6.02214076e23 J, bc: 5.99454602e-19; the constants are exact, so only rounding is left */
    CHECK_REL(vt_unit_to_si(&unit, 361.0), 361.0e3 / 6.02214076e23, 1e-15);
    CHECK(strcmp(unit.si, "J") == 0 && strcmp(unit.text, "kJ/mol") == 0);
    CHECK(vti_card_unit(row, "eV", &unit, NULL) == VT_OK);
    CHECK_REL(vt_unit_to_si(&unit, 1.58), 1.58 * VT_ELECTRONVOLT, 1e-15);
    vt_error err = {0};
    CHECK(vti_card_unit(row, "kJ/kg", &unit, &err) == VT_EUNITS);
    /* a molar quantity stays molar: eV is no unit of it */
    CHECK(vti_card_unit(vt_param_find(VT_CARD_CONSTANTS, "fusion_enthalpy"), "eV", &unit, &err) == VT_EUNITS);
}

static void a_toughness_has_its_half_integer_unit(void)
{
    const vt_param *row = vt_param_find(VT_CARD_CONSTANTS, "fracture_toughness");
    const char *good[] = {"MPa m^0.5", "MPa*m^(1/2)", "MPa sqrt(m)", "MPa m^1/2"};
    vt_unit unit;
    vt_error err = {0};
    for (int i = 0; i < 4; i++) {
        CHECK_OK(vti_card_unit(row, good[i], &unit, &err), &err);
        CHECK_REL(vt_unit_to_si(&unit, 80.0), 80e6, 1e-15); /* UDUNITS would read m^0.5 as m^0 times 5 */
    }
    CHECK(vti_card_unit(row, "MPa m", &unit, &err) == VT_EUNITS);
    CHECK_TEXT(err.msg, "write MPa m^0.5");
    CHECK(vti_card_unit(row, "K m^0.5", &unit, &err) == VT_EUNITS);
}

static const char *const PAIR[] = {"vft_strength", "vft_T0"};

static void covariance_is_kept_and_sets_the_uncertainties(void)
{
    vt_card *card = fresh();
    vt_error err = {0};
    const double cov[4] = {0.25, -1.2, -1.2, 9.0}; /* r = -0.8 */
    CHECK_OK(vt_card_set_covariance(card, 2, PAIR, cov, &err), &err);
    CHECK(vt_card_correlated(card) == 2 && strcmp(vt_card_correlated_key(card, 1), "vft_T0") == 0);
    CHECK(vt_card_covariance(card, "vft_T0", "vft_strength") == -1.2);
    CHECK(vt_card_covariance(card, "vft_T0", "vft_T0") == 9.0 && vt_card_find(card, "vft_T0")->u == 3.0);
    CHECK(vt_card_covariance(card, "vft_T0", "glass_transition") == 0.0);
    CHECK(vt_card_covariance(card, "glass_transition", "glass_transition") == 1.5 * 1.5);
    CHECK(vt_card_covariance(card, "atomic_volume", "atomic_volume") == 0.0); /* u not given */
    const vt_constant k = constant("vft_strength", 14.0, 0.3);
    CHECK_OK(vt_card_add(card, &k, &err), &err); /* a replaced value is no longer part of the fit */
    CHECK(vt_card_correlated(card) == 1 && vt_card_covariance(card, "vft_T0", "vft_strength") == 0.0);
    CHECK(vt_card_covariance(card, "vft_T0", "vft_T0") == 9.0);
    CHECK(vt_card_covariance(card, "vft_strength", "vft_strength") == 0.3 * 0.3);
    CHECK_OK(vt_card_set_covariance(card, 0, NULL, NULL, &err), &err);
    CHECK(vt_card_correlated(card) == 0);
    vt_card_free(card);
}

static void bad_covariance_is_refused_and_changes_nothing(void)
{
    vt_card *card = fresh();
    vt_error err = {0};
    const double lopsided[4] = {0.25, -1.2, -1.1, 9.0}, impossible[4] = {0.25, -1.6, -1.6, 9.0};
    const double negative[4] = {-0.25, 0.0, 0.0, 9.0}, good[4] = {0.25, 1.2, 1.2, 9.0};
    CHECK(vt_card_set_covariance(card, 2, PAIR, lopsided, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "-1.1 of (vft_T0, vft_strength)");
    CHECK(vt_card_set_covariance(card, 2, PAIR, impossible, &err) == VT_ERANGE); /* r = -1.07 */
    CHECK_TEXT(err.msg, "not positive semidefinite");
    CHECK(vt_card_set_covariance(card, 2, PAIR, negative, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "variance -0.25 of vft_strength");
    const char *const unknown[] = {"vft_strength", "density"}, *const twice[] = {"vft_T0", "vft_T0"};
    CHECK(vt_card_set_covariance(card, 2, unknown, good, &err) == VT_EKEY);
    CHECK(vt_card_set_covariance(card, 2, twice, good, &err) == VT_EKEY);
    CHECK(vt_card_set_covariance(card, 33, PAIR, good, &err) == VT_ELIMIT);
    CHECK(vt_card_correlated(card) == 0 && vt_card_find(card, "vft_strength")->u == 0.7);
    const double singular[4] = {0.25, 1.5, 1.5, 9.0}; /* r = 1: two constants that are one, as Q_B = 2 Q_I */
    CHECK_OK(vt_card_set_covariance(card, 2, PAIR, singular, &err), &err);
    vt_card_free(card);
}

static void ttt_rows_are_sorted_and_checked(void)
{
    vt_card *card = fresh();
    vt_error err = {0};
    const double T[5] = {700.0, 640.0, 720.0, 660.0, 640.0}, x[5] = {0.5, 0.5, 0.5, 0.5, 0.01};
    for (int i = 0; i < 5; i++) {
        vt_ttt_row row = {.T = T[i], .t = 100.0 + i, .fraction = x[i], .tag = 'B', .source = "Legg 2007"};
        CHECK_OK(vt_card_add_ttt(card, &row, &err), &err);
    }
    const double t[5] = {104.0, 101.0, 103.0, 100.0, 102.0};
    for (size_t i = 0; i < 5; i++) CHECK(vt_card_ttt_row(card, i)->t == t[i]);
    vt_ttt_row row = {.T = 640.0, .t = 7.0, .fraction = 0.5, .tag = 'B', .source = "Legg 2007"};
    CHECK(vt_card_add_ttt(card, &row, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "a second time for fraction 0.5 at 640 K");
    row.fraction = 1.5;
    CHECK(vt_card_add_ttt(card, &row, &err) == VT_ERANGE);
    row.fraction = 0.9;
    row.t = -3.0;
    CHECK(vt_card_add_ttt(card, &row, &err) == VT_ERANGE);
    row.t = NAN;
    CHECK(vt_card_add_ttt(card, &row, &err) == VT_ERANGE);
    row.t = 3.0;
    row.T = NAN;
    CHECK(vt_card_add_ttt(card, &row, &err) == VT_ERANGE);
    row.T = 650.0;
    row.source[0] = '\0';
    CHECK(vt_card_add_ttt(card, &row, &err) == VT_ESOURCE);
    CHECK(vt_card_ttt(card) == 5 && vt_card_ttt_row(card, 5) == NULL);
    vt_card_free(card);
}

static void observations_are_kept_with_source(void)
{
    vt_card *card = fresh();
    vt_error err = {0};
    vt_observation o = {.property = "molding condition", .value = "2 GPa; 900 s", .tag = 'A', .source = "Liu 2023"};
    for (int i = 0; i < 9; i++) CHECK_OK(vt_card_add_observation(card, &o, &err), &err);
    o.value[0] = '\0';
    CHECK(vt_card_add_observation(card, &o, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "observation \"molding condition\" has no value");
    strcpy(o.value, "3");
    o.source[0] = '\0';
    CHECK(vt_card_add_observation(card, &o, &err) == VT_ESOURCE);
    CHECK(vt_card_observations(card) == 9);
    CHECK(strcmp(vt_card_observation(card, 8)->value, "2 GPa; 900 s") == 0 && !vt_card_observation(card, 9));
    vt_card_free(card);
}

static void a_copy_is_a_card_of_its_own(void)
{
    vt_card *card = fresh(), *copy = NULL;
    vt_error err = {0};
    const double cov[4] = {0.25, -1.2, -1.2, 9.0};
    CHECK_OK(vt_card_set_covariance(card, 2, PAIR, cov, &err), &err);
    CHECK_OK(vt_card_copy(card, &copy, &err), &err);
    const vt_constant more[] = {constant("density", 9300.0, NAN), constant("vft_T0", 400.0, NAN)};
    CHECK_OK(vt_card_add(copy, &more[0], &err), &err); /* the fifth: the array of the copy must grow */
    CHECK_OK(vt_card_add(copy, &more[1], &err), &err);
    CHECK(vt_card_constants(card) == 4 && vt_card_constants(copy) == 5);
    CHECK(vt_card_find(card, "vft_T0")->value == 415.56 && vt_card_find(copy, "vft_T0")->value == 400.0);
    CHECK(vt_card_correlated(card) == 2 && vt_card_correlated(copy) == 1);
    vt_card_free(card);
    vt_card_free(copy);
    CHECK(vt_card_create(&card, " ", &err) == VT_EARG);
    CHECK(vt_card_copy(NULL, &copy, &err) == VT_EARG);
    vt_card_free(NULL);
}

CHECK_MAIN(CHECK_CASE(the_table_is_sound), CHECK_CASE(constants_are_added_replaced_and_found),
           CHECK_CASE(a_missing_constant_is_named_with_its_remedy), CHECK_CASE(bad_constants_are_refused),
           CHECK_CASE(energies_per_mole_become_energies_per_particle),
           CHECK_CASE(a_toughness_has_its_half_integer_unit), CHECK_CASE(covariance_is_kept_and_sets_the_uncertainties),
           CHECK_CASE(bad_covariance_is_refused_and_changes_nothing), CHECK_CASE(ttt_rows_are_sorted_and_checked),
           CHECK_CASE(observations_are_kept_with_source), CHECK_CASE(a_copy_is_a_card_of_its_own))
