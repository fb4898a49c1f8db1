/* vitrum alloy: the delivered cards, one card in full, and the check of a card file. */
#include "rows.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t recalled(const vt_card *card)
{
    size_t n = 0;
    for (size_t i = 0; i < vt_card_constants(card); i++)
        if (vt_card_constant(card, i)->tag == 'R') n++;
    return n;
}

static vt_status list_row(cli_rows *rows, const char *name, vt_error *err)
{
    vt_card *card = NULL;
    const vt_status st = vt_card_open(name, &card, err);
    if (st != VT_OK) return st;
    const vt_constant *Tg = vt_card_find(card, "glass_transition");
    const cli_cell cells[] = {{.text = name},
                              {.text = vt_card_alloy(card)},
                              {.number = Tg ? Tg->value : (double)NAN},
                              {.number = (double)vt_card_constants(card)},
                              {.number = (double)recalled(card)},
                              {.number = (double)vt_card_ttt(card)}};
    const vt_status added = cli_rows_add(rows, cells, err);
    vt_card_free(card);
    return added;
}

static vt_status list(const cli_args *args, vt_error *err)
{
    static const char *const HEAD[] = {"name", "alloy", "Tg/K", "constants", "recalled", "TTT rows", NULL};
    char(*stems)[VT_NAME] = NULL;
    size_t n = 0;
    cli_rows *rows = NULL;
    vt_status st;
    VT_TRY(st = vt_card_list(&n, &stems, err));
    VT_TRY(st = cli_rows_create(&rows, HEAD, err));
    for (size_t i = 0; i < n; i++) VT_TRY(st = list_row(rows, stems[i], err));
    VT_TRY(st = cli_rows_write(rows, (cli_format)args->format, stdout, err));
done:
    cli_rows_free(rows);
    free(stems);
    return st;
}

static vt_status show_row(cli_rows *rows, const vt_constant *c, vt_error *err)
{
    const vt_param *row = vt_param_find(VT_CARD_CONSTANTS, c->key);
    const char tag[2] = {c->tag, '\0'};
    const cli_cell cells[] = {
        {.text = c->key}, {.number = c->value},    {.number = c->u},   {.text = row && row->unit ? row->unit : "1"},
        {.text = tag},    {.text = c->conditions}, {.text = c->source}};
    return cli_rows_add(rows, cells, err);
}

static vt_status show(const cli_args *args, vt_error *err)
{
    static const char *const HEAD[] = {"constant", "value", "u", "unit", "tag", "conditions", "source", NULL};
    vt_card *card = NULL;
    cli_rows *rows = NULL;
    vt_status st;
    VT_TRY(st = vt_card_open(args->words[1], &card, err));
    VT_TRY(st = cli_rows_create(&rows, HEAD, err));
    for (size_t i = 0; i < vt_card_constants(card); i++) VT_TRY(st = show_row(rows, vt_card_constant(card, i), err));
    if (args->format == CLI_TABLE)
        printf("%s (%s)\ntags: A read in the source, B read elsewhere, C derived, R recalled\n\n", vt_card_alloy(card),
               vt_card_path(card));
    VT_TRY(st = cli_rows_write(rows, (cli_format)args->format, stdout, err));
    if (args->format == CLI_TABLE && vt_card_ttt(card) + vt_card_observations(card) > 0)
        printf("\nand %zu rows of a TTT diagram, %zu observations\n", vt_card_ttt(card), vt_card_observations(card));
done:
    cli_rows_free(rows);
    vt_card_free(card);
    return st;
}

static vt_status check(const cli_args *args, vt_error *err)
{
    vt_card *card = NULL;
    const vt_status st = vt_card_read(args->words[1], &card, err);
    if (st != VT_OK) return st;
    printf("%s: %s: %zu constants, each with unit, range, tag and source; %zu recalled\n", args->words[1],
           vt_card_alloy(card), vt_card_constants(card), recalled(card));
    vt_card_free(card);
    return VT_OK;
}

static vt_status run(const cli_args *args, vt_error *err)
{
    static const char *const ACTIONS[] = {"list", "show", "check", NULL};
    const char *action = args->words[0];
    const size_t wanted = strcmp(action, "list") == 0 ? 1 : 2;
    for (size_t i = 0; ACTIONS[i]; i++) {
        if (strcmp(action, ACTIONS[i]) != 0) continue;
        if (args->nwords != wanted)
            return vt_fail(err, VT_EUSAGE, "`vitrum alloy %s` takes %s; see `vitrum help alloy`", action,
                           wanted == 1 ? "no operand"
                           : i == 1    ? "NAME"
                                       : "FILE");
        return i == 0 ? list(args, err) : i == 1 ? show(args, err) : check(args, err);
    }
    const char *near = cli_nearest(ACTIONS, action);
    return vt_fail(err, VT_EUSAGE, "`vitrum alloy %s`: list, show or check%s%s", action,
                   near ? "; did you mean " : " was expected", near ? near : "");
}

const cli_command CMD_ALLOY = {
    .name = "alloy",
    .usage = "list | show NAME | check FILE",
    .summary = "list alloy cards, show one, check a card file",
    .details = "An alloy card holds the constants of one alloy, each with value, unit, uncertainty, tag and source. "
               "`check` refuses a card with a missing unit, an unknown key, a constant out of range or without source, "
               "and names file, line and column.",
    .options = "format",
    .examples = "vitrum alloy list\n"
                "vitrum alloy show Ni45Pd35P16B4\n"
                "vitrum alloy check mine.yaml",
    .words_low = 1,
    .words_high = 2,
    .run = run,
};
