#include "glass/printed.h"
#include <vitrum/elastic.h>

static void any_two_constants_give_the_other_two(void)
{
    vt_elastic ref, e;
    vt_error err = {0};
    CHECK_OK(vt_elastic_from(VT_ELASTIC_GNU, 31.3e9, 0.387, &ref, &err), &err);
    CHECK_REL(ref.E, 2.0 * 31.3e9 * 1.387, 1e-15);
    CHECK_REL(9.0 * ref.K * ref.G / (3.0 * ref.K + ref.G), ref.E, 1e-14);
    const struct {
        vt_elastic_pair pair;
        double first, second;
    } ROW[] = {{VT_ELASTIC_EG, ref.E, ref.G}, {VT_ELASTIC_EK, ref.E, ref.K},   {VT_ELASTIC_ENU, ref.E, ref.nu},
               {VT_ELASTIC_GK, ref.G, ref.K}, {VT_ELASTIC_GNU, ref.G, ref.nu}, {VT_ELASTIC_KNU, ref.K, ref.nu}};
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        CHECK_OK(vt_elastic_from(ROW[i].pair, ROW[i].first, ROW[i].second, &e, &err), &err);
        CHECK_REL(e.E, ref.E, 1e-13); /* 1 - 2 nu = 0.226 costs a factor 5 */
        CHECK_REL(e.G, ref.G, 1e-13);
        CHECK_REL(e.K, ref.K, 1e-13);
        CHECK_REL(e.nu, ref.nu, 1e-13);
    }
}

/* materials.md 1.1, 1.7, 1.8. */
static void moduli_of_three_alloys_are_published(void)
{
    vt_elastic e;
    CHECK(vt_elastic_from(VT_ELASTIC_GK, 33.3e9, 198.7e9, &e, NULL) == VT_OK);
    CHECK_PRINTED(e.nu, "0.4206");
    CHECK_PRINTED(1e-9 * e.E, "94.6");
    CHECK(vt_elastic_from(VT_ELASTIC_ENU, 101e9, 0.35, &e, NULL) == VT_OK);
    CHECK_PRINTED(1e-9 * e.G, "37.4");
    CHECK_PRINTED(1e-9 * e.K, "112.2");
    CHECK(vt_elastic_from(VT_ELASTIC_ENU, 72e9, 0.40, &e, NULL) == VT_OK);
    CHECK_PRINTED(1e-9 * e.G, "25.7");
    CHECK_PRINTED(1e-9 * e.K, "120");
}

static void atomic_volume_of_the_study_is_published(void)
{
    double Omega;
    CHECK(vt_atomic_volume(69.05e-3, 9300.0, &Omega, NULL) == VT_OK);
    CHECK_PRINTED(1e29 * Omega, "1.233"); /* procedures 10.1 */
}

static void vegard_adds_volumes(void)
{
    const double x[3] = {0.65, 0.30, 0.05}, M[3] = {91.22e-3, 58.69e-3, 26.98e-3}, rho[3] = {6510.0, 8910.0, 2700.0};
    double density, mass, Omega, omega[3];
    CHECK(vt_vegard_density(3, x, M, rho, &density, &mass, NULL) == VT_OK);
    CHECK(vt_atomic_volume(mass, density, &Omega, NULL) == VT_OK);
    double sum = 0.0;
    for (int i = 0; i < 3; i++) {
        CHECK(vt_atomic_volume(M[i], rho[i], &omega[i], NULL) == VT_OK);
        sum += x[i] * omega[i];
    }
    CHECK_REL(Omega, sum, 1e-14);
    CHECK_REL(mass, 0.65 * 91.22e-3 + 0.30 * 58.69e-3 + 0.05 * 26.98e-3, 1e-14);
}

/* materials.md 3. */
static void park_relation_is_published(void)
{
    double m, nu;
    CHECK(vt_park_fragility(0.42, &m, NULL) == VT_OK);
    CHECK_PRINTED(m, "83");
    CHECK(vt_park_fragility(0.40, &m, NULL) == VT_OK);
    CHECK_PRINTED(m, "72");
    CHECK(vt_park_poisson(50.0, &nu, NULL) == VT_OK);
    CHECK_PRINTED(nu, "0.351");
}

static void refusals_name_the_value(void)
{
    vt_elastic e = {.E = -7.0};
    double out = -7.0;
    vt_error err = {0};
    CHECK(vt_elastic_from(VT_ELASTIC_EG, 100e9, 30e9, &e, &err) == VT_EUNPHYSICAL);
    CHECK_TEXT(err.msg, "nu = 0.666667");
    CHECK(vt_elastic_from(VT_ELASTIC_GNU, 30e9, 0.5, &e, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "nu = 0.5");
    CHECK(vt_elastic_from(VT_ELASTIC_EK, NAN, 90e9, &e, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "E = nan Pa");
    CHECK(vt_elastic_from((vt_elastic_pair)9, 30e9, 0.3, &e, &err) == VT_EARG);
    CHECK(vt_elastic_from(VT_ELASTIC_GNU, 30e9, 0.3, NULL, &err) == VT_EARG);
    const double x[2] = {0.6, 0.3}, M[2] = {0.09, 0.06}, rho[2] = {6500.0, 8900.0};
    CHECK(vt_vegard_density(2, x, M, rho, &out, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "sum to 0.9");
    CHECK(vt_vegard_density(2, x, rho, (double[]){-1.0, 2.0}, &out, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "component 0");
    CHECK(vt_vegard_density(0, x, M, rho, &out, NULL, &err) == VT_EARG);
    CHECK(vt_atomic_volume(0.07, 0.0, &out, &err) == VT_EARG);
    CHECK(vt_park_poisson(-3.0, &out, &err) == VT_EDOMAIN);
    CHECK(vt_park_fragility(0.6, &out, &err) == VT_EDOMAIN);
    CHECK(out == -7.0 && e.E == -7.0);
}

CHECK_MAIN(CHECK_CASE(any_two_constants_give_the_other_two), CHECK_CASE(moduli_of_three_alloys_are_published),
           CHECK_CASE(atomic_volume_of_the_study_is_published), CHECK_CASE(vegard_adds_volumes),
           CHECK_CASE(park_relation_is_published), CHECK_CASE(refusals_name_the_value))
