# Runs the program that asks, in several namespaces at once. Arguments: the program, then for each namespace the path of
# its file (empty: the node's own) and its requests, one a line.
program=$1
shift
while [ $# -ge 2 ]; do
  if [ -z "$1" ]; then
    perl -e "$program" -- "$2" 2>/dev/null &
  else
    nsenter --net="$1" perl -e "$program" -- "$2" 2>/dev/null &
  fi
  shift 2
done
wait
