/* A result folder is written whole or not at all. */
#include "check.h"
#include <dirent.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vitrum/io.h>

static char top[] = "test_folder_XXXXXX"; /* holds everything */
static char path[512];

static const char *in_top(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", top, name);
    return path;
}

static void put(const char *dir, const char *name, const char *text)
{
    char file[2048];
    snprintf(file, sizeof file, "%s/%s", dir, name);
    FILE *out = fopen(file, "w");
    CHECK(out != NULL);
    if (!out) return;
    fputs(text, out);
    fclose(out);
}

static int holds(const char *name, const char *text)
{
    char read[64] = "";
    FILE *in = fopen(in_top(name), "r");
    if (!in) return 0;
    const size_t n = fread(read, 1, sizeof read - 1, in);
    read[n] = '\0';
    fclose(in);
    return strcmp(read, text) == 0;
}

static int entries(const char *dir)
{
    int n = 0;
    DIR *d = opendir(dir);
    for (const struct dirent *e; d && (e = readdir(d)) != NULL;) n += e->d_name[0] != '.' || strlen(e->d_name) > 2;
    if (d) closedir(d);
    return n;
}

static vt_status good(const char *dir, void *context, vt_error *err)
{
    (void)err;
    char deeper[1024];
    put(dir, "result.json", context);
    snprintf(deeper, sizeof deeper, "%s/curves", dir);
    CHECK(mkdir(deeper, 0777) == 0);
    put(deeper, "a.csv", "x\n");
    return VT_OK;
}

static vt_status bad(const char *dir, void *context, vt_error *err)
{
    good(dir, context, err);
    return vt_fail(err, VT_ENOCONV, "the fit failed after half of the files");
}

static vt_status killed(const char *dir, void *context, vt_error *err)
{
    good(dir, context, err);
    _exit(9);
}

static void a_folder_appears_whole(void)
{
    vt_error err = {0};
    struct stat info;
    char one[] = "one";
    CHECK_OK(vt_folder_write(in_top("new/run//"), false, good, one, &err), &err); /* parent made, slashes dropped */
    CHECK(holds("new/run/result.json", "one") && holds("new/run/curves/a.csv", "x\n"));
    CHECK(entries(in_top("new")) == 1); /* no temporary folder left */
    const mode_t mask = umask(0);
    umask(mask);
    CHECK(stat(in_top("new/run"), &info) == 0 && (info.st_mode & 0777) == (0777 & ~mask)); /* readable by others */
}

static void an_existing_folder_needs_force(void)
{
    vt_error err = {0};
    char one[] = "one", two[] = "two";
    CHECK_OK(vt_folder_write(in_top("f"), false, good, one, &err), &err);
    CHECK(vt_folder_write(in_top("f"), false, good, two, &err) == VT_EEXISTS);
    CHECK_TEXT(err.msg, "exists already; --force replaces it");
    CHECK(vt_error_exit(&err) == 2 && holds("f/result.json", "one"));
    put(in_top("f"), "stale.csv", "old");
    CHECK_OK(vt_folder_write(in_top("f"), true, good, two, &err), &err);
    CHECK(holds("f/result.json", "two") && !holds("f/stale.csv", "old") && entries(in_top("f")) == 2);
}

static void a_failure_leaves_nothing_or_the_old(void)
{
    vt_error err = {0};
    char one[] = "one", two[] = "two";
    const int before = entries(top);
    CHECK(vt_folder_write(in_top("g"), false, bad, one, &err) == VT_ENOCONV);
    CHECK_TEXT(err.msg, "after half of the files");
    CHECK(entries(top) == before);
    CHECK_OK(vt_folder_write(in_top("g"), false, good, one, &err), &err);
    CHECK(vt_folder_write(in_top("g"), true, bad, two, &err) == VT_ENOCONV);
    CHECK(holds("g/result.json", "one") && entries(top) == before + 1);
}

static void a_killed_run_leaves_no_folder(void)
{
    char one[] = "one";
    in_top("k");
    const pid_t child = fork();
    if (child == 0) {
        vt_folder_write(path, false, killed, one, NULL);
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 9);
    struct stat info;
    CHECK(stat(in_top("k"), &info) != 0);
}

static void force_replaces_results_only(void)
{
    vt_error err = {0};
    char one[] = "one";
    CHECK(mkdir(in_top("home"), 0777) == 0);
    put(in_top("home"), "thesis.tex", "words");
    CHECK(vt_folder_write(in_top("home"), true, good, one, &err) == VT_EEXISTS);
    CHECK_TEXT(err.msg, "is not a result folder");
    CHECK(holds("home/thesis.tex", "words"));
    CHECK(vt_folder_write(in_top("home/thesis.tex"), true, good, one, &err) == VT_EEXISTS);
    CHECK_TEXT(err.msg, "is not a folder");
    CHECK(vt_folder_write(in_top("home/.."), true, good, one, &err) == VT_EEXISTS);
    CHECK(vt_folder_write("/", true, good, one, &err) == VT_EEXISTS);
    CHECK(vt_folder_write(".", true, good, one, &err) == VT_EEXISTS);
    CHECK(mkdir(in_top("empty"), 0777) == 0);
    CHECK(vt_folder_write(in_top("empty"), false, good, one, &err) == VT_EEXISTS);
    CHECK_OK(vt_folder_write(in_top("empty"), true, good, one, &err), &err);
    CHECK(holds("empty/result.json", "one"));
}

static void links_are_not_followed(void)
{
    vt_error err = {0};
    char one[] = "one", two[] = "two", target[600];
    CHECK(mkdir(in_top("precious"), 0777) == 0);
    put(in_top("precious"), "data.csv", "1");
    CHECK_OK(vt_folder_write(in_top("l"), false, good, one, &err), &err);
    snprintf(target, sizeof target, "%s", in_top("l/link"));
    CHECK(symlink("../precious", target) == 0);
    CHECK_OK(vt_folder_write(in_top("l"), true, good, two, &err), &err);
    CHECK(holds("precious/data.csv", "1") && holds("l/result.json", "two"));
}

static void nonsense_is_refused(void)
{
    vt_error err = {0};
    CHECK(vt_folder_write(NULL, false, good, NULL, &err) == VT_EARG);
    CHECK(vt_folder_write("x", false, NULL, NULL, &err) == VT_EARG);
    CHECK(vt_folder_write("", false, good, NULL, &err) == VT_EARG);
    CHECK(vt_folder_write("/proc/no_such_place/x", false, good, NULL, &err) == VT_EWRITE);
}

static int begin(void **state)
{
    (void)state;
    return mkdtemp(top) ? 0 : -1;
}

/* Removal by the code under test: a result folder replaced by an empty one. */
static vt_status nothing(const char *dir, void *context, vt_error *err)
{
    (void)dir, (void)context, (void)err;
    return VT_OK;
}

static int end(void **state)
{
    (void)state;
    put(top, "result.json", "");
    return vt_folder_write(top, true, nothing, NULL, NULL) == VT_OK && rmdir(top) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(a_folder_appears_whole),
                                       CHECK_CASE(an_existing_folder_needs_force),
                                       CHECK_CASE(a_failure_leaves_nothing_or_the_old),
                                       CHECK_CASE(a_killed_run_leaves_no_folder),
                                       CHECK_CASE(force_replaces_results_only),
                                       CHECK_CASE(links_are_not_followed),
                                       CHECK_CASE(nonsense_is_refused)};
    return cmocka_run_group_tests(tests, begin, end);
}
