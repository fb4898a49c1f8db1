/* Completion scripts for bash, zsh and fish, from the tables of commands, options and descriptors. */
#include "completion.h"
#include <string.h>

typedef void (*each_name)(const char *name, const char *summary, FILE *out);

/* What may stand after a command: names of descriptors, or the actions of `alloy`. */
static void operands(const cli_command *c, each_name give, FILE *out)
{
    const bool describe = c == &CMD_DESCRIBE;
    if (c == &CMD_REDUCE || c == &CMD_SIMULATE || describe)
        for (const vt_experiment *const *e = VT_EXPERIMENTS; *e; e++)
            if (c != &CMD_SIMULATE || (*e)->simulate) give((*e)->name, (*e)->summary, out);
    for (const vt_experiment *const *e = VT_EXPERIMENTS; c == &CMD_CALIBRATE && *e; e++) {
        char name[VT_NAME];
        snprintf(name, sizeof name, "%.*s", (int)cli_calibrated((*e)->name), (*e)->name);
        if (name[0]) give(name, (*e)->summary, out);
    }
    if (c == &CMD_PREDICT || c == &CMD_MAP || describe)
        for (const vt_forecast *const *f = VT_FORECASTS; *f; f++) {
            const bool twice = describe && vt_experiment_find((*f)->name); /* molding is an experiment too */
            const bool other = !describe && ((*f)->kind == VT_MAP) != (c == &CMD_MAP);
            if (!twice && !other) give((*f)->name, (*f)->summary, out);
        }
    if (c == &CMD_HELP)
        for (const cli_command *const *k = CLI_COMMANDS; *k; k++)
            if (!(*k)->hidden) give((*k)->name, (*k)->summary, out);
    if (c == &CMD_ALLOY) {
        give("list", "the delivered cards", out);
        give("show", "one card in full", out);
        give("check", "check a card file", out);
    }
}

static bool takes(const cli_command *c, const cli_option *o)
{
    return cli_names(c->options, o->row.name) || strcmp(o->row.name, "quiet") == 0 || strcmp(o->row.name, "help") == 0;
}

/* "COMMAND KEY..." of --set, one line per descriptor, as a shell case. */
static void keys_of(const vt_param *table, FILE *out)
{
    for (const vt_param *p = table; p && p->name; p++) fprintf(out, " %s=", p->name);
}

static void key_cases(FILE *out, const char *form)
{
    for (const vt_experiment *const *e = VT_EXPERIMENTS; *e; e++) {
        fprintf(out, form, "reduce", (*e)->name);
        keys_of((*e)->params, out);
        fputs("\" ;;\n", out);
        char name[VT_NAME];
        snprintf(name, sizeof name, "%.*s", (int)cli_calibrated((*e)->name), (*e)->name);
        if (name[0]) {
            fprintf(out, form, "calibrate", name);
            keys_of((*e)->params, out);
            fputs("\" ;;\n", out);
        }
        if (!(*e)->simulate) continue;
        fprintf(out, form, "simulate", (*e)->name);
        keys_of((*e)->truth, out);
        fputs("\" ;;\n", out);
    }
    for (const vt_forecast *const *f = VT_FORECASTS; *f; f++) {
        fprintf(out, form, (*f)->kind == VT_MAP ? "map" : "predict", (*f)->name);
        keys_of((*f)->params, out);
        fputs("\" ;;\n", out);
    }
}

static void bare(const char *name, const char *summary, FILE *out)
{
    (void)summary;
    fprintf(out, " %s", name);
}

static void bash_case(const cli_command *c, FILE *out)
{
    fprintf(out, "    %s)\n        options=\"", c->name);
    for (const cli_option *o = CLI_OPTIONS; o->row.name; o++)
        if (takes(c, o)) fprintf(out, " --%s", o->row.name);
    fputs("\"\n        words=\"", out);
    operands(c, bare, out);
    fputs("\" ;;\n", out);
}

static void bash(FILE *out)
{
    fputs("# bash completion of vitrum, made by `vitrum docs --completion bash`; do not edit.\n"
          "_vitrum()\n{\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command=${COMP_WORDS[1]} what=${COMP_WORDS[2]} options='' words='' keys=''\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"",
          out);
    operands(&CMD_HELP, bare, out);
    fputs(" --help --version\" -- \"$cur\"))\n        return\n    fi\n    case $command in\n", out);
    for (const cli_command *const *c = CLI_COMMANDS; *c; c++)
        if (!(*c)->hidden) bash_case(*c, out);
    fputs("    esac\n    case \"$command $what\" in\n", out);
    key_cases(out, "    \"%s %s\") keys=\"");
    fputs("    esac\n"
          "    case $prev in\n"
          "    --set | -s)\n        compopt -o nospace\n        COMPREPLY=($(compgen -W \"$keys\" -- \"$cur\"))\n      "
          "  return ;;\n"
          "    --format | -f) COMPREPLY=($(compgen -W 'table json csv' -- \"$cur\")); return ;;\n"
          "    --alloy | -a | show)\n"
          "        COMPREPLY=($(compgen -W \"$(vitrum alloy list --format csv 2>/dev/null | sed '1d;s/,.*//')\" -- "
          "\"$cur\")"
          " $(compgen -f -- \"$cur\"))\n        return ;;\n"
          "    esac\n"
          "    case $cur in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")); return ;;\n    esac\n"
          "    if [ \"$COMP_CWORD\" -eq 2 ] && [ -n \"$words\" ]; then\n"
          "        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
          "        [ \"$command\" = describe ] && COMPREPLY+=($(compgen -f -- \"$cur\"))\n        return\n    fi\n"
          "    COMPREPLY=($(compgen -f -- \"$cur\"))\n}\n"
          "complete -o filenames -o bashdefault -F _vitrum vitrum\n",
          out);
}

/* A text inside single quotes of a shell; ':' is escaped, since zsh parts name and text there. */
static void quoted(const char *text, bool colon, FILE *out)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", out);
        else if (colon && (*text == ':' || *text == '[' || *text == ']'))
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
    }
}

static void zsh_pair(const char *name, const char *summary, FILE *out)
{
    fprintf(out, " '%s:", name);
    quoted(summary, true, out);
    fputc('\'', out);
}

static void zsh_case(const cli_command *c, FILE *out)
{
    fprintf(out, "    %s)\n        options=(", c->name);
    for (const cli_option *o = CLI_OPTIONS; o->row.name; o++) {
        if (!takes(c, o)) continue;
        char name[64];
        snprintf(name, sizeof name, "--%s", o->row.name);
        zsh_pair(name, cli_option_row(o)->text, out);
    }
    fputs(")\n        operands=(", out);
    operands(c, zsh_pair, out);
    fputs(") ;;\n", out);
}

static void zsh(FILE *out)
{
    fputs("#compdef vitrum\n"
          "# zsh completion of vitrum, made by `vitrum docs --completion zsh`; do not edit.\n"
          "_vitrum() {\n    local -a commands options operands\n    local keys=''\n    commands=(",
          out);
    operands(&CMD_HELP, zsh_pair, out);
    fputs(")\n    if (( CURRENT == 2 )); then _describe command commands; return; fi\n    case $words[2] in\n", out);
    for (const cli_command *const *c = CLI_COMMANDS; *c; c++)
        if (!(*c)->hidden) zsh_case(*c, out);
    fputs("    esac\n    case \"$words[2] $words[3]\" in\n", out);
    key_cases(out, "    \"%s %s\") keys=\"");
    fputs("    esac\n"
          "    case $words[CURRENT-1] in\n"
          "    --set|-s) compadd -S '' -- ${=keys}; return ;;\n"
          "    --format|-f) compadd table json csv; return ;;\n"
          "    --alloy|-a|show) compadd -- ${(f)\"$(vitrum alloy list --format csv 2>/dev/null | sed '1d;s/,.*//')\"}; "
          "_files; return ;;\n"
          "    esac\n"
          "    if [[ $words[CURRENT] == -* ]]; then _describe option options; return; fi\n"
          "    if (( CURRENT == 3 && ${#operands} )); then _describe operand operands; "
          "[[ $words[2] == describe ]] && _files; return; fi\n"
          "    _files\n}\n_vitrum \"$@\"\n",
          out);
}

static const char *fish_command; /* the command whose operands fish_operand prints; one thread, set just before */

static void fish_operand(const char *name, const char *summary, FILE *out)
{
    fprintf(out, "complete -c vitrum -n '__fish_seen_subcommand_from %s' -a %s -d '", fish_command, name);
    for (; *summary; summary++) fprintf(out, *summary == '\'' ? "\\'" : "%c", *summary);
    fputs("'\n", out);
}

static void fish_line(const cli_command *c, const cli_option *o, FILE *out)
{
    fprintf(out, "complete -c vitrum -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->row.name);
    if (o->letter) fprintf(out, " -s %c", o->letter);
    if (o->value) fputs(o->row.choices ? " -x" : " -r", out);
    if (o->row.choices) {
        fputs(" -a '", out);
        for (const char *p = o->row.choices; *p; p++) fputc(*p == '|' ? ' ' : *p, out);
        fputc('\'', out);
    }
    fputs(" -d '", out);
    for (const char *p = cli_option_row(o)->text; *p; p++) fprintf(out, *p == '\'' ? "\\'" : "%c", *p);
    fputs("'\n", out);
}

static void fish(FILE *out)
{
    fputs("# fish completion of vitrum, made by `vitrum docs --completion fish`; do not edit.\n", out);
    for (const cli_command *const *c = CLI_COMMANDS; *c; c++) {
        if ((*c)->hidden) continue;
        fprintf(out, "complete -c vitrum -n __fish_use_subcommand -a %s -d '", (*c)->name);
        for (const char *p = (*c)->summary; *p; p++) fprintf(out, *p == '\'' ? "\\'" : "%c", *p);
        fputs("'\n", out);
        fish_command = (*c)->name;
        operands(*c, fish_operand, out);
        for (const cli_option *o = CLI_OPTIONS; o->row.name; o++)
            if (takes(*c, o)) fish_line(*c, o, out);
    }
}

vt_status completion_write(const char *shell, FILE *out, vt_error *err)
{
    static const char *const SHELLS[] = {"bash", "zsh", "fish", NULL};
    static void (*const WRITE[])(FILE *) = {bash, zsh, fish};
    for (size_t i = 0; SHELLS[i]; i++)
        if (strcmp(SHELLS[i], shell) == 0) {
            WRITE[i](out);
            return VT_OK;
        }
    return vt_fail(err, VT_EUSAGE, "--completion %s: one of bash, zsh, fish", shell);
}
