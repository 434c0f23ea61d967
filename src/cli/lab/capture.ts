import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { clean } from '../../render/clean.ts';
import { count } from '../../render/columns.ts';
import { loadDesired } from '../../session/desired.ts';
import { captureInLab, findCapturePoint } from '../../session/lab-capture.ts';
import { addAbout, addExamples, addExitCodes, addFile } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { ownVersion } from '../version.ts';
import { unwritable } from '../write-file.ts';

interface CaptureFlags {
  readonly write?: string;
  readonly count?: number;
}

/** Adds `lab capture`, which writes the packets that pass a place of the lab, for Wireshark. */
export function addLabCapture(lab: Command, act: Act): void {
  const command = addFile(
    lab.command('capture').description('capture packets at a port, bridge or namespace of the lab, as pcapng'),
  )
    .argument('<place>', 'an instance, router, network, floating IP, address or device')
    .argument('[filter...]', 'after --: only packets that this expression matches, as of pcap-filter(7)');
  addFlag(command, '-w, --write <file>', 'write to this file instead of standard output', {
    env: 'NETLOOM_LAB_CAPTURE_WRITE',
  });
  addFlag(command, '-c, --count <n>', 'end after so many packets', { env: 'NETLOOM_LAB_CAPTURE_COUNT' });
  command.options.at(-1)?.argParser<number>(readCount);
  addAbout(
    command,
    'An instance is its port, a network its bridge, a router its namespace with all devices, a floating IP the ' +
      'gateway device of its router with the packets of its address. A name that means several places is an error, ' +
      'which lists their full names, such as router/NAME/DEVICE, instance/NAME/DEVICE, node/NAME/DEVICE or dhcp/NAME.',
    'It ends with Ctrl-C, after --count packets, or when the reader of its output ends. It needs tcpdump.',
  );
  addExitCodes(command, [0, 'ended, also by Ctrl-C'], [1, 'an error']);
  addExamples(command, [
    ['the packets of an instance, live in Wireshark', 'lab capture topology.yaml test1 | wireshark -k -i -'],
    [
      'the pings to a floating IP, before and after its translation',
      'lab capture topology.yaml test1-public -w outside.pcapng -- icmp',
    ],
    ['ten frames of a bridge, as text', 'lab capture -c 10 topology.yaml controller/eth1 | tcpdump -n -r -'],
  ]).action(act(capture));
}

async function capture(
  context: Context,
  file: string,
  word: string,
  filter: readonly string[],
  { write, count: most }: CaptureFlags,
): Promise<number> {
  const { session, output } = context;
  const toFile = write !== undefined && write !== '-';
  if (!toFile && output.out.isTTY) {
    throw cliError('NLX46', 'a capture is binary, and standard output is a terminal', {
      hint: 'use -w FILE, or a pipe: | wireshark -k -i -, or | tcpdump -n -r -',
    });
  }
  const desired = await loadDesired(session, file);
  const point = await findCapturePoint(desired, word);
  const place = clean(point.name);
  const sink = toFile ? await fileSink(write) : context.bytes();
  const { packets, dropped } = await captureInLab(session, desired, point, {
    filter,
    ...(most !== undefined && { count: most }),
    output: sink,
    application: `netloom ${ownVersion()}`,
    onListening: () => {
      output.err.line(`Capturing at ${place}; Ctrl-C ends.`);
    },
  });
  if (toFile) await finished(sink.end());
  const where = toFile ? ` to ${clean(write)}` : '';
  const lost = dropped === 0 ? '' : `; the kernel dropped ${count(dropped, 'packet')}`;
  output.err.line(`Captured ${count(packets, 'packet')} at ${place}${where}${lost}.`);
  return EXIT.ok;
}

/** Opens the file before the capture begins, so that a wrong path is an error at once. */
async function fileSink(file: string): Promise<Writable> {
  try {
    return (await open(file, 'w', 0o600)).createWriteStream();
  } catch (error) {
    throw unwritable(file, error);
  }
}

function readCount(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('it must be a number from 1 on.');
  return number;
}
