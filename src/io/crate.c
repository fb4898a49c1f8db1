/* A result folder as an RO-Crate 1.1: ro-crate-metadata.json says what each file is, its size and checksum, and which
 * program made it from what (https://w3id.org/ro/crate/1.1). */
#include "io/crate_internal.h"
#include "io/file_internal.h"
#include "io/json_internal.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

static json_t *reference(const char *id, vt_status *st)
{
    json_t *o = json_object();
    vti_json_set(o, "@id", vti_json_text(id), st);
    return o;
}

static json_t *entity(const char *id, const char *type, const char *name, vt_status *st)
{
    json_t *o = reference(id, st);
    vti_json_set(o, "@type", json_string(type), st);
    if (name) vti_json_set(o, "name", vti_json_text(name), st);
    return o;
}

/* The day, UTC; of SOURCE_DATE_EPOCH if that is set, so that a crate can be made twice the same. */
static void day_of(char day[16])
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    long seconds = 0;
    time_t now = time(NULL);
    struct tm utc;
    if (epoch && vt_integer_read(epoch, 0, 253402300799, &seconds, NULL) == VT_OK) now = (time_t)seconds;
    if (!gmtime_r(&now, &utc) || strftime(day, 16, "%Y-%m-%d", &utc) == 0) strcpy(day, "1970-01-01");
}

/* ---- the entities that every crate has ---- */
static void add_frame(json_t *graph, const char *title, const char *command_line, const vti_crate_files *files,
                      vt_status *st)
{
    char day[16];
    json_t *metadata = entity("ro-crate-metadata.json", "CreativeWork", NULL, st);
    vti_json_set(metadata, "conformsTo", reference("https://w3id.org/ro/crate/1.1", st), st);
    vti_json_set(metadata, "about", reference("./", st), st);
    vti_json_append(graph, metadata, st);

    json_t *root = entity("./", "Dataset", title, st), *parts = json_array();
    json_t *words = json_sprintf("Results of vitrum %s: %s", VT_VERSION, command_line);
    vti_json_set(root, "description", words ? words : vti_json_text("Results of vitrum"), st);
    day_of(day);
    vti_json_set(root, "datePublished", json_string(day), st);
    vti_json_set(root, "hasPart", parts, st);
    for (size_t i = 0; i < files->n; i++) vti_json_append(parts, reference(files->file[i].id, st), st);
    vti_json_set(root, "mentions", reference("#run", st), st);
    vti_json_append(graph, root, st);

    json_t *program = entity("#vitrum", "SoftwareApplication", "vitrum", st);
    vti_json_set(program, "softwareVersion", json_string(VT_VERSION), st);
    vti_json_set(program, "description",
                 json_string("Properties, laws, maps and forecasts for metallic glass at micro and nano scale"), st);
    vti_json_append(graph, program, st);
}

static void add_files(json_t *graph, const vti_crate_files *files, vt_status *st)
{
    for (size_t i = 0; i < files->n; i++) {
        const vti_crate_file *f = &files->file[i];
        json_t *o = entity(f->id, "File", f->path, st);
        vti_json_set(o, "contentSize", json_sprintf("%llu", (unsigned long long)f->size), st);
        vti_json_set(o, "encodingFormat", json_string(f->format), st);
        vti_json_set(o, "sha256", json_string(f->sha256), st);
        vti_json_append(graph, o, st);
    }
}

/* ---- the run, with the inputs that result.json names ---- */
static void add_inputs(json_t *graph, json_t *objects, const char *dir, vt_status *st)
{
    char path[VTI_CRATE_PATH], id[32];
    snprintf(path, sizeof path, "%s/result.json", dir);
    json_t *result = json_load_file(path, JSON_REJECT_DUPLICATES, NULL); /* none in a folder of other things */
    const json_t *inputs = json_object_get(result, "inputs");
    for (size_t i = 0; i < json_array_size(inputs); i++) {
        const json_t *in = json_array_get(inputs, i);
        const char *name = json_string_value(json_object_get(in, "path"));
        const char *sum = json_string_value(json_object_get(in, "sha256"));
        if (!name) continue;
        snprintf(id, sizeof id, "#input-%zu", i + 1);
        json_t *o = entity(id, "CreativeWork", name, st);
        if (sum) vti_json_set(o, "sha256", json_string(sum), st);
        vti_json_append(graph, o, st);
        vti_json_append(objects, reference(id, st), st);
    }
    json_decref(result);
}

static void add_run(json_t *graph, const char *command_line, const char *dir, const vti_crate_files *files,
                    vt_status *st)
{
    json_t *run = entity("#run", "CreateAction", command_line, st), *objects = json_array(), *results = json_array();
    vti_json_set(run, "instrument", reference("#vitrum", st), st);
    vti_json_set(run, "object", objects, st);
    vti_json_set(run, "result", results, st);
    for (size_t i = 0; i < files->n; i++) vti_json_append(results, reference(files->file[i].id, st), st);
    add_inputs(graph, objects, dir, st);
    vti_json_append(graph, run, st);
}

/* sha256 came to schema.org after RO-Crate 1.1; the term is that of the Workflow Run profile. */
static json_t *context(vt_status *st)
{
    json_t *list = json_array(), *terms = json_object();
    vti_json_append(list, json_string("https://w3id.org/ro/crate/1.1/context"), st);
    vti_json_set(terms, "sha256", json_string("https://w3id.org/ro/terms/workflow-run#sha256"), st);
    vti_json_append(list, terms, st);
    return list;
}

vt_status vt_crate_write(const char *dir, const char *title, const char *command_line, vt_error *err)
{
    char path[VTI_CRATE_PATH];
    vti_crate_files files = {0};
    vti_file_out out = {0};
    json_t *root = NULL;
    if (!dir || !title || !command_line) return vt_fail(err, VT_EARG, "dir, title or command_line is NULL");
    vt_status st;
    VT_TRY(st = vti_crate_list(dir, &files, err));
    root = json_object();
    json_t *graph = json_array();
    vti_json_set(root, "@context", context(&st), &st);
    vti_json_set(root, "@graph", graph, &st);
    add_frame(graph, title, command_line, &files, &st);
    add_run(graph, command_line, dir, &files, &st);
    add_files(graph, &files, &st);
    if (st != VT_OK) {
        vt_fail(err, st, "the description of %.300s cannot be made", dir);
        goto done;
    }
    snprintf(path, sizeof path, "%s/ro-crate-metadata.json", dir);
    VT_TRY(st = vti_file_begin(&out, path, err));
    VT_TRY(st = vti_json_write(root, out.stream, err));
    st = vti_file_commit(&out, err);
done:
    vti_file_abandon(&out);
    json_decref(root);
    vti_crate_free(&files);
    return st;
}
