/* Round trips of torsion, 1000 of each wire. */
#include "torsion_campaign.h"

static void homogeneous(void)
{
    homogeneous_shows_no_layer(1000);
}

static void clear(void)
{
    clear_layers_are_found(1000);
}

static void wide(void)
{
    layers_of_the_wide_box_come_back(1000);
}

static void core(void)
{
    cores_that_yield_are_told(1000);
}

static void others(void)
{
    no_other_wire_shows_a_layer(1000);
}

static void disturbed(void)
{
    no_disturbance_makes_a_layer(1000);
}

CHECK_MAIN(CHECK_CASE(disturbed), CHECK_CASE(homogeneous), CHECK_CASE(clear), CHECK_CASE(wide), CHECK_CASE(core),
           CHECK_CASE(others))
