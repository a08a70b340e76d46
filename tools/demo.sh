#!/bin/sh
# What Muniment does, on a simulated leak: demo.sh DIR
#
# Everything is written into DIR. Given again, it removes the DIR that it made and nothing else.
set -eu
folder=${1:?usage: demo.sh DIR}
marker=.made-by-the-muniment-demo

if [ -t 1 ]; then
    bold=$(printf '\033[1m') plain=$(printf '\033[0m')
else
    bold='' plain=''
fi

say() { printf '%s\n' "$*"; }

# A heading, and why the commands below it are given.
heading() { printf '%s%s%s\n' "$bold" "$1" "$plain"; say "$2"; say; }

# Shows a command as typed, then its result; what it remarks beside that is kept in .transcript.
run() {
    command=$1
    say "$ $command"
    sh -c "$1" >.result 2>.remarks || failed $? "$1"
    show
}

# The same for work that takes a while: on a terminal, its progress is seen.
run_long() {
    if [ -t 2 ]; then
        command=$1
        say "$ $command"
        : >.remarks
        sh -c "$1" >.result || failed $? "$1"
        show
    else
        run "$1"
    fi
}

show() {
    cat .result
    say
    { say "$ $command"; cat .result; sed 's/^/! /' .remarks; } >>.transcript
}

failed() {
    say "This ended with exit code $1: $2" >&2
    cat .result .remarks >&2
    exit "$1"
}

command -v muniment >/dev/null || { say 'muniment is not installed: run `make demo`' >&2; exit 2; }
if [ -e "$folder" ]; then
    if [ ! -f "$folder/$marker" ]; then
        say "$folder is there already and was not made by this demo: name another folder" >&2
        exit 2
    fi
    rm -rf "$folder"
fi
mkdir -p "$folder"
cd "$folder"
: >"$marker"
: >.transcript

say
heading 'A leak' 'A county that does not exist, in files as they come: lists, papers, mail, archives, scans.'
run 'muniment simulate --seed 7 --people 500 --out simulated'

heading 'Preserve' 'Every file is copied, hashed and written into a signed journal before anything reads it.'
run 'muniment init case'
run 'muniment intake case simulated/leak --from "a clerk" --channel drive'

heading 'Read' 'Every file by a confined process of its own, archives and mail to the innermost file.'
run_long 'muniment process case'
run 'muniment status case'

# Somebody who stands in a workbook that lay in a mail, and in a list in Uyghur.
somebody=$(muniment sql case "$(cat <<'SQL'
    SELECT name.citation, name.written, listed.written AS in_uyghur
    FROM cells AS id
    JOIN containments AS way ON way.sha256 = id.sha256 AND way.relation = 'attachment'
    JOIN cells AS name ON name.sha256 = id.sha256 AND name.row = id.row AND name."column" = 2
    JOIN cells AS same ON same.written = id.written AND same.sha256 <> id.sha256
    JOIN cells AS listed ON listed.sha256 = same.sha256 AND listed.row = same.row
    WHERE id."column" = 3 AND listed."column" = 1
      AND regexp_matches(listed.written, '^[\p{Arabic} ]+$')
    ORDER BY id.row LIMIT 1
SQL
)" | tail -n 1)
citation=$(printf '%s' "$somebody" | cut -f 1)
person=$(printf '%s' "$somebody" | cut -f 2)
in_uyghur=$(printf '%s' "$somebody" | cut -f 3)

heading 'Search' 'One person, first in Chinese letters, then in Uyghur ones. Each hit is cited to its place.'
run "muniment search case '$person' --limit 3"
run "muniment search case '\"$in_uyghur\"'"

heading 'Trace' 'From one cell of a workbook in a mail, back to the delivery and the signature over it.'
run "muniment trace case '$citation'"

heading 'Verify' 'Every byte is hashed again and every event proved. The key was printed when the case was made.'
key=$(muniment log key case)
run "muniment verify case --key '$key'"

heading 'Hand over' 'A stranger checks the export with Python alone: no Muniment, no network.'
run 'muniment export case --out handover'
run "python3 handover/verify.py handover --key '$key'"

heading 'Where things are' "In $(pwd):"
say '  simulated/leak    the files, and simulated/truth: what is true of the people in them'
say '  case/             the case: vault/ holds what arrived, work/ what was made of it'
say '  handover/         the export, with its verifier'
say
say 'With files of your own:'
say
say '  $ muniment init my-case'
say '  $ muniment intake my-case FOLDER'
say '  $ muniment process my-case'
say "  $ muniment search my-case 'two words'"
say
say 'Read docs/how-to/protect-sources.md before the first real file.'
