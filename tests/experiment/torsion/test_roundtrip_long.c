/* Round trips of torsion, 1000 of each wire. */
#include "torsion_campaign.h"

static void homogeneous(void)
{
    homogeneous_shows_no_layer(1000);
}

static void layered(void)
{
    layer_on_an_elastic_core_is_found(1000);
}

static void others(void)
{
    no_other_wire_shows_a_layer(1000);
}

static void disturbed(void)
{
    no_disturbance_makes_a_layer(1000);
}

CHECK_MAIN(CHECK_CASE(disturbed), CHECK_CASE(homogeneous), CHECK_CASE(layered), CHECK_CASE(others))
