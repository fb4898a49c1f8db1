/* Progress bar on standard error: one line, redrawn, only on a terminal. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include <vitrum/progress.h>

/* What the terminal shows is one for the whole process. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool quiet_all;
static bool shown;
static double last_draw;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void vt_progress_quiet(bool quiet)
{
    pthread_mutex_lock(&lock);
    quiet_all = quiet;
    pthread_mutex_unlock(&lock);
}

static void draw(const char *label, size_t done, size_t total)
{
    enum { WIDTH = 30 };
    const double part = total > 0 ? (double)(done < total ? done : total) / (double)total : 0.0;
    const int full = (int)(part * WIDTH);
    fprintf(stderr, "\r%-24.24s [", label);
    for (int i = 0; i < WIDTH; i++) fputc(i < full ? '=' : ' ', stderr);
    fprintf(stderr, "] %3d %%", (int)(100.0 * part));
    fflush(stderr);
}

void vt_progress_update(const char *label, size_t done, size_t total)
{
    if (!label || !isatty(STDERR_FILENO)) return;
    pthread_mutex_lock(&lock);
    const double t = now();
    if (!quiet_all && t - last_draw >= 0.1) {
        last_draw = t;
        shown = true;
        draw(label, done, total);
    }
    pthread_mutex_unlock(&lock);
}

void vt_progress_end(const char *label)
{
    if (!label || !isatty(STDERR_FILENO)) return;
    pthread_mutex_lock(&lock);
    if (shown) fputs("\r\033[K", stderr);
    fflush(stderr);
    shown = false;
    last_draw = 0.0;
    pthread_mutex_unlock(&lock);
}
