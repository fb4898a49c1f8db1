#pragma once

/* Physical constants and conversions; SI. Exact by the definition of the SI (2019), procedures 0.
 *
 * Energies per particle are joules everywhere in the library: Q = 1.58 * VT_ELECTRONVOLT. Temperatures
 * are kelvin; degrees Celsius exist only where text is read or written. */

#define VT_BOLTZMANN    1.380649e-23                 /* k, J/K */
#define VT_AVOGADRO     6.02214076e23                /* N_A, 1/mol */
#define VT_PLANCK       6.62607015e-34               /* h, J s */
#define VT_ELECTRONVOLT 1.602176634e-19              /* J */
#define VT_GAS_CONSTANT (VT_BOLTZMANN * VT_AVOGADRO) /* J/(mol K) */
#define VT_ZERO_CELSIUS 273.15                       /* K */
#define VT_PI           3.14159265358979323846
