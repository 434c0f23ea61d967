// Set up for every file of tests (vitest.config.ts): what they expect, in words of networks; a failure says what was looked at, and what stands.
import './apply.ts';
import './node.ts';
import './order.ts';
import './path.ts';
import './ping.ts';
