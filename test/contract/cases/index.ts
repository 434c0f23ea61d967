import { ADDRESSES } from './address.ts';
import { ANTI_SPOOF } from './anti-spoof.ts';
import { BRIDGES } from './bridge.ts';
import type { KindCase } from './case.ts';
import { CHAINS } from './chain.ts';
import { FILES } from './file.ts';
import { SETS } from './ipset.ts';
import { NAMESPACES } from './netns.ts';
import { NICS } from './nic.ts';
import { OPENVSWITCH } from './openvswitch.ts';
import { PROCESSES } from './process.ts';
import { ROUTES } from './route.ts';
import { SYSCTLS } from './sysctl.ts';
import { TAPS } from './tap.ts';
import { VETHS } from './veth.ts';

/** At least one case for every registered kind. */
export const CASES: readonly KindCase[] = [
  ...ADDRESSES,
  ...BRIDGES,
  ...ANTI_SPOOF,
  ...CHAINS,
  ...FILES,
  ...SETS,
  ...NAMESPACES,
  ...NICS,
  ...OPENVSWITCH,
  ...PROCESSES,
  ...ROUTES,
  ...SYSCTLS,
  ...TAPS,
  ...VETHS,
];

/** One case of each kind: those of every day. */
export const FIRST_OF_KIND: readonly KindCase[] = [
  ...new Map([...CASES].reverse().map((one) => [one.object.kind, one])).values(),
];
