import { Composer } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Code } from '../../model/codes/registry.ts';
import { MOST_DIAGNOSTICS } from '../limit.ts';
import { escapeControls, show } from '../show.ts';
import type { Locate } from '../valid.ts';
import { TEMPLATE_HINT } from '../schema/meant.ts';
import type { BracketFault } from './brackets.ts';
import { lineStartsOf } from './lines.ts';
import { MOST_ENTRIES } from './limits.ts';
import { locator, rangesOf } from './places.ts';
import type { Span, ToRange } from './places.ts';
import { scan } from './scan.ts';
import type { Finding } from './scan.ts';
import { simpleLocator } from './simple/locate.ts';
import { readSimple } from './simple/read.ts';
import { plainTree } from './tree.ts';
import type { Flaw } from './tree.ts';

/** A YAML document as plain values, with the location of each. */
export interface Parsed {
  readonly root: Record<string, unknown>;
  readonly locate: Locate;
}

const SMALLER = 'divide it into several topologies';

/** Flaws after which the rest of the document can still be checked. */
const LOCAL_FLAWS: ReadonlySet<Code> = new Set<Code>(['NL013', 'NL018', 'NL020']);

/**
 * The most lines of a file. A topology in block style has a line every 13 bytes at least, which is 650,000 in the
 * largest file that is read (8 MiB). A line takes 250 bytes of memory, even if it is empty or a comment.
 */
const MOST_LINES = 750_000;

/**
 * Parses YAML text that holds one mapping. Every error is a diagnostic with its range; `parsed` is given if the rest
 * can still be checked. After an error that the parser cannot recover from, the rest of the text is not read. Time,
 * memory and stack are bounded for every text.
 * @param most the number of errors after which reading may stop; there can be one more
 */
export function parseYaml(
  text: string,
  file: string,
  most = MOST_DIAGNOSTICS,
): { parsed: Parsed | undefined; diagnostics: Diagnostic[] } {
  const lines = lineStartsOf(text, MOST_LINES);
  const toRange = rangesOf(file, text, lines);
  if (lines.length > MOST_LINES) return failed([tooManyLines(file)]);
  // It takes a tenth of the time. The largest topologies are simple texts.
  const simple = readSimple(text);
  if (simple) return { parsed: { root: simple.root, locate: simpleLocator(simple, toRange) }, diagnostics: [] };
  return parseAny(text, toRange, most);
}

/** Parses any text: what it is like, and every error in it. */
export function parseAny(text: string, toRange: ToRange, most: number): ReturnType<typeof parseYaml> {
  const { tokens, findings, brokenAt = Infinity } = scan(text, most);
  // The errors of the composer would follow from these.
  if (findings.length > 0) return failed(findings.map((finding) => ofFinding(text, finding, toRange)));

  const composer = new Composer({ strict: true, uniqueKeys: false, merge: false, logLevel: 'silent' });
  const documents = [...composer.compose(tokens, true, text.length)] as Document[];
  const errors = documents
    .flatMap((document) => [...document.errors, ...document.warnings])
    .filter(({ pos: [start] }) => start <= brokenAt);
  if (errors.length > 0) return failed(errors.slice(0, most + 1).map((error) => ofYamlError(error, text, toRange)));
  const [document, second] = documents;
  if (second !== undefined) return failed([manyDocuments(second, toRange)]);

  const { value, places, flaws } = plainTree(document?.contents);
  const diagnostics = flaws.map((flaw) => ofFlaw(flaw, toRange));
  if (!flaws.every((flaw) => LOCAL_FLAWS.has(flaw.code))) return failed(diagnostics);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed([...diagnostics, noMapping(value, toRange)]);
  }
  const range = document?.contents?.range;
  const rootSpan: Span = range == null ? [0, 0] : [range[0], range[1]];
  const locate = locator(value, rootSpan, places, toRange);
  return { parsed: { root: value as Record<string, unknown>, locate }, diagnostics };
}

function failed(diagnostics: Diagnostic[]): { parsed: undefined; diagnostics: Diagnostic[] } {
  return { parsed: undefined, diagnostics };
}

function error(code: Code, summary: string, span: Span, toRange: ToRange, hint?: string): Diagnostic {
  return { code, severity: 'error', summary, range: toRange(span), ...(hint === undefined ? {} : { hint }) };
}

/** Has no range: to quote a line, the whole text would be split into lines. */
function tooManyLines(file: string): Diagnostic {
  const summary = `${show(file)} has more than ${String(MOST_LINES)} lines`;
  return { code: 'NL024', severity: 'error', summary, hint: SMALLER };
}

function ofFinding(text: string, finding: Finding, toRange: ToRange): Diagnostic {
  const span: Span = [finding.start, finding.end];
  if (finding.bracket) return ofBracket(text, finding.bracket, toRange);
  if (finding.code === 'NL019') return error('NL019', 'values are nested too deeply', span, toRange);
  if (finding.code === 'NL024') {
    const summary = `a mapping or list has more than ${String(MOST_ENTRIES)} entries`;
    return error('NL024', summary, span, toRange, SMALLER);
  }
  const character = `U+${(text.codePointAt(finding.start) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = character === 'U+00A0' ? 'a non-breaking space' : `the Unicode space ${character}`;
  return error('NL012', `${name} is outside quotes`, span, toRange, 'replace it with an ordinary space');
}

function ofBracket(text: string, { kind, start, end, noticedAt }: BracketFault, toRange: ToRange): Diagnostic {
  if (kind === 'template') return error('NL010', 'a template is not YAML', [start, end], toRange, TEMPLATE_HINT);
  const bracket = text.slice(start, end);
  const missing = bracket === '[' ? ']' : '}';
  const found = error(
    'NL010',
    `this ${bracket} is not closed`,
    [start, end],
    toRange,
    `write ${missing} where it ends`,
  );
  if (noticedAt === undefined) return found;
  return {
    ...found,
    related: [{ message: `${missing} is missing before this`, range: toRange([noticedAt, noticedAt]) }],
  };
}

function ofYamlError(problem: YAMLError, text: string, toRange: ToRange): Diagnostic {
  const span: Span = [problem.pos[0], problem.pos[1]];
  // The value is not printed: it can be a secret.
  const [, key] = /^([\w-]{1,64}):[^\s:]/.exec(text.slice(span[0], span[0] + 80)) ?? [];
  if (problem.code === 'MULTILINE_IMPLICIT_KEY' && key !== undefined) {
    return error('NL010', `no blank after the colon of ${show(key)}`, span, toRange, `write \`${key}: …\``);
  }
  if (problem.code === 'TAB_AS_INDENT') {
    return error('NL011', 'a tab is used as indentation', span, toRange, 'YAML indents with spaces only');
  }
  // A message can quote the text. After a colon it quotes all of a token, which can be a secret.
  const message = problem.message.replace(
    /^(Unexpected [\w -]+|Block scalar header [\w ]+|Not a YAML token): [^]*$/,
    '$1',
  );
  const summary = escapeControls(lowerFirst(message.replace(/\s+/g, ' ').trim()).slice(0, 200));
  if (problem.code === 'TAG_RESOLVE_FAILED') {
    return error('NL020', summary, span, toRange, 'leave the tag out');
  }
  return error('NL010', summary, span, toRange);
}

function ofFlaw(flaw: Flaw, toRange: ToRange): Diagnostic {
  const { code, summary, span, hint, related } = flaw;
  return {
    ...error(code, summary, span, toRange, hint),
    ...(related === undefined ? {} : { related: [{ message: related.message, range: toRange(related.span) }] }),
  };
}

function manyDocuments(second: Document, toRange: ToRange): Diagnostic {
  const [start, end] = second.contents?.range ?? second.range ?? [0, 0];
  const hint = 'a file holds one topology; put the other into a file of its own';
  return error('NL016', 'a second YAML document begins here', [start, end], toRange, hint);
}

function noMapping(value: unknown, toRange: ToRange): Diagnostic {
  const what = value == null ? 'is empty' : `holds ${Array.isArray(value) ? 'a list' : 'a single value'}`;
  const hint = 'a topology begins with `name: …`';
  return error('NL017', `the file ${what}, not a mapping`, [0, 0], toRange, hint);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
