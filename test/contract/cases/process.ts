import { file } from '../../../src/kinds/file/spec.ts';
import { process, type ProcessSpec } from '../../../src/kinds/process/spec.ts';
import { addressOf, type Resource } from '../../../src/model/resource.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { HOME, ROUTER, lan, node, routerBase, varied } from './objects.ts';

const state = `${HOME}/dhcp/net/state`;

const hostFile = file(node, `${HOME}/dhcp/net/host`, 'fa:16:3e:00:00:05,host-10-0-0-5,10.0.0.5\n', ORIGIN);

const dnsmasq: Resource<ProcessSpec> = process(
  { ...ROUTER, state },
  {
    argv: [
      'dnsmasq',
      '--no-hosts',
      '--no-resolv',
      `--pid-file=${state}/pid`,
      `--dhcp-hostsfile=${hostFile.name}`,
      `--dhcp-leasefile=${state}/leases`,
      '--bind-dynamic',
      '--dhcp-range=10.0.0.0,static,255.255.255.0,86400s',
      '--conf-file=/dev/null',
    ],
    rootlessArgv: ['--user=root', '--group='],
    rootArgv: ['--log-async=5'],
    inputs: 'one',
    reads: [hostFile.name],
    reload: 'SIGHUP',
    bindings: ['10.0.0.5 fa:16:3e:00:00:05'],
    leaseDevice: 'qr-1',
    seeds: { leases: '0 fa:16:3e:00:00:05 10.0.0.5 host-10-0-0-5 *\n' },
  },
  ORIGIN,
  [addressOf(hostFile)],
);

/** Daemons. */
export const PROCESSES: readonly KindCase[] = [
  {
    title: 'process',
    base: [...routerBase, lan, hostFile],
    object: dnsmasq,
    updates: {
      argv: varied(dnsmasq, { argv: [...dnsmasq.spec.argv, '--domain=example.org'] }),
      inputs: varied(dnsmasq, { inputs: 'two' }),
    },
    damages: {
      reads: `touch ${hostFile.name}`,
      closed: `chmod 700 ${HOME}/dhcp`,
    },
    fixed: {
      rootlessArgv: 'the node decides',
      rootArgv: 'the node decides',
      reload: 'how the others are altered',
      seeds: 'only for the start',
      leaseDevice: 'only for a release',
      bindings: 'what is leased is told by dnsmasq; process.test.ts releases some',
    },
  },
];
