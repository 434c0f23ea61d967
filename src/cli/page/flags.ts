import { InvalidArgumentError, type Command } from 'commander';
import { parseListenAddress } from '../../service/metrics/address.ts';
import { addFlag } from '../option.ts';
import type { PageAddress } from './open.ts';

/** The port of the page, so that an SSH forwarding to it can be written down. */
export const PORT = 9465;
export const LOOPBACK = '127.0.0.1';

/** What the page is opened with beside a watch. */
export interface UiOptions {
  /** `true`: where pages are served by default. */
  readonly ui?: PageAddress | true;
  readonly allowApply?: boolean;
}

/** Adds `--ui` and `--allow-apply`. */
export function addUi(command: Command): void {
  const where = `${LOOPBACK}:${String(PORT)}`;
  addFlag(command, '--ui [address]', `serve the page of \`netloom serve\` over this watch; at ${where} by default`);
  command.options.at(-1)?.argParser<PageAddress>(readAddress);
  addAllowApply(command, '; with --ui');
}

/** Adds `--allow-apply`. */
export function addAllowApply(command: Command, more = ''): void {
  addFlag(command, '--allow-apply', `let the page apply the plan that it shows${more}`);
}

/** Returns where the page is served; `undefined`: nowhere. */
export function uiAddress({ ui }: UiOptions): PageAddress | undefined {
  return ui === true ? { address: LOOPBACK, port: PORT } : ui;
}

function readAddress(text: string): PageAddress {
  const found = parseListenAddress(text);
  if (found) return { address: found.host, port: found.port };
  throw new InvalidArgumentError(
    `it must be an address and a port, as ${LOOPBACK}:${String(PORT)}; ` +
      'the file comes before --ui, or after another flag.',
  );
}
