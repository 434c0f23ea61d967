import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { blocksOf, pageText, type Block } from './pages.ts';

/** The whole topology that a YAML block stands for: itself, or merged into the base that its note names. */
export function completed(block: Block): string {
  const base = block.notes['in'];
  if (base === undefined) return block.text;
  return stringify(merged(parse(baseText(base)), parse(block.text)));
}

/** The text of a base: a topology file, or the first whole topology of a page. */
export function baseText(base: string): string {
  if (!base.endsWith('.md')) return readFileSync(path.join(ROOT, base), 'utf8');
  const first = blocksOf(pageText(base), base).find(({ language, notes }) => language === 'yaml' && !notes['in']);
  if (first === undefined) throw new Error(`${base} has no whole topology`);
  return first.text;
}

/** Maps are merged key by key; anything else is replaced. */
function merged(base: unknown, piece: unknown): unknown {
  if (!isMap(base) || !isMap(piece)) return piece;
  const keys = new Set([...Object.keys(base), ...Object.keys(piece)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, key in piece ? merged(base[key], piece[key]) : base[key]] as const),
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
