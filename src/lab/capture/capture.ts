import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { commandLine, fileWord } from '../../model/command-line.ts';
import { killGroup } from '../../programs/run.ts';
import { enterTarget } from '../entry.ts';
import { labError } from '../errors.ts';
import { hasProgram, searchPath } from '../preflight.ts';
import { targetName, type LabTarget } from '../targets.ts';
import type { LabTopology } from '../shape.ts';
import { toPcapng } from './pcapng.ts';

/** A place in a lab where packets can be seen. */
export interface CapturePoint {
  /** Its unambiguous name. */
  readonly name: string;
  readonly target: LabTarget;
  /** A device in the namespace of the target; `any`: all of them. */
  readonly device: string;
  /** Only packets of this address. */
  readonly host?: string;
}

/** How packets are captured, and where they go. */
export interface CaptureOptions {
  /** The words of an expression of pcap-filter(7); none: every packet. */
  readonly filter: readonly string[];
  /** Ends after so many packets. */
  readonly count?: number;
  /** Gets pcapng. It is not ended. */
  readonly output: Writable;
  /** What the file says about the program that wrote it. */
  readonly application: string;
  /** Ends the capture; what was captured is whole. */
  readonly signal: AbortSignal;
  /** Called when packets are seen. */
  readonly onListening: () => void;
}

/** What a capture found. */
export interface CaptureResult {
  readonly packets: number;
  /** Packets that the kernel dropped because they were not read fast enough. */
  readonly dropped: number;
}

/** How long tcpdump may take to end. */
const END_MS = 2000;

/**
 * Captures at a place of a lab until the signal, the count, or the end of the output's reader.
 * @throws DiagnosticError NLL003, NLL008 or NLL016 if the place does not exist, NLL007 without tcpdump, NLL017 if
 * tcpdump fails
 */
export async function labCapture(
  topology: LabTopology,
  point: CapturePoint,
  { filter, count, output, application, signal, onListening }: CaptureOptions,
): Promise<CaptureResult> {
  if (!(await hasProgram('tcpdump'))) throw noTcpdump();
  const expression = expressionOf(point, filter);
  const [file = '', ...args] = [...(await enterTarget(topology, point.target)), ...tcpdump(point, count, expression)];
  const child = spawn(file, args, {
    // In a process group of its own, Ctrl-C at the terminal reaches netloom alone, which ends it in an orderly way.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: searchPath(), LC_ALL: 'C' },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (!said.includes(LISTENING) && (said + text).includes(LISTENING)) onListening();
    said += text;
  });
  const ended = new Promise<number>((settle) => {
    child.once('error', () => {
      settle(127);
    });
    child.once('close', (code) => {
      settle(code ?? 0);
    });
  });
  const stop = (): void => {
    signalGroup(child.pid, 'SIGINT');
    setTimeout(() => {
      killGroup(child.pid);
    }, END_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let packets = 0;
  const description = `${point.name} in the lab ${topology.doc.name}`;
  const device = { name: point.device, description, filter: expression.join(' ') };
  const converter = toPcapng(device, application, () => (packets += 1));
  try {
    await pipeline(child.stdout, converter, output, { end: false }).catch((error: unknown) => {
      stop();
      // The reader has seen enough: `| head`, or Wireshark was closed.
      if (!isReaderGone(error)) throw error;
    });
    const code = await ended;
    if (code !== 0 && !signal.aborted && !output.destroyed) throw captureFailed(topology, point, said);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return { packets, dropped: Number(/(\d+) packets? dropped by kernel/.exec(said)?.[1] ?? 0) };
}

/** What tcpdump prints when it has opened the device. */
const LISTENING = 'listening on ';

function tcpdump({ device }: CapturePoint, count: number | undefined, expression: readonly string[]): string[] {
  return [
    'tcpdump',
    ...['-i', device, '-n', '-s', '0', '--time-stamp-precision=micro'],
    // Every packet is written when it is seen.
    ...['--immediate-mode', '-U', '-w', '-'],
    // By default Debian's becomes the user tcpdump, which does not exist in the lab of an ordinary user. It parses no
    // packet when it writes them unread.
    ...['-Z', 'root'],
    ...(count === undefined ? [] : ['-c', String(count)]),
    '--',
    ...expression,
  ];
}

/** Joins the address of the place and the user's filter. */
function expressionOf({ host }: CapturePoint, filter: readonly string[]): readonly string[] {
  if (host === undefined) return filter;
  return filter.length === 0 ? ['host', host] : ['host', host, 'and', '(', ...filter, ')'];
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (leader !== undefined) process.kill(-leader, signal);
  } catch {
    // It has ended already.
  }
}

function isReaderGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED';
}

function noTcpdump(): Error {
  return labError({
    code: 'NLL007',
    summary: 'A capture needs tcpdump, which is missing on this host',
    hint: 'install it: apt-get install --no-install-recommends tcpdump',
  });
}

/** Returns the error of a capture of which tcpdump `said` this (NLL017). */
export function captureFailed({ file }: LabTopology, { name, device, target }: CapturePoint, said: string): Error {
  const lines = said.split('\n').filter((line) => line !== '' && !line.startsWith('tcpdump: data link type '));
  const missing = said.includes('No such device');
  return labError({
    code: 'NLL017',
    summary: missing
      ? `${name} does not exist yet: ${targetName(target)} has no device ${device}`
      : `tcpdump failed at ${name}`,
    detail: lines.join('\n'),
    hint: missing
      ? `run \`${commandLine('apply', '--lab', fileWord(file))}\``
      : 'the words after -- are a filter as of pcap-filter(7)',
  });
}
