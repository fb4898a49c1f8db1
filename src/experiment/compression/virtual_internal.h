#pragma once
#include "experiment/compression/compression_internal.h"
#include "experiment/creep/creep_truth.h"
#include <vitrum/random.h>

/* The virtual compression test (round trip of P06, section 11): a disc that flows by free volume between platens with
 * friction, in a machine that gives, under a 16-bit load cell. It knows more than the reduction: the whole slab factor
 * of friction, a seating of the platens, elasticity and structure that lag behind the rate, heat. */

typedef enum vti_compression_material { VTI_DISC_NEWTONIAN, VTI_DISC_FREE_VOLUME } vti_compression_material;

typedef struct vti_compression_truth {
    vt_list rates, temperatures;
    int control; /* 0 crosshead, 1 true_rate */
    double strain;
    long samples;
    double diameter, height;
    int material; /* vti_compression_material */
    double glass_transition, viscosity, vft_strength, vft_T0, activation_volume, elastic_modulus, poisson_ratio;
    double free_volume_geometry, free_volume_jumps, free_volume_start, rest_time;
    double hardening, hardening_strain;
    double machine_compliance, seating, seating_force, approach, friction;
    int platen;
    double force_noise, force_floor, force_range, displacement_noise;
    long force_bits;
    double force_error, displacement_error, diameter_error, height_error, temperature_error;
    int self_heating;
    double density, heat_capacity, thermal_conductivity;
} vti_compression_truth;

/* One pressing. */
typedef struct vti_press_run {
    const vti_compression_truth *p;
    vti_creep_truth glass;   /* its laws */
    double T;                /* K, as it is */
    double rate;             /* 1/s, nominal */
    double diameter, height; /* m, as they are */
    double unit, eta0, E;    /* Pa, Pa s, Pa: stress unit at T, limit of the VFT law, modulus */
} vti_press_run;

/* State: strain, stress/unit, free volume, rise of temperature (K). */
enum { VTI_PRESS_STATES = 4 };

/* The glass at T with the laws of the virtual creep test. */
void vti_press_init(vti_press_run *r, const vti_compression_truth *p, double T, double rate);
/* Displacement of the crosshead after contact (m) and its speed (m/s) at time t. */
double vti_press_way(const vti_press_run *r, double t, double *speed);
/* Force (N) on the platens in a state. */
double vti_press_force(const vti_press_run *r, const double y[VTI_PRESS_STATES]);
/* States at n ascending times (s, from contact; those before 0 are the state of rest). VT_ENOCONV, VT_EMEMORY. */
vt_status vti_press_integrate(const vti_press_run *r, size_t n, const double *time, double (*y)[VTI_PRESS_STATES],
                              vt_error *err);
/* Stress (Pa) of steady flow at T and a true rate. */
double vti_press_steady(const vti_press_run *r, double rate);
