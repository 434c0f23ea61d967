import { afterEach, describe, expect, test } from 'vitest';
import { FILES } from '../../src/page/files.gen.ts';
import { OWN, site, STATE } from './support.ts';

const open: ReturnType<typeof site>[] = [];

function opened(...args: Parameters<typeof site>): ReturnType<typeof site> {
  const one = site(...args);
  open.push(one);
  return one;
}

afterEach(() => {
  for (const { board } of open.splice(0)) board.close();
});

describe('without the cookie', () => {
  test.each([
    ['GET', '/api/stream'],
    ['GET', '/api/session'],
    ['GET', '/api/part/instances/vm1'],
    ['POST', '/api/verify'],
    ['POST', '/api/apply'],
    ['POST', '/api/link'],
    ['GET', '/api/anything'],
    ['GET', '/anything'],
    ['DELETE', '/api/stream'],
  ])('%s %s is 401 with nothing in it', async (method, path) => {
    const answer = await opened().send(path, OWN, { method });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe('');
  });

  test('the files of the page are sent, and tell nothing of the network', async () => {
    const { send } = opened();
    for (const { path, text } of FILES) {
      const answer = await send(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(text);
    }
    expect(JSON.stringify(FILES)).not.toContain(STATE.about.topology);
  });

  test.each(['', 'netloom-9465=', `netloom-9465=${'a'.repeat(43)}`, 'other=1'])(
    'a wrong one (%s) is none',
    async (cookie) => {
      expect((await opened().send('/api/session', { cookie })).status).toBe(401);
    },
  );
});

describe('a link', () => {
  test('is exchanged once for a strict cookie', async () => {
    const { access, post, send } = opened();
    const token = access.link();
    const answer = await post('/api/session', OWN, { token });
    expect(answer.status).toBe(204);
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^netloom-9465=[\w-]{43}; /);
    expect(set.split('; ').slice(1).toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
    expect((await send('/api/session', { cookie: set.split(';')[0]! })).status).toBe(204);
    const again = await post('/api/session', OWN, { token });
    expect(again.status).toBe(401);
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  test.each([{}, { token: 1 }, { token: '' }, null, 'text'])('is not made of %j', async (body) => {
    expect((await opened().post('/api/session', OWN, body)).status).toBe(401);
  });

  test('for another browser is made by one that is in', async () => {
    const { enter, post } = opened();
    const answer = await post('/api/link', { ...OWN, ...(await enter()) });
    const { token } = (await answer.json()) as { token: string };
    expect((await post('/api/session', OWN, { token })).status).toBe(204);
  });
});

describe('hosts and origins', () => {
  test.each(['127.0.0.1:9465', 'localhost:9465', '[::1]:9465', 'LOCALHOST:9465'])('%s is ours', async (host) => {
    expect((await opened().send('/', { host })).status).toBe(200);
  });

  test.each(['evil.example', 'evil.example:9465', '127.0.0.1', '127.0.0.1:80', 'localhost.evil.example:9465', ''])(
    'a name that was rebound to this machine (%s) gets nothing, not even with the cookie',
    async (host) => {
      const { enter, send } = opened();
      const cookie = await enter();
      for (const path of ['/', '/page.js', '/api/session']) {
        const answer = await send(path, { ...cookie, host });
        expect(answer.status).toBe(421);
        expect(await answer.text()).toBe('');
      }
    },
  );

  test.each(['http://evil.example', 'https://127.0.0.1:9465', 'http://127.0.0.1:8080', 'null', ''])(
    'a page of the origin %j gets nothing and changes nothing, even with the cookie',
    async (origin) => {
      const { asked, enter, post, send } = opened({ apply: () => asked.push('apply') > 0 });
      const cookie = await enter();
      for (const path of ['/api/verify', '/api/apply', '/api/link']) {
        expect((await post(path, { ...OWN, ...cookie, origin }, { checksum: 'a' })).status).toBe(403);
      }
      expect((await send('/api/session', { ...cookie, origin })).status).toBe(403);
      expect(asked).toEqual([]);
    },
  );

  test('what changes anything needs an origin', async () => {
    const { asked, enter, post } = opened({ apply: () => asked.push('apply') > 0 });
    const { origin: _, ...without } = { ...OWN, ...(await enter()) };
    expect((await post('/api/verify', without)).status).toBe(403);
    expect((await post('/api/apply', without, { checksum: 'a' })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test.each(['cross-site', 'same-site'])('what a %s page loads is refused', async (site) => {
    const { enter, send } = opened();
    const cookie = await enter();
    const from = { ...cookie, 'sec-fetch-site': site };
    expect((await send('/api/session', { ...from, 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
    expect((await send('/page.js', { ...from, 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
    // A link leads here, as any other.
    expect((await send('/', { ...from, 'sec-fetch-mode': 'navigate' })).status).toBe(200);
    expect((await send('/api/session', { ...from, 'sec-fetch-mode': 'navigate' })).status).toBe(403);
  });
});

describe('every answer', () => {
  test.each(['/', '/page.js', '/api/session', '/nothing'])('%s has the strict headers', async (path) => {
    const { headers } = await opened().send(path);
    expect(headers.get('content-security-policy')?.split('; ').toSorted()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "require-trusted-types-for 'script'",
      "script-src 'self'",
      "style-src 'self'",
      "trusted-types 'none'",
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a body larger than any that is asked for is refused', async () => {
    expect((await opened().post('/api/session', OWN, { token: 'a'.repeat(2000) })).status).toBe(413);
  });
});

describe('what is asked for', () => {
  test('an apply is refused without --allow-apply, and names the plan that was shown', async () => {
    const asked: string[] = [];
    const without = opened();
    expect((await without.post('/api/apply', { ...OWN, ...(await without.enter()) }, { checksum: 'abc' })).status).toBe(
      403,
    );
    const one = opened({ apply: (checksum) => asked.push(checksum) === 1 });
    const headers = { ...OWN, ...(await one.enter()) };
    expect((await one.post('/api/apply', headers, { checksum: 'abc' })).status).toBe(202);
    expect((await one.post('/api/apply', headers, { checksum: 'def' })).status).toBe(409);
    expect(asked).toEqual(['abc', 'def']);
  });

  test('expectations are tried on demand', async () => {
    const { asked, enter, post } = opened();
    expect((await post('/api/verify', { ...OWN, ...(await enter()) })).status).toBe(202);
    expect(asked).toEqual(['verify']);
  });

  test('a part that the file does not have is none', async () => {
    const { enter, send } = opened();
    expect((await send('/api/part/instances/..%2F..', await enter())).status).toBe(404);
  });
});
