import { programText } from '../../programs/text.ts';

/** The Perl function `tx_checksums`, for programs that read or set TX checksum offload. */
export const TX_CHECKSUMS = programText(new URL('./tx-checksums.pl', import.meta.url));

const OFF = programText(new URL('./tx-checksums-off.pl', import.meta.url));

/** Returns the command line that turns TX checksum offload of devices off, as `ethtool -K DEVICE tx off` does. */
export function txChecksumsOff(...devices: readonly string[]): readonly string[] {
  return ['perl', '-e', TX_CHECKSUMS, '-e', OFF, '--', ...devices];
}
