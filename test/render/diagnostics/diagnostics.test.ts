import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { paint } from '../../../src/render/colour.ts';
import { renderGithub } from '../../../src/render/diagnostics/github.ts';
import { diagnosticJson, validationDocument } from '../../../src/render/diagnostics/json.ts';
import { renderDiagnostics } from '../../../src/render/diagnostics/text.ts';
import { loadTopology } from '../../../src/topology/load.ts';

const TEXT = `name: x
physical_networks: { ü: {} }
nodes:
  a: { reach: { via: lab } }
instances:
  a: {}
`;

function found(text = TEXT): { diagnostics: Diagnostic[]; sources: Map<string, string> } {
  return { diagnostics: loadTopology(text, 'net.yaml').diagnostics, sources: new Map([['net.yaml', text]]) };
}

describe('text', () => {
  test('summary, frame, related locations, hint', () => {
    const { diagnostics, sources } = found(TEXT.replace('{ ü: {} }', '{}').replace('a: {}', 'a: { node: b }'));
    expect(renderDiagnostics(diagnostics, { sources }))
      .toBe(`net.yaml:6:3: error[NL504]: the name "a" is in both nodes and instances
    5 | instances:
  > 6 |   a: { node: b }
      |   ^
  net.yaml:4:3: the other one
  hint: nodes, instances and hosts share one set of names

net.yaml:6:14: error[NL204]: unknown node "b"
    5 | instances:
  > 6 |   a: { node: b }
      |              ^
  hint: did you mean "a"?
`);
  });

  test('without a source there is no frame, without a range no location', () => {
    const { diagnostics } = found('name: X\n');
    expect(renderDiagnostics(diagnostics)).toMatch(/^net\.yaml:1:7: error\[NL106\]: [^\n]*\n {2}hint: [^\n]*\n$/);
    expect(renderDiagnostics([{ code: 'NL001', severity: 'warning', summary: 'gone' }])).toBe('warning[NL001]: gone\n');
    expect(renderDiagnostics([])).toBe('');
  });

  test('an error on a node', () => {
    const place = { node: 'n1', netns: 'qrouter-1', command: 'ip link' };
    const text = renderDiagnostics([{ code: 'NLA01', severity: 'error', summary: 's', detail: 'a\n\nb\n', place }]);
    expect(text).toBe('error[NLA01]: s\n  on node n1, namespace qrouter-1\n  command: ip link\n  a\n\n  b\n\n');
  });

  test('a range of several lines is marked on its first line', () => {
    const { diagnostics, sources } = found('name: x\nexpect:\n  a: 1\n  b: 2\n');
    expect(renderDiagnostics(diagnostics, { sources }).split('\n').slice(1, 4)).toEqual([
      '    2 | expect:',
      '  > 3 |   a: 1',
      '      |   ^^^^',
    ]);
  });

  test('a long line is cut around the range', () => {
    const nodes = Array.from({ length: 2000 }, (_, i) => `n${String(i)}: {reach: {via: lab}}`).join(', ');
    const text = `name: x\nnodes: { ${nodes}, bad: 5 }\n`;
    const { diagnostics, sources } = found(text);
    const [, , line, carets] = renderDiagnostics(diagnostics, { sources }).split('\n');
    expect(line!.length).toBeLessThan(120);
    expect(line!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('5');
  });

  test('control characters of the source are not printed', () => {
    const { diagnostics, sources } = found('name: "\u001b[31m\u202e\u0007" # \u009b\n');
    const text = renderDiagnostics(diagnostics, { sources });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text.length).toBeGreaterThan(10);
  });

  test('colours only if they are enabled', () => {
    const { diagnostics, sources } = found();
    expect(renderDiagnostics(diagnostics, { sources })).not.toContain('\u001b');
    expect(renderDiagnostics(diagnostics, { sources, colours: paint(true) })).toContain('\u001b[31m^');
  });
});

describe('json', () => {
  test('the shape of terraform validate, with code and hint', () => {
    const { diagnostics, sources } = found();
    const document = validationDocument(diagnostics, sources) as { diagnostics: unknown[] };
    expect(document).toMatchObject({ format_version: '1.1', valid: false, error_count: 2, warning_count: 0 });
    expect(document.diagnostics[0]).toMatchObject({
      severity: 'error',
      code: 'NL106',
      summary: '"ü" is not a usable name as a key of physical_networks',
      detail: '',
      // The letter has two bytes.
      range: { filename: 'net.yaml', start: { line: 2, column: 22, byte: 29 }, end: { line: 2, column: 23, byte: 31 } },
    });
  });

  test('optional parts are left out', () => {
    expect(diagnosticJson({ code: 'NL001', severity: 'error', summary: 's' })).toEqual({
      severity: 'error',
      code: 'NL001',
      summary: 's',
      detail: '',
    });
  });
});

describe('github', () => {
  test('one workflow command for each diagnostic, escaped', () => {
    const { diagnostics } = found('name: 5%\n');
    const position = { line: 1, column: 2, offset: 1 };
    const range = { file: 'a,b:c%.yaml', start: position, end: { ...position, column: 4 } };
    const nasty: Diagnostic = {
      code: 'NLX32',
      severity: 'info',
      summary: 'x\n::error::y',
      detail: 'd',
      range,
      hint: 'h',
    };
    expect(renderGithub([...diagnostics, nasty]).split('\n')).toEqual([
      '::error file=net.yaml,line=1,col=7,endColumn=9,title=NL106::name: "5%25" is not a usable name for a ' +
        'topology%0Ahint: lower-case letters, digits and dashes, beginning with a letter or digit, 19 characters ' +
        'at most',
      '::notice file=a%2Cb%3Ac%25.yaml,line=1,col=2,endColumn=4,title=NLX32::x\\n::error::y%0Ad%0Ahint: h',
      '',
    ]);
  });
});
