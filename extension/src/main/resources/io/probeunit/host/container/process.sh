# Runs one program beside an agent, and no longer than the connection lasts:
#   sh -c "$(cat process.sh)" sh GROUP FOLDER NUMBERED PROGRAM [VARIABLE=VALUE…] PROGRAM [ARGUMENTS…]
# The first line says the program's id, what follows is the program's own. A line of the input is a signal for it.
group=$1 folder=$2 numbered=$3 program=$4
shift 4
umask 077
[ -z "$group" ] || echo $$ >"$group/cgroup.procs" || exit 125
cd "$folder" || exit 125
if ! command -v "$program" >/dev/null; then
  echo none
  exit 127
fi
exec 3<&0

# a shell lets what it starts beside itself ignore SIGINT; env can undo that, if it is not too old
default=
if env --default-signal=INT true 2>/dev/null; then
  default=--default-signal=INT
fi

# SystemTap names its probes after its process, and the kernel has one list of such names for all PID namespaces: so the
# process gets a number that no other namespace is likely to have
last=/proc/sys/kernel/ns_last_pid
before=
if [ -n "$numbered" ] && [ -w $last ]; then
  # not with read, for which such a file ends after one character
  before=$(cat $last)
  most=$(cat /proc/sys/kernel/pid_max)
  while :; do
    number=$(od -An -N4 -tu4 /dev/urandom)
    number=$((number % (most - 1000) + 1000))
    grep -qs "stapprobe_$((number + 1))_" /sys/kernel/debug/tracing/uprobe_events || break
  done
  echo "$number" >$last
fi
# shellcheck disable=SC2016,SC2086 # for the shell that is started; an option or nothing
sh -c 'echo $$; exec env "$@"' sh $default "$@" 3<&- &
started=$!
[ -z "$before" ] || echo "$before" >$last

# there when the input has ended; our tools see a folder of their own
ended=/tmp/probeunit-ended-$$
(
  while read -r signal <&3; do
    kill -s "$signal" $started
  done
  # the JVM has ended; SystemTap may miss a signal that comes while it starts
  : >$ended
  kill -s TERM $started
  sleep 1
  kill -s INT $started
  seconds=0
  while kill -s 0 $started && [ $seconds -lt 60 ]; do
    sleep 1
    seconds=$((seconds + 1))
  done
  kill -s KILL $started
) >/dev/null 2>&1 &
listener=$!
exec 3<&-
wait $started
status=$?
# it would be left to the container's first process; once it is about to end, it does so by itself
[ -e $ended ] || kill -s KILL $listener 2>/dev/null
wait $listener 2>/dev/null
rm -f $ended
exit $status
