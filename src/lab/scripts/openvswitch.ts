/** The daemons of Open vSwitch, in the order in which they are started. */
export const DAEMONS = ['ovsdb-server', 'ovs-vswitchd'] as const;

/** A function that tells whether a daemon runs. Pid numbers are used again: it must have the name, and be of the node. */
export const RUNS = `runs() { # FOLDER-OF-PID-FILES PID-IN-THE-NODE DAEMON
  process= program=
  { read -r process <"$1/$3.pid" && read -r program <"/proc/$process/comm"; } 2>/dev/null
  [ "$program" = "$3" ] && [ "/proc/$process/ns/uts" -ef "/proc/$2/ns/uts" ]
}`;

/**
 * Starts what does not run of a node's Open vSwitch, in the node, and ends when the switch has answered a change of the database.
 * All files are where the tools look for them, and the node's own; the database is in /run, so it never is the machine's.
 * `--disable-system`: the kernel's datapath is the machine's, a lab has the userspace one.
 */
export const SWITCH_SCRIPT = `#!/bin/sh
set -eu
run=/run/openvswitch
log=/var/log/openvswitch
export OVS_RUNDIR=$run OVS_DBDIR=$run OVS_SYSCONFDIR=$run OVS_LOGDIR=$log
mkdir -p "$run" "$log"
${RUNS}

start() { # DAEMON ARGUMENT...
  daemon=$1
  ! runs "$run" self "$daemon" || return 0
  "$@" -vconsole:off -vsyslog:off "--log-file=$log/$daemon.log" "--pidfile=$run/$daemon.pid" --detach --no-chdir && return 0
  tail -n 5 "$log/$daemon.log"
  return 1
}

[ -e "$run/conf.db" ] || ovsdb-tool create "$run/conf.db" /usr/share/openvswitch/vswitch.ovsschema
start ovsdb-server "$run/conf.db" "--remote=punix:$run/db.sock"
ovs-vsctl --timeout=30 --no-wait init
start ovs-vswitchd "unix:$run/db.sock" --disable-system
# A change that waits for the switch. The pids are others after every start, so it is one.
read -r database <"$run/ovsdb-server.pid"
read -r switch <"$run/ovs-vswitchd.pid"
ovs-vsctl --timeout=30 set Open_vSwitch . "external-ids:lab-daemons=$database.$switch"
`;
