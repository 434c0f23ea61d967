# Sends a signal to the process that was started at this time (in ticks since the boot) and has the text in its command
# line: a pid can be reused, and any user can write any command line. A stopped process gets TERM when it continues.
# After TERM it waits for the process to end, and kills it after 5 s.
started_at() { # PID START
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The name of the program, in parentheses, can hold anything. The state follows, and then, as 22nd field, the start.
  read -r state _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ start _ <<END_OF_STAT
${stat##*) }
END_OF_STAT
  # A zombie is still in /proc.
  [ "$start" = "$2" ] && [ "$state" != Z ]
}
signal_process() { # SIGNAL PID START TEXT
  started_at "$2" "$3" && grep -qsaF -- "$4" "/proc/$2/cmdline" || return 0
  kill "-$1" "$2"
  [ "$1" = TERM ] || return 0
  kill -CONT "$2"
  i=0
  while started_at "$2" "$3"; do
    if [ "$i" -ge 250 ]; then
      kill -KILL "$2"
      break
    fi
    sleep 0.02
    i=$((i + 1))
  done
  return 0
}
