# Sourced by provision and by vm/*: where things are kept, and how these scripts speak. Wants $here, the folder lab.
# shellcheck shell=bash disable=SC2034,SC2154

cache=${PROBEUNIT_LAB_CACHE:-/var/cache/probeunit-lab}
fixed=/var/cache/probeunit-lab   # the same for everybody, whatever PROBEUNIT_LAB_CACHE says
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin LC_ALL=C

say() { printf 'lab: %s\n' "$*"; }

# fail WHAT_HAPPENED WHAT_TO_DO
fail() {
  printf 'lab: FAILED: %s\n' "$1" >&2
  printf 'lab: what to do: %s\n' "$2" >&2
  exit 1
}

# logged COMMAND...: runs it without the terminal, its output only in the log
logged() { "$@" </dev/null >>"$log" 2>&1; }

# log_tail FILE: its last lines, for the reader of a failure
log_tail() { tail -n 15 "$1" 2>/dev/null | sed 's/^/lab:   | /' >&2 || true; }

# must_be_root WHAT: ends the script of anybody else
must_be_root() {
  [ "$(id -u)" -eq 0 ] ||
    fail "this must run as root, and runs as $(id -un)" \
      "run it as root (for example: sudo $1); or leave profile ${2:-lab} out, then nothing is installed: as a user who may use Docker, -Pcontainers runs the examples"
  [ "$(uname -s)" = Linux ] ||
    fail "this needs Linux, and $(uname -s) is not" "use a Debian or Ubuntu machine, virtual or not"
}

# take_turns FILE: waits until no other run holds it; until the script's end this one does
take_turns() {
  exec {lock}>"$1"
  if ! flock -n "$lock"; then
    say "another run is under way: waiting for it"
    flock -w 900 "$lock" ||
      fail "another run still holds $1 after 15 minutes" "find it with lslocks, and end it if it hangs"
  fi
}

# detached COMMAND...: becomes it, in a session of its own, and holds on to nothing of the caller's but
# stdin, stdout and stderr: neither to our lock nor to a pipe that a build waits on
detached() {
  local fd
  for fd in /proc/"$BASHPID"/fd/*; do
    fd=${fd##*/}
    ((fd <= 2)) || eval "exec $fd>&-"
  done
  cd /
  unset LD_PRELOAD
  umask 022
  exec setsid "$@"
}

# unmount_below FOLDER: what is mounted in it, and on it
unmount_below() {
  local folder
  awk -v root="$1" '$2 == root || index($2, root "/") == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r folder; do umount "$folder"; done
}

# What debootstrap mounts there is the machine's own: never remove through it.
remove_root() {
  unmount_below "$root"
  rm -rf --one-file-system "$root"
}
