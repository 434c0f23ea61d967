/*
 * What the server of the page sends to the browser: both sides import these types. All texts are without secrets and
 * control characters. Times are in milliseconds since 1970.
 */

import type { DriftRow, PlanSection } from './changes.ts';
import type { Machine } from './machine.ts';
import type { PictureSection } from './picture.ts';
import type { Reach } from './reach.ts';
import type { RunRow, Work } from './runs.ts';
import type { FloatingIpRow, PortRow, ServiceRow } from './services.ts';
import type { Sight } from './sight.ts';

/** The whole state of the page. The server sends the sections that have changed, each as a whole. */
export interface PageState {
  readonly about: About;
  readonly sight: Sight;
  readonly machine: Machine;
  readonly services: readonly ServiceRow[];
  readonly floatingIps: readonly FloatingIpRow[];
  readonly ports: readonly PortRow[];
  readonly changes: PlanSection | null;
  readonly drift: readonly DriftRow[];
  readonly runs: readonly RunRow[];
  readonly work: Work;
  readonly reach: Reach;
  /** Of what the topology names; `null`: it was not drawn yet. */
  readonly picture: PictureSection | null;
  /** Of the devices of the nodes; `null`: nobody has asked for it yet. */
  readonly devices: PictureSection | null;
}

/** A part of the state. */
export type SectionName = keyof PageState;

/** What does not change while the server runs. */
export interface About {
  readonly topology: string;
  readonly file: string;
  /** The version of netloom. */
  readonly version: string;
  readonly lab: boolean;
  /** Whether the page may apply a plan. */
  readonly mayApply: boolean;
  /** The name of the machine that netloom runs on. */
  readonly machine: string;
}
