import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FEATURE, generate, KIND } from '../../scripts/lib/generate.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/run.mjs';

const copy = mkdtempSync(join(tmpdir(), 'netloom-generate-'));
const said: string[] = [];

beforeAll(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const layers = ['.dependency-cruiser.mjs', 'scripts/layers'];
  for (const path of ['src', 'package.json', 'tsconfig.json', '.prettierrc.json', ...layers]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  generate(KIND, 'try-out', copy);
  generate(FEATURE, 'try-out', copy);
  vi.restoreAllMocks();
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Runs a program of node_modules in the copy. */
async function tool(...argv: string[]): Promise<string> {
  const [file = '', ...args] = argv;
  const ended = await run([process.execPath, join(ROOT, 'node_modules', file), ...args], { cwd: copy });
  return ended.code === 0 ? '' : ended.output;
}

describe('npm run new:kind and new:feature', () => {
  it('make skeletons that compile', async () => {
    const files = ['src/kinds/try-out/index.ts', 'src/features/try-out/index.ts'];
    const tests = ['test/kinds/try-out.test.ts', 'test/features/try-out.test.ts'];
    // Only the generated files and their imports: the rest of src has its own check.
    const config = { extends: './tsconfig.json', include: [], exclude: [], files: [...files, ...tests] };
    writeFileSync(join(copy, 'tsconfig.one.json'), JSON.stringify(config));
    expect(await tool('typescript/bin/tsc', '-p', 'tsconfig.one.json')).toBe('');
  });

  it('make skeletons in the house style, within the layers', async () => {
    const made = ['src/kinds/try-out', 'src/features/try-out', 'test'];
    expect(await tool('prettier/bin/prettier.cjs', '--check', ...made)).toBe('');
    const cruise = 'dependency-cruiser/bin/dependency-cruise.mjs';
    expect(await tool(cruise, '--output-type', 'err', 'src/kinds/try-out', 'src/features/try-out')).toBe('');
  });

  it('make tests that pass', async () => {
    writeFileSync(join(copy, 'vitest.config.ts'), 'export default {};\n');
    expect(await tool('vitest/vitest.mjs', 'run')).toBe('');
  });

  it('leave no placeholder, and print the next steps', () => {
    const texts = readdirSync(copy, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.includes('try-out') && path.endsWith('.ts') && !path.startsWith('node_modules'))
      .map((path) => readFileSync(join(copy, path), 'utf8'));
    expect(texts).toHaveLength(6);
    expect(texts.join('')).not.toMatch(/__\w+__/);
    expect(said.join('')).toMatch(/What to do next[^]*registry\.ts/);
  });

  it('refuse an invalid name and a name that exists', () => {
    expect(() => generate(KIND, 'Not A Name', copy)).toThrow('usage: npm run new:kind NAME');
    expect(() => generate(FEATURE, undefined, copy)).toThrow('usage: npm run new:feature NAME');
    expect(() => generate(KIND, 'try-out', copy)).toThrow('src/kinds/try-out is there already');
    expect(join(copy, 'src/kinds/Not A Name')).not.toBeOnDisk();
  });
});
