/* The pages of the command itself and of each of its commands. */
#include "doc.h"
#include <string.h>

enum { LINE = 1024 };

static void option(const doc *d, const cli_option *o)
{
    char term[96], text[LINE];
    char letter[8] = "";
    const vt_param *row = cli_option_row(o);
    if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(term, sizeof term, "%s--%s%s%s", letter, o->row.name, o->value ? " " : "", o->value ? o->value : "");
    const bool shown = o->value && row->def && row->def[0];
    char choices[128] = "";
    if (row->choices) {
        snprintf(choices, sizeof choices, "; one of %s", row->choices);
        for (char *c = choices; *c; c++)
            if (*c == '|') *c = '/';
    }
    snprintf(text, sizeof text, "%s%s%s%s", row->text, choices, shown ? "; default " : "", shown ? row->def : "");
    doc_item(d, term, text);
}

void doc_command(const doc *d, const cli_command *c)
{
    char name[64], usage[256];
    snprintf(name, sizeof name, "vitrum %s", c->name);
    snprintf(usage, sizeof usage, "vitrum %s%s%s [OPTION]...", c->name, c->usage[0] ? " " : "", c->usage);
    doc_title(d, name, c->summary);
    doc_heading(d, "Usage");
    doc_code(d, usage);
    if (c->details && c->details[0]) {
        doc_heading(d, "Description");
        doc_paragraph(d, c->details);
    }
    doc_heading(d, "Options");
    doc_items_begin(d, "option | meaning");
    for (const cli_option *o = CLI_OPTIONS; o->row.name; o++)
        if (cli_names(c->options, o->row.name)) option(d, o);
    for (const cli_option *o = CLI_OPTIONS; o->row.name; o++)
        if (strcmp(o->row.name, "quiet") == 0 || strcmp(o->row.name, "help") == 0) option(d, o);
    if (c->examples && c->examples[0]) {
        doc_heading(d, "Examples");
        doc_code(d, c->examples);
    }
}

void doc_main(const doc *d)
{
    doc_title(d, "vitrum", "properties, laws, maps and forecasts for metallic glass at micro and nano scale");
    doc_heading(d, "Usage");
    doc_code(d, "vitrum COMMAND [OPERAND]... [OPTION]...\nvitrum help COMMAND\nvitrum --version");
    doc_heading(d, "Commands");
    doc_items_begin(d, "command | what it does");
    for (const cli_command *const *c = CLI_COMMANDS; *c; c++) {
        char term[128];
        if ((*c)->hidden) continue;
        snprintf(term, sizeof term, "%s%s%s", (*c)->name, (*c)->usage[0] ? " " : "", (*c)->usage);
        doc_item(d, term, (*c)->summary);
    }
    doc_heading(d, "Values and files");
    doc_paragraph(d,
                  "Values are written with their units, as people write them: --set diameter=52um, --set "
                  "temperature=297degC. A bare number for a dimensional key is refused, and an unknown key is refused "
                  "with the nearest known one.\n"
                  "Tables are text with cells separated by comma, semicolon or tab, header cells `name [unit]`, and "
                  "optional lines `# key: value [unit]` before the header. A file named - is standard input or "
                  "output.\n"
                  "Results go to standard output, words and progress to standard error. Inside results every value "
                  "is in SI.");
    doc_heading(d, "Exit status");
    doc_items_begin(d, "status | meaning");
    doc_item(d, "0", "a result was given, perhaps with warnings");
    doc_item(d, "1", "the computation failed, or the data cannot answer the question");
    doc_item(d, "2", "the command was wrong");
    doc_item(d, "3", "an input file is unreadable or malformed");
    doc_heading(d, "Environment");
    doc_items_begin(d, "variable | meaning");
    doc_item(d, "VITRUM_HOME", "folder that holds alloys/ and studies/, instead of the installed one");
    doc_item(d, "VITRUM_GNUPLOT", "gnuplot program that draws the figures, instead of the one in PATH");
    doc_item(d, "SOURCE_DATE_EPOCH", "date that reports carry, in seconds since 1970; without it they carry none");
    doc_heading(d, "Examples");
    doc_code(
        d,
        "vitrum run studies/liu2023/study.yaml -o out/liu2023   # a whole study, with report\n"
        "vitrum describe molding                                # what the experiment reads and gives\n"
        "vitrum simulate molding --seed 1 -o lengths.csv        # a virtual instrument writes a table\n"
        "vitrum reduce molding lengths.csv -o out/lengths       # the table becomes properties\n"
        "vitrum map mechanism --alloy Ni45Pd35P16B4 -o out/map  # which mechanism rules where\n"
        "vitrum predict molding -a Ni45Pd35P16B4 -s temperature=287degC -s pressure=2GPa -s time=10h -s diameter=40nm");
}
