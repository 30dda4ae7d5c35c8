# Sourced by provision: what the tracing tools need from the kernel.
# shellcheck shell=bash disable=SC2154

mount_tracing() {
  mount_kernel_fs tracefs /sys/kernel/tracing
  mount_kernel_fs debugfs /sys/kernel/debug
}

# mount_kernel_fs TYPE FOLDER
mount_kernel_fs() {
  if mountpoint -q "$2"; then
    say "$1: mounted"
    return
  fi
  [ -d "$2" ] || fail "this kernel has no $1 ($2 is not there)" "boot a kernel with it"
  logged mount -t "$1" nodev "$2" || {
    log_tail "$log"
    fail "mount -t $1 nodev $2" "in a container that is not privileged this cannot work: use the machine itself"
  }
  say "$1: mounted now"
}

# Built everywhere, so that the path may be named everywhere. Where nothing is missing it changes nothing.
build_preload() {
  local source=$here/memlock.c
  if [ -e "$preload" ] && cmp -s "$source" "${preload%.so}.c"; then
    say "preload: there"
    return
  fi
  if ! logged gcc -Wall -Werror -O2 -shared -fPIC -o "$preload.new" "$source" -ldl; then
    log_tail "$log"
    fail "gcc on $source" "see above"
  fi
  mv "$preload.new" "$preload"
  cp "$source" "${preload%.so}.c"
  say "preload: built $preload"
}
