# Runs the scripts of a node one after the other in one shell: a shell for each took longer than most scripts.
# Arguments: the nonce, and for each script its id, its text (empty for one that is not run), the number of its
# arguments, and the arguments.
nonce=$1
shift
exec 4>&1
while [ $# -gt 0 ]; do
  id=$1 code=0 errors=''
  printf '\n@%s probe %s\n' "$nonce" "$id"
  # The substitution is the subshell that a script needs anyway; it catches stderr.
  [ -z "$2" ] || errors=$(
    exec 2>&1 >&4 4>&-
    script=$2 count=$3 own=''
    shift 3
    while [ "$count" -gt 0 ]; do own="\"\${$count}\" $own" count=$((count - 1)); done
    eval "set -- $own"
    eval "$script"
  ) || code=$?
  [ -z "$errors" ] || printf '\n@%s stderr %s\n%s\n' "$nonce" "$id" "$errors"
  [ "$code" = 0 ] || printf '\n@%s failed %s exit code %s\n' "$nonce" "$id" "$code"
  shift "$((3 + $3))"
done
