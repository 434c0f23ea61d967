import { formatPorts } from '../../net/ports.ts';
import type { Geometry, Point } from '../../picture/layout/geometry.ts';
import type { Scene } from '../../picture/scene/scene.ts';
import { routeOf } from '../../picture/way/way.ts';
import { clean } from '../../render/clean.ts';
import type { ResolvedTopology } from '../../resolve/resolved.ts';
import type { PictureWay } from '../wire/picture.ts';

/** A floating IP, or one of its port forwardings. */
interface Translation {
  readonly label: string;
  readonly router: string;
  readonly fixedAddress: string;
  readonly instance?: string | undefined;
}

/** Returns the ways of a floating IP as they are drawn: one, or one for each of its port forwardings. */
export function pictureWays(
  name: string,
  resolved: ResolvedTopology,
  { scene, geometry }: { readonly scene: Scene; readonly geometry: Geometry },
): readonly PictureWay[] {
  return translationsOf(name, resolved).flatMap((translation) => {
    const { label } = translation;
    const route = stationsRoute(translation, resolved, scene, geometry);
    if (route === undefined) return [];
    const line = (points: readonly Point[]): string =>
      `M${points.map(({ x, y }) => `${String(x)} ${String(y)}`).join('L')}`;
    return [{ label: clean(label), path: route.lines.map(line).join(''), stops: route.stops.map(({ rect }) => rect) }];
  });
}

function translationsOf(name: string, { floatingIps, forwardedIps }: ResolvedTopology): readonly Translation[] {
  const whole = floatingIps.filter((ip) => ip.name === name).map((ip) => ({ ...ip, label: ip.address }));
  const parts = forwardedIps
    .filter((ip) => ip.name === name)
    .flatMap(({ address, router, forwardings }) =>
      forwardings.map((one) => ({ ...one, router, label: `${address} ${one.protocol} ${formatPorts(one.external)}` })),
    );
  return [...whole, ...parts];
}

function stationsRoute(
  { router: name, fixedAddress, instance }: Translation,
  { routers, instances }: ResolvedTopology,
  { things }: Scene,
  geometry: Geometry,
): ReturnType<typeof routeOf> {
  const router = routers.get(name);
  const port = instances
    .get(instance ?? '')
    ?.ports.find(({ fixedIps }) => fixedIps.some(({ address }) => address === fixedAddress));
  const inner = router?.interfaces.find(({ network }) => network === port?.network);
  const target = things.find(
    ({ id, members = [] }) => id === `instance ${instance ?? ''}` || members.includes(instance ?? ''),
  );
  if (!router?.gateway || !port || !inner || !target) return undefined;
  return routeOf(geometry, {
    router: `router ${name}`,
    outer: `port ${router.gateway.id}`,
    inner: `port ${inner.id}`,
    target: target.id,
    port: `port ${port.id}`,
  });
}
