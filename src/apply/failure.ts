import type { Command } from '../model/command.ts';
import { commandText } from '../model/command-text.ts';
import type { CodeOf } from '../model/codes/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { JobResult } from '../model/host.ts';
import type { Batch, Step } from '../model/plan.ts';
import type { BatchScript } from './script.ts';

/** Lines of `ip -batch` too. */
const OF_NETNS: ReadonlySet<Command['tool']> = new Set(['netns-add', 'netns-del']);

const LINES = [/Command failed (?:-|\S+):(\d+)/, /line (\d+) failed/, /Error in line (\d+):/, /^\/dev\/stdin:(\d+):/m];

/**
 * Returns the step of a part that failed. `ip -batch`, nft and the restore programs name the line. If no line is named
 * (`ip` ends at once at a line it can't parse) and there are several steps, it is the one whose words the message
 * repeats; `undefined` if that is not one object.
 */
function stepOf(steps: readonly Step[], output: string): Step | undefined {
  const line = LINES.map((pattern) => pattern.exec(output)?.[1]).find((number) => number !== undefined);
  const [tool, ...more] = new Set(steps.map(({ command }) => (OF_NETNS.has(command.tool) ? 'ip' : command.tool)));
  const isLineAStep = ['ip', 'nft', 'ipset'].includes(tool ?? '') && more.length === 0;
  if (line !== undefined && isLineAStep) return steps[Number(line) - 1];
  if (steps.length === 1) return steps[0];
  const quoted = [...output.matchAll(/"([^"]+)"|'([^']+)'/g)].map((match) => match[1] ?? match[2] ?? '');
  const candidates = steps.filter(
    ({ command }) => 'words' in command && quoted.some((word) => command.words.includes(word)),
  );
  return new Set(candidates.map(({ address }) => address)).size === 1 ? candidates[0] : undefined;
}

/** Returns the end of the hint of a failure. */
function goOn(rollsBack: boolean): string {
  return rollsBack
    ? 'fix the cause, and apply again'
    : 'what was done before this is kept; fix the cause and apply again, which continues from here';
}

/** What a file system reports: netlink has the same words for other limits. */
const FULL = /^(?!.*netlink).*No space left on device/im;
const READ_ONLY = /^(?!.*netlink).*Read-only file system/im;

/** A cause that is not the command's, in words: the code, the summary's end, and what to do first. */
function causeOf(output: string, node: string): readonly [CodeOf<'NLA'>, string, string] | undefined {
  if (FULL.test(output)) {
    return ['NLA10', `a file system of ${node} is full`, `on ${node}, free some space (\`df -h /run\` shows it); `];
  }
  if (READ_ONLY.test(output)) {
    const make = 'make it writable (`mount -o remount,rw /run`, if it is /run); ';
    return ['NLA11', `a file system of ${node} is read-only`, `on ${node}, ${make}`];
  }
  return undefined;
}

/** Returns that a link exists which was to be created: the kernel does not say which of the two of a veth pair. */
function existing({ command }: Step, output: string): string | undefined {
  if (command.tool !== 'ip' || !/^link add /.test(command.words.join(' ')) || !/File exists/.test(output))
    return undefined;
  const names = command.words.filter((_, i) => command.words[i - 1] === 'name');
  return `a link named ${names.join(' or ')} exists`;
}

/** Returns the next thing to do. */
function hintFor(tool: Command['tool'] | undefined, rollsBack: boolean): string {
  const end = goOn(rollsBack);
  if (tool !== 'ovs') return end;
  return `read the messages of ovs-vswitchd (/var/log/openvswitch/ovs-vswitchd.log, \`ovs-vsctl show\`); ${end}`;
}

/**
 * Returns the diagnostic of a failed job, with node, namespace, command and the range in the topology that it comes
 * from.
 */
export function failureOf(
  batch: Batch,
  script: BatchScript,
  result: JobResult,
  graph: DesiredGraph,
  rollsBack = false,
): Diagnostic {
  const part = /@part (\d+) (\d+)/.exec(result.output);
  const steps = script.parts[Number(part?.[1] ?? 0)] ?? batch.steps;
  const step = stepOf(steps, result.output);
  const origin = step ? graph.resources.get(step.address)?.origin : undefined;
  const output = result.output.replace(/\n?@part \d+ \d+\n?/, '').trim();
  const command = step
    ? commandText(step.command)
    : `one of:\n${steps
        .map((s) => `  ${commandText(s.command)}`)
        .slice(0, 40)
        .join('\n')}`;
  const others = steps.length - 1;
  const object = step?.address ?? `${batch.node}/${batch.netns ?? '-'}`;
  const first = output.split('\n')[0] || `exit code ${part?.[2] ?? result.code}, and no error message`;
  const [code, cause, remedy] = causeOf(output, batch.node) ?? ['NLA01', undefined, ''];
  return {
    code,
    severity: 'error',
    summary: `${object}: ${cause ?? (step && existing(step, output)) ?? first}`,
    detail: `${command}${step && others > 0 ? ` (one of ${steps.length} commands run together)` : ''}\n${output}`,
    ...(origin?.range && { range: origin.range }),
    place: { node: batch.node, ...(batch.netns !== null && { netns: batch.netns }), ...(step && { command }) },
    hint: remedy + hintFor((step ?? steps[0])?.command.tool, rollsBack),
  };
}
