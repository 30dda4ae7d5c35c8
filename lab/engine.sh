# Sourced by provision: a Docker engine that answers.
# shellcheck shell=bash disable=SC2154

docker_answers() { timeout 10 docker info >/dev/null 2>&1; }

# running NAME PID_FILE: whether the process the file names is alive and what it should be
running() { [ -s "$2" ] && [ "$(ps -o comm= -p "$(<"$2")")" = "$1" ]; }

provide_engine() {
  if docker_answers; then
    say "docker engine: running"
    warn_of_foreign_engine
    return
  fi
  case ${DOCKER_HOST:-} in
    '' | unix:///var/run/docker.sock | unix:///run/docker.sock) ;;
    *) fail "no Docker engine answers at DOCKER_HOST=$DOCKER_HOST" "start that one, or unset DOCKER_HOST" ;;
  esac
  await_other_engine || start_engine
}

# An engine that nobody told of the missing capability cannot run privileged containers.
warn_of_foreign_engine() {
  has_cap_sys_resource || [ "$(docker info --format '{{.DefaultRuntime}}')" = lab ] ||
    say "docker engine: WARNING: was not started from here and root lacks CAP_SYS_RESOURCE:" \
      "privileged containers may fail; stop it and run this again"
}

# An engine that starts or stops at this moment: true when it answers, false when there is none (any more).
await_other_engine() {
  local try
  for ((try = 0; try < 120; try++)); do
    running dockerd /var/run/docker.pid || return 1
    ! docker_answers || return 0
    sleep 0.5
  done
  fail "dockerd, process $(</var/run/docker.pid), is there and does not answer" \
    "look at its log; stop it (kill $(</var/run/docker.pid)) and run this again"
}

start_engine() {
  local try pid_file options=() engine_log=$cache/dockerd.log
  # Docker trusts these files even when the process that has the number now is another one.
  for pid_file in /var/run/docker.pid /var/run/docker/containerd/containerd.pid; do
    [ ! -e "$pid_file" ] || running containerd "$pid_file" || rm -f "$pid_file"
  done
  if ! has_cap_sys_resource; then
    # A copy, because the engine outlives the checkout. As options, because dockerd merges them with a
    # daemon.json that is there, and says so when the two disagree.
    install -m 755 "$here/runtime" "$cache/runtime.new"
    mv "$cache/runtime.new" "$cache/runtime"
    options=(--add-runtime "lab=$cache/runtime" --default-runtime lab)
    say "docker engine: root lacks CAP_SYS_RESOURCE, so containers run without it"
  fi
  detached dockerd "${options[@]}" >"$engine_log" 2>&1 </dev/null &
  for ((try = 0; try < 120; try++)); do
    sleep 0.5
    kill -0 $! 2>/dev/null || break
    if docker_answers; then
      say "docker engine: started, process $!, log in $engine_log"
      return
    fi
  done
  log_tail "$engine_log"
  fail "dockerd ${options[*]}: it does not answer or has ended" "see above and $engine_log"
}
