# Starts the timer of a window, and waits until it runs. Where systemd runs, it is a unit of its own: the session that
# starts it, and all that belongs to the session, may end.
timer_runs() { # FOLDER
  read -r timer_pid 2>/dev/null <"$1/pid" && grep -qsaF 'timer of a revert' "/proc/$timer_pid/cmdline"
}
own_system() {
  [ -d /run/systemd/system ] && command -v systemd-run >/dev/null || return 1
  for one in net mnt pid; do
    [ "$(readlink "/proc/self/ns/$one")" = "$(readlink "/proc/1/ns/$one")" ] || return 1
  done
}
start_timer() { # FOLDER
  # The daemons that a revert starts outlive the unit.
  if ! own_system ||
    ! systemd-run --quiet --collect --property=KillMode=process --unit="netloom-confirm-$$" \
      perl "$1/timer" "$1" 9<&-; then
    # It leaves the process group and the session of the job, and inherits neither its pipes nor the lock.
    (cd / && exec setsid perl "$1/timer" "$1" </dev/null >/dev/null 2>&1 8<&- 9<&- &)
  fi
  i=0
  while ! timer_runs "$1"; do
    [ "$i" -lt 100 ] || { echo 'the timer does not start'; return 1; }
    sleep 0.05
    i=$((i + 1))
  done
}
