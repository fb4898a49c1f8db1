/* Options: the one table, and the strict parser of a command line. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

#define AT(field) offsetof(cli_args, field)

const cli_option CLI_OPTIONS[] = {
    {{"set", VT_TEXT, NULL, "", 0, 0, NULL,
      "sets a parameter; a dimensional value carries its unit (diameter=52um, temperature=297degC); repeat as needed",
      0},
     's',
     "KEY=VALUE",
     CLI_SET},
    {{"unit", VT_TEXT, NULL, "", 0, 0, NULL,
      "declares the unit of a column whose header gives none (Load=mN); repeat as needed", 0},
     'u',
     "NAME=UNIT",
     CLI_UNIT},
    {{"column", VT_TEXT, NULL, "", 0, 0, NULL,
      "says which column of the file is meant by a name (length=\"Wire L\"); repeat as needed", 0},
     'c',
     "NAME=HEADER",
     CLI_COLUMN},
    {{"sheet", VT_TEXT, NULL, "", 0, 0, NULL, "sheet of a workbook; the first if not given", AT(sheet)},
     0,
     "NAME",
     CLI_PATH},
    {{"alloy", VT_TEXT, NULL, "", 0, 0, NULL, "alloy card: a name of `vitrum alloy list`, or a file", AT(alloy)},
     'a',
     "NAME|FILE",
     CLI_PATH},
    {{"format", VT_CHOICE, NULL, "table", 0, 0, "table|json|csv", "shape of the result on standard output", AT(format)},
     'f',
     "FORMAT",
     CLI_PARAM},
    {{"output", VT_TEXT, NULL, "", 0, 0, NULL, "where to write: a folder, whole or not at all (simulate: a file)",
      AT(output)},
     'o',
     "DIR",
     CLI_PATH},
    {{"force", VT_FLAG, NULL, "no", 0, 0, NULL, "replaces an existing output folder", AT(force)}, 0, NULL, CLI_PARAM},
    {{"seed", VT_SEED, NULL, "", 0, 0, NULL, NULL, 0}, 0, "N", CLI_COMMON},
    {{"level", VT_REAL, "1", "", 0, 0, NULL, NULL, 0}, 0, "P", CLI_COMMON},
    {{"replicates", VT_INT, NULL, "", 0, 0, NULL, NULL, 0}, 0, "N", CLI_COMMON},
    {{"threads", VT_INT, NULL, "", 0, 0, NULL, NULL, 0}, 0, "N", CLI_COMMON},
    {{"man", VT_TEXT, NULL, "", 0, 0, NULL, "writes the man pages into an existing folder", AT(man)},
     0,
     "DIR",
     CLI_PATH},
    {{"markdown", VT_TEXT, NULL, "", 0, 0, NULL, "writes the pages of docs/ into an existing folder", AT(markdown)},
     0,
     "DIR",
     CLI_PATH},
    {{"completion", VT_TEXT, NULL, "", 0, 0, NULL, "prints the completion script of bash, zsh or fish", AT(completion)},
     0,
     "SHELL",
     CLI_PATH},
    {{"quiet", VT_FLAG, NULL, "no", 0, 0, NULL, "no progress and no words besides errors", AT(quiet)},
     'q',
     NULL,
     CLI_PARAM},
    {{"help", VT_FLAG, NULL, "no", 0, 0, NULL, "explains the command, with examples", AT(help)}, 'h', NULL, CLI_PARAM},
    {{0}, 0, NULL, CLI_PARAM},
};

const vt_param *cli_option_row(const cli_option *o)
{
    const vt_param *common = o->store == CLI_COMMON ? vt_param_find(VT_COMMON_PARAMS, o->row.name) : NULL;
    return common ? common : &o->row;
}

bool cli_names(const char *list, const char *word)
{
    const size_t n = strlen(word);
    for (const char *at = list; at && (at = strstr(at, word)); at += n) {
        const bool starts = at == list || at[-1] == ' ';
        if (n > 0 && starts && (at[n] == ' ' || at[n] == '\0')) return true;
    }
    return false;
}

static bool takes(const cli_command *c, const cli_option *o)
{
    return strcmp(o->row.name, "help") == 0 || strcmp(o->row.name, "quiet") == 0 || cli_names(c->options, o->row.name);
}

/* The option that a word names ("--seed", "--seed=1", "-o", "-oDIR"), and its attached value or NULL. */
static const cli_option *option_of(const cli_command *c, const char *word, const char **attached)
{
    *attached = NULL;
    if (word[1] != '-') {
        for (const cli_option *o = CLI_OPTIONS; o->row.name; o++)
            if (o->letter && o->letter == word[1] && takes(c, o)) {
                if (word[2]) *attached = word + 2;
                return o;
            }
        return NULL;
    }
    const char *equals = strchr(word, '=');
    const size_t n = equals ? (size_t)(equals - word - 2) : strlen(word + 2);
    for (const cli_option *o = CLI_OPTIONS; o->row.name; o++)
        if (strlen(o->row.name) == n && memcmp(o->row.name, word + 2, n) == 0 && takes(c, o)) {
            if (equals) *attached = equals + 1;
            return o;
        }
    return NULL;
}

static vt_status refuse_option(const cli_command *c, const char *word, vt_error *err)
{
    const char *known[64] = {NULL};
    size_t n = 0;
    for (const cli_option *o = CLI_OPTIONS; o->row.name && n < 63; o++)
        if (takes(c, o)) known[n++] = o->row.name;
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 1 + (word[1] == '-'), "="), word + 1 + (word[1] == '-'));
    const char *near = cli_nearest(known, name);
    const char *more = strcmp(c->name, "vitrum") == 0 ? "" : c->name;
    if (near)
        return vt_fail(err, VT_EUSAGE, "unknown option %s; did you mean --%s? See `vitrum help %s`", word, near, more);
    return vt_fail(err, VT_EUSAGE, "unknown option %s; see `vitrum help %s`", word, more);
}

/* "KEY=VALUE" appended to a list; the key is a copy, the value points into the word. */
static vt_status append(vt_setting **list, size_t *n, const char *word, const char *option, const char *fix,
                        vt_error *err)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word)
        return vt_fail(err, VT_EUSAGE, "--%s %s: not of the form NAME=VALUE; write --%s %s", option, word, option, fix);
    vt_setting *grown = realloc(*list, (*n + 1) * sizeof **list);
    if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu settings", *n + 1);
    *list = grown;
    char *key = strndup(word, (size_t)(equals - word));
    if (!key) return vt_fail(err, VT_EMEMORY, "no memory for a setting");
    grown[(*n)++] = (vt_setting){.key = key, .text = equals + 1, .file = NULL, .line = 0};
    return VT_OK;
}

static vt_status append_common(cli_args *a, const char *name, const char *value, vt_error *err)
{
    const vt_status st = vt_param_set(VT_COMMON_PARAMS, &a->common, &a->common_given, name, value, err);
    if (st != VT_OK) return st;
    vt_setting *grown = realloc(a->settings, (a->nsettings + 1) * sizeof *a->settings);
    if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for a setting");
    a->settings = grown;
    char *key = strdup(name);
    if (!key) return vt_fail(err, VT_EMEMORY, "no memory for a setting");
    grown[a->nsettings++] = (vt_setting){.key = key, .text = value, .file = NULL, .line = 0};
    return VT_OK;
}

static vt_status store(const cli_option *o, const char *value, cli_args *a, vt_error *err)
{
    const vt_param one[2] = {o->row, VT_PARAM_END};
    switch (o->store) {
    case CLI_SET: return append(&a->settings, &a->nsettings, value, "set", "diameter=52um", err);
    case CLI_UNIT: return append(&a->units, &a->nunits, value, "unit", "Load=mN", err);
    case CLI_COLUMN: return append(&a->names, &a->nnames, value, "column", "length='Wire L'", err);
    case CLI_COMMON: return append_common(a, o->row.name, value, err);
    case CLI_PATH: *(const char **)(void *)((char *)a + o->row.offset) = value; return VT_OK;
    case CLI_PARAM: break;
    }
    return vt_param_set(one, a, NULL, o->row.name, value, err);
}

static vt_status defaults(cli_args *a, vt_error *err)
{
    *a = (cli_args){0};
    for (const cli_option *o = CLI_OPTIONS; o->row.name; o++) {
        if (o->store != CLI_PARAM) continue;
        const vt_param one[2] = {o->row, VT_PARAM_END};
        const vt_status st = vt_param_set(one, a, NULL, o->row.name, o->row.def, err);
        if (st != VT_OK) return st;
    }
    return vt_param_defaults(VT_COMMON_PARAMS, &a->common, err);
}

/* The command line as a person would type it, so that the result says how to repeat it. */
static vt_status remember(const cli_command *c, int argc, char **argv, cli_args *a, vt_error *err)
{
    size_t size = strlen(c->name) + 16;
    for (int i = 0; i < argc; i++) size += 4 * strlen(argv[i]) + 4;
    char *line = malloc(size);
    if (!line) return vt_fail(err, VT_EMEMORY, "no memory for the command line");
    char *at = line + snprintf(line, size, "vitrum %s", c->name);
    for (int i = 0; i < argc; i++) {
        const bool plain = argv[i][0] && argv[i][strcspn(argv[i], " \t\n'\"\\$`*?()[]{}<>|&;#~!")] == '\0';
        *at++ = ' ';
        if (!plain) *at++ = '\'';
        for (const char *p = argv[i]; *p; p++) {
            if (*p == '\'') {
                memcpy(at, "'\\'", 3);
                at += 3;
            }
            *at++ = *p;
        }
        if (!plain) *at++ = '\'';
    }
    *at = '\0';
    a->command_line = line;
    return VT_OK;
}

/* One word: an option (with the next word as its value, if it needs one) or an operand. */
static vt_status take(const cli_command *c, int argc, char **argv, int *i, bool *operands_only, cli_args *a,
                      vt_error *err)
{
    char *word = argv[*i];
    if (!*operands_only && strcmp(word, "--") == 0) {
        *operands_only = true;
        return VT_OK;
    }
    if (*operands_only || word[0] != '-' || word[1] == '\0') {
        a->words[a->nwords++] = word;
        return VT_OK;
    }
    const char *value;
    const cli_option *o = option_of(c, word, &value);
    if (!o) return refuse_option(c, word, err);
    if (!o->value) {
        if (value) return vt_fail(err, VT_EUSAGE, "%s: --%s takes no value", word, o->row.name);
        return store(o, "yes", a, err);
    }
    if (!value) {
        if (*i + 1 >= argc) return vt_fail(err, VT_EUSAGE, "%s needs a value: --%s %s", word, o->row.name, o->value);
        value = argv[++*i];
    }
    if (o->store == CLI_PATH && !value[0]) return vt_fail(err, VT_EUSAGE, "--%s: the value is empty", o->row.name);
    return store(o, value, a, err);
}

vt_status cli_parse(const cli_command *c, int argc, char **argv, cli_args *args, vt_error *err)
{
    cli_args a;
    bool operands_only = false;
    vt_status st;
    VT_TRY(st = defaults(&a, err));
    a.words = calloc((size_t)argc + 1, sizeof *a.words);
    if (!a.words) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %d words", argc));
    VT_TRY(st = remember(c, argc, argv, &a, err));
    for (int i = 0; i < argc; i++) VT_TRY(st = take(c, argc, argv, &i, &operands_only, &a, err));
    if (!a.help && (a.nwords < c->words_low || a.nwords > c->words_high))
        VT_TRY(st = vt_fail(err, VT_EUSAGE, "`vitrum %s` takes %s; see `vitrum help %s`", c->name,
                            c->usage[0] ? c->usage : "no operand", c->name));
    *args = a;
    return VT_OK;
done:
    cli_args_free(&a);
    return st;
}

void cli_args_free(cli_args *a)
{
    if (!a) return;
    for (size_t i = 0; i < a->nsettings; i++) free((void *)(uintptr_t)a->settings[i].key);
    for (size_t i = 0; i < a->nunits; i++) free((void *)(uintptr_t)a->units[i].key);
    for (size_t i = 0; i < a->nnames; i++) free((void *)(uintptr_t)a->names[i].key);
    free(a->settings);
    free(a->units);
    free(a->names);
    free(a->words);
    free(a->command_line);
    *a = (cli_args){0};
}
