/* Validation pairs of the materials reference (section 3) and of the flow and crystallization targets. */
#include "study/ledger_internal.h"

#include <math.h>
#include <vitrum/cohen_grest.h>
#include <vitrum/crystal.h>
#include <vitrum/elastic.h>
#include <vitrum/flow.h>
#include <vitrum/free_volume.h>
#include <vitrum/molding_law.h>

/* d_c^3 kT/256 (J m^3) at x[0] K and d_c = x[1] nm: the group eta delta D_I Omega. */
static vt_status group(const double *x, double *value, vt_error *err)
{
    return vt_critical_product(VT_MOLDING_PREFACTOR_PAPER, 1.0, x[0], 1e-9 * x[1], value, err);
}

/* From 590.15 to 560.15 K: x[0] = 0 rise of the group, 1 fall of D_I, 2 rise of eta, 3 that over 36000/76. */
static vt_status consistency(const double *x, double *value, vt_error *err)
{
    const double hot[2] = {590.15, 19.0}, cold[2] = {560.15, 97.0};
    const vt_arrhenius D_I = vti_ledger_reference_set().mobility;
    double g[2], D[2];
    vt_status st;
    VT_TRY(st = group(hot, &g[0], err));
    VT_TRY(st = group(cold, &g[1], err));
    VT_TRY(st = vt_arrhenius_value(&D_I, 1, &hot[0], &D[0], err));
    VT_TRY(st = vt_arrhenius_value(&D_I, 1, &cold[0], &D[1], err));
    const double rise = g[1] / g[0] / (D[1] / D[0]);
    const double all[4] = {g[1] / g[0], D[1] / D[0], rise, rise / (36000.0 / 76.0)};
    *value = all[(int)x[0]];
done:
    return st;
}

/* L/d of viscous flow with eta = x[0] Pa s, p = x[1] Pa, t = x[2] s. */
static vt_status aspect(const double *x, double *value, vt_error *err)
{
    const double ab[2] = {x[1] * x[2] / (VT_MOLDING_PREFACTOR_PAPER * x[0]), 0.0}, d = 1e-7;
    double L;
    const vt_status st = vt_molding_length(VT_MOLDING_VISCOUS, ab, 1, &d, &L, NULL, err);
    if (st == VT_OK) *value = L / d;
    return st;
}

/* log10 of tau(x[2] K)/tau(x[3] K) for D* = x[0], T0 = x[1]. */
static vt_status time_ratio(const double *x, double *value, vt_error *err)
{
    const vt_vft p = {.eta0 = 1e-4, .B = x[0] * x[1], .T0 = x[1]}; /* eta0 cancels */
    const double T[2] = {x[2], x[3]};
    double l[2];
    const vt_status st = vt_vft_ln_viscosity(&p, 2, T, l, err);
    if (st == VT_OK) *value = (l[0] - l[1]) / log(10.0);
    return st;
}

static vt_status fragility(const double *x, double *value, vt_error *err)
{
    const vt_vft p = {.eta0 = 1e-4, .B = x[0] * x[1], .T0 = x[1]};
    return vt_vft_fragility(&p, x[2], value, err);
}

static vt_status park_m(const double *x, double *value, vt_error *err)
{
    return vt_park_fragility(x[0], value, err);
}

static vt_status park_nu(const double *x, double *value, vt_error *err)
{
    return vt_park_poisson(x[0], value, err);
}

static vt_status vit1_vft(const double *x, double *value, vt_error *err)
{
    const vt_vft p = {.eta0 = 4e-5, .B = 18.5 * 412.5, .T0 = 412.5};
    return vt_vft_viscosity(&p, 1, &x[0], value, err);
}

static vt_status vit1_cohen_grest(const double *x, double *value, vt_error *err)
{
    const vt_cohen_grest p = {.eta0 = 4e-5, .Z = 4933.0, .V = 162.0, .Tq = 672.0};
    return vt_cohen_grest_viscosity(&p, 1, &x[0], value, err);
}

/* Pair 11: surface tension of Vit 106a, N/m. */
static vt_status surface_tension(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = 1.557 - 4.36e-5 * (x[0] - 1106.0);
    return VT_OK;
}

/* Pair 12: activation energy (eV) that makes an Arrhenius law meet both diffusivities if Tg = x[0] K: ln D is linear in
 * Q, so one step of the law's derivative is exact. */
static vt_status two_points(const double *x, double *value, vt_error *err)
{
    const double T = x[0] - 57.0;
    const vt_arrhenius p = {.X_ref = 8.66e-19, .T_ref = x[0] - 107.0, .Q = 0.0};
    double ln_D, row[VT_ARRHENIUS_PARAMETERS];
    const vt_status st = vt_arrhenius_ln(&p, 1, &T, &ln_D, row, err);
    if (st == VT_OK) *value = (log(5.90e-18) - ln_D) / row[VT_ARRHENIUS_Q] / VT_ELECTRONVOLT;
    return st;
}

/* Pair 8: x[0]/x[1], critical heating over critical cooling rate. */
static vt_status quotient(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = x[0] / x[1];
    return VT_OK;
}

/* Pair 15: lg of the critical rate at T/Tg = x[0]. */
static vt_status critical_rate(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = 22.0 * x[0] - 25.0;
    return VT_OK;
}

/* sinh law: x[0] = 0: x at eta/eta_N = x[1], 1: rate over its scale there, 2: x at m = x[1], 3: eta/eta_N there,
 * 4: uniaxial stress there in kT/V. */
static vt_status sinh_law(const double *x, double *value, vt_error *err)
{
    double at, ratio;
    vt_status st = x[0] < 2.0 ? vt_sinh_x_at_ratio(x[1], &at, err) : vt_sinh_x_at_sensitivity(x[1], &at, err);
    if (st == VT_OK) st = vt_sinh_ratio(1, &at, &ratio, err);
    if (st != VT_OK) return st;
    const double all[5] = {at, at / ratio, at, ratio, 2.0 * sqrt(3.0) * at};
    *value = all[(int)x[0]];
    return VT_OK;
}

/* Kato's law: x[0] = 0: eta/eta_N at z = x[1], 1: m there, 2: 1/z at m = x[1], 3: z, 4: eta/eta_N there. */
static vt_status kato_law(const double *x, double *value, vt_error *err)
{
    double z = x[1], ratio, m;
    vt_status st = x[0] < 2.0 ? VT_OK : vt_kato_z_at_sensitivity(x[1], &z, err);
    if (st == VT_OK) st = vt_kato_ratio(1, &z, &ratio, err);
    if (st == VT_OK) st = vt_kato_sensitivity(1, &z, &m, err);
    if (st != VT_OK) return st;
    const double all[5] = {ratio, m, 1.0 / z, z, ratio};
    *value = all[(int)x[0]];
    return VT_OK;
}

/* T6: steady stress (x[1] = 0) or free volume at rate x[0]; E = 240, nu = 1/3, n_D = 3. */
static vt_status free_volume(const double *x, double *value, vt_error *err)
{
    double sigma, v;
    const vt_status st = vt_free_volume_steady(240.0 / (3.0 * (1.0 - 1.0 / 3.0)), 3.0, 1, &x[0], &sigma, &v, err);
    if (st == VT_OK) *value = x[1] == 0.0 ? sigma : v;
    return st;
}

static vt_status kjma(const double *x, double *value, vt_error *err)
{
    const vt_kjma p = {.kind = VT_KJMA_CONSTANT_NUCLEATION, .nucleation = 1e12, .u = 1e-6};
    return vt_kjma_time(&p, x[0], value, err);
}

/* T5: capillary pressure (MPa) at d = x[0] nm, 1 N/m. */
static vt_status capillary(const double *x, double *value, vt_error *err)
{
    const double d = 1e-9 * x[0];
    double p;
    const vt_status st = vt_capillary_pressure(1.0, 0.0, 1, &d, &p, err);
    if (st == VT_OK) *value = 1e-6 * p;
    return st;
}

static vt_status moduli(const double *x, double *value, vt_error *err)
{
    vt_elastic e;
    const vt_status st = vt_elastic_from((vt_elastic_pair)x[0], x[1], x[2], &e, err);
    const double all[4] = {1e-9 * e.E, 1e-9 * e.G, 1e-9 * e.K, e.nu};
    if (st == VT_OK) *value = all[(int)x[3]];
    return st;
}

#define MAT "materials 3"

#define GROUP(T, D, V) \
    { \
        ROW("M/group(" #T ")", "L23; " MAT, "eta delta D_I Omega forced by d_c at " #T " K", "J m3"), PRINTED(V), \
            BY(group), ARGS(T, D) \
    }
#define RATIO(ID, D, T0, A, B, V) \
    { \
        ROW(ID, "DL23; " MAT, "log10 of tau(" #A " K)/tau(" #B " K), D* = " #D ", T0 = " #T0 " K", "1"), PRINTED(V), \
            BY(time_ratio), ARGS(D, T0, A, B) \
    }
#define VIT1(T, V) \
    { \
        ROW("M/Vit1/VFT(" #T ")", MAT ", recalled constants", "viscosity of Vit 1 at " #T " K, VFT", "Pa s"), \
            PRINTED(V), BY(vit1_vft), ARGS(T) \
    }
#define VIT1_CG(T, V) \
    { \
        ROW("M/Vit1/CG(" #T ")", MAT ", recalled constants", "viscosity of Vit 1 at " #T " K, Cohen-Grest", "Pa s"), \
            PRINTED(V), BY(vit1_cohen_grest), ARGS(T) \
    }
#define SINH(R, X, RATE) \
    {ROW("T6/sinh(" #R ")/x", "targets T6", "sinh law: x at eta/eta_N = " #R, "1"), PRINTED(X), BY(sinh_law), \
     ARGS(0, R)}, \
    { \
        ROW("T6/sinh(" #R ")/rate", "targets T6", "sinh law: rate over its scale at eta/eta_N = " #R, "1"), \
            PRINTED(RATE), BY(sinh_law), ARGS(1, R) \
    }
#define KATO(Z, R, M) \
    {ROW("M/Kato(" #Z ")/ratio", "KA98; " MAT, "Kato's law: eta/eta_N at lambda rate = " #Z, "1"), PRINTED(R), \
     BY(kato_law), ARGS(0, Z)}, \
    { \
        ROW("M/Kato(" #Z ")/m", "KA98; " MAT, "Kato's law: m at lambda rate = " #Z, "1"), PRINTED(M), BY(kato_law), \
            ARGS(1, Z) \
    }
#define STEADY(RATE, S, V) \
    {ROW("T6/free_volume(" #RATE ")/stress", "targets T6", "free volume: steady stress at rate " #RATE, "1"), \
     PRINTED(S), BY(free_volume), ARGS(RATE, 0)}, \
    { \
        ROW("T6/free_volume(" #RATE ")/v", "targets T6", "free volume: steady free volume at rate " #RATE, "1"), \
            PRINTED(V), BY(free_volume), ARGS(RATE, 1) \
    }

static const vti_ledger_row ROWS[] = {
    {ROW("M6/Vit1", "MA99; materials 3, pair 6", "viscosity of Vit 1 at the liquidus, Cohen-Grest", "Pa s"),
     PRINTED(2.5), BY(vit1_cohen_grest), ARGS(1026)},
    {ROW("M6/VFT", "MA99; materials 3, pair 6", "viscosity of Vit 1 at the liquidus, low-temperature VFT", "Pa s"),
     PRINTED(2.5),
     .tension = "The VFT law fitted near Tg must not be carried to the liquidus: it gives four times the measured melt "
                "viscosity.",
     BY(vit1_vft), ARGS(1026)},
    {ROW("M8/Vit1", "KI94, SC99; materials 3, pair 8", "critical heating over cooling rate, Vit 1", "1"), PRINTED(200),
     BY(quotient), ARGS(200, 1)},
    {ROW("M8/Pd43", "SC00; materials 3, pair 8", "critical heating over cooling rate, Pd43 fluxed", "1"), PRINTED(67),
     BY(quotient), ARGS(6, 0.09)},
    {ROW("M8/Pd43/unfluxed", "SC00; materials 3, pair 8", "critical heating over cooling rate, Pd43 unfluxed", "1"),
     PRINTED(23), BY(quotient), ARGS(9, 0.4)},
    {ROW("M11/1000", "TE26; materials 3, pair 11", "surface tension of Vit 106a at 1000 K", "N m-1"), PRINTED(1.5616),
     BY(surface_tension), ARGS(1000)},
    {ROW("M11/1106", "TE26; materials 3, pair 11", "surface tension of Vit 106a at 1106 K", "N m-1"), PRINTED(1.5570),
     BY(surface_tension), ARGS(1106)},
    {ROW("M11/1200", "TE26; materials 3, pair 11", "surface tension of Vit 106a at 1200 K", "N m-1"), PRINTED(1.5529),
     BY(surface_tension), ARGS(1200)},
    {ROW("M11/1400", "TE26; materials 3, pair 11", "surface tension of Vit 106a at 1400 K", "N m-1"), PRINTED(1.5442),
     BY(surface_tension), ARGS(1400)},
    {ROW("M12/625", "WP24; materials 3, pair 12", "two-point Q of surface diffusion if Tg = 625 K", "eV"),
     PRINTED(0.97), BY(two_points), ARGS(625)},
    {ROW("M12/640", "WP24; materials 3, pair 12", "two-point Q of surface diffusion if Tg = 640 K", "eV"),
     PRINTED(1.03), BY(two_points), ARGS(640)},
    {ROW("M12/fit", "WP24; materials 3, pair 12", "two-point Q of surface diffusion against the printed fit", "eV"),
     BAND(0.75, 1.11, "0.93 +- 0.18 printed"), BY(two_points), ARGS(640)},
    {ROW("M15/0.8", "XM; materials 3, pair 15", "lg of the critical rate at 0.8 Tg", "1"), PRINTED(-7.4),
     BY(critical_rate), ARGS(0.8)},
    {ROW("M15/0.9", "XM; materials 3, pair 15", "lg of the critical rate at 0.9 Tg", "1"), PRINTED(-5.2),
     BY(critical_rate), ARGS(0.9)},
    {ROW("M15/1.0", "XM; materials 3, pair 15", "lg of the critical rate at Tg", "1"), PRINTED(-3.0), BY(critical_rate),
     ARGS(1.0)},
    GROUP(590.15, 19, 2.18e-46),
    GROUP(580.15, 31, 9.32e-46),
    GROUP(570.15, 62, 7.33e-45),
    GROUP(560.15, 97, 2.76e-44),
    GROUP(540.15, 85, 1.79e-44),
    {ROW("M/rise/group", "L23; " MAT, "rise of the group from Tg to Tg - 30 K", "1"), PRINTED(126), BY(consistency),
     ARGS(0)},
    {ROW("M/rise/D_I", "L23; " MAT, "D_I at Tg - 30 K over D_I at Tg", "1"), PRINTED(0.189), BY(consistency), ARGS(1)},
    {ROW("M/rise/eta", "L23; " MAT, "rise of the viscosity from Tg to Tg - 30 K", "1"),
     WITHIN(670.0, 5.0, "two digits printed"), BY(consistency), ARGS(2)},
    {ROW("M/rise/agreement", "L23; " MAT, "that rise over the ratio of times", "1"), PRINTED(1.4), BY(consistency),
     ARGS(3)},
    {ROW("M/aspect", "L23; " MAT, "L/d for 1e12 Pa s, 2 GPa, 36000 s", "1"), PRINTED(1.500), BY(aspect),
     ARGS(1e12, 2e9, 36000)},
    RATIO("M/VFT/Pt(500,510)", 7.4, 426, 500, 510, 2.202),
    RATIO("M/VFT/Pt(510,520)", 7.4, 426, 510, 520, 1.734),
    RATIO("M/VFT/Au(390,400)", 9.8, 311, 390, 400, 1.883),
    RATIO("M/VFT/Au(400,410)", 9.8, 311, 400, 410, 1.502),
    {ROW("M/fragility/Pt(508)", "DL23; " MAT, "fragility, D* = 7.4, T0 = 426 K, Tg = 508 K", "1"), PRINTED(103),
     BY(fragility), ARGS(7.4, 426, 508)},
    {ROW("M/fragility/Pt(517)", "DL23; " MAT, "fragility, D* = 7.4, T0 = 426 K, Tg = 517 K", "1"), PRINTED(86),
     .tension = "B Tg/((Tg - T0)^2 ln 10) with the printed constants is 85.5; 86 belongs to Tg = 516.6 K.",
     BY(fragility), ARGS(7.4, 426, 517)},
    {ROW("M/fragility/Au(398)", "DL23; " MAT, "fragility, D* = 9.8, T0 = 311 K, Tg = 398 K", "1"), PRINTED(70),
     BY(fragility), ARGS(9.8, 311, 398)},
    {ROW("M/fragility/Au(401)", "DL23; " MAT, "fragility, D* = 9.8, T0 = 311 K, Tg = 401 K", "1"), PRINTED(66),
     BY(fragility), ARGS(9.8, 311, 401)},
    {ROW("M/Park(0.42)", "PA07; " MAT, "fragility of nu = 0.42", "1"), PRINTED(83), BY(park_m), ARGS(0.42)},
    {ROW("M/Park(0.40)", "PA07; " MAT, "fragility of nu = 0.40", "1"), PRINTED(72), BY(park_m), ARGS(0.40)},
    {ROW("M/Park(50)", "PA07; " MAT, "Poisson's ratio of m = 50", "1"), PRINTED(0.351), BY(park_nu), ARGS(50)},
    {ROW("M/Pt/nu", "materials 1.1, recalled moduli", "Poisson's ratio of G = 33.3, K = 198.7 GPa", "1"),
     PRINTED(0.4206), BY(moduli), ARGS(VT_ELASTIC_GK, 33.3e9, 198.7e9, 3)},
    {ROW("M/Pt/E", "materials 1.1, recalled moduli", "Young's modulus of G = 33.3, K = 198.7 GPa", "GPa"),
     PRINTED(94.6), BY(moduli), ARGS(VT_ELASTIC_GK, 33.3e9, 198.7e9, 0)},
    {ROW("M/Vit1/G", "RY; materials 1.8", "shear modulus of E = 101 GPa, nu = 0.35", "GPa"), PRINTED(37.4), BY(moduli),
     ARGS(VT_ELASTIC_ENU, 101e9, 0.35, 1)},
    {ROW("M/Vit1/K", "RY; materials 1.8", "bulk modulus of E = 101 GPa, nu = 0.35", "GPa"), PRINTED(112.2), BY(moduli),
     ARGS(VT_ELASTIC_ENU, 101e9, 0.35, 2)},
    {ROW("M/Zr65Ni35/G", "Z19; materials 1.7", "shear modulus of E = 72 GPa, nu = 0.40", "GPa"), PRINTED(25.7),
     BY(moduli), ARGS(VT_ELASTIC_ENU, 72e9, 0.40, 1)},
    {ROW("M/Zr65Ni35/K", "Z19; materials 1.7", "bulk modulus of E = 72 GPa, nu = 0.40", "GPa"), PRINTED(120),
     BY(moduli), ARGS(VT_ELASTIC_ENU, 72e9, 0.40, 2)},
    VIT1(603, 1.0e13),
    {ROW("M/Vit1/VFT(613)", MAT ", recalled constants", "viscosity of Vit 1 at 613 K, VFT", "Pa s"), PRINTED(1.36e12),
     .tension = "4e-5 exp(7631.25/200.5) Pa s is 1.3545e12: the printed third digit does not follow from the printed "
                "constants.",
     BY(vit1_vft), ARGS(613)},
    VIT1(623, 2.2e11),
    VIT1(643, 9.6e9),
    VIT1(663, 6.8e8),
    VIT1(703, 1.0e7),
    VIT1(1026, 10.1),
    VIT1_CG(613, 9.6e11),
    VIT1_CG(643, 1.3e10),
    VIT1_CG(663, 1.1e9),
    VIT1_CG(700, 2.05e7),
    VIT1_CG(800, 1.0e4),
    VIT1_CG(1026, 2.48),
    SINH(0.9, 0.803436, 0.892707),
    SINH(0.5, 2.177319, 4.354638),
    SINH(0.1, 4.499914, 44.99914),
    {ROW("P03/x", "S000; procedures P03", "sinh law: x at m = 0.7", "1"), PRINTED(1.1838), BY(sinh_law), ARGS(2, 0.7)},
    {ROW("P03/ratio", "S000; procedures P03", "sinh law: eta/eta_N at m = 0.7", "1"), PRINTED(0.800), BY(sinh_law),
     ARGS(3, 0.7)},
    {ROW("P03/stress", "procedures P03", "sinh law: uniaxial stress at m = 0.7, in kT/V", "1"), PRINTED(4.10),
     BY(sinh_law), ARGS(4, 0.7)},
    {ROW("M/Kato/u", "KA98; " MAT, "Kato's law: 1/(lambda rate) at m = 0.7", "1"), PRINTED(2.065), BY(kato_law),
     ARGS(2, 0.7)},
    {ROW("M/Kato/z", "KA98; " MAT, "Kato's law: lambda rate at m = 0.7", "1"), PRINTED(0.484), BY(kato_law),
     ARGS(3, 0.7)},
    {ROW("M/Kato/ratio", "KA98; " MAT, "Kato's law: eta/eta_N at m = 0.7", "1"), PRINTED(0.873), BY(kato_law),
     ARGS(4, 0.7)},
    KATO(0.2, 0.9933, 0.966),
    KATO(0.5, 0.8647, 0.687),
    KATO(1, 0.6321, 0.418),
    KATO(2, 0.3935, 0.229),
    KATO(10, 0.0952, 0.049),
    STEADY(1e-12, 1.525605, 0.035193),
    STEADY(1e-10, 1.638694, 0.041783),
    STEADY(1e-9, 1.705585, 0.046078),
    STEADY(1e-8, 1.781429, 0.051334),
    STEADY(1e-7, 1.868434, 0.057906),
    STEADY(1e-6, 1.969658, 0.066347),
    STEADY(1e-5, 2.089487, 0.077556),
    STEADY(1e-4, 2.234482, 0.093109),
    STEADY(1e-3, 2.414991, 0.115988),
    {ROW("T8/half", "targets T8", "time to X = 0.5, I = 1e12 /(m3 s), u = 1 um/s", "s"), PRINTED(28.52326), BY(kjma),
     ARGS(0.5)},
    {ROW("T8/onset", "targets T8", "time to X = 0.001, I = 1e12 /(m3 s), u = 1 um/s", "s"), PRINTED(5.55965), BY(kjma),
     ARGS(1e-3)},
    {ROW("T5/capillary(100)", "targets T5", "capillary pressure at 100 nm, 1 N/m", "MPa"), PRINTED(40), BY(capillary),
     ARGS(100)},
    {ROW("T5/capillary(13)", "targets T5", "capillary pressure at 13 nm, 1 N/m", "MPa"), PRINTED(307.7), BY(capillary),
     ARGS(13)},
    {ROW("T5/capillary(10)", "targets T5", "capillary pressure at 10 nm, 1 N/m", "MPa"), PRINTED(400), BY(capillary),
     ARGS(10)},
};

const vti_ledger_block vti_ledger_materials = {ROWS, sizeof ROWS / sizeof ROWS[0]};
