# Links go with their namespace within some 30 ms. They are waited for; one whose namespace is kept alive from inside is
# deleted by name. A name is compared as a whole and is never part of a pattern, for an observed one may hold anything.

# Whether one of the links stands. /proc knows the links of the namespace the shell is in; /sys may be another's.
link_stands() { # LINK...
  awk 'BEGIN {
    for (i = 1; i < ARGC; i++) wanted[ARGV[i] ":"]
    while ((getline line < "/proc/self/net/dev") > 0) {
      split(line, words, " ")
      if (words[1] in wanted) exit 0
    }
    exit 1
  }' "$@"
}

delete_links() { # LINK...
  for link; do
    link_stands "$link" || continue
    ip link del dev "$link" || ! link_stands "$link" || return 1
  done
}

link_gone() { # LINK...
  i=0
  while link_stands "$@"; do
    if [ "$i" -ge 50 ]; then
      delete_links "$@"
      return
    fi
    sleep 0.01
    i=$((i + 1))
  done
}
