import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * For a node: an address answers one of several pings, started by the command `enter` (`nsenter --net=…`). To be
     * awaited.
     */
    toAnswerPing: (address: string, enter: string, tries?: number) => Promise<T>;
    /** For a node: its default route has this gateway, and the gateway answers. To be awaited. */
    toReachGateway: (gateway: string) => Promise<T>;
  }
}

/** The part of a node that the matchers use. */
export interface Asked {
  try(script: string): Promise<{ readonly code: number; readonly output: string }>;
}

function tried(enter: string, address: string, tries: number): string {
  const turns = Array.from({ length: tries }, (_, turn) => turn + 1).join(' ');
  return `for i in ${turns}; do ${enter}ping -c 1 -W 1 ${address} && exit 0; done; exit 1`;
}

expect.extend({
  async toAnswerPing(node: Asked, address: string, enter: string, tries = 1) {
    const { code, output } = await node.try(tried(`${enter} `, address, tries));
    const { output: seen } = await node.try(`${enter} ip -br addr; ${enter} ip route; ${enter} ip neigh`);
    return {
      pass: code === 0,
      message: () =>
        `expected ${address} ${this.isNot ? 'not ' : ''}to answer a ping from \`${enter}\`:
${output}
state:
${seen}`,
    };
  },

  async toReachGateway(node: Asked, gateway: string) {
    const { output: routes } = await node.try('ip -4 route show default');
    const { code, output } = await node.try(tried('', gateway, 3));
    const { output: seen } = await node.try('ip -br addr; ip route; ip neigh');
    return {
      pass: routes.includes(`via ${gateway} `) && code === 0,
      message: () =>
        `expected the node ${this.isNot ? 'not ' : ''}to reach ${gateway} ` +
        `by its default route:\n${output}\nstate:\n${seen}`,
    };
  },
});
