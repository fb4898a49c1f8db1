#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Progress of long work on standard error, only if that is a terminal and not quiet. */
void vt_progress_quiet(bool quiet); /* process-wide switch, set once by the command line */
void vt_progress_update(const char *label, size_t done, size_t total); /* thread-safe, at most 10 draws per second */
void vt_progress_end(const char *label);                               /* erases the bar */
