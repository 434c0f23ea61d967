import { InvalidArgumentError, type Command } from 'commander';
import { parseListenAddress, type ListenAddress } from '../../service/metrics/address.ts';
import { addFlag } from '../option.ts';

/** Adds `--metrics`. */
export function addMetrics(command: Command): void {
  addFlag(command, '--metrics <address>', 'serve /metrics for Prometheus, and /healthz, at this address and port');
  command.options.at(-1)?.argParser<ListenAddress>(readAddress);
}

function readAddress(text: string): ListenAddress {
  const address = parseListenAddress(text);
  if (address === undefined) throw new InvalidArgumentError('it must be an address and a port: 127.0.0.1:9464.');
  return address;
}
