#!/bin/sh
# Makes the environment that `make demo` and `make test` run in: prepare.sh PYTHON VENV
set -eu
python=$1
venv=$2

say() { printf '%s\n' "$*" >&2; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "Muniment needs Python 3.11 or later; $python is older. Try: make PYTHON=python3.11"
    exit 2
}

# Debian splits these off: libraries that tell file types and open archives, and the venv module.
wanted=""
"$python" -c 'import ensurepip, venv' 2>/dev/null || wanted="$wanted python3-venv"
"$python" -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("magic") is None)' || wanted="$wanted libmagic1"
"$python" -c 'import ctypes; ctypes.CDLL("libarchive.so.13")' 2>/dev/null || wanted="$wanted libarchive13"
command -v openssl >/dev/null || wanted="$wanted openssl" # the tests check signatures with it too
# Models by which letters are read off pictures; Chinese and Latin letters need none.
models="uig ara fas rus kaz kir tgk ukr tur uzb osd"
lacking=""
for model in $models; do
    ls /usr/share/tesseract-ocr/*/tessdata/$model.traineddata >/dev/null 2>&1 || lacking="$lacking tesseract-ocr-$model"
done
if [ -n "$lacking" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        wanted="$wanted$lacking"
    else
        say "Scans in these scripts cannot be read: Arabic, Cyrillic. To read them: sudo apt-get install$lacking"
    fi
fi
if [ -n "$wanted" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing Debian packages:$wanted"
        apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted >/dev/null ||
            say "apt-get could not install$wanted; going on without"
    else
        say "Missing Debian packages:$wanted"
        say "Install them with: sudo apt-get install$wanted"
        case $wanted in *venv*) exit 2 ;; esac
        say "Going on without them: fewer file types are told apart (libmagic) and opened (libarchive); \`muniment status\` says so."
    fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
