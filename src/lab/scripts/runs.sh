# Whether a daemon runs. Pid numbers are used again: it must have the name, and be of the node.
runs() { # FOLDER-OF-PID-FILES PID-IN-THE-NODE DAEMON
  process='' program=''
  { read -r process <"$1/$3.pid" && read -r program <"/proc/$process/comm"; } 2>/dev/null
  [ "$program" = "$3" ] && [ "/proc/$process/ns/uts" -ef "/proc/$2/ns/uts" ]
}
