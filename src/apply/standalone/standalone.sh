# The functions of a script that a node runs by itself: its own checks, the node's lock, and steps of which the first
# that fails ends the script.
lock=/run/netloom.lock
log=/run/netloom.script.log

refuse() { # LINE...
  printf 'netloom: %s\n' "$@" 'Nothing was changed.' >&2
  exit 1
}

require_root() {
  [ "$(id -u)" = 0 ] || refuse 'run this script as root'
}

require_programs() { # PROGRAM...
  for program; do
    command -v "$program" >/dev/null || refuse "this node has no program $program"
  done
}

require_node() { # NODE IDENTITY
  [ "$(node_identity)" = "$2" ] ||
    refuse "this is not $1 as it was when the plan was made: it is another machine, or it was rebooted since"
}

# Takes the lock of the node as netloom does. Its holder deletes the file before it releases the lock, so the path must
# still lead to the file that was locked.
take_lock() { # HOLDER
  require_programs flock
  while :; do
    { [ ! -h "$lock" ] && { [ ! -e "$lock" ] || [ -f "$lock" ]; }; } || refuse "$lock is not a regular file"
    (umask 077 && : >>"$lock") 2>/dev/null || refuse "$lock cannot be opened"
    exec 9<>"$lock"
    flock -n 9 || refuse 'another netloom is changing this node:' "$(head -c 1000 "$lock" | tr '\n' ' ')"
    [ "$(stat -L -c %d:%i /proc/self/fd/9)" != "$(stat -c %d:%i "$lock" 2>/dev/null)" ] || break
  done
  trap 'rm -f "$lock" "$log"' EXIT
  # A closed terminal, or a reader that ends, stops nothing half-way.
  trap '' HUP PIPE
  trap 'signal=130' INT
  trap 'signal=143' TERM
  printf '%s\n' "$1" "supervisor=$$" "since=$(date +%s)" >"$lock"
  # A program may print what it was given, which may be secret.
  rm -f "$log"
  (umask 077 && : >"$log")
}

# Ends the script between two steps if a signal came: those of a terminal do not reach the programs of a step.
signal=''
unless_stopped() { # STEPS-DONE
  [ -n "$signal" ] || return 0
  [ "$1" = 0 ] || printf 'netloom: %s\n' "stopped after step $1" '"netloom apply" continues from here.' >&2
  [ "$1" != 0 ] || printf 'netloom: %s\n' 'stopped' 'Nothing was changed.' >&2
  exit "$signal"
}

# Prints what a program says in a namespace, which is empty for the node's own.
ask() { # NAMESPACE PROGRAM...
  namespace=$1
  shift
  [ -z "$namespace" ] || { [ -e "$namespace" ] && set -- nsenter --net="$namespace" -- "$@"; } || return 1
  "$@" 2>/dev/null </dev/null
}

exists() { # NAMESPACE TEXT PROGRAM...
  wanted=$2
  namespace=$1
  shift 2
  printed=$(ask "$namespace" "$@") || return 1
  case $printed in
  *"$wanted"*) return 0 ;;
  *) return 1 ;;
  esac
}

moved=''
require_missing() { # ADDRESS NAMESPACE TEXT IDENTITY PROGRAM...
  address=$1
  namespace=$2
  wanted=$3
  shift 4
  ! exists "$namespace" "$wanted" "$@" || moved="$moved
  $address exists, and was missing"
}

require_existing() { # ADDRESS NAMESPACE TEXT IDENTITY PROGRAM...
  address=$1
  namespace=$2
  wanted=$3
  identity=$4
  shift 4
  if ! exists "$namespace" "$wanted" "$@"; then
    moved="$moved
  $address is missing"
  else
    # A mark or a digest ends where it ends: the name of another topology may begin with ours.
    case $printed in
    *"$identity" | *"$identity"[!A-Za-z0-9._-]*) : ;;
    *) moved="$moved
  $address is no longer the object of the plan" ;;
    esac
  fi
}

refuse_if_moved() {
  [ -n "$moved" ] || return 0
  number=$(($(printf '%s' "$moved" | wc -l) - 10))
  [ "$number" -le 0 ] || moved="$(printf '%s' "$moved" | head -n 11)
  and $number more"
  refuse "the node is no longer as it was when the plan was made:$moved"
}

# Ends the script after a step that failed. `objects` prints STEP PART LINE ADDRESS for each command.
failed() { # STEP TITLE
  # The first line that names a part, or a line of what one program was given.
  part=$(sed -n 's/^@part \([0-9]*\) [0-9]*$/\1/p' "$log" | tail -n 1)
  line=$(sed -n 's/.*Command failed [^ ]*:\([0-9]*\).*/\1/p; s/.*line \([0-9]*\) failed.*/\1/p
    s/.*Error in line \([0-9]*\):.*/\1/p; s/^\/dev\/stdin:\([0-9]*\):.*/\1/p' "$log" | head -n 1)
  names=$(objects | sed -n "s/^$1 ${part:-0} ${line:-none} //p")
  [ -n "$names" ] || names=$(objects | sed -n "s/^$1 ${part:-0} [^ ]* //p" | sort -u | head -n 10)
  {
    printf 'netloom: step %s failed: %s\n' "$1" "$2"
    printf '%s\n' "$names" | sed 's/^/  /'
    sed '/^@part [0-9]* [0-9]*$/d; /^$/d; s/^/  | /' "$log"
    printf '%s\n' 'The steps before it are done. Fix the cause; "netloom apply" continues from here.'
  } >&2
  exit 1
}

succeeded() { # STEP TITLE
  {
    printf 'step %s: %s\n' "$1" "$2"
    sed '/^$/d; s/^/  | /' "$log"
  } 2>/dev/null
}
