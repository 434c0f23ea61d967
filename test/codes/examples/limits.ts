import { lockOuts } from '../../../src/plan/lock-out.ts';
import { impactGuard } from '../../../src/plan/max-impact.ts';
import { asObserved, planFrom } from '../../support/ordered.ts';
import { contextOf, link, viewOf } from '../../support/view.ts';
import { printed, type Examples } from '../example.ts';
import { FILE, graphOf, WITH_DHCP } from '../topologies.ts';

const NIC = 'eth0: { physical_network: wire';
const ADDRESSED = WITH_DHCP.replace(NIC, `${NIC}, addresses: [192.0.2.9/24]`);
const SESSION = { client: '198.51.100.7', clientPort: 50022, server: '192.0.2.9', serverPort: 22 };

/** The file gives up an address of the node's NIC; the node is reached over SSH by this connection. */
function lockedOut(session: object | undefined): Promise<string> {
  const addr_info = [{ family: 'inet', local: '192.0.2.9', prefixlen: 24, scope: 'global' }] as const;
  const links = [link('eth0', 2, { addr_info })];
  const view = viewOf('n1', [{ netns: null, links }], { values: { 'ssh-session': session } });
  const graph = graphOf(WITH_DHCP);
  const { changes } = planFrom(asObserved(graphOf(ADDRESSED)), graph, [view]);
  return Promise.resolve(
    printed(
      lockOuts(changes, contextOf(graph, [view]), () => true),
      new Map([[FILE, WITH_DHCP]]),
    ),
  );
}

/** What limits that an operator sets refuse of a plan. */
export const LIMIT_EXAMPLES: Examples = {
  NLP80: {
    given: 'The DHCP server of a network moves to another address, and `apply` is run with `--max-impact counters`.',
    print() {
      const moved = WITH_DHCP.replace('fixed_ip_address: 10.0.0.3', 'fixed_ip_address: 10.0.0.4');
      const refused = impactGuard(planFrom(asObserved(graphOf(WITH_DHCP)), graphOf(moved)), 'counters');
      return Promise.resolve(printed(refused ? [refused] : []));
    },
  },
  NLP81: {
    given: 'The file gives up the address of a NIC by which the node is reached.',
    print: () => lockedOut(SESSION),
  },
  NLP82: {
    given: 'The same, on a node that does not tell by which connection it is reached.',
    print: () => lockedOut(undefined),
  },
};
