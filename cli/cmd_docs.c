/* vitrum docs: man pages, pages of docs/ and shell completion, all from the tables. */
#include "completion.h"
#include "doc.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_TEXT = 4096 };

struct place {
    const char *dir;
    doc_format format;
};

typedef void (*page_writer)(const doc *d, const void *what);

static void main_page(const doc *d, const void *what)
{
    (void)what;
    doc_main(d);
}

static void command_page(const doc *d, const void *what)
{
    doc_command(d, what);
}

static void experiment_page(const doc *d, const void *what)
{
    doc_experiment(d, what);
}

static void forecast_page(const doc *d, const void *what)
{
    doc_forecast(d, what);
}

/* One file: dir/name, made by write. */
static vt_status page(const struct place *p, const char *name, page_writer write, const void *what, vt_error *err)
{
    char path[PATH_TEXT];
    snprintf(path, sizeof path, "%s/%s", p->dir, name);
    FILE *out = fopen(path, "w");
    if (!out) return vt_fail_at(err, VT_EWRITE, path, 0, 0, "cannot be written: %s", strerror(errno));
    const doc d = {out, p->format};
    if (p->format == DOC_MARKDOWN) fputs("<!-- Made by `make docs` from the descriptors; do not edit. -->\n", out);
    write(&d, what);
    const bool failed = ferror(out) != 0;
    if (fclose(out) != 0 || failed) return vt_fail_at(err, VT_EWRITE, path, 0, 0, "cannot be written");
    return VT_OK;
}

static vt_status man_pages(const char *dir, vt_error *err)
{
    const struct place p = {dir, DOC_MAN};
    char name[160];
    vt_status st = page(&p, "vitrum.1", main_page, NULL, err);
    for (const cli_command *const *c = CLI_COMMANDS; *c && st == VT_OK; c++) {
        snprintf(name, sizeof name, "vitrum-%s.1", (*c)->name);
        if (!(*c)->hidden) st = page(&p, name, command_page, *c, err);
    }
    for (const vt_experiment *const *e = VT_EXPERIMENTS; *e && st == VT_OK; e++) {
        snprintf(name, sizeof name, "vitrum-%s.1", (*e)->name);
        st = page(&p, name, experiment_page, *e, err);
    }
    for (const vt_forecast *const *f = VT_FORECASTS; *f && st == VT_OK; f++) {
        snprintf(name, sizeof name, "vitrum-%s-%s.1", (*f)->kind == VT_MAP ? "map" : "predict", (*f)->name);
        st = page(&p, name, forecast_page, *f, err);
    }
    return st;
}

static void link_row(const doc *d, const char *folder, const char *name, const char *summary)
{
    fprintf(d->out, "| [%s](%s/%s.md) | %s |\n", name, folder, name, summary);
}

/* docs/reference.md: where every page is. */
static void reference_page(const doc *d, const void *what)
{
    (void)what;
    doc_title(d, "Reference", "Every command, experiment, process and map, as the program itself describes them.");
    doc_heading(d, "Commands");
    doc_items_begin(d, "command | what it does");
    link_row(d, "commands", "vitrum", "the program: commands, values and files, exit status");
    for (const cli_command *const *c = CLI_COMMANDS; *c; c++)
        if (!(*c)->hidden) link_row(d, "commands", (*c)->name, (*c)->summary);
    doc_heading(d, "Experiments");
    doc_items_begin(d, "experiment | what it gives");
    for (const vt_experiment *const *e = VT_EXPERIMENTS; *e; e++) link_row(d, "experiments", (*e)->name, (*e)->summary);
    for (int kind = VT_PROCESS; kind <= VT_MAP; kind++) {
        doc_heading(d, kind == VT_MAP ? "Maps" : "Processes");
        doc_items_begin(d, kind == VT_MAP ? "map | what it gives" : "process | what it gives");
        for (const vt_forecast *const *f = VT_FORECASTS; *f; f++)
            if ((int)(*f)->kind == kind) link_row(d, kind == VT_MAP ? "maps" : "processes", (*f)->name, (*f)->summary);
    }
}

static vt_status folder(const char *dir, const char *name, char path[PATH_TEXT], vt_error *err)
{
    snprintf(path, PATH_TEXT, "%s/%s", dir, name);
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return vt_fail_at(err, VT_EWRITE, path, 0, 0, "the folder cannot be made: %s", strerror(errno));
    return VT_OK;
}

static vt_status command_pages(const char *dir, vt_error *err)
{
    char path[PATH_TEXT], name[160];
    const struct place p = {path, DOC_MARKDOWN};
    vt_status st;
    VT_TRY(st = folder(dir, "commands", path, err));
    VT_TRY(st = page(&p, "vitrum.md", main_page, NULL, err));
    for (const cli_command *const *c = CLI_COMMANDS; *c; c++) {
        snprintf(name, sizeof name, "%s.md", (*c)->name);
        if (!(*c)->hidden) VT_TRY(st = page(&p, name, command_page, *c, err));
    }
done:
    return st;
}

static vt_status markdown_pages(const char *dir, vt_error *err)
{
    char path[PATH_TEXT], name[160];
    const struct place top = {dir, DOC_MARKDOWN}, p = {path, DOC_MARKDOWN};
    vt_status st;
    VT_TRY(st = page(&top, "reference.md", reference_page, NULL, err));
    VT_TRY(st = command_pages(dir, err));
    VT_TRY(st = folder(dir, "experiments", path, err));
    for (const vt_experiment *const *e = VT_EXPERIMENTS; *e; e++) {
        snprintf(name, sizeof name, "%s.md", (*e)->name);
        VT_TRY(st = page(&p, name, experiment_page, *e, err));
    }
    for (const vt_forecast *const *f = VT_FORECASTS; *f; f++) {
        VT_TRY(st = folder(dir, (*f)->kind == VT_MAP ? "maps" : "processes", path, err));
        snprintf(name, sizeof name, "%s.md", (*f)->name);
        VT_TRY(st = page(&p, name, forecast_page, *f, err));
    }
done:
    return st;
}

static vt_status run(const cli_args *args, vt_error *err)
{
    vt_status st = VT_OK;
    if (!args->man && !args->markdown && !args->completion)
        return vt_fail(err, VT_EUSAGE, "say what to write: --man DIR, --markdown DIR or --completion SHELL");
    if (args->man) st = man_pages(args->man, err);
    if (st == VT_OK && args->markdown) st = markdown_pages(args->markdown, err);
    if (st == VT_OK && args->completion) st = completion_write(args->completion, stdout, err);
    return st;
}

const cli_command CMD_DOCS = {
    .name = "docs",
    .usage = "",
    .summary = "write man pages, documentation pages and shell completion",
    .details = "Used by the build: everything comes from the tables of options and from the descriptors.",
    .options = "man markdown completion",
    .examples = "vitrum docs --man share/man/man1\nvitrum docs --completion bash > vitrum.bash",
    .words_low = 0,
    .words_high = 0,
    .run = run,
    .hidden = true,
};
