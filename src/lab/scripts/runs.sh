# Succeeds if a daemon runs. Pids are reused, so the process must have the daemon's name and be in the node.
runs() { # FOLDER-OF-PID-FILES PID-IN-THE-NODE DAEMON
  process='' program=''
  { read -r process <"$1/$3.pid" && read -r program <"/proc/$process/comm"; } 2>/dev/null
  [ "$program" = "$3" ] && [ "/proc/$process/ns/uts" -ef "/proc/$2/ns/uts" ]
}
