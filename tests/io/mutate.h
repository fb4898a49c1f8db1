#pragma once
/* Damaged files: at least a thousand deterministic mutations of a file's bytes, each given to a reader, which must read
 * it or refuse it with code and words, in bounded time and memory. Usage:
 *
 *   #include "check.h"
 *   #include "io/mutate.h"
 *   static void damaged_files_are_refused(void)
 *   {
 *       const mutate_job job = {.name = "made-up .hld", .bytes = TEXT, .size = strlen(TEXT), .count = MUTATE_COUNT};
 *       const mutate_counts c = mutate_run(&job); // failures are CHECK failures
 *       CHECK(c.refused > 100);                   // the mutations did bite
 *   }
 *
 * A crash or hang names the mutation (number, kind, place) before the test dies. Include it in one source of a test
 * program only: it replaces malloc and its like to count them (not under sanitizers, where memory is not looked at, nor
 * outside glibc). Memory is that of this process: a reader that works in a child of its own must bound the child. */
#include "check.h"
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>
#include <vitrum/io.h>

enum {
    MUTATE_COUNT = 1000,      /* mutations of one file, at least */
    MUTATE_SECONDS = 60,      /* for one mutation: a reader that takes longer hangs */
    MUTATE_TIMES = 10,        /* memory for one byte of the file, the file itself included */
    MUTATE_CONSTANT = 1 << 20 /* bytes beside that: head of the file, tables of libraries, error texts */
};

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !__has_feature(address_sanitizer) && !__has_feature(memory_sanitizer) && !__has_feature(thread_sanitizer)
#define MUTATE_COUNTS_MEMORY 1
#else
#define MUTATE_COUNTS_MEMORY 0
#endif

/* ---- memory: what this program has allocated, and the most of it ---- */
static long long mutate_now, mutate_most; /* bytes; atomic */

#if MUTATE_COUNTS_MEMORY
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

static void mutate_account(long long bytes)
{
    const long long now = __atomic_add_fetch(&mutate_now, bytes, __ATOMIC_RELAXED);
    long long most = __atomic_load_n(&mutate_most, __ATOMIC_RELAXED);
    while (now > most &&
           !__atomic_compare_exchange_n(&mutate_most, &most, now, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
    }
}

static void *mutate_taken(void *p)
{
    if (p) mutate_account((long long)malloc_usable_size(p));
    return p;
}

void *malloc(size_t n)
{
    return mutate_taken(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
    return mutate_taken(__libc_calloc(n, size));
}

/* Old and new count together for a moment, as they may in memory. */
void *realloc(void *old, size_t n)
{
    const long long before = old ? (long long)malloc_usable_size(old) : 0;
    void *p = __libc_realloc(old, n);
    if (p) mutate_taken(p);
    if (p || n == 0) mutate_account(-before);
    return p;
}

void free(void *p)
{
    if (p) mutate_account(-(long long)malloc_usable_size(p));
    __libc_free(p);
}

void *memalign(size_t alignment, size_t n)
{
    return mutate_taken(__libc_memalign(alignment, n));
}

void *aligned_alloc(size_t alignment, size_t n)
{
    return mutate_taken(__libc_memalign(alignment, n));
}

int posix_memalign(void **p, size_t alignment, size_t n)
{
    void *new = __libc_memalign(alignment, n);
    if (!new) return ENOMEM;
    *p = mutate_taken(new);
    return 0;
}
#endif

/* Runs `body` and gives the most bytes that were allocated during it beyond what was before; 0 where not counted. */
static inline size_t mutate_peak(void (*body)(void *context), void *context)
{
    const long long before = __atomic_load_n(&mutate_now, __ATOMIC_RELAXED);
    __atomic_store_n(&mutate_most, before, __ATOMIC_RELAXED);
    body(context);
    const long long peak = __atomic_load_n(&mutate_most, __ATOMIC_RELAXED) - before;
    return peak > 0 ? (size_t)peak : 0;
}

/* ---- the job ---- */
typedef struct mutate_job {
    const char *name; /* of the file, for messages */
    const void *bytes;
    size_t size;
    size_t count; /* mutations, MUTATE_COUNT or more; fewer only where the same reader gets them elsewhere */
    /* Reads the bytes and says how it went; NULL: vt_book_parse with `options`, and every value of every table. */
    vt_status (*parse)(void *context, const unsigned char *bytes, size_t size, vt_error *err);
    void *context;
    const vt_read_options *options; /* of vt_book_parse; NULL: defaults */
    size_t seed;                    /* another one, other mutations */
} mutate_job;

typedef struct mutate_counts {
    size_t accepted, refused;
    size_t peak; /* bytes beside the file, the most of all mutations */
} mutate_counts;

/* Every value and text of a book, so that a sanitizer sees a table that promises more than it has. */
static inline double mutate_touch(const vt_book *book)
{
    double sum = 0.0;
    for (size_t i = 0; i < vt_book_tables(book); i++) {
        const vt_table *t = vt_book_table(book, i);
        for (size_t c = 0; c < vt_table_columns(t); c++)
            for (size_t r = 0; r < vt_table_rows(t); r++)
                sum +=
                    vt_table_column_is_text(t, c) ? (double)strlen(vt_table_text(t, c, r)) : vt_table_values(t, c)[r];
        for (size_t k = 0; k < vt_table_metas(t); k++) sum += (double)strlen(vt_table_meta(t, k).text);
        for (size_t k = 0; k < vt_table_notes(t); k++) sum += (double)strlen(vt_table_note(t, k));
    }
    for (size_t i = 0; i < vt_book_ignored(book); i++) sum += (double)strlen(vt_book_ignored_text(book, i));
    return sum;
}

static inline vt_status mutate_book(const vt_read_options *options, const unsigned char *bytes, size_t size,
                                    vt_error *err)
{
    vt_book *book = NULL;
    const vt_status st = vt_book_parse("mutated", bytes, size, options, &book, err);
    if (st == VT_OK) {
        volatile double sum = mutate_touch(book);
        (void)sum;
        if (vt_book_tables(book) == 0) CHECK_FAILED("a book without a table is called read");
    } else if (book) {
        CHECK_FAILED("a refused file leaves a book");
    }
    vt_book_free(book);
    return st;
}

/* ---- mutations ---- */
static char mutate_what[256]; /* the one that runs, for the handler */

static inline void mutate_died(int signal_number)
{
    const char *why = signal_number == SIGALRM ? "\nhangs at " : "\ndies at ";
    if (write(STDERR_FILENO, why, strlen(why)) < 0 || write(STDERR_FILENO, mutate_what, strlen(mutate_what)) < 0 ||
        write(STDERR_FILENO, "\n", 1) < 0)
        _exit(3);
    signal(signal_number, SIG_DFL);
    raise(signal_number == SIGALRM ? SIGABRT : signal_number);
}

/* splitmix64 (Steele, Lea, Flood 2014), public domain constants. */
static inline uint64_t mutate_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static inline size_t mutate_below(uint64_t *state, size_t n)
{
    return n > 0 ? (size_t)(mutate_random(state) % n) : 0;
}

/* A place in the file: anywhere, or (every other time) in the first or last 4 KiB, where heads and directories lie. */
static inline size_t mutate_place(uint64_t *state, size_t size)
{
    const size_t near = size < 4096 ? size : 4096;
    switch (mutate_below(state, 4)) {
    case 0: return mutate_below(state, near);
    case 1: return size - 1 - mutate_below(state, near);
    default: return mutate_below(state, size);
    }
}

enum {
    MUTATE_CUT,
    MUTATE_BIT,
    MUTATE_BITS,
    MUTATE_ZEROS,
    MUTATE_ONES,
    MUTATE_NUMBER,
    MUTATE_CHARACTER,
    MUTATE_REMOVE,
    MUTATE_REPEAT,
    MUTATE_SWAP,
    MUTATE_KINDS
};
static const char *const MUTATE_NAMES[MUTATE_KINDS] = {"cut",    "bit",       "bits",    "zeros",    "0xFF",
                                                       "number", "character", "removed", "repeated", "swapped"};

/* In place, without change of length. */
static inline void mutate_overwrite(int kind, uint64_t *state, unsigned char *b, size_t size, size_t at)
{
    static const char TELLING[] = "\n\t\r\",;#[]:=-+.eE9\0\x80\xB5\xFF<>&";
    static const uint32_t NUMBERS[] = {0, 1, 2, 255, 65535, 65536, 0x7FFFFFFF, 0x80000000u, 0xFFFFFFFEu, 1000000};
    const size_t left = size - at;
    size_t n = (size_t)1 << mutate_below(state, kind == MUTATE_ONES ? 5 : 12);
    if (n > left) n = left;
    if (kind == MUTATE_BIT) b[at] ^= (unsigned char)(1 << mutate_below(state, 8));
    for (size_t k = 2 + mutate_below(state, 15); kind == MUTATE_BITS && k > 0; k--)
        b[mutate_place(state, size)] ^= (unsigned char)(1 << mutate_below(state, 8));
    if (kind == MUTATE_ZEROS) memset(b + at, 0, n);
    if (kind == MUTATE_ONES) memset(b + at, 0xFF, n);
    if (kind == MUTATE_CHARACTER) b[at] = (unsigned char)TELLING[mutate_below(state, sizeof TELLING - 1)];
    if (kind == MUTATE_NUMBER) { /* little-endian, 2 or 4 bytes */
        const uint32_t v = NUMBERS[mutate_below(state, sizeof NUMBERS / sizeof *NUMBERS)];
        for (size_t k = 0; k < (mutate_below(state, 2) ? 2u : 4u) && k < left; k++)
            b[at + k] = (unsigned char)(v >> 8 * k);
    }
    if (kind == MUTATE_SWAP) {
        const size_t from = mutate_place(state, size);
        for (size_t k = 0; k < n && from + k < size; k++) {
            const unsigned char c = b[at + k];
            b[at + k] = b[from + k];
            b[from + k] = c;
        }
    }
}

/* Mutation i of the job, malloc'd to its exact length. */
static inline unsigned char *mutate_make(const mutate_job *job, size_t i, size_t *size)
{
    uint64_t state = (uint64_t)i * 0x100000001B3u + job->seed;
    const int kind = (int)(i % MUTATE_KINDS);
    const unsigned char *from = job->bytes;
    size_t at = mutate_place(&state, job->size), n = (size_t)1 << mutate_below(&state, 14);
    if (kind == MUTATE_CUT && i / MUTATE_KINDS % 2) /* evenly over the file, beside those near its ends */
        at = (size_t)((double)job->size * (double)i / (double)(job->count ? job->count : 1));
    if (at >= job->size) at = job->size - 1;
    if (n > job->size - at) n = job->size - at;
    *size = kind == MUTATE_CUT      ? at
            : kind == MUTATE_REMOVE ? job->size - n
            : kind == MUTATE_REPEAT ? job->size + n
                                    : job->size;
    snprintf(mutate_what, sizeof mutate_what, "mutation %zu (%s) at byte %zu, %zu bytes long, of %s", i,
             MUTATE_NAMES[kind], at, n, job->name);
    unsigned char *b = malloc(*size ? *size : 1);
    if (!b) return NULL;
    memcpy(b, from, kind == MUTATE_REMOVE || kind == MUTATE_REPEAT ? at : *size);
    if (kind == MUTATE_REMOVE) memcpy(b + at, from + at + n, job->size - at - n);
    if (kind == MUTATE_REPEAT) {
        memcpy(b + at, from + at, n);
        memcpy(b + at + n, from + at, job->size - at);
    }
    if (kind != MUTATE_CUT && kind != MUTATE_REMOVE && kind != MUTATE_REPEAT)
        mutate_overwrite(kind, &state, b, *size, at);
    return b;
}

/* ---- one after the other ---- */
struct mutate_one {
    const mutate_job *job;
    const unsigned char *bytes;
    size_t size;
    vt_status st;
    vt_error err;
};

static inline void mutate_read(void *context)
{
    struct mutate_one *m = context;
    m->st = m->job->parse ? m->job->parse(m->job->context, m->bytes, m->size, &m->err)
                          : mutate_book(m->job->options, m->bytes, m->size, &m->err);
}

static inline void mutate_judge(const struct mutate_one *m, size_t file, size_t peak)
{
    const size_t limit = (MUTATE_TIMES - 1) * file + MUTATE_CONSTANT; /* the file itself is the other byte */
    if (m->st != VT_OK && (m->err.code != m->st || !m->err.msg[0]))
        CHECK_FAILED("status %s, error %s '%s': %s", vt_status_name(m->st), vt_status_name(m->err.code), m->err.msg,
                     mutate_what);
    if (m->st == VT_EINTERNAL) CHECK_FAILED("a damaged file is called our defect, '%s': %s", m->err.msg, mutate_what);
    if (m->st != VT_OK && strchr(m->err.msg, '\n')) CHECK_FAILED("a message of several lines: %s", mutate_what);
    if (peak > limit)
        CHECK_FAILED("%zu bytes of memory for %zu bytes of file (limit %zu): %s", peak, file, limit, mutate_what);
}

/* The file as it is must pass the same limits (read or refused), then every mutation of it. */
static inline mutate_counts mutate_run(const mutate_job *job)
{
    static const int DEADLY[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    mutate_counts c = {0};
    signal(SIGALRM, mutate_died);
    for (size_t k = 0; MUTATE_COUNTS_MEMORY && k < sizeof DEADLY / sizeof *DEADLY; k++) signal(DEADLY[k], mutate_died);
    if (!job->bytes || job->size < 2) {
        CHECK_FAILED("nothing to mutate");
        return c;
    }
    for (size_t i = 0; i <= job->count; i++) { /* the last one: unchanged */
        struct mutate_one m = {.job = job, .size = job->size, .bytes = job->bytes};
        unsigned char *own = i < job->count ? mutate_make(job, i, &m.size) : NULL;
        if (i < job->count && !own) CHECK_FAILED("no memory for a mutation");
        if (own) m.bytes = own;
        if (!own) snprintf(mutate_what, sizeof mutate_what, "the unchanged %s", job->name);
        alarm(MUTATE_SECONDS);
        const size_t peak = mutate_peak(mutate_read, &m);
        alarm(0);
        mutate_judge(&m, m.size, peak);
        if (own) *(m.st == VT_OK ? &c.accepted : &c.refused) += 1;
        if (peak > c.peak) c.peak = peak;
        free(own);
    }
    fprintf(stderr, "%s: %zu mutations: %zu read, %zu refused; memory at most %.2f x the file beside it%s\n", job->name,
            job->count, c.accepted, c.refused, (double)c.peak / (double)job->size,
            MUTATE_COUNTS_MEMORY ? "" : " (not counted)");
    for (size_t k = 0; MUTATE_COUNTS_MEMORY && k < sizeof DEADLY / sizeof *DEADLY; k++) signal(DEADLY[k], SIG_DFL);
    return c;
}

/* A whole file into memory ($VITRUM_DATA/relative), malloc'd; NULL, said aloud and counted as failure, if it is not
 * there. For real files; guard with check_real_files(). */
static inline unsigned char *mutate_load(const char *relative, size_t *size)
{
    char path[1024], *text = NULL;
    vt_error err = {0};
    const char *root = check_real_files();
    if (!root) return NULL;
    snprintf(path, sizeof path, "%s/%s", root, relative);
    CHECK_OK(vt_file_text(path, (size_t)1 << 29, &text, size, &err), &err);
    return (unsigned char *)text;
}
