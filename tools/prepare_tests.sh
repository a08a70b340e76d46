#!/bin/sh
# Installs what only the tests need of the system: a browser, letters for it, a database server.
set -eu

say() { printf '%s\n' "$*" >&2; }

wanted=""
command -v chromium >/dev/null || wanted="$wanted chromium"
ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc >/dev/null 2>&1 || wanted="$wanted fonts-noto-cjk"
ls /usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf >/dev/null 2>&1 || wanted="$wanted fonts-noto-core"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing Debian packages for the tests:$wanted"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted >/dev/null ||
        say "apt-get could not install$wanted; tests that need them are skipped and say so"
else
    say "Tests that need these are skipped and say so. To run them: sudo apt-get install$wanted"
fi
