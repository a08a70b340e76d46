#!/bin/sh
# Installs what only the tests need: a browser, letters for it, a database server, and, in an
# environment of their own, the programs of FollowTheMoney: prepare_tests.sh [VENV]
set -eu
venv=${1:-.venv}

say() { printf '%s\n' "$*" >&2; }

wanted=""
command -v chromium >/dev/null || wanted="$wanted chromium"
ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc >/dev/null 2>&1 || wanted="$wanted fonts-noto-cjk"
ls /usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf >/dev/null 2>&1 || wanted="$wanted fonts-noto-core"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
# followthemoney needs PyICU, which is built here where no wheel fits.
pkg-config --exists icu-i18n 2>/dev/null || wanted="$wanted libicu-dev pkg-config"
command -v g++ >/dev/null || wanted="$wanted g++"

if [ -z "$wanted" ]; then
    :
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing Debian packages for the tests:$wanted"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted >/dev/null ||
        say "apt-get could not install$wanted; tests that need them are skipped and say so"
else
    say "Tests that need these are skipped and say so. To run them: sudo apt-get install$wanted"
fi

# Their own environment: nomenklatura wants an older DuckDB than the one that Muniment runs on.
if ! cmp -s requirements/ftm.txt "$venv/ftm/.installed"; then
    say "Installing followthemoney and nomenklatura for the tests, in $venv/ftm"
    { [ -x "$venv/ftm/bin/python" ] || "$venv/bin/python" -m venv "$venv/ftm"; } &&
        "$venv/ftm/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements/ftm.txt &&
        cp requirements/ftm.txt "$venv/ftm/.installed" ||
        say "They could not be installed; tests that need them are skipped and say so"
fi
