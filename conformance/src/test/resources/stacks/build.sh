# Builds the programs of this folder into /opt/t, as Debian builds its own: optimised, and without frame pointers.
set -eu
bin=/opt/t
mkdir -p $bin
must() { "$@" || { echo "not so: $*" >&2; exit 1; }; }

gcc -O2 -fomit-frame-pointer -fPIC -shared -o $bin/plugin.so plugin.c
gcc -O2 -fomit-frame-pointer -rdynamic -o $bin/calls calls.c
gcc -O2 -fomit-frame-pointer -static -o $bin/calls-static calls.c -DNO_PLUGIN
gcc -O2 -fno-omit-frame-pointer -rdynamic -o $bin/calls-frames calls.c
# gdb shows inlined functions as frames of their own
gcc -O2 -g -gdwarf-5 -fno-inline -fomit-frame-pointer -rdynamic -o $bin/calls-lines5 calls.c
gcc -O2 -g -gdwarf-4 -fno-inline -fomit-frame-pointer -rdynamic -o $bin/calls-lines4 calls.c
# what debug information tells is not needed
must sh -c '! readelf -S "$1" | grep -q debug_info' sh $bin/calls
# the frame pointer holds something else
must sh -c '! objdump -d --disassemble=outer "$1" | grep -q "mov *%rsp,%rbp"' sh $bin/calls
g++ -O2 -fomit-frame-pointer -o $bin/cart cart.cc
# no table for the function in between
gcc -O2 -fomit-frame-pointer -c -o /tmp/calls.o calls.c -DHALF
gcc -O2 -fomit-frame-pointer -fno-asynchronous-unwind-tables -fno-unwind-tables -c -o /tmp/half.o half.c
gcc -o $bin/half /tmp/calls.o /tmp/half.o
gcc -g -gdwarf-5 -O2 -o $bin/declared5 declared.c
gcc -g -gdwarf-4 -O0 -o $bin/declared4 declared.c
gcc -O2 -o $bin/undeclared declared.c
