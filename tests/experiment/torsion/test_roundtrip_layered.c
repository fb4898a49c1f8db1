/* Round trips of wires with a layer. */
#include "torsion_campaign.h"

static void clear(void)
{
    clear_layers_are_found(60);
}

static void wide(void)
{
    layers_of_the_wide_box_come_back(25);
}

static void core(void)
{
    cores_that_yield_are_told(20);
}

CHECK_MAIN(CHECK_CASE(clear), CHECK_CASE(wide), CHECK_CASE(core))
