#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>

/* The command line: a table of commands, one table of options, what a parsed command line holds. */

/* What the options and words of one command line say. Pointers go into argv unless said otherwise. */
typedef struct cli_args {
    char **words; /* owned array: operands in order */
    size_t nwords;
    vt_setting *settings; /* owned array and keys: --set, --seed, --level, --replicates, --threads, in order */
    size_t nsettings;
    vt_setting *units; /* owned array and keys: --unit */
    size_t nunits;
    vt_setting *names; /* owned array and keys: --column */
    size_t nnames;
    const char *output; /* NULL: none */
    const char *alloy, *sheet;
    const char *man, *markdown, *completion; /* of the hidden command `docs` */
    int format;                              /* cli_format */
    int force, quiet, help, version;
    vt_common common;      /* of --seed, --level, --replicates, --threads, else defaults */
    uint64_t common_given; /* which of its rows */
    char *command_line;    /* owned: the whole line, to repeat it */
} cli_args;

typedef enum cli_format { CLI_TABLE, CLI_JSON, CLI_CSV } cli_format;

typedef enum cli_store {             /* where an option's value goes */
                         CLI_PARAM,  /* through the parameter row into cli_args */
                         CLI_PATH,   /* pointer at row.offset */
                         CLI_SET,    /* KEY=VALUE into settings */
                         CLI_UNIT,   /* NAME=UNIT into units */
                         CLI_COLUMN, /* NAME=HEADER into names */
                         CLI_COMMON  /* row of VT_COMMON_PARAMS with the option's name, kept as setting too */
} cli_store;

typedef struct cli_option {
    vt_param row;      /* name, type, default, choices, text, offset in cli_args */
    char letter;       /* short form; 0: none */
    const char *value; /* what stands after it in the help: "DIR"; NULL: a flag */
    cli_store store;
} cli_option;

/* Every option there is, ended by a row without name; a command names those it takes. */
extern const cli_option CLI_OPTIONS[];
const vt_param *cli_option_row(const cli_option *o); /* what explains it: o->row, or the row of VT_COMMON_PARAMS */

typedef struct cli_command {
    const char *name, *usage, *summary;
    const char *details;  /* paragraphs, separated by a newline */
    const char *options;  /* names of CLI_OPTIONS, separated by blanks */
    const char *examples; /* command lines, one a line, each may end in "  # what it does" */
    size_t words_low, words_high;
    vt_status (*run)(const cli_args *args, vt_error *err);
    bool hidden; /* not in the list of commands */
} cli_command;

extern const cli_command CMD_RUN, CMD_REDUCE, CMD_CALIBRATE, CMD_SIMULATE, CMD_PREDICT, CMD_MAP, CMD_ALLOY,
    CMD_DESCRIBE, CMD_VERIFY, CMD_HELP, CMD_DOCS;
extern const cli_command *const CLI_COMMANDS[]; /* NULL-terminated */
const cli_command *cli_command_find(const char *name);

/* Does the blank-separated list name the word? */
bool cli_names(const char *list, const char *word);

/* Parses the words after the command's name. Strict: an unknown option names the nearest one, a value
 * is parsed whole. On failure nothing is kept. */
vt_status cli_parse(const cli_command *command, int argc, char **argv, cli_args *args, vt_error *err);
void cli_args_free(cli_args *args);

/* Refusal of an unknown name: VT_EKEY that names the nearest known one, and how to list them all. */
vt_status cli_unknown(const char *what, const char *name, const char *const *known, const char *list_with,
                      vt_error *err);

/* The same for a word that is no command and no option of vitrum itself. */
vt_status cli_unknown_word(const char *word, vt_error *err);

/* Nearest of the NULL-terminated names; NULL if none is near. */
const char *cli_nearest(const char *const *known, const char *name);

/* Experiment, process or map by name, or the refusal. */
vt_status cli_experiment(const char *name, const vt_experiment **e, vt_error *err);
vt_status cli_forecast(vt_model_kind kind, const char *name, const vt_forecast **f, vt_error *err);

/* The experiment NAME_calibration that `vitrum calibrate NAME` runs; NULL: none. */
const vt_experiment *cli_calibration(const char *name);
/* Length of NAME in the name of such an experiment; 0: it is none. */
size_t cli_calibrated(const char *experiment);

/* What a command reads: files, and the tables of all of them. */
typedef struct cli_inputs {
    size_t nbooks;
    vt_book **books; /* owned */
    size_t n;
    const vt_table **tables; /* owned array; in the order of the files; [n] is NULL */
} cli_inputs;

/* Reads every file that the words from `first` on name, for a descriptor with these columns and forms, on --threads
 * threads. Both NULL: for none, and columns may lack their units. Free with cli_inputs_free, on failure, too. */
vt_status cli_read(const cli_args *args, size_t first, const vt_column *columns, const vt_form *forms, cli_inputs *in,
                   vt_error *err);
void cli_inputs_free(cli_inputs *in);
/* What a command asks of the library: its tables (NULL: none) and settings; borrows all of it. */
vt_request cli_request(const cli_args *args, const cli_inputs *in, const vt_card *card);

/* vitrum describe FILE...: what every file holds. */
vt_status cli_describe_files(const cli_args *args, vt_error *err);

/* The card that --alloy names; else the one that a setting `alloy`, else metadata of the first table (NULL: none)
 * names, if there is a card of that name; else NULL. */
vt_status cli_card(const cli_args *args, const vt_table *first, vt_card **card, vt_error *err);

/* Result to standard output in the format asked for; with -o also the folder. */
vt_status cli_result(const cli_args *args, const vt_result *r, vt_error *err);

/* Version and libraries, to out. */
void cli_version(FILE *out);
