import type { FieldChange } from '../../model/change.ts';
import { changed, meaningOf } from '../fields/index.ts';
import type { NicSpec } from './spec.ts';

/** Its desired state is in a bridge. */
function isPort({ bridge }: NicSpec): boolean {
  return bridge !== null;
}

/** The same name, but the other type of bridge. */
function switchDiffers(desired: NicSpec, observed: NicSpec, before: readonly FieldChange[]): readonly FieldChange[] {
  const isMoved = observed.bridge === null || changed(before, 'bridge') !== undefined;
  if (!isPort(desired) || isMoved || desired.switch === observed.switch) return [];
  return [{ field: 'switch', from: observed.switch, to: desired.switch }];
}

/** What a difference in a NIC means. */
export const nicFields = meaningOf<NicSpec>(
  {
    // Where none is desired, a foreign bridge is left alone.
    bridge: {
      change: 'update',
      impact: 'flap',
      when: ({ bridge }, { borrowed }) => bridge !== null || borrowed === true,
    },
    mtu: { change: 'update', impact: 'flap' },
    networkMtu: { notCompared: 'the NIC’s MTU is the node’s: it is reported' },
    // No file asks for a NIC that is down: it was so when a state was recorded.
    up: { change: 'update', when: (desired) => isPort(desired) || !desired.up },
    stray: { change: 'update', when: isPort },
    switch: { tell: switchDiffers },
    plug: {
      tell: (desired, { plug }) =>
        !isPort(desired) || plug === undefined || desired.switch === undefined
          ? []
          : [{ field: 'plug', from: plug, to: undefined }],
    },
    attributes: { each: 'update', when: isPort },
    borrowed: { notCompared: 'it is as it was observed' },
    allowDynamic: { notCompared: 'it is a word of the file' },
  },
  { create: 'none', replace: 'none', delete: 'flap' },
);
