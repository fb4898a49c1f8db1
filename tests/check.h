#pragma once
/* Numerical checks on top of cmocka. A failed check prints where and what, counts, and lets the
 * test go on; CHECK_RUN then fails the test. Usage:
 *
 *   static void law_has_its_limit(void) { CHECK_REL(f(x), 2.5, 1e-12); }
 *   CHECK_MAIN(CHECK_CASE(law_has_its_limit), ...)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static int check_failures;

#define CHECK_FAILED(...) \
    do { \
        check_failures++; \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
        fprintf(stderr, __VA_ARGS__); \
        fputc('\n', stderr); \
    } while (0)

#define CHECK(cond) \
    do { \
        if (!(cond)) CHECK_FAILED("not true: %s", #cond); \
    } while (0)

/* |a - b| <= tol */
#define CHECK_ABS(a, b, tol) \
    do { \
        const double check_a = (a), check_b = (b), check_t = (tol); \
        if (!(fabs(check_a - check_b) <= check_t)) \
            CHECK_FAILED("%s = %.17g, expected %.17g +- %g (off by %g)", #a, check_a, check_b, check_t, \
                         check_a - check_b); \
    } while (0)

/* |a/b - 1| <= tol; b must not be 0 */
#define CHECK_REL(a, b, tol) \
    do { \
        const double check_a = (a), check_b = (b), check_t = (tol); \
        if (!(fabs(check_a / check_b - 1.0) <= check_t)) \
            CHECK_FAILED("%s = %.17g, expected %.17g to %g relative (off by %g)", #a, check_a, check_b, check_t, \
                         check_a / check_b - 1.0); \
    } while (0)

/* low <= a <= high */
#define CHECK_BAND(a, low, high) \
    do { \
        const double check_a = (a), check_l = (low), check_h = (high); \
        if (!(check_a >= check_l && check_a <= check_h)) \
            CHECK_FAILED("%s = %.17g, expected in [%g, %g]", #a, check_a, check_l, check_h); \
    } while (0)

/* text contains part */
#define CHECK_TEXT(text, part) \
    do { \
        const char *check_s = (text), *check_p = (part); \
        if (!check_s || !strstr(check_s, check_p)) \
            CHECK_FAILED("\"%s\" does not contain \"%s\"", check_s ? check_s : "(null)", check_p); \
    } while (0)

/* status is OK, else print the error */
#define CHECK_OK(call, err) \
    do { \
        if ((call) != VT_OK) CHECK_FAILED("%s: %s: %s", #call, vt_status_name((err)->code), (err)->msg); \
    } while (0)

static inline void check_case(void **state)
{
    void (*body)(void) = *(void (**)(void)) * state;
    check_failures = 0;
    body();
    if (check_failures) fail_msg("%d check(s) failed", check_failures);
}

typedef void (*check_body)(void);

#define CHECK_CASE(body) \
    { \
        .name = #body, .test_func = check_case, .initial_state = &(check_body) \
        { \
            body \
        } \
    }
#define CHECK_MAIN(...) \
    int main(void) \
    { \
        const struct CMUnitTest tests[] = {__VA_ARGS__}; \
        return cmocka_run_group_tests(tests, NULL, NULL); \
    }

/* Exit status of a test that did not look at anything: CTest lists it as skipped, by name. */
enum { CHECK_SKIPPED = 77 };

/* Folder of real instrument files ($VITRUM_DATA), or NULL, said aloud: main then returns CHECK_SKIPPED. */
static inline const char *check_real_files(void)
{
    struct stat folder;
    const char *root = getenv("VITRUM_DATA");
    if (root && stat(root, &folder) == 0 && S_ISDIR(folder.st_mode)) return root;
    fprintf(stderr, "SKIPPED: no real instrument files at %s; set VITRUM_DATA to their folder\n",
            root ? root : "(unset)");
    return NULL;
}
