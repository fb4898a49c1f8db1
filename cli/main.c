/* vitrum: table of commands. */
#include "doc.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <vitrum/progress.h>
#include <vitrum/version.h>

const cli_command *const CLI_COMMANDS[] = {&CMD_RUN,     &CMD_REDUCE, &CMD_CALIBRATE, &CMD_SIMULATE,
                                           &CMD_PREDICT, &CMD_MAP,    &CMD_ALLOY,     &CMD_DESCRIBE,
                                           &CMD_VERIFY,  &CMD_HELP,   &CMD_DOCS,      NULL};

static const char *const VERSION_WORDS[] = {"--version", "-V", "version"};
static const char *const HELP_WORDS[] = {"--help", "-h"};

void cli_version(FILE *out)
{
    fprintf(out, "vitrum %s\n%s\n", VT_VERSION, VT_LIBRARIES);
    fputs("Licence GPL-3.0-or-later: free software, without warranty, as far as the law allows.\n", out);
}

static bool among(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, list[i]) == 0) return true;
    return false;
}

/* --help of a command that works on a descriptor also explains the descriptor. */
static void help(const cli_command *c, const cli_args *args)
{
    const doc d = {stdout, DOC_TEXT};
    doc_command(&d, c);
    if (args->nwords == 0) return;
    const vt_experiment *e = c == &CMD_CALIBRATE ? cli_calibration(args->words[0]) : vt_experiment_find(args->words[0]);
    const vt_forecast *f = vt_forecast_find(c == &CMD_MAP ? VT_MAP : VT_PROCESS, args->words[0]);
    if ((c == &CMD_REDUCE || c == &CMD_CALIBRATE || c == &CMD_SIMULATE) && e) {
        printf("\n");
        doc_experiment(&d, e);
    } else if ((c == &CMD_PREDICT || c == &CMD_MAP) && f) {
        printf("\n");
        doc_forecast(&d, f);
    }
}

static vt_status dispatch(int argc, char **argv, vt_error *err)
{
    const doc d = {stdout, DOC_TEXT};
    if (argc < 2) return vt_fail(err, VT_EUSAGE, "no command given; `vitrum help` lists all");
    if (among(argv[1], VERSION_WORDS, sizeof VERSION_WORDS / sizeof *VERSION_WORDS)) {
        cli_version(stdout);
        return VT_OK;
    }
    if (among(argv[1], HELP_WORDS, sizeof HELP_WORDS / sizeof *HELP_WORDS)) {
        doc_main(&d);
        return VT_OK;
    }
    const cli_command *c = cli_command_find(argv[1]);
    if (!c) return cli_unknown_word(argv[1], err);
    cli_args args;
    vt_status st = cli_parse(c, argc - 2, argv + 2, &args, err);
    if (st != VT_OK) return st;
    vt_progress_quiet(args.quiet != 0);
    if (args.help)
        help(c, &args);
    else
        st = c->run(&args, err);
    cli_args_free(&args);
    return st;
}

/* Whether writing failed because the reader of standard output went away; errno may be of a later call by now. */
static bool reader_left(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return ferror(stdout) && poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLHUP)) != 0;
}

/* Text that was printed must have arrived. A reader that went away (head) is content: no error. */
static vt_status flush(vt_error *err)
{
    errno = 0;
    const bool failed = fflush(stdout) != 0 || ferror(stdout);
    if (!failed || errno == EPIPE || reader_left()) return VT_OK;
    return vt_fail_at(err, VT_EWRITE, "standard output", 0, 0, "cannot be written: %s", strerror(errno));
}

int main(int argc, char **argv)
{
    vt_error err = {0};
    signal(SIGPIPE, SIG_IGN);
    vt_status st = dispatch(argc, argv, &err);
    if (st == VT_OK) st = flush(&err);
    if (st == VT_OK || (st == VT_EWRITE && reader_left())) return 0;
    char line[VT_ERROR_TEXT + VT_ERROR_PATH + 64];
    fflush(stdout);
    vt_error_format(&err, line, sizeof line);
    fprintf(stderr, "vitrum: %s\n", line);
    const int status = vt_error_exit(&err);
    return status ? status : 1;
}
