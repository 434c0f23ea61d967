import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * Of a network: a machine's ping to an address is answered. Something that was just made has some tries: ARP costs the first.
     * To be awaited.
     */
    toPing: (from: string, to: string, tries?: number) => Promise<T>;
    /** Of a network: none of a machine's pings to an address is answered. To be awaited. */
    toGetNoAnswer: (from: string, to: string) => Promise<T>;
  }
}

/** A network, as far as it is asked here. */
export interface Pinging {
  try(
    member: string,
    script: string,
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** What decides whether a machine's packets leave it, and where to. */
async function standing(network: Pinging, member: string): Promise<string> {
  const { stdout, stderr } = await network.try(member, 'ip -br addr; ip route; ip neigh');
  return `on ${member} stands:\n${stdout}${stderr}`;
}

expect.extend({
  async toPing(network: Pinging, from: string, to: string, tries = 20) {
    let said = '';
    for (let turn = 0; turn < tries; turn += 1) {
      const { code, stdout, stderr } = await network.try(from, `ping -n -c 1 -W 1 ${to}`);
      said = `${stdout}${stderr}`;
      if (code === 0) return { pass: true, message: () => `expected ${from} not to reach ${to} by ping:\n${said}` };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const seen = await standing(network, from);
    return {
      pass: false,
      message: () =>
        `expected ${from} to reach ${to} by ping, but none of ${String(tries)} was answered:\n${said}\n${seen}`,
    };
  },

  async toGetNoAnswer(network: Pinging, from: string, to: string) {
    const { code, stdout, stderr } = await network.try(from, `ping -n -c 3 -i 0.2 -W 1 ${to}`);
    const seen = code === 0 ? await standing(network, from) : '';
    return {
      pass: code !== 0,
      message: () =>
        `expected ${from} ${this.isNot ? 'to get an' : 'to get no'} answer from ${to} to its pings:\n${stdout}${stderr}\n${seen}`,
    };
  },
});
