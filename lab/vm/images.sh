# Sourced by start: the images that the virtual machine's Docker engine has, on a disk of their own.
# shellcheck shell=bash disable=SC2154

images=$vm/images.img           # the disk
store=$vm/images                # what is on it: the folder of a Docker engine
loaded=$vm/images.list          # what is in there, a line for each: name and id

# provide_images IMAGE...: unpacked by an engine of this machine that does nothing else, since that of the virtual machine
# takes a hundred times as long; a newer engine understands the folder of an older one.
provide_images() {
  local wanted
  wanted=$(for image; do printf '%s %s\n' "$image" "$(image_id "$image")"; done | sort -u)
  if [ -e "$images" ] && [ "$wanted" = "$(cat "$loaded" 2>/dev/null)" ]; then
    say "virtual machine: images are there"
    return
  fi
  rm -f "$loaded" "$images"
  start_store
  fill_store "$wanted"
  stop_store
  attempt nice mke2fs -q -t ext4 -d "$store" "$images.new" "$size"
  mv "$images.new" "$images"
  printf '%s\n' "$wanted" >"$loaded"
  say "virtual machine: images unpacked, $(du -h "$images" | cut -f1): $(cut -d' ' -f1 <<<"$wanted" | xargs)"
}

image_id() {
  docker image inspect --format '{{.Id}}' "$1" 2>/dev/null ||
    fail "this machine's Docker engine does not have the image $1" \
      "call $here/provision for the base image; build or pull others"
}

in_store() { docker -H "unix://$vm/store.sock" "$@"; }

# fill_store LINES: makes it have these images and no others
fill_store() {
  local have
  have=$(in_store image ls --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}' | sort)
  comm -13 <(printf '%s\n' "$1") <(printf '%s\n' "$have") | cut -d' ' -f1 | while read -r name; do
    [ -z "$name" ] || logged in_store image rm "$name"
  done
  comm -23 <(printf '%s\n' "$1") <(printf '%s\n' "$have") | cut -d' ' -f1 | while read -r name; do
    # shellcheck disable=SC2016
    attempt bash -o pipefail -c 'docker save "$1" | nice docker -H "$2" load -q' - \
      "$name" "unix://$vm/store.sock"
  done
}

start_store() {
  local try
  mkdir -p "$store"
  echo '{}' >"$vm/store.json"
  # in a network namespace of its own, since an engine without a bridge removes docker0, which the machine's own may use
  (detached nice unshare --net dockerd --config-file "$vm/store.json" --data-root "$store" --exec-root "$vm/store.run" \
    --pidfile "$vm/store.pid" -H "unix://$vm/store.sock" --storage-driver overlay2 \
    --bridge none --iptables=false --ip6tables=false </dev/null >"$vm/store.log" 2>&1) &
  engine=$!
  trap stop_store EXIT
  for ((try = 0; try < 240; try++)); do
    ! in_store version >/dev/null 2>&1 || return 0
    kill -0 "$engine" 2>/dev/null || break
    sleep 0.5
  done
  log_tail "$vm/store.log"
  fail "the engine that unpacks images does not answer" "see above and $vm/store.log"
}

stop_store() {
  kill "$engine" 2>/dev/null || true
  wait "$engine" || true
  trap - EXIT
  unmount_below "$store"
  unmount_below "$vm/store.run"
  rm -rf --one-file-system "$vm/store.run" "$vm/store.sock" "$vm/store.json" "$store/network"
}
