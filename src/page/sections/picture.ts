import { createHash } from 'node:crypto';
import { DiagnosticError } from '../../model/diagnostic.ts';
import type { Box, Frame, Geometry, Rect } from '../../picture/layout/geometry.ts';
import { marksOf } from '../../picture/live/marks.ts';
import { MOST_SINGLY, sceneOf } from '../../picture/scene/draw.ts';
import type { Scene, ThingKind } from '../../picture/scene/scene.ts';
import { clean } from '../../render/clean.ts';
import { floatingIpsOf } from '../../render/show/floating-ips.ts';
import { servicesOf } from '../../render/show/services.ts';
import type { Sighting } from '../../session/watch/onlooker.ts';
import type { PartName } from '../wire/part.ts';
import type { PictureLevel, PictureSection, PictureThing } from '../wire/picture.ts';

/** A picture, with where each thing in it is. */
export interface Drawing {
  readonly section: PictureSection;
  /** Absent: there is no picture. */
  readonly drawn?: { readonly scene: Scene; readonly geometry: Geometry };
  readonly svg: string;
}

/** Draws what was seen. */
export interface Artist {
  /** Returns the picture; the same value as before if it would be the same. */
  draw(sighting: Sighting): Promise<Drawing>;
}

/** Creates an artist. Layout takes longer than a look, so it is made only if what is drawn has changed. */
export function createArtist(level: PictureLevel = 'networks'): Artist {
  let last: { readonly scene: string; readonly drawing: Drawing } | undefined;
  return {
    async draw({ desired: { resolved, topology }, result: { plan, diagnostics } }) {
      const services = servicesOf(resolved, plan, diagnostics);
      const floatingIps = floatingIpsOf(resolved, plan, diagnostics);
      const marks = marksOf(resolved, { services, floatingIps, groups: plan.groups });
      const scene = sceneOf(level, { doc: topology.doc, resolved, most: MOST_SINGLY, marks });
      const text = JSON.stringify(scene);
      if (last?.scene === text) return last.drawing;
      const drawing = await drawn(scene).catch(failed);
      last = { scene: text, drawing };
      return drawing;
    },
  };
}

async function drawn(scene: Scene): Promise<Drawing> {
  const [{ layout }, { renderSvg }] = await Promise.all([
    import('../../picture/layout/layout.ts'),
    import('../../picture/svg/svg.ts'),
  ]);
  const geometry = await layout(scene);
  const { width, height, frames, boxes, title, about } = geometry;
  const svg = renderSvg(geometry);
  const version = createHash('sha256').update(svg).digest('hex').slice(0, 16);
  const things = [...frames.map((frame) => thingOf(frame, 'node')), ...boxes.map((box) => thingOf(box, box.kind))];
  const alt = clean(`${title}: ${about}`);
  return {
    svg,
    drawn: { scene, geometry },
    section: { src: `/api/picture/${version}`, alt, width, height, things, error: '' },
  };
}

/** Without the layout library there is no picture, and everything else is shown. */
function failed(error: unknown): Drawing {
  if (!(error instanceof DiagnosticError)) throw error;
  const words = error.diagnostics.map(({ summary, hint = '' }) => `${summary}: ${hint}`).join('; ');
  return { svg: '', section: { src: '', alt: '', width: 0, height: 0, things: [], error: clean(words) } };
}

const WORDS: Readonly<Record<ThingKind | 'node', string>> = {
  node: 'node',
  network: 'network',
  'physical-network': 'physical network',
  router: 'router',
  dhcp: 'DHCP server',
  instance: 'instance',
  instances: 'instances',
  host: 'outside host',
  nic: 'NIC',
  bridge: 'bridge',
};

const COLLECTIONS: Partial<Readonly<Record<ThingKind | 'node', string>>> = {
  node: 'nodes',
  network: 'networks',
  router: 'routers',
  instance: 'instances',
  host: 'hosts',
};

function thingOf(thing: Box | Frame, kind: ThingKind | 'node'): PictureThing {
  const { id, name, details, sign } = thing;
  const { x, y, width, height } = rectOf(thing);
  const collection = COLLECTIONS[kind];
  const part: PartName | null = collection === undefined ? null : { collection, name };
  const words = clean(`${WORDS[kind]} ${name}`);
  return { id, words, health: sign?.health ?? null, details: details.map(clean), x, y, width, height, part };
}

/** Of a network only its card can be clicked: cables cross its bar. */
function rectOf(thing: Box | Frame): Rect {
  return 'card' in thing ? thing.card : thing.rect;
}
