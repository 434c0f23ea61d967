import fc from 'fast-check';
import { BITS, blockAround, cidrContains, formatBlock, parseBlock } from '../../src/net/block.ts';
import { formatIp } from '../../src/net/ip.ts';
import { ipv4, raw } from '../../src/net/raw/address.ts';
import { gatewayOf } from '../../src/topology/defaults.ts';
import type {
  FloatingIp,
  Host,
  Instance,
  Network,
  Node,
  Port,
  Route,
  Router,
  Subnet,
  Topology,
} from '../../src/topology/types.gen.ts';
import { Dice } from './dice.ts';

/** Options of crowded documents. */
interface Options {
  /** Whether every address is given, so that none is derived. */
  readonly given?: boolean;
}

/** The instances of crowded documents; some have fewer. */
export const INSTANCES = ['vm0', 'vm1', 'vm2'] as const;

/**
 * Documents of one node that match the schema, about half of them valid: small subnets with addresses at their edges,
 * several external ones, gateways outside their subnets, and routes to whatever is connected, on-link or overlapping.
 */
export function crowdedDocs(options: Options = {}): fc.Arbitrary<Topology> {
  return fc.gen().map((g) => new Crowd(new Dice(g), options).document());
}

/** A subnet of the document, and the addresses in it that something has. */
interface Place {
  readonly network: string;
  readonly name: string;
  readonly spec: Subnet;
  readonly used: Set<string>;
}

const OUTER = 'outer';
const FAR = '192.0.2.1';

class Crowd {
  readonly #dice: Dice;
  readonly #given: boolean;
  readonly #places: Place[] = [];

  constructor(dice: Dice, { given = false }: Options) {
    this.#dice = dice;
    this.#given = given;
  }

  document(): Topology {
    const dice = this.#dice;
    const inner = dice.some(2, (index) => `inner${String(index)}`, 1);
    const networks: Record<string, Network> = { [OUTER]: this.#outer() };
    inner.forEach((name, index) => (networks[name] = this.#inner(name, index)));
    const shared = dice.chance(10);
    const routers = fromNames(
      dice.some(shared ? 1 : 2, (index) => `r${String(index)}`, 1),
      (_, index) => this.#router(index),
    );
    const wires = [OUTER, ...inner];
    const nics = Object.fromEntries(
      wires.map((wire, index) => [`eth${String(index)}`, { physical_network: wire, ...this.#nicAddress(wire) }]),
    );
    const node: Node = {
      reach: { via: 'lab' },
      nics,
      ...(shared && { mechanism: 'openvswitch', use_namespaces: false }),
    };
    const instances = fromNames(
      dice.some(INSTANCES.length, (index) => INSTANCES[index] ?? ''),
      () => this.#instance(dice.one(inner)),
    );
    return {
      name: 'crowded',
      physical_networks: Object.fromEntries(wires.map((wire) => [wire, {}])),
      nodes: { node1: node },
      networks,
      routers,
      instances,
      floating_ips: this.#floatingIps(instances, Object.values(routers)),
      hosts: dice.chance(30) ? { out: this.#host() } : {},
    };
  }

  #outer(): Network {
    const bases = ['203.0.113.0', '203.0.113.64', '203.0.113.128'];
    const lengths = [26, 28, 29, 29, 30, 31, 32];
    this.#dice.some(
      3,
      (index) => {
        this.#subnet(OUTER, `outer-${String(index)}`, `${bases[index] ?? ''}/${String(this.#dice.one(lengths))}`);
      },
      1,
    );
    return this.#network(OUTER, { external: true });
  }

  #inner(name: string, index: number): Network {
    const lengths = [24, 27, 28, 29, 30, 31, 32];
    this.#dice.some(
      2,
      (other) => {
        const base = `10.${String(index)}.${this.#dice.chance(5) ? '0' : String(other)}.0`;
        this.#subnet(name, `${name}-${String(other)}`, `${base}/${String(this.#dice.one(lengths))}`);
      },
      1,
    );
    return this.#network(name, {});
  }

  /** The network of the subnets made so far under its name. */
  #network(name: string, more: Partial<Network>): Network {
    const places = this.#places.filter(({ network }) => network === name);
    const [served] = places.filter(({ spec }) => spec.enable_dhcp !== false);
    // The field gives one address, so that only one subnet has a DHCP server if all addresses are given.
    const dhcp =
      served && (this.#given || this.#dice.chance(20)) ? { dhcp: { fixed_ip_address: this.#host4(served) } } : {};
    return {
      physical_network: name,
      port_security_enabled: false,
      subnets: Object.fromEntries(places.map((place) => [place.name, place.spec])),
      ...dhcp,
      ...more,
    };
  }

  #subnet(network: string, name: string, cidr: string): void {
    const dice = this.#dice;
    const external = network === OUTER;
    const { prefixLength } = parseBlock(cidr);
    const spec: Subnet = { cidr };
    const others = this.#places.filter((place) => place.network === network);
    const served = others.every((place) => place.spec.enable_dhcp === false) || !this.#given;
    if (external || prefixLength > 30 || !served || dice.chance(50)) {
      if (!dice.chance(2)) spec.enable_dhcp = false;
    }
    if (prefixLength === 32 && !external) spec.gateway_ip = null;
    const place: Place = { network, name, spec, used: new Set() };
    if (dice.chance(40) || (prefixLength === 32 && external)) {
      const inside = (): string => this.#edge(place);
      const elsewhere = (): string => (others[0] === undefined ? FAR : this.#edge(others[0]));
      const choices = [() => null, inside, ...(external ? [() => FAR, elsewhere, () => '10.0.0.9'] : [])];
      spec.gateway_ip = dice.one(choices)();
    }
    if (dice.chance(20)) spec.host_routes = [{ destination: this.#destination(), nexthop: this.#host4(place) }];
    const gateway = gatewayOf(spec);
    if (gateway !== undefined) place.used.add(gateway);
    this.#places.push(place);
  }

  #router(index: number): Router {
    const dice = this.#dice;
    const outside = this.#places.filter(({ network }) => network === OUTER);
    const inside = this.#places.filter(({ network }) => network !== OUTER || dice.chance(4));
    const router: Router = { node: 'node1' };
    if (dice.chance(85)) {
      const homes = dice.one([
        [this.#roomy(outside)],
        outside,
        [this.#roomy(outside)],
        [this.#roomy(outside), this.#roomy(outside)],
      ]);
      const fixed = this.#given || dice.chance(60) ? homes.map((place) => this.#host4(place)) : undefined;
      router.external_gateway = {
        network: OUTER,
        ...(fixed && { fixed_ips: fixed }),
        ...(fixed && dice.chance(30) && { snat_ip_address: dice.one(fixed) }),
        ...(dice.chance(30) && { default_route_subnet: dice.one(outside).name }),
      };
    }
    const served = inside.filter((place) => dice.chance(place.network === OUTER ? 50 : 60));
    router.interfaces = Object.fromEntries(
      served.map((place) => {
        const byDefault = index === 0 && gatewayOf(place.spec) !== undefined && dice.chance(80);
        return [place.name, byDefault ? {} : { fixed_ip_address: this.#host4(place) }];
      }),
    );
    const near = [...served, ...(router.external_gateway === undefined ? [] : outside)];
    router.routes = this.#routes(near);
    return router;
  }

  #routes(near: readonly Place[]): Route[] {
    if (near.length === 0) return [];
    return this.#dice.some(3, () => {
      const via = this.#dice.chance(97) ? near : this.#places;
      return { destination: this.#destination(), nexthop: this.#host4(this.#roomy(via)) };
    });
  }

  /** A network somewhere, or one that touches those of the document. */
  #destination(): string {
    const dice = this.#dice;
    const far = ['172.16.0.0/12', '0.0.0.0/0', '0.0.0.0/1', '169.254.169.254/32', '192.0.2.0/24'];
    const [place] = this.#places.length === 0 ? [] : [dice.one(this.#places)];
    if (place === undefined || dice.chance(60)) return dice.one(far);
    const { network, last, prefixLength } = parseBlock(place.spec.cidr);
    const gateway = gatewayOf(place.spec) ?? FAR;
    return dice.one([
      () => place.spec.cidr,
      () => formatBlock(blockAround(last, Math.min(prefixLength + 1, BITS[4]))),
      () => formatBlock(blockAround(network, prefixLength - 1)),
      () => formatBlock(blockAround(network, prefixLength - 8)),
      () => `${gateway}/32`,
      () => `${this.#edge(place)}/32`,
    ])();
  }

  #instance(network: string): Instance {
    const dice = this.#dice;
    const places = this.#places.filter((place) => place.network === network);
    const several = dice.chance(20) ? places : [this.#roomy(places)];
    const port: Port = {
      network,
      ...(this.#given || dice.chance(60) ? { fixed_ips: several.map((place) => this.#host4(place)) } : {}),
      ...(dice.chance(15) && { port_security_enabled: true, allowed_address_pairs: [this.#pair(dice.one(places))] }),
    };
    return { node: 'node1', ports: { eth0: port } };
  }

  #pair(place: Place): { ip_address: string } {
    const ip_address = this.#dice.one([
      place.spec.cidr,
      this.#edge(place),
      '2001:db8::/127',
      '2001:db8::1/128',
      'fe80::1',
      '0.0.0.0/0',
    ]);
    return { ip_address };
  }

  #floatingIps(instances: Readonly<Record<string, Instance>>, routers: readonly Router[]): Record<string, FloatingIp> {
    const dice = this.#dice;
    const outside = this.#places.filter(({ network }) => network === OUTER);
    const found: Record<string, FloatingIp> = {};
    for (const [name, { ports }] of Object.entries(instances)) {
      const { network = '', fixed_ips: [first] = [] } = ports?.['eth0'] ?? {};
      const own = this.#places.filter(
        (place) => place.network === network && (first === undefined || cidrContains(place.spec.cidr, first)),
      );
      const isReached = own.every(({ name }) =>
        routers.some(
          ({ external_gateway, interfaces }) => external_gateway !== undefined && interfaces?.[name] !== undefined,
        ),
      );
      if (isReached ? dice.chance(20) : !dice.chance(3)) continue;
      const address = this.#given || dice.chance(60) ? { floating_ip_address: this.#host4(this.#roomy(outside)) } : {};
      const target = { instance: name };
      const router = dice.chance(20) ? { router: `r${String(dice.one(routers.map((_, index) => index)))}` } : {};
      found[`${name}-public`] = dice.chance(20)
        ? {
            floating_network: OUTER,
            ...address,
            ...router,
            port_forwardings: [
              {
                protocol: 'tcp',
                external_port: 80,
                internal_port: 80,
                ...target,
                ...(first === undefined ? {} : { internal_ip_address: first }),
              },
            ],
          }
        : {
            floating_network: OUTER,
            ...address,
            ...router,
            ...target,
            ...(first === undefined ? {} : { fixed_ip_address: first }),
          };
    }
    return found;
  }

  #host(): Host {
    const outside = this.#places.filter(({ network }) => network === OUTER);
    const place = this.#dice.one(outside);
    const address = `${this.#host4(place)}/${String(parseBlock(place.spec.cidr).prefixLength)}`;
    return { nics: { eth0: { physical_network: OUTER, addresses: [address] } }, routes: this.#routes([place]) };
  }

  #nicAddress(wire: string): { addresses?: string[] } {
    if (!this.#dice.chance(8)) return {};
    const place = this.#dice.one(this.#places.filter(({ network }) => network === wire));
    return { addresses: [`${this.#host4(place)}/${String(parseBlock(place.spec.cidr).prefixLength)}`] };
  }

  /** A free address of the subnet, from either end; rarely any address at its edges. */
  #host4(place: Place): string {
    const end = this.#dice.chance(30) ? -1 : 0;
    const free = freeOf(place);
    const chosen = (this.#dice.chance(1) ? undefined : free.at(end)) ?? this.#edge(place);
    place.used.add(chosen);
    return chosen;
  }

  /** One of the subnets, rarely one without free addresses. */
  #roomy(places: readonly Place[]): Place {
    const withRoom = places.filter((place) => freeOf(place).length > 0);
    return this.#dice.one(withRoom.length === 0 || this.#dice.chance(3) ? places : withRoom);
  }

  /** The network address, the first, the last or the broadcast address, or one beside them. */
  #edge({ spec }: Pick<Place, 'spec'>): string {
    const { network, last, prefixLength } = parseBlock(spec.cidr);
    const size = 2 ** (BITS[4] - prefixLength);
    const offset = this.#dice.one([0, 1, 2]) % size;
    const [low, high] = [Number(raw(network)), Number(raw(last))];
    return formatIp(ipv4(this.#dice.chance(50) ? high - offset : low + offset));
  }
}

/** Up to 32 free addresses at both ends of a subnet, in order. */
function freeOf({ spec, used }: Place): readonly string[] {
  const { firstHost, lastHost } = parseBlock(spec.cidr);
  const [first, last] = [Number(raw(firstHost)), Number(raw(lastHost))];
  const lower = Array.from({ length: Math.min(16, last - first + 1) }, (_, index) => first + index);
  const upper = lower.map((number) => last - (number - first)).reverse();
  return [...new Set([...lower, ...upper])]
    .map((number) => formatIp(ipv4(number)))
    .filter((address) => !used.has(address));
}

function fromNames<T>(names: readonly string[], make: (name: string, index: number) => T): Record<string, T> {
  return Object.fromEntries(names.map((name, index) => [name, make(name, index)]));
}
