import type { Outcome, Probe, Result } from './probe.ts';

/** The result of a command. */
interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Returns the outcome of one attempt at a probe. Whether its sender could speak is not known here. */
export function judge(probe: Probe, result: CommandResult): Outcome {
  if (probe.protocol === 'dns') return judgeDns(probe, result);
  return probe.protocol === 'ping' ? judgePing(probe, result) : judgeTcp(probe, result);
}

/** Returns the outcome for a result. Only what was expected is ok. */
function outcome(probe: Probe, result: Result, detail: string, milliseconds?: number): Outcome {
  const { succeeds } = probe;
  const ok = succeeds === 'refused' ? result === 'refused' : succeeds === (result === 'answered');
  return { probe, ok, result, milliseconds, detail };
}

/** The command prints which server answered, and with which addresses. */
function judgeDns(probe: Probe, { code, stdout, stderr }: CommandResult): Outcome {
  const [server = '', ...addresses] = stdout.trim().split(/\s+/);
  if (code !== 0) return outcome(probe, 'no-answer', firstLine(stderr) || 'no answer');
  const found = addresses.length > 0 ? `is ${addresses.join(' ')}` : 'has no A record';
  const detail = `${probe.name ?? ''} ${found} (from ${server})`;
  return outcome(probe, addresses.includes(probe.address) ? 'answered' : 'other', detail);
}

function judgePing(probe: Probe, { code, stdout, stderr }: CommandResult): Outcome {
  if (code === 0) {
    const time = /\btime[=<]([\d.]+) ms/.exec(stdout)?.[1];
    const milliseconds = time === undefined ? undefined : Number(time);
    return outcome(probe, 'answered', formatMs(milliseconds), milliseconds);
  }
  const error = icmpError(stdout);
  // Without an answer in ARP the sender itself, or the last router, says that the host is unreachable.
  const isRefusal = error !== undefined && /prohibited|filtered|(?:port|protocol) unreachable/i.test(error);
  return outcome(probe, isRefusal ? 'refused' : 'no-answer', error ?? (firstLine(stderr) || 'no answer'));
}

function formatMs(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'answers';
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))} ms`;
}

/**
 * Returns an ICMP error such as `From 10.0.0.1 icmp_seq=1 Destination Host Unreachable`: it tells more than no answer.
 */
function icmpError(stdout: string): string | undefined {
  const match = /^From (\S+) icmp_seq=\d+ (.+)$/m.exec(stdout);
  return match ? `${match[2] ?? ''} from ${match[1] ?? ''}` : undefined;
}

/** Exit codes of the command: 2: connected, then no line; 3: refused. */
function judgeTcp(probe: Probe, { code, stdout, stderr }: CommandResult): Outcome {
  const detail = firstLine(stderr) || 'no answer';
  if (code === 2) {
    // A port that answers is open, whatever it sends.
    const found = outcome(probe, 'answered', detail);
    return { ...found, ok: found.ok && probe.seenAs === undefined };
  }
  if (code !== 0) return outcome(probe, code === 3 ? 'refused' : 'no-answer', detail);
  const line = stdout.trim();
  const [, name, peer] = /^(\S+) sees (\S+)$/.exec(line) ?? [];
  const seen = peer === undefined ? `answers ${JSON.stringify(line.slice(0, 60))}` : `${name ?? ''} sees ${peer}`;
  if (probe.seenAs === undefined || peer === probe.seenAs) return outcome(probe, 'answered', seen);
  return { ...outcome(probe, 'answered', `${seen}, not ${probe.seenAs}`), ok: false };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
