import type { Health } from '../../render/show/services.ts';
import type { ThingKind } from '../scene/scene.ts';

/** The icons, as lines in a square of 16 by 16. */
export const ICONS: Readonly<Record<ThingKind | 'node', string>> = {
  // A cloud.
  network: 'M5 12.5h6.5a2.75 2.75 0 0 0 .4-5.5A4 4 0 0 0 4.3 6.6 3 3 0 0 0 5 12.5z',
  // A plug with two pins.
  'physical-network': 'M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5V15',
  // A circle with arrows that lead in from the sides and out above and below.
  router:
    'M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1zM3.2 8H6.4M5 6.6L6.4 8 5 9.4M12.8 8H9.6M11 6.6L9.6 8 11 9.4' +
    'M8 6.4V3.4M6.7 4.7L8 3.4l1.3 1.3M8 9.6v3M6.7 11.3L8 12.6l1.3-1.3',
  // A list of leases.
  dhcp: 'M3 1.5h10v13H3zM5.5 5h5M5.5 8h5M5.5 11h3',
  // A screen.
  instance: 'M1.5 2.5h13v8.5h-13zM5 14h6M8 11v3',
  // Several screens.
  instances: 'M1 5h10.5v7H1zM3.5 5V2.5H15v7h-3.5M4 14.5h5',
  // A globe.
  host: 'M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1zM1.2 8h13.6M8 1c-4.6 4-4.6 10 0 14M8 1c4.6 4 4.6 10 0 14',
  // A card with a socket.
  nic: 'M2 3h12v8.5H2zM5.5 11.5V9h5v2.5M4.5 14v-2.5M8 14v-2.5M11.5 14v-2.5',
  // Two arrows in a flat box.
  bridge: 'M1.5 4.5h13v7h-13zM4 6.8h7M9.6 5.6L11 6.8 9.6 8M12 9.4H5M6.4 8.2L5 9.4l1.4 1.2',
  // Two units of a rack.
  node: 'M1.5 2.5h13v5h-13zM1.5 8.5h13v5h-13zM4 5h.1M4 11h.1M7 5h5M7 11h5',
};

/** The sign of each health, as lines in a square of 16 by 16; each has another form, not only another colour. */
export const SIGNS: Readonly<Record<Health, string>> = {
  ok: 'M4.6 8.3l2.3 2.3 4.6-5',
  degraded: 'M8 4.2v4.4M8 11.6v.1',
  missing: 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6',
  foreign: 'M4.5 8h7M8 4.5v7',
  unknown: 'M5.9 6.3a2.1 2.1 0 1 1 2.9 2Q8 8.7 8 9.4M8 11.9v.1',
};

/** The plate behind the sign: round, and pointed for what needs a look. */
export const PLATES: Readonly<Record<Health, string>> = {
  ok: 'M8 0a8 8 0 1 0 0 16A8 8 0 1 0 8 0z',
  degraded: 'M8 .5L16 15.5H0z',
  missing: 'M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z',
  foreign: 'M8 0l8 8-8 8-8-8z',
  unknown: 'M2 0h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2V2A2 2 0 0 1 2 0z',
};
