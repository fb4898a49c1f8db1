#pragma once
/* Round trips of pulled arrays (P07, section 11), ROUND_TRIPS of each kind: ROUND_TRIPS is a constant of the program.
 * Lengths, diameters and strains are log-normal, 3 % error of every measurement; medians are drawn from a box around
 * those of S000. */
#include "round_trips.h"

enum { RATE, STRAIN, DIAMETER, UNIFORM, QUANTITIES };

/* shared: speed and scale are off by what their uncertainty says, the same for the whole array. */
static void arrays(bool shared, const char *name)
{
    struct tally t[QUANTITIES] = {
        {.what = "initial rate"}, {.what = "true strain"}, {.what = "final diameter"}, {.what = "uniform share"}};
    for (long session = 0; session < ROUND_TRIPS; session++) {
        struct settings truth = {0}, how = {0};
        vt_stream r;
        vt_stream_init(&r, 20207, vt_stream_purpose("roundtrip/pulling"), (uint64_t)session);
        const double L0 = 0.45e-6 * pow(1.5 / 0.45, vt_stream_uniform(&r)), v = 10e-6 / 60.0;
        const double d0 = (100.0 + 100.0 * vt_stream_uniform(&r)) * 1e-9, strain = 1.0 + 1.5 * vt_stream_uniform(&r);
        const double necked = 0.05 + 0.3 * vt_stream_uniform(&r);
        const double speed = shared ? 1.0 + 0.02 * vt_stream_normal(&r) : 1.0;
        const double scale = shared ? 1.0 + 0.01 * vt_stream_normal(&r) : 1.0;
        set_number(&truth, "pulling_speed", 10.0, "um/min");
        set_number(&truth, "initial_length", 1e6 * L0 * scale, "um");
        set_number(&truth, "initial_diameter", 1e9 * d0 * scale, "nm");
        set_number(&truth, "strain", strain, "");
        set_number(&truth, "necked_share", necked, "");
        set_number(&truth, "wires", 25.0, "");
        set_number(&truth, "seed", (double)(1000 + session), "");
        if (!shared) {
            set_text(&how, "pulling_speed_u", "0");
            set_text(&how, "scale_u", "0");
        }
        vt_result *out = there_and_back("pulling", &truth, &how);
        size_t at[QUANTITIES] = {0};
        count(&t[RATE], next(out, &at[RATE], "initial_strain_rate", NULL, NULL, NULL), v * speed / L0);
        count(&t[STRAIN], next(out, &at[STRAIN], "true_strain", NULL, NULL, NULL), strain);
        count(&t[DIAMETER], next(out, &at[DIAMETER], "final_diameter", NULL, NULL, NULL), d0 * exp(-0.5 * strain));
        count(&t[UNIFORM], next(out, &at[UNIFORM], "uniform_fraction", NULL, NULL, NULL), 1.0 - necked);
        vt_result_free(out);
    }
    for (int k = 0; k < QUANTITIES; k++) judge(&t[k], name);
}

static void intervals_cover_the_scatter_of_the_array(void)
{
    arrays(false, "scatter");
}
static void intervals_cover_speed_and_scale_too(void)
{
    arrays(true, "speed, scale");
}

CHECK_MAIN(CHECK_CASE(intervals_cover_the_scatter_of_the_array), CHECK_CASE(intervals_cover_speed_and_scale_too))
