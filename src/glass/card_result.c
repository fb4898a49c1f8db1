/* A result that owns the card it made. */
#include "base/result_internal.h"
#include <vitrum/card.h>

void vt_result_adopt_card(vt_result *r, vt_card *card)
{
    if (!r || r->card == card) return;
    vt_card_free(r->card);
    r->card = card;
    r->card_free = vt_card_free;
}
