// Set up for every test file (vitest.config.ts): matchers for networks. A failure shows the check and the state of the
// network.
import './apply.ts';
import './node.ts';
import './order.ts';
import './path.ts';
import './ping.ts';
