#pragma once
#include "cli.h"

/* Prints the completion script of a shell: "bash", "zsh" or "fish". VT_EUSAGE otherwise. */
vt_status completion_write(const char *shell, FILE *out, vt_error *err);
