# Sourced by provision: the image that all test images are built from.
# shellcheck shell=bash disable=SC2154

base_image=debian:bookworm-slim

provide_image() {
  local tarball=$cache/debian-bookworm.tar
  if docker image inspect "$base_image" >/dev/null 2>&1; then
    say "base image: $base_image is there"
    return
  fi
  if [ ! -e "$tarball" ]; then
    if logged timeout 30 docker pull -q "$base_image"; then
      say "base image: pulled $base_image"
      return
    fi
    say "base image: cannot be pulled; building it with debootstrap"
    build_tarball "$tarball"
  fi
  if ! logged docker import -c 'CMD ["bash"]' "$tarball" "$base_image"; then
    log_tail "$log"
    fail "docker import of $tarball" "see above; remove the file to have it built anew"
  fi
  say "base image: imported $base_image from $tarball"
}

# build_tarball FILE: a minimal Debian, as the pulled image would be
build_tarball() {
  root=$cache/rootfs
  remove_root
  trap remove_root EXIT
  if ! logged debootstrap --variant=minbase bookworm "$root" ${PROBEUNIT_LAB_MIRROR:+"$PROBEUNIT_LAB_MIRROR"}; then
    log_tail "$log"
    tail -n 3 "$root/debootstrap/debootstrap.log" 2>/dev/null | sed 's/^/lab:   | /' >&2 || true
    fail "neither docker pull nor debootstrap gave $base_image" \
      "reach a registry, or a Debian mirror (PROBEUNIT_LAB_MIRROR=URL names another); or load the image yourself"
  fi
  # No service may start while packages are installed in an image.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/var/log/*.log
  tar --numeric-owner -C "$root" -cf "$1.new" .
  mv "$1.new" "$1"
  remove_root
}
