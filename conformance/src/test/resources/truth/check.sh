#!/bin/sh
# Fails the build of the image where a compiler made other binaries of the sources than the tests rely on.
set -eu
bin=/opt/truth/bin

fail() { echo "check.sh: $*" >&2; exit 1; }
has() { nm "$1" | grep -Eq " [tT] $2\$" || fail "$1 has no $2: $(nm "$1" | grep -F "${2%%[\\.]*}")"; }
hasnt() { ! nm "$1" | grep -Eq " [tT] $2\$" || fail "$1 has $2"; }
notes() { readelf -nW "$bin/truth" | grep -A2 "Name: $1\$" | sed -n 's/.*Arguments: //p'; }
note() { notes "$1" | grep -Eq -- "^$2\$" || fail "$1 has no operands like $2: $(notes "$1")"; }

for build in truth truth-nopie truth-static; do
  has $bin/$build alpha
  has $bin/$build 'folded\.constprop\.[0-9]+'; hasnt $bin/$build folded
  has $bin/$build 'shrunk\.isra\.[0-9]+'; hasnt $bin/$build shrunk
  has $bin/$build 'halved\.part\.[0-9]+'; hasnt $bin/$build halved
  hasnt $bin/$build 'inlined.*'
done
has $bin/truth-debug folded; hasnt $bin/truth-debug 'inlined.*'
readelf -SW $bin/truth-debug | grep -q '\.debug_info' || fail "truth-debug has no debug information"

! readelf -SW $bin/truth-stripped | grep -q '\.symtab' || fail "truth-stripped has a .symtab"
nm -D $bin/truth-stripped | grep -q ' T alpha$' || fail "truth-stripped does not export alpha"

readelf -hW $bin/truth | grep -q 'Type:.*DYN' || fail "truth is not position-independent"
readelf -hW $bin/truth-nopie | grep -q 'Type:.*EXEC' || fail "truth-nopie is position-independent"
! readelf -lW $bin/truth-static | grep -q INTERP || fail "truth-static needs a loader"

[ "$(nm $bin/truth-many | grep -c ' T many_[0-9][0-9][0-9]$')" = 1000 ] || fail "truth-many has not 1000 functions many_*"
for function in alpha told many_000; do
  objdump -d --no-show-raw-insn --disassemble=$function $bin/truth-many | grep -A1 "<$function>:" | grep -qw nop ||
    fail "$function does not begin with a nop"
done

has /opt/truth/elsewhere/truth omega; hasnt /opt/truth/elsewhere/truth alpha

reg='%[a-z0-9]+'
note gamma "-4@$reg 8@$reg"
note gamma "-4@[0-9-]+\($reg\) 8@[0-9-]+\($reg\)"
note integers "-1@$reg 1@$reg -2@$reg 2@$reg -4@$reg 4@$reg -8@$reg 8@$reg"
note integers "-1@\($reg\) 1@1\($reg\) .* 8@24\($reg\)"
note integers "-1@everywhere\(%rip\) 1@1\+everywhere\(%rip\) .*"
note indexed "-4@\($reg,$reg,4\)"
note constants '-4@\$-1 4@\$(-1|4294967295) -2@\$-300 -8@\$81985529216486895'
echo "check.sh: as expected"
