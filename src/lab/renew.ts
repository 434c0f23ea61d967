import { RENEW_SCRIPT } from './scripts/index.ts';

/** A port of an instance after its lease was renewed. */
export interface RenewedPort {
  readonly device: string;
  /** False: it has its addresses from the file, not by DHCP. */
  readonly dhcp: boolean;
  /** The leased address before, without prefix length; `null`: none. */
  readonly before: string | null;
  /** The leased address now; `null`: no DHCP server has answered. */
  readonly address: string | null;
  readonly mtu: number | null;
}

/** How long the clients of one instance may take, in milliseconds. */
export const RENEW_LIMIT_MS = 30_000;

/** Returns the command that renews the leases of an instance, to be run in it. */
export function renewCommand(instance: string): readonly string[] {
  return ['sh', '-c', RENEW_SCRIPT, 'sh', instance];
}

/** Parses the output of that command. */
export function parseRenewed(stdout: string): readonly RenewedPort[] {
  return stdout.split('\n').flatMap((line): readonly RenewedPort[] => {
    const [device = '', before = '-', address = '-', mtu = '-'] = line.split(' ');
    if (device === '') return [];
    if (before === 'static') return [{ device, dhcp: false, before: null, address: null, mtu: null }];
    const known = (word: string): string | null => (word === '-' ? null : word);
    return [
      { device, dhcp: true, before: known(before), address: known(address), mtu: mtu === '-' ? null : Number(mtu) },
    ];
  });
}
