# What a script of a way back calls. `$dir` is its folder, `$mark` the alias of the topology's objects, and `$group` the
# group in which its veth pairs are created.

# Whether one of these batches of the apply has begun. A batch that has not begun has changed nothing.
begun() { # BATCH...
  for batch; do [ -e "${dir:?}/begun.$batch" ] && return 0; done
  return 1
}

# Whether a link is ours: by its alias, or, before it has one, by its group. A bridge or tap cannot be created with a
# group: it is ours if nobody has begun to use it.
own_link() { # LINK PROGRAM-THAT-ENTERS-ITS-NAMESPACE...
  link=$1
  shift
  found=$("$@" ip -o -d link show dev "$link" 2>/dev/null) && [ -n "$found" ] || return 1
  case $found in
    *"\\    alias ${mark:?}" | *"\\    alias ${mark:?},"* | *"\\    alias ${mark:?} "*) : ;;
    *"\\    alias "*) return 1 ;;
    *" group ${group:?} "*) : ;;
    *,UP* | *"<UP"* | *" master "*) return 1 ;;
    *"\\    bridge "* | *"\\    tun type tap "*)
      "$@" ip -o addr show dev "$link" 2>/dev/null | grep -q . && return 1
      ;;
    *) return 1 ;;
  esac
  # A bridge whose ports are not ours stays: they would lose their connection.
  "$@" ip -o link show master "$link" 2>/dev/null | grep -qv "\\\\    alias ${mark:?}" && return 1
  return 0
}

# Deletes a link of ours.
drop_link() { # LINK PROGRAM-THAT-ENTERS-ITS-NAMESPACE...
  own_link "$@" || return 0
  dropped=$1
  shift
  "$@" ip link del dev "$dropped"
}

whole_netns() { # NAMESPACE
  own_link lo nsenter "--net=/run/netns/$1"
}

# Deletes a namespace of ours, or a name without a namespace, and its links in the node's own namespace.
drop_netns() { # NAMESPACE LINK...
  netns=$1
  shift
  if [ -e "/run/netns/$netns" ]; then
    if ip -n "$netns" link show dev lo >/dev/null 2>&1; then whole_netns "$netns" || return 1; fi
    ip netns del "$netns"
  fi
  [ $# = 0 ] || link_gone "$@"
}
