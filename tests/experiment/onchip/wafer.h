#pragma once
#include "round_trips.h"

/* A wafer without any error, on which three beams flow where strain goes up to 0.092: 4.7 to 9.2 %, as in P23. */
static inline vt_result *perfect(const char *thickness, const char *high, struct settings *how)
{
    struct settings s = {0};
    static const char *const ZERO[][2] = {
        {"displacement_noise", "0 nm"}, {"resolution", "0 nm"},       {"dimension_error", "0"}, {"length_error", "0"},
        {"modulus_error", "0"},         {"reference_error", "0 GPa"}, {"scale_error", "0"},     {"session_error", "0"},
        {"structures", "11"},           {"fracture_strain", "1"}};
    for (size_t i = 0; i < sizeof ZERO / sizeof *ZERO; i++) set_text(&s, ZERO[i][0], ZERO[i][1]);
    set_text(&s, "seed", "7");
    set_text(&s, "actuator_thickness", thickness);
    set_text(&s, "strain_high", high);
    set_text(how, "displacement_u", "0 nm");
    return there_and_back("onchip", &s, how);
}
