# Starts what does not run of a node's Open vSwitch, in the node, and ends when the switch has answered a change of
# the database (runs.sh stands before this). All files are where the tools look for them, and the node's own; the
# database is in /run, so it never is the machine's. `--disable-system`: the kernel's datapath is the machine's, a lab
# has the userspace one.
set -eu
run=/run/openvswitch
log=/var/log/openvswitch
export OVS_RUNDIR=$run OVS_DBDIR=$run OVS_SYSCONFDIR=$run OVS_LOGDIR=$log
mkdir -p "$run" "$log"

start() { # DAEMON ARGUMENT...
  daemon=$1
  ! runs "$run" self "$daemon" || return 0
  "$@" -vconsole:off -vsyslog:off "--log-file=$log/$daemon.log" "--pidfile=$run/$daemon.pid" \
    --detach --no-chdir && return 0
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
