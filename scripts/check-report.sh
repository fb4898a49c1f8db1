#!/bin/sh
# Checks a report in a real browser: accessibility (axe-core), console, layout.
#
#   scripts/check-report.sh REPORT.html [WORKDIR]
#
# WORKDIR (default: build/check-report) keeps axe-core between runs. Exit status: 0 clean, 1 something is
# wrong (listed), 2 usage, 77 a tool is missing: nothing was checked.
set -eu

AXE_VERSION=4.14.1

say() { printf '%s\n' "check-report: $*" >&2; }
skip() { say "SKIPPED, nothing was checked: $*"; exit 77; }

[ $# -ge 1 ] && [ $# -le 2 ] || { echo "usage: check-report.sh REPORT.html [WORKDIR]" >&2; exit 2; }
[ -f "$1" ] || { say "$1 is not a file"; exit 2; }
work=${2:-build/check-report}
mkdir -p "$work"
work=$(cd "$work" && pwd)

browser=
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then browser=$name; break; fi
done
[ -n "$browser" ] || skip "no chromium (Debian: apt install chromium)"

axe=$work/node_modules/axe-core
if ! grep -qs "\"version\": \"$AXE_VERSION\"" "$axe/package.json"; then
    command -v npm >/dev/null 2>&1 || skip "no npm to fetch axe-core $AXE_VERSION (Debian: apt install npm)"
    npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$work" "axe-core@$AXE_VERSION" \
        >/dev/null 2>&1 || skip "npm cannot fetch axe-core $AXE_VERSION"
fi

tmp=$(mktemp -d -t check-report.XXXXXX)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
cp "$axe/axe.min.js" "$tmp/axe.js"
cp "$1" "$tmp/report.html"

# In the page: run every rule of WCAG 2 A and AA and axe's best practices; look for what sticks out of the window.
cat >"$tmp/run.js" <<'JS'
const found = [];
const note = (rule, node, text) => found.push(`${rule}: ${node}: ${text}`);
addEventListener('load', () => {
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  axe.run(document, {resultTypes: ['violations']}).then(result => {
    for (const v of result.violations)
      for (const n of v.nodes) note(v.id, n.target.join(' '), n.failureSummary.replace(/\s+/g, ' '));
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width + 1)
      for (const e of document.querySelectorAll('body *'))
        if (e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll, pre'))
          note('sticks-out', e.tagName + '.' + e.className, `right edge beyond ${width} px`);
    const passed = `${result.testEngine.version}, ${result.passes.length} rules passed, window ${innerWidth} px`;
    const pre = document.createElement('pre');
    pre.id = 'check';
    pre.textContent = ['AXE ' + passed, ...found.map(f => 'FOUND ' + f), 'END'].join('\n');
    if (parent !== window) parent.postMessage(pre.textContent, '*');
    else document.documentElement.replaceChildren(pre);
  }).catch(e => console.error(e));
});
JS
sed 's|</body>|<script src="axe.js"></script><script src="run.js"></script></body>|' "$tmp/report.html" >"$tmp/checked.html"
# The same with a fault: an image without text. A check that does not find it is no check.
sed 's|</main>|<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>|' "$tmp/checked.html" >"$tmp/faulty.html"
# A phone: the page in a frame of 390 px, since a window cannot be that narrow.
cat >"$tmp/phone.html" <<'HTML'
<!DOCTYPE html><html lang="en"><title>phone</title><body style="margin:0">
<script>addEventListener('message', e => {
  const pre = document.createElement('pre');
  pre.textContent = e.data;
  if (String(e.data).startsWith('AXE')) document.documentElement.replaceChildren(pre);
});</script>
<iframe title="phone" src="checked.html" width="390" height="844" style="border:0"></iframe></body></html>
HTML

# browse PAGE LOG [FLAG...]: prints the DOM after the scripts have run
browse() {
    page=$1 log=$2
    shift 2
    timeout 180 "$browser" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$tmp/profile" --enable-logging=stderr \
        --allow-file-access-from-files --host-resolver-rules='MAP * ~NOTFOUND' --virtual-time-budget=30000 "$@" \
        --dump-dom "file://$tmp/$page" 2>"$log"
}

bad=0
browse report.html "$tmp/plain.log" --window-size=1280,900 >"$tmp/plain.dom" || { say "the browser failed"; exit 1; }
grep -q '</html>' "$tmp/plain.dom" || { say "the browser gave no page: $(tail -n 3 "$tmp/plain.log")"; exit 1; }
if grep 'CONSOLE' "$tmp/plain.log"; then say "the console is not empty"; bad=1; fi
if grep -q '<script' "$tmp/report.html"; then say "the page has a script"; bad=1; fi

# verdict NAME DOM LOG
verdict() {
    if ! grep -q '^END' "$2"; then
        say "$1: axe did not finish: $(grep CONSOLE "$3" | head -n 3)"
        bad=1
        return
    fi
    say "$1: $(sed -n 's/.*\(AXE .*\)/\1/p' "$2" | head -n 1)"
    if grep '^FOUND' "$2"; then bad=1; fi
    if grep 'CONSOLE.*Uncaught' "$3"; then bad=1; fi
}
browse faulty.html "$tmp/log" --window-size=1280,900 >"$tmp/dom" || true
if ! grep -q '^FOUND image-alt' "$tmp/dom"; then say "the check does not find a planted fault"; bad=1; fi
for view in checked phone; do
    for scheme in light dark; do
        flag=
        [ $scheme = dark ] && flag=--blink-settings=preferredColorScheme=0
        browse $view.html "$tmp/log" --window-size=1280,900 $flag >"$tmp/dom" || true
        verdict "$view, $scheme" "$tmp/dom" "$tmp/log"
    done
done
[ $bad -eq 0 ] && say "clean"
exit $bad
