# Sourced by provision: the programs and files that must be there, and the packages that bring them.
# What counts is the program, not the package: a Docker from elsewhere is as good, and must not be replaced.
# shellcheck shell=bash disable=SC2154

# The helper is compiled for the other architecture too.
case $(uname -m) in
  x86_64) other='helper-aarch64 gcc-aarch64-linux-gnu' ;;
  *) other='helper-x86_64 gcc-x86-64-linux-gnu' ;;
esac

# What must be there: a program, a <header>, a /file, a compiler for a helper, or a browser.
# Who brings it: packages, the first one known to apt.
needs="
$other
dockerd         docker.io
docker          docker-cli docker.io
iptables        iptables
stap            systemtap
stapbpf         systemtap
perf            linux-perf linux-tools-generic
debootstrap     debootstrap
gcc             gcc
ps              procps
setsid          util-linux
a-browser       chromium chromium-browser
setpriv         util-linux
useradd         passwd
mount           mount
<stdio.h>       libc6-dev
<sys/sdt.h>     systemtap-sdt-dev
/etc/ssl/certs/ca-certificates.crt              ca-certificates
/usr/share/keyrings/debian-archive-keyring.gpg  debian-archive-keyring
"

# And for the benchmarks, which compare with it.
bench_needs='
bpftrace        bpftrace
'

is_there() {
  local header=${1//[<>]/}
  case $1 in
    '<'*) [ -e "/usr/include/$header" ] || compgen -G "/usr/include/*-linux-gnu*/$header" >/dev/null ;;
    /*) [ -e "$1" ] ;;
    a-browser) command -v chromium >/dev/null || command -v chromium-browser >/dev/null ;;
    helper-*) "$here/../kernel/src/main/c/build" --can "${1#helper-}" ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# Prints the lines of $needs that are not there.
missing_needs() {
  local thing packages
  while read -r thing packages; do
    [ -z "$thing" ] || is_there "$thing" || printf '%s %s\n' "$thing" "$packages"
  done <<<"$needs"
}

# apt COMMAND...: waits for other users of apt; its daemons must not inherit our lock
apt() {
  logged env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Acquire::http::Timeout=30 "$@" {lock}>&-
}

provide_packages() {
  local missing packages thing candidates candidate
  missing=$(missing_needs)
  if [ -z "$missing" ]; then
    say "packages: all there"
    return
  fi
  command -v apt-get >/dev/null ||
    fail "this is neither Debian nor Ubuntu, and these are missing: $(cut -d' ' -f1 <<<"$missing" | xargs)" \
      "install them by this distribution's means and run again"
  # Some list may be out of reach and the packages still there: what counts is whether they install.
  apt update || say "packages: apt-get update failed in part; going on with what is known"
  packages=()
  while read -r thing candidates; do
    for candidate in $candidates; do
      ! apt-cache show "$candidate" >/dev/null 2>&1 || break
    done
    packages+=("$candidate")
  done <<<"$missing"
  mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
  say "packages: installing ${packages[*]}"
  if ! apt install --no-install-recommends "${packages[@]}"; then
    log_tail "$log"
    fail "apt-get install ${packages[*]}" "see above and $log; mend apt's sources or the network, then run again"
  fi
  missing=$(missing_needs | cut -d' ' -f1 | xargs)
  [ -z "$missing" ] ||
    fail "installed ${packages[*]}, and still missing: $missing" "install what brings them, then run again"
}
