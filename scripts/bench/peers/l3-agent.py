"""Times Neutron's L3 agent, in process, on routers that it gets as JSON.

Arguments: a folder for its files. Standard input: {"routers": [...]}, each as neutron-server sends it to an agent (see
routers.mjs). Standard output: JSON lines {"what": "create"|"resync"|"delete", "ms": number}.

The agent's own classes do the work: L3NATAgent, LegacyRouter, BridgeInterfaceDriver. What talks to a server is
replaced: the agent gets the routers from this program. Routers are processed as the agent does it, by its pool of green
threads, and privileged calls go to its privsep helper, without sudo. There are no metadata proxies, and no gratuitous
ARP: `arping` would take a second for each address.
"""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import logging  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

from neutron.agent import l3_agent  # noqa: E402
from neutron.agent.l3 import agent  # noqa: E402
from neutron.agent.linux import ip_lib  # noqa: E402
from neutron.common import config as common_config  # noqa: E402
from oslo_config import cfg  # noqa: E402

PARALLEL = 8  # ROUTER_PROCESS_GREENLET_MIN of neutron.agent.l3.agent
HELPER = (
    "/usr/bin/python3 -c 'import sys; sys.argv[0] = \"privsep-helper\"; "
    "from oslo_privsep.daemon import helper_main; helper_main()'"
)


class NoServer:
    """Answers the questions that an agent asks its server: there is nothing that it does not know."""

    def __init__(self, topic, host):
        pass

    def get_host_ha_router_count(self, context):
        return 0

    def get_service_plugin_list(self, context):
        return []

    def get_networks(self, context, filters=None, fields=None):
        return []

    def update_floatingip_statuses(self, context, router_id, fip_statuses):
        pass

    def process_prefix_update(self, context, prefix_update):
        pass


def configure(folder, in_process):
    l3_agent.register_opts(cfg.CONF)
    common_config.init([])
    settings = {
        "interface_driver": "neutron.agent.linux.interface.BridgeInterfaceDriver",
        "enable_metadata_proxy": False,
        "state_path": folder,
        "host": "bench",
    }
    for name, value in settings.items():
        cfg.CONF.set_override(name, value)
    cfg.CONF.set_override("lock_path", folder + "/lock", group="oslo_concurrency")
    cfg.CONF.set_override("root_helper", "", group="AGENT")
    from neutron import privileged

    for context in vars(privileged).values():
        if not hasattr(context, "set_client_mode"):
            continue
        if in_process:
            context.set_client_mode(False)
        else:
            cfg.CONF.set_override("helper_command", HELPER, group=context.cfg_section)
            cfg.CONF.set_override("thread_pool_size", PARALLEL, group=context.cfg_section)


def main():
    folder, flavour = sys.argv[1], sys.argv[2]
    routers = json.load(sys.stdin)["routers"]
    configure(folder, flavour == "seq")
    logging.disable(logging.INFO)
    ip_lib.send_ip_addr_adv_notif = lambda *_args, **_more: None
    agent.L3PluginApi = NoServer
    agent.agent_rpc.create_consumers = lambda *_args, **_more: None
    one = agent.L3NATAgent("bench", cfg.CONF)
    pool = eventlet.GreenPool(1 if flavour == "seq" else PARALLEL)

    def timed(what, work, items):
        started = time.monotonic()
        for _ in pool.imap(work, items):
            pass
        print(json.dumps({"what": what, "ms": (time.monotonic() - started) * 1000}), flush=True)

    timed("create", one._process_router_if_compatible, routers)
    timed("first resync", one._process_router_if_compatible, routers)
    timed("resync", one._process_router_if_compatible, routers)
    input_ = [router["id"] for router in routers]

    def remove(router_id):
        if not one._safe_router_removed(router_id):
            raise RuntimeError(router_id)

    import os, subprocess
    if os.environ.get("SHOW"):
        subprocess.run("for n in $(ls /run/netns | head -1); do ip -n $n addr; ip -n $n route; ip netns exec $n iptables-save | wc; ip netns exec $n ip6tables-save | wc; done; ls /run/netns | wc -l", shell=True, stdout=2)
    timed("delete", remove, input_)


main()
