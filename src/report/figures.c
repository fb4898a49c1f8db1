/* Figures of results: data, script, SVG and PNG. */
#include "figures_internal.h"
#include "figure_internal.h"
#include "svg_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>

enum { FILE_MAX = 64 << 20 }; /* bytes of one file of a figure */

static vt_status folder_of(char out[VT_ERROR_PATH], const char *folder, vt_error *err)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
    const char *f = folder ? folder : "";
    if (f[0] == '/' || f[0] == '-' || strstr(f, "..") || strstr(f, "//") || f[strspn(f, good)] != '\0' ||
        strlen(f) > VT_ERROR_PATH / 2 || (f[0] && f[strlen(f) - 1] == '/'))
        return vt_fail(err, VT_EINTERNAL, "section folder \"%.200s\" is not a plain path below the folder of the page",
                       f);
    snprintf(out, VT_ERROR_PATH, "%s%sfigures", f, f[0] ? "/" : "");
    return VT_OK;
}

vt_status vti_drawings_add(vti_drawing **d, size_t *n, const vt_result *r, const char *folder, vt_error *err)
{
    char place[VT_ERROR_PATH];
    const size_t more = vt_result_figures(r);
    const vt_status st = folder_of(place, folder, err);
    if (st != VT_OK || more == 0) return st;
    vti_drawing *grown = realloc(*d, (*n + more) * sizeof *grown);
    if (!grown) return vt_fail(err, VT_EMEMORY, "out of memory for %zu figures", *n + more);
    *d = grown;
    for (size_t i = 0; i < more; i++) {
        const vt_figure *f = vt_result_figure(r, i);
        for (size_t k = 0; k < *n; k++)
            if (strcmp(grown[k].script.name, f->name) == 0 && strcmp(grown[k].script.folder, place) == 0)
                return vt_fail(err, VT_EINTERNAL, "two figures would be %s/%s", place, f->name);
        vti_drawing *at = &grown[(*n)++];
        *at = (vti_drawing){.r = r, .f = f, .script.name = f->name};
        memcpy(at->script.folder, place, sizeof place);
    }
    return VT_OK;
}

static vt_status save(const char *dir, const vti_drawing *d, const char *ending, const vti_text *text, vt_error *err)
{
    char name[VT_ERROR_PATH + VT_NAME + 16];
    snprintf(name, sizeof name, "%s/%s%s", d->script.folder, d->f->name, ending);
    return vti_text_save(text, dir, name, err);
}

vt_status vti_drawing_read(const char *dir, const vti_drawing *d, const char *ending, vti_text *text, vt_error *err)
{
    char name[VT_ERROR_PATH + VT_NAME + 16];
    snprintf(name, sizeof name, "%s/%s%s", d->script.folder, d->f->name, ending);
    return vti_text_read(text, dir, name, FILE_MAX, err);
}

/* A picture of an earlier run must not pass for this one's. */
static void forget(const char *dir, const vti_drawing *d)
{
    static const char *const endings[] = {".svg", ".png"};
    char path[3 * VT_ERROR_PATH];
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s/%s%s", dir, d->script.folder, d->f->name, endings[i]);
        remove(path);
    }
}

static vt_status write_sources(const char *dir, vti_drawing *d, vti_plot *plot, vt_error *err)
{
    char path[3 * VT_ERROR_PATH];
    vti_text csv = {0}, gp = {0};
    vt_status st;
    VT_TRY(st = vti_plot_prepare(d->r, d->f, plot, err));
    d->height = plot->height;
    snprintf(path, sizeof path, "%s/%s", dir, d->script.folder);
    VT_TRY(st = vt_folder_make(path, err));
    vti_plot_data(plot, &csv);
    vti_plot_script(plot, &gp);
    forget(dir, d);
    VT_TRY(st = save(dir, d, ".csv", &csv, err));
    VT_TRY(st = save(dir, d, ".gp", &gp, err));
done:
    vti_text_free(&csv);
    vti_text_free(&gp);
    return st;
}

/* gnuplot signs its SVG: "Produced by GNUPLOT 5.4 patchlevel 4". */
static void note_version(vti_drawing *d, const char *svg)
{
    static const char before[] = "Produced by GNUPLOT ";
    const char *at = svg ? strstr(svg, before) : NULL;
    if (!at) return;
    at += strlen(before);
    snprintf(d->drawn_by, sizeof d->drawn_by, "gnuplot %.*s", (int)strspn(at, "0123456789. abcdehlptv"), at);
    for (size_t n = strlen(d->drawn_by); n > 0 && d->drawn_by[n - 1] == ' ';) d->drawn_by[--n] = '\0';
}

static vt_status clean(const char *dir, vti_drawing *d, vt_error *err)
{
    vti_text raw = {0}, neat = {0};
    const vti_svg how = {
        .title = d->f->title, .desc = d->f->alt, .prefix = d->f->name, .width = VTI_WIDTH, .height = d->height};
    vt_status st;
    VT_TRY(st = vti_drawing_read(dir, d, ".svg", &raw, err));
    note_version(d, raw.s);
    VT_TRY(st = vti_svg_clean(raw.s, raw.n, &how, &neat, err));
    VT_TRY(st = save(dir, d, ".svg", &neat, err));
done:
    vti_text_free(&raw);
    vti_text_free(&neat);
    return st;
}

static vt_status draw_all(const char *dir, size_t n, vti_drawing *d, vt_render *done_, vt_error *err)
{
    vt_status st;
    vti_script *scripts = calloc(n, sizeof *scripts);
    if (!scripts) return vt_fail(err, VT_EMEMORY, "out of memory for %zu figures", n);
    for (size_t i = 0; i < n; i++) scripts[i] = d[i].script;
    VT_TRY(st = vti_gnuplot_run(dir, n, scripts, done_->note, err));
    for (size_t i = 0; i < n; i++) {
        d[i].script.drawn = scripts[i].drawn;
        if (!scripts[i].drawn) continue;
        VT_TRY(st = clean(dir, &d[i], err));
        done_->drawn++;
    }
done:
    free(scripts);
    return st;
}

vt_status vti_drawings_write(const char *dir, size_t n, vti_drawing *d, bool draw, vt_render *done_, vt_error *err)
{
    vt_status st = VT_OK;
    vti_plot *plot = malloc(sizeof *plot);
    void *locale = vti_c_locale_begin();
    if (!plot) st = vt_fail(err, VT_EMEMORY, "out of memory for a figure");
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        st = write_sources(dir, &d[i], plot, err);
        if (st == VT_OK) done_->written++;
    }
    if (st == VT_OK && draw && n > 0) st = draw_all(dir, n, d, done_, err);
    vti_c_locale_end(locale);
    free(plot);
    return st;
}

vt_status vt_report_figures(const vt_result *r, const char *dir, bool draw, vt_render *done_, vt_error *err)
{
    if (!r || !dir) return vt_fail(err, VT_EARG, "result or folder is NULL");
    vt_render counts = {0};
    vti_drawing *d = NULL;
    size_t n = 0;
    vt_status st;
    VT_TRY(st = vti_drawings_add(&d, &n, r, NULL, err));
    VT_TRY(st = vti_drawings_write(dir, n, d, draw, &counts, err));
    if (done_) *done_ = counts;
done:
    free(d);
    return st;
}
