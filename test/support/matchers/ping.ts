import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * For a network: a member's ping to an address is answered. Several tries are allowed, because ARP costs the first
     * one. To be awaited.
     */
    toPing: (from: string, to: string, tries?: number) => Promise<T>;
    /** For a network: none of a member's pings to an address is answered. To be awaited. */
    toGetNoAnswer: (from: string, to: string) => Promise<T>;
  }
}

/** The part of a network that the matchers use. */
export interface Pinging {
  try(
    member: string,
    script: string,
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** Returns what decides where a member's packets go: its addresses, routes and neighbours. */
async function networkState(network: Pinging, member: string): Promise<string> {
  const { stdout, stderr } = await network.try(member, 'ip -br addr; ip route; ip neigh');
  return `on ${member}:\n${stdout}${stderr}`;
}

expect.extend({
  async toPing(network: Pinging, from: string, to: string, tries = 20) {
    let output = '';
    for (let turn = 0; turn < tries; turn += 1) {
      const { code, stdout, stderr } = await network.try(from, `ping -n -c 1 -W 1 ${to}`);
      output = `${stdout}${stderr}`;
      if (code === 0) return { pass: true, message: () => `expected ${from} not to reach ${to} by ping:\n${output}` };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const seen = await networkState(network, from);
    return {
      pass: false,
      message: () =>
        `expected ${from} to reach ${to} by ping, but none of ${String(tries)} was answered:\n${output}\n${seen}`,
    };
  },

  async toGetNoAnswer(network: Pinging, from: string, to: string) {
    const { code, stdout, stderr } = await network.try(from, `ping -n -c 3 -i 0.2 -W 1 ${to}`);
    const seen = code === 0 ? await networkState(network, from) : '';
    return {
      pass: code !== 0,
      message: () =>
        `expected ${from} ${this.isNot ? 'to get an' : 'to get no'} answer from ${to} ` +
        `to its pings:\n${stdout}${stderr}\n${seen}`,
    };
  },
});
