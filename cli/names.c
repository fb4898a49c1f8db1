/* Names: commands, experiments, processes and maps by name, and the refusal that names the nearest. */
#include "cli.h"
#include <string.h>

enum { NAMES_MAX = 128 };

const char *cli_nearest(const char *const *known, const char *name)
{
    vt_param rows[NAMES_MAX + 1] = {{0}};
    for (size_t i = 0; i < NAMES_MAX && known[i]; i++) rows[i].name = known[i];
    return vt_param_nearest(rows, name);
}

vt_status cli_unknown(const char *what, const char *name, const char *const *known, const char *list_with,
                      vt_error *err)
{
    const char *near = cli_nearest(known, name);
    if (near)
        return vt_fail(err, VT_EKEY, "unknown %s \"%s\"; did you mean %s? %s lists all", what, name, near, list_with);
    return vt_fail(err, VT_EKEY, "unknown %s \"%s\"; %s lists all", what, name, list_with);
}

const cli_command *cli_command_find(const char *name)
{
    for (const cli_command *const *c = CLI_COMMANDS; *c; c++)
        if (strcmp((*c)->name, name) == 0) return *c;
    return NULL;
}

vt_status cli_experiment(const char *name, const vt_experiment **e, vt_error *err)
{
    const vt_experiment *found = vt_experiment_find(name);
    if (!found) {
        const char *known[NAMES_MAX] = {NULL};
        for (size_t i = 0; i < NAMES_MAX - 1 && VT_EXPERIMENTS[i]; i++) known[i] = VT_EXPERIMENTS[i]->name;
        return cli_unknown("experiment", name, known, "`vitrum describe`", err);
    }
    *e = found;
    return VT_OK;
}

vt_status cli_forecast(vt_model_kind kind, const char *name, const vt_forecast **f, vt_error *err)
{
    const vt_forecast *found = vt_forecast_find(kind, name);
    if (!found) {
        const char *known[NAMES_MAX] = {NULL};
        size_t n = 0;
        for (size_t i = 0; n < NAMES_MAX - 1 && VT_FORECASTS[i]; i++)
            if (VT_FORECASTS[i]->kind == kind) known[n++] = VT_FORECASTS[i]->name;
        return cli_unknown(kind == VT_MAP ? "map" : "process", name, known, "`vitrum describe`", err);
    }
    *f = found;
    return VT_OK;
}

vt_status cli_unknown_word(const char *word, vt_error *err)
{
    static const char *const OPTIONS[] = {"--help", "--version", NULL};
    const char *commands[NAMES_MAX] = {NULL};
    size_t n = 0;
    const bool option = word[0] == '-';
    for (const cli_command *const *c = CLI_COMMANDS; *c && n < NAMES_MAX - 1; c++)
        if (!(*c)->hidden) commands[n++] = (*c)->name;
    const char *near = cli_nearest(option ? OPTIONS : commands, word);
    return vt_fail(err, VT_EUSAGE, "unknown %s %s;%s%s%s `vitrum help` lists all", option ? "option" : "command", word,
                   near ? " did you mean " : "", near ? near : "", near ? "?" : "");
}
