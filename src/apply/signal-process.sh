# Sends a signal to a process if its command line contains the text: a pid can be reused. After TERM it waits for the
# process to end, and kills it after 5 s.
signal_process() { # SIGNAL PID TEXT
  grep -qsaF -- "$3" "/proc/$2/cmdline" || return 0
  kill "-$1" "$2"
  [ "$1" = TERM ] || return 0
  i=0
  # A zombie is still in /proc, without a command line.
  while grep -qsa . "/proc/$2/cmdline"; do
    if [ "$i" -ge 250 ]; then
      kill -KILL "$2"
      break
    fi
    sleep 0.02
    i=$((i + 1))
  done
  return 0
}
