# Deletes an address, and not the others of its subnet: without `promote_secondaries` the kernel deletes them with the
# first one. One process does it all and outlives netloom, its supervisor and their connection, so the device's own
# setting is always restored. Arguments: the path of the setting, and the words of `ip`.
setting=$1
shift
before=$(cat "$setting") || exit
# If `ip` hangs and is ended, the rest is still done.
trap : TERM
echo 1 >"$setting" && ip "$@"
code=$?
echo "$before" >"$setting" && exit "$code"
