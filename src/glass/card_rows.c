/* The alloy card: rows of time, temperature and transformation, and observations. */
#include "base/grow_internal.h"
#include "glass/card_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- time-temperature-transformation ---- */
static vt_status check_ttt(const vt_ttt_row *row, vt_error *err)
{
    if (!(row->T > 0.0) || !isfinite(row->T))
        return vt_fail(err, VT_ERANGE, "ttt: temperature %g K is not above 0 K", row->T);
    if (!(row->t > 0.0) || !isfinite(row->t)) return vt_fail(err, VT_ERANGE, "ttt: time %g s is not above 0", row->t);
    if (!(row->fraction > 0.0 && row->fraction < 1.0))
        return vt_fail(err, VT_ERANGE, "ttt: fraction %g is not between 0 and 1", row->fraction);
    return vti_card_check_source(row->tag, row->source, sizeof row->source, "ttt row", err);
}

static int is_before(const vt_ttt_row *a, const vt_ttt_row *b)
{
    return a->T < b->T || (!(a->T > b->T) && a->fraction <= b->fraction);
}

vt_status vt_card_add_ttt(vt_card *card, const vt_ttt_row *row, vt_error *err)
{
    if (!card || !row) return vt_fail(err, VT_EARG, "card or row is NULL");
    vt_status st = check_ttt(row, err);
    if (st != VT_OK) return st;
    size_t n = card->nttt;
    for (size_t i = 0; i < n; i++) /* two times to the same fraction at one temperature */
        if (!(card->ttt[i].T < row->T) && !(card->ttt[i].T > row->T) && !(card->ttt[i].fraction < row->fraction) &&
            !(card->ttt[i].fraction > row->fraction))
            return vt_fail(err, VT_ERANGE, "ttt: a second time for fraction %g at %g K", row->fraction, row->T);
    st = vti_grow_by_one(&card->ttt, n, sizeof *card->ttt, err);
    if (st != VT_OK) return st;
    while (n > 0 && !is_before(&card->ttt[n - 1], row)) {
        card->ttt[n] = card->ttt[n - 1];
        n--;
    }
    card->ttt[n] = *row;
    card->nttt++;
    return VT_OK;
}

size_t vt_card_ttt(const vt_card *card)
{
    return card ? card->nttt : 0;
}

const vt_ttt_row *vt_card_ttt_row(const vt_card *card, size_t i)
{
    return card && i < card->nttt ? &card->ttt[i] : NULL;
}

/* ---- observations ---- */
vt_status vt_card_add_observation(vt_card *card, const vt_observation *o, vt_error *err)
{
    if (!card || !o) return vt_fail(err, VT_EARG, "card or observation is NULL");
    if (!vti_card_terminated(o->property, sizeof o->property) || !vti_card_terminated(o->symbol, sizeof o->symbol) ||
        !vti_card_terminated(o->value, sizeof o->value) || !vti_card_terminated(o->unit, sizeof o->unit) ||
        !vti_card_terminated(o->uncertainty, sizeof o->uncertainty) ||
        !vti_card_terminated(o->conditions, sizeof o->conditions))
        return vt_fail(err, VT_EARG, "an observation with a text that does not end");
    if (vti_card_blank(o->property)) return vt_fail(err, VT_EARG, "an observation without property");
    if (vti_card_blank(o->value)) return vt_fail(err, VT_EARG, "observation \"%s\" has no value", o->property);
    vt_status st = vti_card_check_source(o->tag, o->source, sizeof o->source, "observation", err);
    if (st == VT_OK) st = vti_grow_by_one(&card->observations, card->nobservations, sizeof *card->observations, err);
    if (st != VT_OK) return st;
    card->observations[card->nobservations++] = *o;
    return VT_OK;
}

size_t vt_card_observations(const vt_card *card)
{
    return card ? card->nobservations : 0;
}

const vt_observation *vt_card_observation(const vt_card *card, size_t i)
{
    return card && i < card->nobservations ? &card->observations[i] : NULL;
}
