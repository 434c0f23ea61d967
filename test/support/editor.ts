import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseDocument } from 'yaml';

const SCHEMA = readFileSync(new URL('../../schemas/topology.schema.json', import.meta.url), 'utf8');

/** The mark of the cursor in a text of these tests. */
const CURSOR = '‸';

/** One entry that the editor offers. */
interface Offered {
  readonly label: string;
  /** The text beside it. */
  readonly documentation: string;
  /** The file after the entry was chosen, its placeholders filled with the proposed values. */
  readonly text: string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

interface TextDocument {
  readonly positionAt: (offset: number) => Position;
}

interface Item {
  readonly label: string;
  readonly kind?: number;
  readonly documentation?: string | { readonly value: string };
  readonly insertText?: string;
  readonly textEdit?: { readonly range: Range; readonly newText: string };
}

/** The part of the language service that these tests use. */
interface Service {
  readonly configure: (settings: object) => void;
  readonly doComplete: (file: TextDocument, at: Position, kubernetes: boolean) => Promise<{ readonly items: Item[] }>;
  readonly doHover: (
    file: TextDocument,
    at: Position,
  ) => Promise<{ readonly contents: { readonly value: string } } | null>;
  readonly doValidation: (file: TextDocument, kubernetes: boolean) => Promise<{ readonly message: string }[]>;
}

// Both packages are CommonJS; the entry of yaml-language-server for `import` does not run in Node.
const require = createRequire(import.meta.url);
const { getLanguageService } = require('yaml-language-server') as {
  readonly getLanguageService: (environment: object) => Service;
};
const { TextDocument: Documents } = require('vscode-languageserver-textdocument') as {
  readonly TextDocument: {
    readonly create: (uri: string, language: string, version: number, text: string) => TextDocument;
    readonly applyEdits: (file: TextDocument, edits: readonly { range: Range; newText: string }[]) => string;
  };
};

/** yaml-language-server as VS Code's YAML extension runs it, with the schema of a topology for every file. */
const service = getLanguageService({
  schemaRequestService: () => Promise.resolve(SCHEMA),
  workspaceContext: { resolveRelativePath: (path: string, resource: string) => new URL(path, resource).href },
  clientCapabilities: {
    textDocument: {
      completion: { completionItem: { documentationFormat: ['markdown'], snippetSupport: true } },
      hover: { contentFormat: ['markdown'] },
    },
  },
});
service.configure({
  validate: true,
  hover: true,
  completion: true,
  schemas: [{ uri: 'file:///topology.schema.json', fileMatch: ['*.yaml'] }],
});

let version = 0;

/** A file as the editor sees it. The service caches by version. */
function opened(text: string): TextDocument {
  version += 1;
  return Documents.create('file:///topology.yaml', 'yaml', version, text);
}

/** The text without the cursor, and the position of the cursor. */
function atCursor(marked: string): { file: TextDocument; position: Position } {
  const file = opened(marked.replace(CURSOR, ''));
  return { file, position: file.positionAt(marked.indexOf(CURSOR)) };
}

/** The editor's entries at the cursor, without its templates of all required fields of an object. */
export async function completions(marked: string): Promise<Offered[]> {
  const { file, position } = atCursor(marked);
  const { items } = await service.doComplete(file, position, false);
  const TEMPLATE = 7;
  return items
    .filter(({ kind }) => kind !== TEMPLATE)
    .map(({ label, documentation, insertText = '', textEdit }) => {
      const range = textEdit?.range ?? { start: position, end: position };
      return {
        label,
        documentation: typeof documentation === 'string' ? documentation : (documentation?.value ?? ''),
        text: Documents.applyEdits(file, [{ range, newText: filled(textEdit?.newText ?? insertText) }]),
      };
    });
}

/** A snippet with its placeholders as the editor first shows them: the proposed text, the first choice, or nothing. */
function filled(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '');
}

/** The text that the editor shows for the word at the cursor. */
export async function hover(marked: string): Promise<string> {
  const { file, position } = atCursor(marked);
  const shown = await service.doHover(file, position);
  return shown?.contents.value ?? '';
}

/** The messages of the errors that the editor underlines. */
export async function underlined(text: string): Promise<string[]> {
  return (await service.doValidation(opened(text), false)).map(({ message }) => message);
}

/** True for well-formed YAML. */
export function wellFormed(text: string): boolean {
  return parseDocument(text).errors.length === 0;
}

/** A text with the cursor after a path of keys and list items, in block or in flow style. */
export function typed(path: readonly string[], last: string, style: 'block' | 'flow'): string {
  return `name: site1\n${style === 'block' ? block(path, last) : flow(path, last)}`;
}

/** `a`, `[]`, `b` and the cursor's text as nested block collections. */
function block([key, ...rest]: readonly string[], last: string, indent = '', dash = ''): string {
  const start = dash === '' ? indent : `${indent.slice(2)}- `;
  if (key === undefined) return `${start}${last}\n`;
  if (key === '[]') return block(rest, last, `${indent}  `, '- ');
  const scalar = rest.length === 0 && last.startsWith(' ');
  return scalar ? `${start}${key}:${last}\n` : `${start}${key}:\n${block(rest, last, `${indent}  `)}`;
}

/** The same as nested flow collections, all on one line below the first key. */
function flow(path: readonly string[], last: string): string {
  const [top = '', ...rest] = path;
  const inner = (keys: readonly string[]): string => {
    const [key, ...below] = keys;
    if (key === undefined) return last.startsWith(' ') ? last.trimStart() : `{ ${last} }`;
    // With a space after the cursor yaml-language-server offers no value: it takes the cursor to be past the value.
    const close = below.length === 0 && last.endsWith(CURSOR) ? '}' : ' }';
    return key === '[]' ? `[${inner(below)}]` : `{ ${key}: ${inner(below)}${close}`;
  };
  return `${top}: ${inner(rest)}\n`;
}
