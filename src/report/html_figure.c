/* Figures on the page: inline SVG with text as text, caption, and files to take away. */
#include "html_internal.h"
#include "figure_internal.h"
#include "svg_internal.h"
#include <stdio.h>
#include <string.h>

/* Files up to this size travel inside a page of so many figures; larger ones, and those of a longer page, stay beside
 * it and are linked. */
enum { INSIDE_MAX = 1 << 20, FIGURES_MAX = 24 };

static vt_status put_file(vti_page *p, const vti_drawing *d, const char *ending, const char *type, vt_error *err)
{
    vti_text file = {0};
    vti_text *t = p->out;
    vt_status st;
    VT_TRY(st = vti_drawing_read(p->dir, d, ending, &file, err));
    vti_putf(t, "<li><a download=\"%s%s\" href=\"", d->script.name, ending);
    if (file.n <= INSIDE_MAX && p->ndrawings <= FIGURES_MAX)
        vti_put_data_uri(t, type, file.s ? file.s : "", file.n);
    else
        vti_putf(t, "%s/%s%s", d->script.folder, d->script.name, ending);
    vti_put(t, "\">");
    vti_put(t, strcmp(ending, ".svg") == 0   ? "SVG"
               : strcmp(ending, ".png") == 0 ? "PNG"
               : strcmp(ending, ".csv") == 0 ? "CSV"
                                             : "gnuplot");
    vti_putf(t, "<span class=\"hidden\"> of figure %zu</span></a></li>\n", p->figures);
done:
    vti_text_free(&file);
    return st;
}

static vt_status put_picture(vti_page *p, const vti_drawing *d, vt_error *err)
{
    char prefix[32];
    vti_text svg = {0};
    vt_status st = VT_OK;
    vti_put(p->out, "<div class=\"plot\">\n");
    if (!d->script.drawn) {
        vti_put(p->out,
                "<p class=\"missing\">This figure is not drawn here; its data and gnuplot script are below.</p>\n");
    } else {
        snprintf(prefix, sizeof prefix, "fig%zu", p->figures);
        const vti_svg how = {.title = d->f->title, .desc = d->f->alt, .prefix = prefix, .inlined = true};
        VT_TRY(st = vti_drawing_read(p->dir, d, ".svg", &svg, err));
        VT_TRY(st = vti_svg_clean(svg.s, svg.n, &how, p->out, err));
    }
    vti_put(p->out, "</div>\n");
done:
    vti_text_free(&svg);
    return st;
}

static vt_status put_figure(vti_page *p, const vti_drawing *d, vt_error *err)
{
    vti_text *t = p->out;
    vt_status st;
    const size_t n = ++p->figures;
    vti_putf(t, "<figure id=\"figure-%zu\">\n", n);
    VT_TRY(st = put_picture(p, d, err));
    vti_putf(t, "<figcaption>\n<p><strong>Figure %zu. ", n);
    vti_put_words(t, d->f->title);
    vti_put(t, "</strong> ");
    vti_put_words(t, d->f->alt);
    vti_put(t, "</p>\n<ul class=\"downloads\">\n");
    if (d->script.drawn) {
        VT_TRY(st = put_file(p, d, ".svg", "image/svg+xml", err));
        VT_TRY(st = put_file(p, d, ".png", "image/png", err));
    }
    VT_TRY(st = put_file(p, d, ".csv", "text/csv;charset=utf-8", err));
    VT_TRY(st = put_file(p, d, ".gp", "text/plain;charset=utf-8", err));
    vti_put(t, "</ul>\n</figcaption>\n</figure>\n");
done:
    return st;
}

vt_status vti_html_figures(vti_page *p, const vt_result *r, vt_error *err)
{
    bool any = false;
    for (size_t i = 0; i < p->ndrawings; i++) {
        if (p->drawings[i].r != r) continue;
        if (!any) vti_put(p->out, "<div class=\"figures\">\n");
        any = true;
        const vt_status st = put_figure(p, &p->drawings[i], err);
        if (st != VT_OK) return st;
    }
    if (any) vti_put(p->out, "</div>\n");
    return VT_OK;
}
