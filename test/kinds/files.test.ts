import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileKind } from '../../src/kinds/file/index.ts';
import { filesProbe } from '../../src/kernel/probes/files.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import { contextOf, viewOf } from '../support/view.ts';
import { outputOf } from '../support/program.ts';

let above: string;
let folder: string;

/** Returns what the probe reads in a folder, in order of the paths. */
function seen(below: string): ReturnType<typeof filesProbe.parse> {
  const [, , reader = ''] = filesProbe.arguments?.({ topology: 'demo' }) ?? [];
  const above = below.slice(0, below.lastIndexOf('/'));
  const { files, folders, others, now } = filesProbe.parse(
    outputOf(['sh', '-c', filesProbe.script, 'sh', above, below, reader]),
  );
  return {
    now,
    others,
    files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    folders: [...folders].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

beforeAll(() => {
  above = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  folder = join(above, 'demo');
  chmodSync(above, 0o755);
  mkdirSync(join(folder, 'inner'), { recursive: true });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'inner'), 0o711);
  mkdirSync(join(above, 'other'));
  writeFileSync(join(above, 'other', 'theirs'), '');
  writeFileSync(join(folder, 'empty'), '', { mode: 0o600 });
  writeFileSync(join(folder, 'text'), 'a\nb ü\n\n', { mode: 0o644 });
  writeFileSync(join(folder, 'inner', 'bytes'), Buffer.from([0, 255, 10]), { mode: 0o755 });
  symlinkSync('/etc/passwd', join(folder, 'link'));
});

afterAll(() => {
  rmSync(above, { recursive: true });
});

test('files are read with mode, owner and content, and symbolic links are not followed', () => {
  const own = { owner: `${String(process.getuid?.())}:${String(process.getgid?.())}` };
  const at = (path: string): number => statSync(join(folder, path)).ctimeMs / 1000;
  const { files, folders, now } = seen(folder);
  expect(files).toEqual([
    { path: `${folder}/empty`, mode: '600', ...own, ctime: expect.closeTo(at('empty'), 2) as number, content: '' },
    {
      path: `${folder}/inner/bytes`,
      mode: '755',
      ...own,
      ctime: expect.closeTo(at('inner/bytes'), 2) as number,
      content: 'AP8K',
      encoding: 'base64',
    },
    {
      path: `${folder}/text`,
      mode: '644',
      ...own,
      ctime: expect.closeTo(at('text'), 2) as number,
      content: 'a\nb ü\n\n',
    },
  ]);
  expect(folders).toEqual([
    { path: above, mode: '755', ...own },
    { path: folder, mode: '755', ...own },
    { path: `${folder}/inner`, mode: '711', ...own },
  ]);
  expect(Math.abs(now - Date.now() / 1000)).toBeLessThan(10);
});

test('a missing folder has no files', () => {
  expect(seen(join(folder, 'none'))).toEqual({ now: 0, files: [], folders: [], others: [] });
});

test('a folder of the topology without any file is observed as ours, unless it is a daemon’s', () => {
  const [owner, mode] = ['0:0', '755'];
  const at = (...paths: readonly string[]) => paths.map((path) => ({ path: `/run/netloom${path}`, mode, owner }));
  const seenFiles = {
    now: 0,
    files: at('/demo/dhcp/a/host').map((one) => ({ ...one, ctime: 0, content: '' })),
    folders: at('', '/demo', '/demo/dhcp', '/demo/dhcp/a', '/demo/dhcp/b', '/demo/dhcp/c', '/demo/dhcp/a/state'),
    others: at('/demo/dhcp/c/link'),
  };
  const view = viewOf('n1', [], { values: { [filesProbe.id]: seenFiles } });
  const found = [...fileKind.observe(view, 'demo')].filter(({ incomplete }) => incomplete !== undefined);
  expect(found.map(({ name }) => name)).toEqual(['/run/netloom/demo/dhcp/b']);
  const [folder] = found;
  expect(folder && fileKind.remove(folder, contextOf(desiredGraph('demo', ['n1'], [])))).toEqual([
    { tool: 'unlink', path: '/run/netloom/demo/dhcp/b/.new', emptied: ['/run/netloom/demo/dhcp/b'] },
  ]);
});

test('a folder whose only file has a blank in its name is not empty: no plan could ever delete it', () => {
  const line = (type: string, path: string): string => `${type} 755 0:0 1.5  /run/netloom/demo${path}`;
  const text = ['now 2', line('d', ''), line('d', '/a'), line('f', '/a/their file'), line('d', '/b')].join('\n');
  const view = viewOf('n1', [], { values: { [filesProbe.id]: filesProbe.parse(text) } });
  expect([...fileKind.observe(view, 'demo')].map(({ name }) => name)).toEqual(['/run/netloom/demo/b']);
});
