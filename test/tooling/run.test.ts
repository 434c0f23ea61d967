import { describe, expect, it } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { runChecks } from '../../scripts/lib/checks.mjs';

describe('a program run by the scripts', () => {
  it('returns both its streams and its exit code', async () => {
    const ended = await run(['sh', '-c', 'echo out; echo err >&2; exit 3']);
    expect(ended).toMatchObject({ code: 3, timedOut: false });
    expect(ended.output.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('is ended with its descendants at its time limit', async () => {
    const ended = await run(['sh', '-c', 'sleep 30 & sleep 30; wait'], { limit: 200 });
    expect(ended).toMatchObject({ timedOut: true });
    expect(ended.code).not.toBe(0);
    expect(ended.milliseconds).toBeLessThan(5000);
  });

  it('that does not exist fails with its name', async () => {
    expect(await run(['/nonexistent/program'])).toMatchObject({
      code: 127,
      output: expect.stringContaining('ENOENT') as string,
    });
  });
});

describe('static checks', () => {
  it('all run, even if one fails or throws', async () => {
    const check = (name: string, result: () => Promise<{ ok: boolean; output: string }>) => ({
      name,
      command: '',
      check: result,
    });
    const told: string[] = [];
    const done = await runChecks(
      [
        check('bad', () => Promise.resolve({ ok: false, output: 'no' })),
        check('thrown', () => Promise.reject(new Error('oh'))),
        check('good', () => Promise.resolve({ ok: true, output: '' })),
      ],
      2,
      (one) => told.push(one.name),
    );
    expect(told.sort()).toEqual(['bad', 'good', 'thrown']);
    expect(done.filter((one) => one.ok).map((one) => one.name)).toEqual(['good']);
    expect(done.find((one) => one.name === 'thrown')?.output).toBe('Error: oh');
  });
});
