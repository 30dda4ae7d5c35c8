#!/usr/bin/env bash
# tracefs, file uprobe_events; seen with Linux 6.18.
#
# Who reads the list in more than one read(2) may miss an event that was there all the time: the kernel goes on by the
# number of lines that it has given, not by the event that it gave last. Where somebody else removes an event that was
# read already, all that follow move up by one, and the next in turn falls out. It takes no long list: a read of one byte,
# which Java's Files.readAllBytes makes first where a file has no size, ends the kernel's first piece after the first line.
# So a clean-up that reads the list once, and takes what is not in it for removed, leaves events behind, which pin the file
# system of a container.
#
# Needs root and tracefs. It makes two events on a program of this machine, which nothing runs meanwhile, and removes them.
set -euo pipefail

tracing=/sys/kernel/tracing
group=finding_$$
program=$(readlink -f /bin/true)

remove() {
  for event in first second; do
    [ ! -e "$tracing/events/$group/$event" ] || echo "-:$group/$event" >>"$tracing/uprobe_events"
  done
}
trap remove EXIT

[ -w "$tracing/uprobe_events" ] || { echo "this finding needs root and tracefs at $tracing"; exit 2; }
before=$(grep -c . "$tracing/uprobe_events" || true)
[ "$before" = 0 ] || { echo "others have uprobe events; run it on a machine without"; exit 2; }
echo "p:$group/first $program:0x2000" >>"$tracing/uprobe_events"
echo "p:$group/second $program:0x2010" >>"$tracing/uprobe_events"

exec 3<"$tracing/uprobe_events"
dd bs=1 count=1 status=none of=/dev/null <&3
echo "-:$group/first" >>"$tracing/uprobe_events"
rest=$(cat <&3)
exec 3<&-
whole=$(cat "$tracing/uprobe_events")

echo "Linux $(uname -r)"
echo "read in two pieces, the first event removed in between:"
echo "$rest" | sed 's/^/  /'
echo "read at once afterwards:"
echo "$whole" | sed 's/^/  /'
case $rest in
*"$group/second"*) echo 'CHANGED: the second event is in the list'; exit 1 ;;
esac
case $whole in
*"$group/second"*) echo 'as described: the second event was there, and was not told' ;;
*) echo 'CHANGED: the second event is gone'; exit 1 ;;
esac
