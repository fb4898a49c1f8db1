/* The style of the page. Colours of text keep a contrast of at least 4.5 to their ground, light and dark;
 * figures stand on white in both. */
#include "html_internal.h"

const char *const VTI_STYLE[] = {
    ":root{color-scheme:light dark;--bg:#f7f6fa;--card:#fff;--ink:#1d1a29;--soft:#544f68;"
    "--line:#dcd8e6;--accent:#440154;--link:#23527c;--warn:#fff3d1;--warn-ink:#4a3200;"
    "--warn-line:#a87400;--paper:#e4f3f1;--paper-ink:#0b4f49;--physics:#ece5f6;--physics-ink:#3d1a66}\n",
    "@media (prefers-color-scheme:dark){:root{--bg:#14121b;--card:#1d1a27;--ink:#edeaf5;"
    "--soft:#b9b3cb;--line:#3a3549;--accent:#d3b6ff;--link:#8cc8f2;--warn:#3a2c08;--warn-ink:#ffe3a3;"
    "--warn-line:#c99a2e;--paper:#0f3633;--paper-ink:#a9e8e0;--physics:#33244d;--physics-ink:#dcc8ff}"
    "}\n",
    "*{box-sizing:border-box}\n",
    "html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}\n",
    "@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}\n",
    "body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"
    "\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,\"DejaVu Sans\",sans-serif}\n",
    "header,nav,main,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}\n",
    "header{padding-top:2.5rem}\n",
    "h1,h2,h3{line-height:1.25;text-wrap:balance}\n",
    "h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.4rem);margin:0 0 .5rem;color:var(--accent);"
    "overflow-wrap:anywhere}\n",
    "h2{font-size:1.45rem;margin:0 0 .75rem;padding-top:.25rem;overflow-wrap:anywhere}\n",
    "h3{font-size:1.08rem;margin:1.75rem 0 .5rem;overflow-wrap:anywhere}\n",
    "p,ul,ol{margin:0 0 .8rem}\n",
    "p,li{max-width:70ch;overflow-wrap:anywhere}\n",
    "a{color:var(--link)}\n",
    "a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);"
    "outline-offset:2px;border-radius:4px}\n",
    ".kicker{margin:0 0 .3rem;color:var(--soft);font-size:.85rem;letter-spacing:.06em;"
    "text-transform:uppercase}\n",
    ".question{font-size:1.2rem;margin-bottom:.4rem}\n",
    ".soft{color:var(--soft)}\n",
    ".small{font-size:.875rem}\n",
    ".skip{position:absolute;left:.5rem;top:-4rem;background:var(--card);color:var(--link);"
    "padding:.6rem 1rem;border-radius:0 0 8px 8px;z-index:2}\n",
    ".skip:focus{top:0}\n",
    ".hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap}\n",
    "nav{margin-top:1rem}\n",
    "nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem .6rem;margin:0;padding:0}\n",
    "nav a{display:inline-block;padding:.3rem .1rem;margin-right:.6rem}\n",
    "main>section{margin:2rem 0;padding:1.5rem;background:var(--card);border:1px solid var(--line);"
    "border-radius:12px}\n",
    "#answer{border-top:5px solid var(--accent)}\n",
    ".answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr));"
    "gap:1.25rem;margin:0 0 1.25rem}\n",
    ".answer{border:1px solid var(--line);border-radius:10px;padding:1rem 1.1rem}\n",
    ".answer h3{margin:0 0 .35rem;font-size:1rem;font-weight:600;color:var(--soft)}\n",
    ".answer p{margin:0 0 .45rem}\n",
    ".answer p:last-child{margin:0}\n",
    ".number{font-size:1.55rem;font-weight:650;line-height:1.2;color:var(--accent);"
    "font-variant-numeric:tabular-nums;font-feature-settings:\"lnum\"}\n",
    ".number .value{white-space:nowrap}\n",
    ".number .unit{font-size:1.15rem;font-weight:500}\n",
    ".words{font-size:1.2rem;font-weight:600;color:var(--accent)}\n",
    ".badge{display:inline-block;padding:.05rem .5rem;border-radius:999px;font-size:.8rem;"
    "font-weight:600;border:1px solid currentColor;white-space:nowrap}\n",
    ".badge.paper{background:var(--paper);color:var(--paper-ink)}\n",
    ".badge.physics{background:var(--physics);color:var(--physics-ink)}\n",
    ".badge.best{background:var(--physics);color:var(--physics-ink)}\n",
    ".warnings{list-style:none;padding:0}\n",
    ".warnings li{max-width:none;background:var(--warn);color:var(--warn-ink);"
    "border-left:5px solid var(--warn-line);border-radius:0 8px 8px 0;padding:.5rem .9rem;"
    "margin:0 0 .5rem}\n",
    ".warnings ul{margin:.2rem 0 0;padding-left:1.2rem}\n",
    ".warnings ul li{background:none;border:0;padding:0;margin:0;list-style:disc}\n",
    ".warnings code{font-weight:700;margin-right:.4rem}\n",
    ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(27rem,100%),1fr));"
    "gap:1.5rem;align-items:start;margin:1rem 0}\n",
    "figure{margin:0;border:1px solid var(--line);border-radius:10px;overflow:hidden;display:flex;"
    "flex-wrap:wrap}\n",
    ".plot{background:#fff;padding:.75rem;flex:3 1 24rem;min-width:0}\n",
    ".plot svg{display:block;width:100%;max-width:36rem;height:auto;margin:0 auto}\n",
    ".plot svg text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,"
    "\"DejaVu Sans\",sans-serif}\n",
    ".missing{color:#1d1a29;margin:0;padding:2rem 1rem;text-align:center}\n",
    "figcaption{padding:.9rem 1.1rem 1rem;flex:2 1 17rem}\n",
    "figcaption p{margin:0 0 .7rem}\n",
    "figcaption strong{display:block;margin-bottom:.25rem}\n",
    ".downloads{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:0;padding:0}\n",
    ".downloads a{display:inline-block;padding:.25rem .8rem;border:1px solid var(--link);"
    "border-radius:8px;text-decoration:none;font-size:.9rem;font-weight:600}\n",
    ".downloads a:hover{text-decoration:underline}\n",
    ".scroll{overflow:auto;max-height:44rem;margin:0 0 1.1rem;border:1px solid var(--line);"
    "border-radius:8px}\n",
    "table{border-collapse:collapse;width:100%;font-size:.925rem;font-variant-numeric:tabular-nums}\n",
    "caption{text-align:left;font-weight:600;padding:.6rem .65rem}\n",
    "caption span{display:inline-block;position:sticky;left:.65rem;max-width:min(60rem,"
    "calc(100vw - 5.5rem))}\n",
    "th,td{text-align:left;vertical-align:top;padding:.4rem .65rem;border-top:1px solid var(--line)}\n",
    "thead th{background:var(--bg);color:var(--ink);position:sticky;top:0;vertical-align:bottom}\n",
    "tbody th{font-weight:600;min-width:min(10.5rem,34vw)}\n",
    "td.n,th.n{text-align:right}\n",
    "td.n,tbody th.n{white-space:nowrap}\n",
    "td.best{font-weight:700}\n",
    "td.s{white-space:nowrap}\n",
    "td.m{min-width:10rem;color:var(--soft);font-size:.95em;overflow-wrap:anywhere}\n",
    "details{margin:0 0 1rem}\n",
    "summary{cursor:pointer;font-weight:600;padding:.3rem 0}\n",
    "pre{margin:0 0 1rem;padding:.8rem 1rem;background:var(--bg);border:1px solid var(--line);"
    "border-radius:8px;overflow:auto;font-size:.875rem;line-height:1.5}\n",
    "code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;"
    "font-size:.92em}\n",
    "code.hash,td.path{overflow-wrap:anywhere}\n",
    "code.hash{word-break:break-all}\n",
    "footer{padding-top:.5rem;padding-bottom:2.5rem;color:var(--soft);font-size:.875rem}\n",
    "@media (max-width:40rem){header{padding-top:1.5rem}main{padding:0 .6rem}main>section{"
    "padding:1rem .8rem;border-radius:10px}th,td{padding:.4rem .55rem}.plot{padding:.35rem}}\n",
    "@media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#999;--accent:#440154;"
    "--link:#000}body{font-size:10pt}nav,.skip,.downloads{display:none}main>section{border:0;"
    "padding:0;margin:1.2rem 0}.scroll{overflow:visible;max-height:none;border:0}figure,.answer,tr,"
    ".warnings li{break-inside:avoid}h2,h3,caption{break-after:avoid}.figures{"
    "grid-template-columns:1fr 1fr}thead th,caption span{position:static}details::details-content{"
    "content-visibility:visible;height:auto}}\n",
    NULL,
};
