# Answers requests: a line is a command of this shell, and calls a function below; all texts in it are quoted. An answer is
# a line with the status and the number of the bytes that follow: what was printed, or what was complained of.
#   sh -c "$(cat agent.sh)" sh NAME CONTAINER_GROUP OUR_GROUP FOLDER
name=$1 container=$2 group=$3 work=$4/agent-$$
# a line break in a text that is quoted
# shellcheck disable=SC2034
nl='
'
umask 077
LC_ALL=C
export LC_ALL
mkdir -p "$work" || exit 1
put=$work/put said=$work/said complained=$work/complained

answer() {
  "$@" >"$said" 2>"$complained"
  status=$?
  text=$said
  [ $status = 0 ] || text=$complained
  if [ -s "$text" ]; then
    printf '%s %s\n' $status "$(wc -c <"$text")"
    cat "$text"
  else
    printf '%s 0\n' $status
  fi
}

# takes the bytes that follow a request
take() {
  head -c "$1" >"$put"
}

link() {
  [ -L "$1" ] || return 1
  readlink -n "$1" && return
  # a process that has ended keeps the link to its program, which leads nowhere, until its parent asks for it
  case $(LC_ALL=C readlink -v "$1" 2>&1) in
  *'No such file'*) return 1 ;;
  esac
  return 2
}

identity() {
  [ -e "$1" ] || return 1
  stat -L -c '%d %i %s %.9Y %.9Z' "$1" && return
  return 2
}

# a line for each path, empty where there is nothing
identities() {
  for path; do
    identity "$path" 2>/dev/null || echo
  done
}

# in seconds since 1970
changed() {
  stat -L -c %Z "$1"
}

# names with a NUL behind each
names() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if [ -e "$entry" ] || [ -L "$entry" ]; then
      printf '%s\0' "${entry##*/}"
    fi
  done
}

# PATH OFFSET LENGTH
piece() {
  if [ "$2" = 0 ]; then
    head -c "$3" "$1"
  else
    tail -c "+$(($2 + 1))" "$1" | head -c "$3"
  fi
}

# PATH OFFSET LENGTH, of a process's memory too, where the offset is an address
part() {
  dd if="$1" bs="$3" count=1 skip="$2" iflag=skip_bytes status=none
}

# lines of files, each with the file's path and a colon in front; what is not there is left out
texts() {
  grep -s '' "$@" /dev/null || :
}

# a whole file
write() {
  rm -f "$1" && cat "$put" >"$1"
}

# to a control file: truncating the list of uprobes would remove them all
append() {
  [ -e "$1" ] || {
    echo 'there is no such file' >&2
    return 1
  }
  cat "$put" >>"$1"
}

# a message for a reader that has the FIFO open; fails at once where there is none
tell() {
  [ -p "$1" ] || {
    echo 'there is no such FIFO' >&2
    return 2
  }
  printf %s "$2" | dd of="$1" bs=4096 oflag=nonblock conv=notrunc,nocreat status=none
}

# whether a tool of ours still runs; those of other agents in the group have other mount namespaces
busy() {
  while read -r pid; do
    if [ "$pid" != $$ ] && [ "/proc/$pid/ns/mnt" -ef /proc/$$/ns/mnt ]; then
      return 0
    fi
  done <"$group/cgroup.procs"
  return 1
}

# lets go of semaphores: an event stays when its maker ends
let_go() {
  tracing=/sys/kernel/debug/tracing
  for switch in "$tracing/events/probeunit_inside_$name"/*/enable; do
    [ -e "$switch" ] || continue
    event=${switch%/enable}
    echo 0 >"$switch"
    echo "-:probeunit_inside_$name/${event##*/}" >>$tracing/uprobe_events
  done
}

# the end, as soon as our tools have ended; the last agent that leaves removes the group
leave() {
  let_go
  rm -rf "$work"
  [ -n "$group" ] || return
  tries=0
  while busy && [ $tries -lt 300 ]; do
    sleep 0.2
    tries=$((tries + 1))
  done
  echo $$ >"$container/cgroup.procs" && rmdir "$group"
}

printf 'ready %s %s %s\n' $$ "$(uname -m)" "$group"
while IFS= read -r line; do
  eval "$line"
done
leave 2>/dev/null
