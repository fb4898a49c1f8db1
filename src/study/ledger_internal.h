#pragma once
#include <vitrum/constants.h>
#include <vitrum/ledger.h>
#include <vitrum/transport_law.h>

/* Rows of the ledger, by paper. A row holds what was published and a function that recomputes it from the laws; no row
 * holds a result. */

/* Value of a row in its unit; x are the row's arguments. */
typedef vt_status (*vti_ledger_fn)(const double *x, double *value, vt_error *err);

enum { VTI_LEDGER_ARGS = 4 };

typedef struct vti_ledger_row {
    const char *id, *source, *what, *unit;
    vt_ledger_kind kind;
    double published, tolerance, low, high; /* as in vt_ledger_entry */
    const char *printed;                    /* digits as printed: the tolerance is half a unit of the last one */
    const char *reason, *tension;
    vti_ledger_fn compute;
    double x[VTI_LEDGER_ARGS];
} vti_ledger_row;

#define ROW(ID, SOURCE, WHAT, UNIT) .id = (ID), .source = (SOURCE), .what = (WHAT), .unit = (UNIT)
#define PRINTED(VALUE)              .kind = VT_LEDGER_VALUE, .published = (VALUE), .printed = #VALUE
#define WITHIN(VALUE, TOL, WHY)     .kind = VT_LEDGER_VALUE, .published = (VALUE), .tolerance = (TOL), .reason = (WHY)
#define BAND(LOW, HIGH, WHY)        .kind = VT_LEDGER_BAND, .low = (LOW), .high = (HIGH), .reason = (WHY)
#define AT_MOST(VALUE, TOL, WHY)    .kind = VT_LEDGER_AT_MOST, .published = (VALUE), .tolerance = (TOL), .reason = (WHY)
#define BY(...)                     .compute = __VA_ARGS__
#define ARGS(...)                   .x = {__VA_ARGS__}

typedef struct vti_ledger_block {
    const vti_ledger_row *row;
    size_t n;
} vti_ledger_block;

extern const vti_ledger_block vti_ledger_s001;      /* ledger A1-A9: the equations of the nanomolding paper */
extern const vti_ledger_block vti_ledger_s001_map;  /* ledger A10-A17: its levels, times and diameters */
extern const vti_ledger_block vti_ledger_reference; /* procedures 10.1-10.3, P11, P12: its reconstruction */
extern const vti_ledger_block vti_ledger_lengths;   /* procedures 10.4: its lengths */
extern const vti_ledger_block vti_ledger_mechanics; /* the other four papers */
extern const vti_ledger_block vti_ledger_flow;      /* of them, hot flow of wires and rods */
extern const vti_ledger_block vti_ledger_torsion;   /* of them, torsion, its layer and its fracture */
extern const vti_ledger_block vti_ledger_onchip;    /* of them, tension on a chip */
extern const vti_ledger_block vti_ledger_materials; /* validation pairs of the materials reference */

/* The reference set of procedures 10.3 (exact decimals). */
vt_transport_law vti_ledger_reference_set(void);
vt_status vti_ledger_reference_derived(vt_transport_derived *out, vt_error *err);

/* Viscosity (Pa s) and mobility (m^3/s) of the reference set at T_C (degC). */
vt_status vti_ledger_reference_state(double T_C, double *eta, double *mobility, vt_error *err);

/* Molding coefficients {a, b} of the reference set at T_C (degC) for an impulse (Pa s); paper prefactor. */
vt_status vti_ledger_coefficients(double T_C, double impulse, double ab[2], vt_error *err);

/* The set S1 of procedures 10.1: viscosity and mobility at T_C (degC) that a critical diameter (nm) forces when
 * Q_I = 1.58 eV and eta(287 degC) = 1e12 Pa s with d_c(287 degC) = 97 nm. */
vt_status vti_ledger_s1(double T_C, double d_nm, double *eta, double *mobility, vt_error *err);

/* Rows of a reference-set table share these. x[0]: degC. */
vt_status vti_ledger_eta(const double *x, double *value, vt_error *err);
vt_status vti_ledger_d_c(const double *x, double *value, vt_error *err); /* nm */
