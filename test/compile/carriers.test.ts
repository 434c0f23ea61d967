import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { compileTopology } from '../../src/compile/compile.ts';
import { loadTopology } from '../../src/topology/load.ts';

const SUBNETS = 3;
const EXTERNAL = ['ext0', 'ext1'] as const;

type External = (typeof EXTERNAL)[number];

/**
 * The ports of a router: on each subnet none, one with the subnet's gateway address if no other port has it, or one
 * with another address.
 */
interface RouterChoice {
  readonly gateway: External | undefined;
  readonly interfaces: readonly ('none' | 'gateway' | 'other')[];
}

/** The target of a floating IP: an address in these subnets; `undefined`: an instance with a derived address. */
interface Choice {
  readonly withoutGateway: readonly boolean[];
  readonly routers: readonly RouterChoice[];
  readonly external: External;
  readonly shape: 'instance' | 'machine' | 'forwardings';
  readonly targets: readonly [number | undefined, number | undefined];
}

// Mostly one external network, so that several routers connect it.
const external = fc.constantFrom(EXTERNAL[0], EXTERNAL[0], EXTERNAL[0], EXTERNAL[1]);
const target = fc.option(fc.nat({ max: SUBNETS - 1 }), { nil: undefined, freq: 2 });
const perSubnet = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: SUBNETS, maxLength: SUBNETS });
const choices: fc.Arbitrary<Choice> = fc.record({
  withoutGateway: perSubnet(fc.constantFrom(false, false, false, true)),
  routers: fc.array(
    fc.record({
      gateway: fc.option(external, { nil: undefined, freq: 7 }),
      interfaces: perSubnet(fc.constantFrom('none' as const, 'gateway' as const, 'other' as const)),
    }),
    { maxLength: 4 },
  ),
  external,
  shape: fc.constantFrom('instance' as const, 'machine' as const, 'forwardings' as const),
  targets: fc.tuple(target, target),
});

/** The router with the gateway address of each subnet: the first one that uses it. */
function holders({ routers, withoutGateway }: Choice): readonly (number | undefined)[] {
  return withoutGateway.map((none, at) => {
    const index = routers.findIndex(({ interfaces }) => interfaces[at] === 'gateway');
    return none || index < 0 ? undefined : index;
  });
}

function textOf(choice: Choice): string {
  const held = holders(choice);
  const target = (at: number | undefined, port: number): object => {
    const instance = `vm${String(port)}`;
    if (choice.shape === 'forwardings') {
      const ports = { protocol: 'tcp', external_port: 80 + port, internal_port: 80 };
      return { ...ports, instance };
    }
    return choice.shape === 'machine' && at !== undefined
      ? { network: 'lan', fixed_ip_address: `10.0.${String(at)}.99` }
      : { instance };
  };
  const [first, second] = choice.targets;
  const to =
    choice.shape === 'forwardings' ? { port_forwardings: [target(first, 0), target(second, 1)] } : target(first, 0);
  const vm = (at: number | undefined, index: number): object => ({
    node: 'n1',
    ports: {
      eth0: {
        network: 'lan',
        ...(at !== undefined && { fixed_ip_address: `10.0.${String(at)}.${String(50 + index)}` }),
      },
    },
  });
  return stringify({
    name: 'demo',
    physical_networks: { inner: {}, outer0: {}, outer1: {} },
    nodes: {
      n1: {
        reach: { via: 'lab' },
        nics: {
          eth0: { physical_network: 'inner' },
          eth1: { physical_network: 'outer0' },
          eth2: { physical_network: 'outer1' },
        },
      },
    },
    networks: {
      lan: {
        physical_network: 'inner',
        subnets: Object.fromEntries(
          choice.withoutGateway.map((none, at) => [
            `s${String(at)}`,
            { cidr: `10.0.${String(at)}.0/24`, enable_dhcp: false, ...(none && { gateway_ip: null }) },
          ]),
        ),
      },
      ...Object.fromEntries(
        EXTERNAL.map((name, index) => [
          name,
          {
            physical_network: `outer${String(index)}`,
            external: true,
            subnets: { [`out${String(index)}`]: { cidr: `192.0.${String(2 + index)}.0/24`, enable_dhcp: false } },
          },
        ]),
      ),
    },
    routers: Object.fromEntries(
      choice.routers.map(({ gateway, interfaces }, index) => [
        `r${String(index)}`,
        {
          node: 'n1',
          ...(gateway !== undefined && { external_gateway: { network: gateway } }),
          interfaces: Object.fromEntries(
            interfaces.flatMap((one, at) =>
              one === 'none'
                ? []
                : [
                    [
                      `s${String(at)}`,
                      held[at] === index ? {} : { fixed_ip_address: `10.0.${String(at)}.${String(20 + index)}` },
                    ],
                  ],
            ),
          ),
        },
      ]),
    ),
    instances: { vm0: vm(first, 0), vm1: vm(second, 1) },
    floating_ips: { fip: { floating_network: choice.external, ...to } },
  });
}

/**
 * Returns the router that carries a floating IP to a subnet, computed independently of the compiler. It is the router
 * with the subnet's gateway address, if that one connects the external network; else the first that connects both.
 */
function expected(choice: Choice, at: number): string | undefined {
  const between = [...choice.routers.entries()]
    .filter(([, one]) => one.gateway === choice.external && one.interfaces[at] !== 'none')
    .map(([index]) => index);
  const holder = holders(choice)[at];
  const chosen = holder !== undefined && between.includes(holder) ? holder : between[0];
  return chosen === undefined ? undefined : `r${String(chosen)}`;
}

test('the checks accept floating IPs with a router, and the compiler places them on that router', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(choices, (choice) => {
      const targets = choice.shape === 'forwardings' ? choice.targets : choice.targets.slice(0, 1);
      const { topology, diagnostics } = loadTopology(textOf(choice), 'demo.yaml');
      const codes = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      // For a derived address the checks must consider every subnet of the network.
      const all = [...Array(SUBNETS).keys()].map((at) => expected(choice, at));
      const hopeless = targets.some((at) =>
        at === undefined ? all.every((one) => one === undefined) : all[at] === undefined,
      );
      const given = new Set(targets.flatMap((at) => (at === undefined ? [] : (all[at] ?? []))));
      expect(codes.includes('NL312')).toBe(hopeless);
      expect(codes.includes('NL323')).toBe(given.size > 1);
      expect(codes.filter((code) => code !== 'NL312' && code !== 'NL323')).toEqual([]);
      if (topology === undefined) return;
      // A derived address is the lowest free one, so it is in the first subnet.
      const routers = targets.map((at) => all[at ?? 0]);
      const { resolved, diagnostics: wrong } = compileTopology(topology);
      const placed = [...(resolved?.floatingIps ?? []), ...(resolved?.forwardedIps ?? [])].map((one) => one.router);
      if (routers.includes(undefined)) {
        expect(targets).toContain(undefined);
        expect(new Set(wrong.map(({ code }) => code))).toEqual(new Set(['NLC04']));
      } else if (new Set(routers).size > 1) {
        expect(targets).toContain(undefined);
        expect(wrong.map(({ code }) => code)).toEqual(['NLC06']);
      } else expect(placed).toEqual([routers[0]]);
      if (placed.length > 0) seen.add(choice.shape);
    }),
    { numRuns: 150 },
  );
  expect([...seen].sort()).toEqual(['forwardings', 'instance', 'machine']);
});
