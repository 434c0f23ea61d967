# Functions for programs that delete connections. conntrack(8) exits with 1 if it finds none, and also after an error:
# only what it prints tells.

# Deletes the connections that match a filter. If one ends meanwhile, conntrack(8) fails and deletes no more.
delete() { # FILTER...
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    said=$(conntrack -D "$@" 2>&1 >/dev/null)
    code=$?
    case $code:$said in
    [01]:*'flow entries have been deleted'*) return 0 ;;
    *"such conntrack doesn't exist"*) ;;
    *) break ;;
    esac
  done
  printf 'conntrack -D %s: %s\n' "$*" "${said:-it printed nothing}" >&2
  [ "$code" = 0 ] || return "$code"
  return 1
}

# Prints what a sed script prints of the connections that match a filter, each line once, and then `@all`. Without this
# last line not all were listed.
find_all() { # SED-SCRIPT FILTER...
  script=$1
  shift
  conntrack -L "$@" 2>&1 | sed -n "s/.*flow entries have been shown.*/@all/p;$script" | LC_ALL=C sort -u
}

# Fails because the connections of a filter were not all listed.
not_all() { # FILTER...
  echo "conntrack -L $* did not list all connections:" >&2
  conntrack -L "$@" 2>&1 >/dev/null | head -n 5 >&2
  exit 1
}

# For the programs that follow.
# shellcheck disable=SC2034
ORIGINAL='^[^=]* src=[^ ]* dst=[^ ]*'

