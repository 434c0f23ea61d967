# Prints the processes of this node with a path in a folder among their arguments, as `p PROCESS NAMESPACE ARGUMENTS`
# (the arguments in base64), and before them each named namespace, as `n INODE FILE`. A lab's nodes share one process
# table: processes of another node have another mount namespace. Network namespaces are identified by inode. Argument:
# the folder. The pattern is written so that it does not match grep's own command line. No command line of a process
# that reads the node contains the folder followed by a slash.
before=${1%?}
found=$(grep -lsa "${before}[${1#"$before"}]/" /proc/[0-9]*/cmdline)
[ -n "$found" ] || exit 0
stat -Lc 'n %i %n' /proc/self/ns/net /run/netns/* 2>/dev/null
me=$(readlink /proc/self/ns/mnt)
for f in $found; do
  n=$(readlink "${f%/cmdline}/ns/mnt" "${f%/cmdline}/ns/net") || continue
  case $n in "$me"*) printf 'p %s %s %s\n' "${f%/cmdline}" "net${n##*net}" "$(base64 -w0 <"$f")" ;; esac
done
:
