#!/usr/bin/env bash
# lcov leaves a source file out of its totals, without a word, if the file has functions and no lines.
#
# Seen with lcov 1.16-1 (Debian 12): a tracefile has two files with two functions each, one of which was called. Functions (FN, FNDA)
# and lines (DA) are records of their own, so a tool that counts functions alone would write no DA. lcov then counts two functions
# instead of four, and its list and what it writes again have one file. If no file has a line, it says that the tracefile has no
# valid records. One DA record for each file is enough.
#
# Needs: Debian 12, perl. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq lcov=1.16-1 2> /dev/null
dpkg-deb -x lcov_*.deb root
lcov() { perl root/usr/bin/lcov --config-file /dev/null "$@"; }

# a file with two functions, one of them called; more records
file() { printf 'SF:/src/%s\nFN:10,reserve\nFN:20,cancel\nFNDA:3,reserve\nFNDA:0,cancel\nFNF:2\nFNH:1\n%send_of_record\n' "$1" "$2"; }

{ echo TN:; file orders.c ''; file stock.c $'DA:10,3\n'; } > one
{ echo TN:; file orders.c $'DA:10,3\n'; file stock.c $'DA:10,3\n'; } > both
{ echo TN:; file orders.c ''; } > none

lcov --version
lcov --summary one | tee summary
grep -q 'functions.*(1 of 2 functions)' summary
lcov -q -a one -o again
[ "$(grep -c ^SF: one)" = 2 ] && [ "$(grep -c ^SF: again)" = 1 ]
lcov --summary both | tee summary
grep -q 'functions.*(2 of 4 functions)' summary
if lcov --summary none 2> refused; then exit 1; fi
cat refused
grep -q 'no valid records found' refused
