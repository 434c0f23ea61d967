import type { Netns } from '../../model/resource.ts';
import type { Shells, Views } from '../engine.ts';
import type { Where } from '../read.ts';
import type { Session } from '../session.ts';

/**
 * What was read of the nodes last. A namespace that is read alone replaces what was read of it before: a plan is always
 * made from everything.
 */
export class Readings {
  readonly #session: Session;
  #views: Views | undefined;
  /** When the last reading of a node, and of single namespaces after it, began: on the clock of the node. */
  readonly #began = new Map<string, { all: number; readonly parts: Map<Netns, number> }>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads everything. */
  async full(topology: string, shells: Shells): Promise<Views> {
    const views = await this.#session.engine.read(topology, shells);
    for (const [node, { began = 0 }] of views) this.#began.set(node, { all: began, parts: new Map() });
    this.#views = views;
    return views;
  }

  /** Reads these namespaces; everything, if that was not read before. */
  async part(topology: string, shells: Shells, where: Where): Promise<Views> {
    const of = this.#views;
    if (of === undefined || [...shells.keys()].some((node) => !of.has(node))) return this.full(topology, shells);
    const views = await this.#session.engine.read(topology, shells, { of, where });
    for (const [node, namespaces] of where) {
      const began = views.get(node)?.began ?? 0;
      for (const netns of namespaces) this.#began.get(node)?.parts.set(netns, began);
    }
    this.#views = views;
    return views;
  }

  /** Returns whether a namespace was read after this time, on the clock of its node. */
  covers(node: string, netns: Netns, time: number): boolean {
    const began = this.#began.get(node);
    return began !== undefined && time < Math.max(began.all, began.parts.get(netns) ?? 0);
  }

  /** The next reading is of everything. */
  forget(): void {
    this.#views = undefined;
  }
}
