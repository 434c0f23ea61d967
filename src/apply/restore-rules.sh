# Runs a program that restores rules (iptables-restore, the text on stdin) again while the kernel still counts a jump to
# a deleted chain: of a rule that the transaction before deleted, it may do so for some milliseconds (measured on
# Linux 6.18: CHAIN_DEL fails with EBUSY, and succeeds on the next try). A transaction that fails has changed nothing.
restore_rules() { # PROGRAM [ARGUMENT]...
  text=$(cat)
  n=0
  while :; do
    said=$(printf '%s\n' "$text" | "$@" 2>&1) && return 0
    c=$?
    case $said in
    *'CHAIN_DEL failed (Device or resource busy)'*) n=$((n + 1)) ;;
    *) n=20 ;;
    esac
    [ "$n" -lt 20 ] || break
    sleep 0.02
  done
  printf '%s\n' "$said" >&2
  return "$c"
}
