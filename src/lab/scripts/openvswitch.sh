# Starts the daemons of a node's Open vSwitch that do not run, and ends when the switch has answered a change of the
# database (runs.sh precedes this). All files are the node's own, where the tools look for them; the database is in
# /run, so it is never the host's. `--disable-system`: the kernel's datapath is the host's, a lab uses the userspace
# datapath.
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
# A change of the database: ovs-vsctl waits until the switch has answered it. The pids differ after every start, so the
# value is always new.
read -r database <"$run/ovsdb-server.pid"
read -r switch <"$run/ovs-vswitchd.pid"
ovs-vsctl --timeout=30 set Open_vSwitch . "external-ids:lab-daemons=$database.$switch"
