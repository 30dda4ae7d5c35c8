# Sourced by start: the disk of the virtual machine, made once and never written to afterwards.
# shellcheck shell=bash disable=SC2154

# A distribution, a kernel, a Docker and a SystemTap that are newer than those of Debian 12, and cgroup v2 alone, which
# systemd manages.
release=forky
guest_packages='systemd-sysv udev dbus initramfs-tools linux-image-cloud-amd64 kmod procps iproute2 iptables
  ca-certificates openssh-server docker.io docker-cli systemtap'
size=8G                         # a sparse file: what is not used takes no room

disk=$vm/disk.img kernel=$vm/vmlinuz initrd=$vm/initrd.img key=$vm/ssh-key

# Needs vm_needs of packages.
provide_disk() {
  local recipe
  recipe=$(cd "$here/vm" && sha256sum disk.sh $(find guest -type f | sort))
  if [ -e "$disk" ] && [ "$recipe" = "$(cat "$vm/recipe" 2>/dev/null)" ]; then
    say "virtual machine: disk is there"
    return
  fi
  say "virtual machine: making its disk with debootstrap, which takes minutes"
  rm -f "$vm/recipe" "$disk"
  root=$vm/tree
  remove_root
  trap remove_root EXIT
  attempt nice debootstrap --variant=minbase --include=ca-certificates "$release" "$root" \
    "${PROBEUNIT_LAB_MIRROR:-http://deb.debian.org/debian}" "$(debootstrap_script)"
  install_packages
  configure_guest
  attempt cp "$root"/usr/lib/modules/*/vmlinuz "$kernel"
  attempt cp "$root"/boot/initrd.img-* "$initrd"
  attempt nice mke2fs -q -t ext4 -d "$root" "$disk.new" "$size"
  mv "$disk.new" "$disk"
  remove_root
  trap - EXIT
  printf '%s\n' "$recipe" >"$vm/recipe"
  say "virtual machine: disk made, $(du -h "$disk" | cut -f1)"
}

# attempt COMMAND...: or the end, with what it said
attempt() {
  logged "$@" || {
    log_tail "$log"
    fail "$*" "see above and $log; a Debian mirror must be reachable (PROBEUNIT_LAB_MIRROR=URL names another)"
  }
}

# An older debootstrap does not know the release's name; all since 2008 are made alike.
debootstrap_script() {
  [ -e "/usr/share/debootstrap/scripts/$release" ] && echo "$release" || echo sid
}

# By apt, which knows what excludes what; debootstrap takes everything that is named.
install_packages() {
  # No service may start while packages are installed.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # shellcheck disable=SC2086
  attempt nice chroot "$root" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends -o Acquire::Retries=2 install $guest_packages
  rm -rf "$root/usr/sbin/policy-rc.d" "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
}

configure_guest() {
  [ -e "$key" ] || attempt ssh-keygen -q -t ed25519 -N '' -C probeunit-lab -f "$key"
  install -d -m 700 "$root/root/.ssh"
  install -m 600 "$key.pub" "$root/root/.ssh/authorized_keys"
  cp -r "$here/vm/guest/." "$root/"
  echo probeunit-vm >"$root/etc/hostname"
  echo '/dev/vda / ext4 noatime 0 1' >"$root/etc/fstab"
  # of the network that qemu makes up
  echo 'nameserver 10.0.2.3' >"$root/etc/resolv.conf"
  attempt chroot "$root" systemctl enable lab.service docker.service ssh.service
  attempt chroot "$root" systemctl mask serial-getty@ttyS0.service apt-daily.timer apt-daily-upgrade.timer
}
