"""Times Neutron's L3 agent, in process, on routers that it gets as JSON.

Argument: a folder for the agent's files. Standard input: a list of routers, each as neutron-server sends it to an agent
(routers.mjs). Standard output: JSON {"create": MS, "resync": MS, "delete": MS}.

The agent's own classes do the work: L3NATAgent, LegacyRouter, BridgeInterfaceDriver. Only its server is replaced: the
agent gets the routers from this program. It processes them in green threads, as many at a time as the agent, and its
privsep helper makes the privileged calls, without sudo, with as many threads. It starts no metadata proxies, and
announces no addresses: six times a second of `arping` for each of them would be most of the time.
"""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import logging  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

from neutron import privileged  # noqa: E402
from neutron.agent import l3_agent  # noqa: E402
from neutron.agent.l3 import agent  # noqa: E402
from neutron.agent.linux import ip_lib  # noqa: E402
from neutron.common import config as common_config  # noqa: E402
from oslo_config import cfg  # noqa: E402
from oslo_privsep import priv_context  # noqa: E402

HELPER = "/usr/bin/python3 -c 'from oslo_privsep.daemon import helper_main; helper_main()'"


class NoServer:
    """Answers the questions that an agent asks its server."""

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


def configured_agent(folder):
    l3_agent.register_opts(cfg.CONF)
    common_config.init([])
    logging.disable(logging.INFO)
    cfg.CONF.set_override("interface_driver", "neutron.agent.linux.interface.BridgeInterfaceDriver")
    cfg.CONF.set_override("enable_metadata_proxy", False)
    cfg.CONF.set_override("state_path", folder)
    cfg.CONF.set_override("lock_path", folder + "/lock", group="oslo_concurrency")
    cfg.CONF.set_override("root_helper", "", group="AGENT")
    for context in vars(privileged).values():
        if isinstance(context, priv_context.PrivContext):
            cfg.CONF.set_override("helper_command", HELPER, group=context.cfg_section)
            cfg.CONF.set_override("thread_pool_size", agent.ROUTER_PROCESS_GREENLET_MIN, group=context.cfg_section)
    agent.L3PluginApi = NoServer
    agent.agent_rpc.create_consumers = lambda *_args, **_options: None
    ip_lib.send_ip_addr_adv_notif = lambda *_args, **_options: None
    return agent.L3NATAgent("bench", cfg.CONF)


def main():
    routers = json.load(sys.stdin)
    one = configured_agent(sys.argv[1])
    pool = eventlet.GreenPool(agent.ROUTER_PROCESS_GREENLET_MIN)

    def timed(work, items):
        started = time.monotonic()
        for _ in pool.imap(work, items):
            pass
        return (time.monotonic() - started) * 1000

    def remove(router_id):
        if not one._safe_router_removed(router_id):
            raise RuntimeError("the agent could not remove router " + router_id)

    times = {"create": timed(one._process_router_if_compatible, routers)}
    # The first resync after a creation still changes rules, the second changes nothing.
    timed(one._process_router_if_compatible, routers)
    times["resync"] = timed(one._process_router_if_compatible, routers)
    times["delete"] = timed(remove, [router["id"] for router in routers])
    print(json.dumps(times))


main()
