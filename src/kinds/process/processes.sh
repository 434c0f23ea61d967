# Prints the processes of this node with a path below a folder among their arguments, as `p PROCESS NAMESPACE
# ARGUMENTS` (in base64), and before them each named namespace, as `n INODE FILE`. A lab's nodes share one table of
# processes: those of another node have another mount namespace. Network namespaces are told by inode. Argument: the
# folder. The pattern is not found in what it stands in, for grep has it on its command line; the folder with what
# would end it there stands on nobody's who reads the node.
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
