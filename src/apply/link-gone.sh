# Links are deleted with their namespace within some 30 ms. Waits for that, and deletes by name a link whose namespace
# is kept alive from inside. A name is compared as a whole and is never part of a pattern: an observed one may hold any
# character.

# Whether one of the links exists. /proc lists the links of the shell's own namespace; /sys may be another one's.
link_exists() { # LINK...
  awk 'BEGIN {
    for (i = 1; i < ARGC; i++) links[ARGV[i] ":"]
    while ((getline line < "/proc/self/net/dev") > 0) {
      split(line, words, " ")
      if (words[1] in links) exit 0
    }
    exit 1
  }' "$@"
}

delete_links() { # LINK...
  for link; do
    link_exists "$link" || continue
    ip link del dev "$link" || ! link_exists "$link" || return 1
  done
}

# Deletes links by one request: the kernel waits once for all of them, and not while it deletes their namespaces. Their
# group is a random number, which no other link has. It is only faster: what it leaves, `link_gone` waits for.
delete_at_once() { # LINK...
  read -r random </proc/sys/kernel/random/uuid || return 0
  group=$((0x${random%%-*} & 0x7fffffff | 0x40000000))
  {
    for link; do
      case $link in *[!A-Za-z0-9_.:@-]*) ;; *) printf 'link set dev %s group %s\n' "$link" "$group" ;; esac
    done
    printf 'link del group %s\n' "$group"
  } | ip -force -batch - >/dev/null 2>&1 || :
}

link_gone() { # LINK...
  i=0
  while link_exists "$@"; do
    if [ "$i" -ge 50 ]; then
      delete_links "$@"
      return
    fi
    sleep 0.01
    i=$((i + 1))
  done
}
