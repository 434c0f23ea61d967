#!/bin/sh
# Runs a command (apt-get) in a private mount namespace in which nothing can start a service.
# Why not by a policy-rc.d: see HOLD_BACK in scripts/lib/debian.mjs.
set -eu

if [ "${NETLOOM_HELD_BACK:-}" != yes ]; then
  NETLOOM_HELD_BACK=yes exec unshare --mount --propagation private -- /bin/sh "$0" "$@"
fi

unset NETLOOM_HELD_BACK
stub=$(dirname "$0")/lib/held-back.sh
held=0
for program in invoke-rc.d service start-stop-daemon deb-systemd-invoke; do
  for folder in /usr/sbin /usr/bin /sbin /bin; do
    [ -f "$folder/$program" ] || continue
    mount --bind "$stub" "$folder/$program"
    held=$((held + 1))
    break
  done
done
[ "$held" -gt 0 ] || { echo 'found none of the programs that start services, is this Debian?' >&2; exit 1; }
exec "$@"
