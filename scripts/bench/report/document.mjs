import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, release, totalmem } from 'node:os';

/**
 * The results with what they depend on. Its JSON is described in docs/benchmarks.md.
 * @typedef {object} Document
 * @property {'netloom-bench/1'} format
 * @property {string} date ISO 8601
 * @property {{processor: string, processors: number, memory_gb: number, kernel: string, architecture: string,
 *   system: string, node: string, iptables: string, iproute2: string}} machine
 * @property {number} rounds how often each was measured
 * @property {readonly import('../rows.mjs').Row[]} rows
 */

/** @param {number} rounds @param {readonly import('../rows.mjs').Row[]} rows @returns {Document} */
export function documentOf(rounds, rows) {
  return { format: 'netloom-bench/1', date: new Date().toISOString(), machine: machine(), rounds, rows };
}

/** @returns {Document['machine']} */
function machine() {
  const [, system = 'Linux'] = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    processors: processors.length,
    memory_gb: Math.round(totalmem() / 1e9),
    kernel: release(),
    architecture: arch(),
    system,
    node: process.version,
    iptables: versionOf('iptables', '--version'),
    iproute2: versionOf('ip', '-V'),
  };
}

/** @param {string} program @param {string} option */
function versionOf(program, option) {
  const text = execFileSync(program, [option], { encoding: 'utf8' }).trim();
  return text.replace(/^.*?(?:iproute2-|\bv)(?=\d)/, '').replace(/,.*/, '');
}
