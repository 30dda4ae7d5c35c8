# Sourced by provision: the account for tests that run as an ordinary user.
# shellcheck shell=bash disable=SC2154

provide_user() {
  local user=probeunit
  if id -u "$user" >/dev/null 2>&1; then
    say "user: $user is there"
  else
    if ! logged useradd --system --user-group --no-create-home --home-dir "$fixed/home" \
      --shell /usr/sbin/nologin --comment "tests of ProbeUnit" "$user"; then
      log_tail "$log"
      fail "useradd $user" "see above; or make the account by this machine's means"
    fi
    say "user: made the system account $user, without rights and without login"
  fi
  install -d -m 700 -o "$user" -g "$user" "$fixed/home"
}
