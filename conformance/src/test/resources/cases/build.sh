# Builds the programs of this folder into /opt/t, and looks whether each is what it is meant to be: a program that lost what
# makes it hard would let its tests pass for nothing. To add one: a line, and the check that belongs to it.
set -eu
bin=/opt/t
mkdir -p $bin/plugins
ln -s "$(command -v ld.lld-14)" /usr/local/bin/ld.lld
clang() { clang-14 "$@"; }
must() { "$@" || { echo "not so: $*" >&2; exit 1; }; }
named() { must sh -c 'nm "$1" | awk "{print \$NF}" | grep -qx -- "$2"' sh "$1" "$2"; }
unnamed() { must sh -c '! nm "$1" 2>&1 | grep -q -- "$2"' sh "$1" "$2"; }
place() { nm "$1" | awk -v name="$2" '$NF == name {print $1}'; }

# loops to the first instruction, and returns nested deeper than 64
gcc -O2 -o $bin/loop loop.c
must sh -c 'objdump -d --disassemble=last "$1" | grep -q "j.*<last>$"' sh $bin/loop

for name in loops-gcc loops-clang; do
    ${name#loops-} -O2 -o $bin/$name loops.c
    must sh -c 'objdump -d --disassemble=leftmost "$1" | grep -q "j.*<leftmost>$"' sh $bin/$name
done
gcc -O2 -fcf-protection -o $bin/loops-endbr loops.c
must sh -c '! objdump -d --disassemble=leftmost "$1" | grep -q "j.*<leftmost>$"' sh $bin/loops-endbr

# exceptions, and stacks that are switched
g++ -O2 -o $bin/throws throws.cc
gcc -O2 -o $bin/coroutines coroutines.c
gcc -O2 -o $bin/switch switch.c
gcc -O2 -o $bin/sigstack sigstack.c

# programs that end in several ways, and returns of two functions on one stack
gcc -O2 -o $bin/ends ends.c
gcc -O2 -o $bin/mutual mutual.c

# clones and values
gcc -O2 -o $bin/clone-gcc clone.c
clang -O2 -o $bin/clone-clang clone.c
named $bin/clone-gcc 'reserve\.constprop\.0\.isra\.0'
gcc -O2 -o $bin/part part.c
named $bin/part 'reserve\.part\.0'
unnamed $bin/part ' reserve$'
gcc -O2 -o $bin/width width.c
g++ -O2 -o $bin/params params.cc
clang++-14 -O2 -w -o $bin/params-clang params.cc
gcc -O2 -o $bin/notes notes.c
must sh -c 'readelf -n $0 | grep -q "8@%rax %rdx 8@%rcx"' $bin/notes
gcc -O2 -masm=intel -DINTEL -o $bin/notes-intel notes.c
gcc -O2 -o $bin/fp fp.c
gcc -O2 -o $bin/values-gcc values.c
gcc -O2 -mavx2 -o $bin/values-avx values.c
clang -O2 -o $bin/values-clang values.c
must sh -c '! objdump -d "$1" | grep -B 3 "call.*<unused>" | grep -q "mov *\$0x3,%edi"' sh $bin/values-clang
g++ -O2 -o $bin/values-gxx values.cc
clang++-14 -O2 -o $bin/values-clangxx values.cc

# calls of known length
gcc -O2 -pthread -o $bin/took took.c
must sh -c 'objdump -d --disassemble=nest "$1" | grep -q "call.*<nest>"' sh $bin/took

# two libraries of one name, one of which is opened later
gcc -O2 -fPIC -shared -Wl,-soname,libshop.so.1 -DWHO='"system"' -o /usr/local/lib/libshop.so.1 shop.c
gcc -O2 -fPIC -shared -Wl,-soname,libshop.so.1 -DWHO='"plugins"' -o $bin/plugins/libshop.so.1 shop.c
gcc -O2 -o $bin/dl dl.c
# the same name inside, another one outside
gcc -O2 -fPIC -shared -Wl,-soname,libshop.so.1 -DWHO='"renamed"' -o $bin/plugins/libshop-2.0.so shop.c
g++ -O2 -o $bin/opens opens.cc

# a destructor in a library: the one that frees calls the other one through the table
g++ -O2 -fPIC -shared -fno-inline -o $bin/libcart.so libcart.cc
g++ -O2 -o $bin/cart cart.cc $bin/libcart.so
must sh -c 'objdump -d --no-show-raw-insn "$1" | grep -A 20 "<_ZN4CartD0Ev>:" | grep -q "_ZN4CartD[12]Ev@plt"' sh $bin/libcart.so

# marks: linkers that map the semaphore's page twice, folded and discarded functions, an operand that is a symbol
clang -O2 -fuse-ld=lld -o $bin/guarded1-lld guarded1.c
gcc -O2 -fuse-ld=mold -o $bin/guarded1-mold guarded1.c
gcc -O2 -o $bin/guarded1-bfd guarded1.c
clang -O2 -fuse-ld=lld -Wl,-z,norelro -o $bin/guarded1-norelro guarded1.c
clang -O2 -fuse-ld=lld -o $bin/guarded2-lld guarded2.c
gcc -O2 -fuse-ld=mold -o $bin/guarded2-mold guarded2.c
clang -O2 -ffunction-sections -fuse-ld=lld -Wl,--icf=safe -o $bin/foldmarks foldmarks.c
must test "$(place $bin/foldmarks ma)" = "$(place $bin/foldmarks mb)"
gcc -O2 -c glive.c gdead.c
gcc -fuse-ld=lld -Wl,--gc-sections -o $bin/gdead glive.o gdead.o
unnamed $bin/gdead ' dead$'
gcc -O2 -c glive2.c
gcc -fuse-ld=mold -Wl,--gc-sections -o $bin/gdead-mold glive.o gdead.o
gcc -fuse-ld=lld -Wl,--gc-sections -o $bin/gdead2 glive2.o gdead.o
must sh -c 'test "$(readelf -n "$1" | grep -c "Name: dead")" = 1' sh $bin/gdead2
gcc -O2 -fPIC -shared -o $bin/libstate.so lib1.c lib2s.c
strip $bin/libstate.so
gcc -O2 -o $bin/libmain libmain.c -L$bin -lstate -Wl,-rpath,$bin

# a mark at many sites, each of which keeps its argument elsewhere; a library with the highest addresses there are
gcc -O2 -o $bin/manysites manysites.c
must test "$(readelf -n $bin/manysites | grep -A 3 'Name: site' | grep Arguments: | sort -u | wc -l)" = 70
must test "$(readelf -n $bin/manysites | grep -A 3 'Name: pair' | grep Arguments: | sort -u | wc -l)" = 3
gcc -O2 -fPIC -shared -DLIBRARY -Wl,-Ttext-segment=0xffffffff80000000 -o $bin/libhigh.so high.c
gcc -O2 -o $bin/high high.c -L$bin -lhigh -Wl,-rpath,$bin
must sh -c 'nm "$1" | grep -q "^ffffffff.* T reserve$"' sh $bin/libhigh.so

# names: folded functions, link-time optimisation, assembly, mini debug information
gcc -O2 -ffunction-sections -fno-ipa-icf -fuse-ld=gold -Wl,--icf=all -o $bin/icf icf.c icfmain.c
must test "$(place $bin/icf cart_total)" = "$(place $bin/icf order_total)"
clang++-14 -O2 -ffunction-sections -fuse-ld=lld -Wl,--icf=all -o $bin/fold-lld fold.cc
must test "$(place $bin/fold-lld _ZN4shop4CartD2Ev)" = "$(place $bin/fold-lld _ZN4shop5OrderD2Ev)"
must test "$(place $bin/fold-lld _ZN4shop3BoxIiE3getEi)" = "$(place $bin/fold-lld _ZN4shop3BoxIjE3getEj)"
clang -O2 -flto -fuse-ld=lld -o $bin/lto lto1.c lto2.c
named $bin/lto 'f\.[0-9]*'
nasm -f elf64 fast.asm
gcc -c gas.s
gcc -O2 -o $bin/asm asmmain.c gas.o fast.o
gcc -c rounds.s
gcc -O2 -o $bin/asmloop asmloop.c rounds.o
# more sections than the header of a file can count
awk 'BEGIN {
  for (i = 0; i < 66000; i++)
    printf ".section .text.f%d,\"ax\",@progbits\n.globl f%d\n.type f%d,@function\nf%d: ret\n.size f%d,1\n", i, i, i, i, i
  print ".section .note.GNU-stack,\"\",@progbits" }' >many.s
gcc -c many.s
gcc -O2 "-Wl,--unique=.text.f*" -o $bin/manysections manysections.c many.o
must sh -c 'readelf -h "$1" | grep -q "Number of section headers: *0 ("' sh $bin/manysections
# and none: their table is cut off, as sstrip does
gcc -O2 -rdynamic -o $bin/nosections nosections.c
strip $bin/nosections
for at in 40 41 42 43 44 45 46 47 60 61 62 63; do
  printf '\0' | dd of=$bin/nosections bs=1 seek=$at conv=notrunc status=none
done
must sh -c 'readelf -h "$1" | grep -q "Number of section headers: *0$"' sh $bin/nosections
gcc -O2 -o dd dd.c
# as gdb's manual makes it, in the chapter on MiniDebugInfo
nm -D dd --format=posix --defined-only | awk '{print $1}' | sort >dynsyms
nm dd --format=posix --defined-only | awk '{if ($2 == "T" || $2 == "t" || $2 == "D") print $1}' | sort >funcsyms
comm -13 dynsyms funcsyms >keep_symbols
objcopy --only-keep-debug dd dd.debug
objcopy -S --remove-section .gdb_index --remove-section .comment --keep-symbols=keep_symbols dd.debug mini_debuginfo
strip --strip-all -R .comment dd
xz mini_debuginfo
objcopy --add-section .gnu_debugdata=mini_debuginfo.xz dd
mv dd $bin/dd
unnamed $bin/dd static_one

# names that the source has and the program does not call: another function in their place, one of its own
gcc -O2 -o $bin/hints hints.c
must sh -c 'nm -D "$1" | grep -q " U puts"' sh $bin/hints
must sh -c '! nm -D "$1" | grep -q " U printf"' sh $bin/hints
gcc -O2 -DOWN -o $bin/hints-own hints.c
must sh -c 'nm -D "$1" | grep -q " T malloc"' sh $bin/hints-own

# what runs is not what was probed
gcc -O2 -o $bin/swap-first swap.c
gcc -O2 -DSECOND -o $bin/swap-second swap.c
gcc -O2 -o $bin/remap remap.c
clang -O2 -fuse-ld=lld -o $bin/moves moves.c
for one in plain emulated instrumented both-emulated both-instrumented; do
  cp $bin/moves $bin/$one
done
cp $bin/plugins/libshop-2.0.so $bin/libemulated.so
cp $bin/plugins/libshop-2.0.so $bin/libmoved.so
gcc -O2 -o $bin/lockfirst lockfirst.c
gcc -O2 -o $bin/firsts firsts.c
# what only an emulator executes
clang --target=aarch64-linux-gnu -O2 -static -nostdlib -ffreestanding -fuse-ld=lld -o $bin/guest-aarch64 guest.c

# other languages
export GO111MODULE=off
go build -o $bin/go-stack go-stack.go
go build -o $bin/go-grow go-grow.go
go build -o $bin/go-generics go-generics.go
go build -o $bin/go-lens go-lens.go
named $bin/go-lens 'main.list\[int\].Len'
ocamlopt -o $bin/ocaml ocaml.ml

# the programs of the soak, each in two builds whose functions lie elsewhere
mkdir -p $bin/soak/plugins
gcc -O2 -fPIC -shared -DPLUS=1 -Wl,-soname,libsoak.so.1 -o $bin/soak/libsoak.so.1 soaklib.c
gcc -O2 -fPIC -shared -DPLUS=100 -Wl,-soname,libsoak.so.1 -o $bin/soak/plugins/libsoak.so.1 soaklib.c
for build in '' SECOND; do
    second=${build:+-second}
    soak() { out=$1; shift; "$@" -O2 ${build:+-DSECOND} -pthread -o $bin/soak/$out$second -Wl,-rpath,$bin/soak; }
    soak c-gcc gcc soak.c soakmark.c $bin/soak/libsoak.so.1
    soak c-lld clang -fuse-ld=lld soak.c soakmark.c $bin/soak/libsoak.so.1
    soak c-mold gcc -fuse-ld=mold soak.c soakmark.c $bin/soak/libsoak.so.1
    soak cxx g++ soak.cc
done
must sh -c 'objdump -d --disassemble=last "$1" | grep -q "j.*<last>$"' sh $bin/soak/c-gcc
must sh -c 'objdump -d "$1" | grep -q "call.*<plain>$"' sh $bin/soak/c-lld
named $bin/soak/c-gcc 'ordered\.constprop\.0.*'
go build -o $bin/soak/go soak.go
cp $bin/soak/go $bin/soak/go-second
