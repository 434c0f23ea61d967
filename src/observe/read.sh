# Says which programs the node lacks without which nothing can be read or written on it, and reads the node with Perl.
# Arguments: nonce, and what Perl is told.
for program in ip nsenter unshare perl stat base64 grep awk find iptables-save iptables-restore; do
  command -v "$program" >/dev/null || printf '@%s lacks %s\n' "$1" "$program"
done
command -v perl >/dev/null || exit 0
shift
exec perl "$@"
