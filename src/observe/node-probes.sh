# Runs the scripts of a node one after the other in one shell: a shell for each took longer than most scripts.
# Arguments: the nonce, and for each script its id, its text (empty for one that is not run), the number of its
# arguments, and the arguments.
nonce=$1
shift
while [ $# -gt 0 ]; do
  id=$1
  printf '\n@%s probe %s\n' "$nonce" "$id"
  [ -z "$2" ] || (
    script=$2 count=$3 own=''
    shift 3
    while [ "$count" -gt 0 ]; do own="\"\${$count}\" $own" count=$((count - 1)); done
    eval "set -- $own"
    eval "$script"
  ) || printf '\n@%s failed %s exit code %s\n' "$nonce" "$id" "$?"
  shift "$((3 + $3))"
done
