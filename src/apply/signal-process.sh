# Sends a signal to a process if the text stands on its command line: a pid can be used again. One that gets TERM is
# waited for, and killed after 5 s.
signal_process() { # SIGNAL PID TEXT
  grep -qsaF -- "$3" "/proc/$2/cmdline" || return 0
  kill "-$1" "$2"
  [ "$1" = TERM ] || return 0
  i=0
  # A process that ended and that nobody has waited for yet stands in /proc still, without a command line.
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
