import type { Outcome, Probe } from './probe.ts';

/** The result of a command. */
interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Returns the outcome of one attempt at a probe. */
export function judge(probe: Probe, result: CommandResult): Outcome {
  if (probe.protocol === 'dns') return judgeDns(probe, result);
  return probe.protocol === 'ping' ? judgePing(probe, result) : judgeTcp(probe, result);
}

/** The command prints which server answered, and with which addresses. */
function judgeDns(probe: Probe, { code, stdout, stderr }: CommandResult): Outcome {
  const [server = '', ...addresses] = stdout.trim().split(/\s+/);
  const answered = code === 0 && addresses.includes(probe.address);
  const found = addresses.length > 0 ? `is ${addresses.join(' ')}` : 'has no A record';
  const detail =
    code === 0 ? `${probe.name ?? ''} ${found} (from ${server})` : stderr.trim().split('\n')[0] || 'no answer';
  return { probe, ok: answered === probe.succeeds, answered, milliseconds: undefined, detail };
}

function judgePing(probe: Probe, { code, stdout, stderr }: CommandResult): Outcome {
  const answered = code === 0;
  const time = /\btime[=<]([\d.]+) ms/.exec(stdout)?.[1];
  const milliseconds = answered && time !== undefined ? Number(time) : undefined;
  const detail = answered
    ? formatMs(milliseconds)
    : (unreachable(stdout) ?? stderr.trim().split('\n')[0]) || 'no answer';
  return { probe, ok: answered === probe.succeeds, answered, milliseconds, detail };
}

function formatMs(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'answers';
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))} ms`;
}

/**
 * Returns an ICMP error such as `From 10.0.0.1 icmp_seq=1 Destination Host Unreachable`: it tells more than no answer.
 */
function unreachable(stdout: string): string | undefined {
  const match = /^From (\S+) icmp_seq=\d+ (.+)$/m.exec(stdout);
  return match ? `${match[2] ?? ''} from ${match[1] ?? ''}` : undefined;
}

function judgeTcp(probe: Probe, { code, stdout, stderr }: CommandResult): Outcome {
  const base = { probe, milliseconds: undefined };
  const line = stdout.trim();
  const [, name, peer] = /^(\S+) sees (\S+)$/.exec(line) ?? [];
  if (code !== 0) {
    // Code 2: connected, then no line. A port that answers is open, whatever it sends.
    const answered = code === 2;
    const detail = stderr.trim().split('\n')[0] ?? '';
    return {
      ...base,
      answered,
      ok: answered === probe.succeeds && probe.seenAs === undefined,
      detail: detail || 'no answer',
    };
  }
  const seen = peer === undefined ? `answers ${JSON.stringify(line.slice(0, 60))}` : `${name ?? ''} sees ${peer}`;
  if (!probe.succeeds) return { ...base, answered: true, ok: false, detail: seen };
  if (probe.seenAs !== undefined && peer !== probe.seenAs) {
    return { ...base, answered: true, ok: false, detail: `${seen}, not ${probe.seenAs}` };
  }
  return { ...base, answered: true, ok: true, detail: seen };
}
