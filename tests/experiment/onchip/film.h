#pragma once
/* A structure of unround numbers for the tests of the law: a film of 25 um under an actuator of 1.1 mm. */
#define FILM \
    .E_a = 235e9, .L_a = 1130e-6, .w_a = 10.3e-6, .t_a = 203e-9, .eps_a = -0.00427, .L0 = 25.3e-6, .w = 1.07e-6, \
    .t = 361e-9, .eps = -0.0013
