# Runs in a mount namespace of its own: what is mounted here is seen by our tools alone and ends with them, files included.
failed() {
  printf 'failed %s\n' "$*"
  exit 1
}
do_or_fail() {
  said=$("$@" 2>&1) || failed "'$*' failed: $said"
}
umask 077
# by a path of its own the kernel's list of probes tells whose they are; a mount of ours would hide what is below
seen=/run/probeunit/inside/$1
do_or_fail mount -t tmpfs -o mode=755 probeunit /run
do_or_fail mkdir -p "$seen"
do_or_fail mount --rbind / "$seen"
do_or_fail umount "$seen/run"
do_or_fail mount -t tmpfs -o mode=1777 probeunit /tmp
do_or_fail mount -t tmpfs -o mode=755 probeunit /var/tmp
if [ ! -e /sys/kernel/debug/tracing ]; then
  do_or_fail mount -t debugfs none /sys/kernel/debug
fi
groups=/run/probeunit/cgroup
do_or_fail mkdir -p "$groups"
do_or_fail mount -t cgroup2 none "$groups"

# our tools are in a group of their own, below the container's, so that they can be told from its own processes
path=
while IFS= read -r line; do
  case $line in 0::*) path=${line#0::} ;; esac
done < /proc/self/cgroup
path=${path%/}
group=$groups$path/probeunit-tools
if [ -z "$path" ] && [ "$(stat -c %i "$groups")" = 1 ]; then
  failed 'the container has no cgroup v2 of its own'
fi
tries=0
# another agent that ends may remove it at any time
until mkdir -p "$group" 2>/dev/null && echo $$ 2>/dev/null > "$group/cgroup.procs"; do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || failed "our tools cannot be moved into a cgroup below the container's ($group)"
done 2>/dev/null
exec sh -c "$2" sh "$1" "$groups$path" "$group" /run/probeunit
