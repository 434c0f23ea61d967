import { impactGuard } from '../../../src/plan/max-impact.ts';
import { asObserved, planFrom } from '../../support/ordered.ts';
import { printed, type Examples } from '../example.ts';
import { graphOf, WITH_DHCP } from '../topologies.ts';

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
};
