/* Round trips of wires without a layer on an elastic core. */
#include "torsion_campaign.h"

static void homogeneous(void)
{
    homogeneous_shows_no_layer(130);
}

static void others(void)
{
    no_other_wire_shows_a_layer(30);
}

static void disturbed(void)
{
    no_disturbance_makes_a_layer(40);
}

CHECK_MAIN(CHECK_CASE(disturbed), CHECK_CASE(homogeneous), CHECK_CASE(others))
