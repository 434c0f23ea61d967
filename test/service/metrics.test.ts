import { request } from 'node:http';
import { hostname } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import type { Batch } from '../../src/model/plan.ts';
import type { SessionEvent, UntimedEvent } from '../../src/model/event.ts';
import { addressOf } from '../../src/model/resource.ts';
import { createHealth } from '../../src/service/health/health.ts';
import { parseListenAddress, isLoopback } from '../../src/service/metrics/address.ts';
import { allowsHost } from '../../src/service/metrics/host-header.ts';
import { createMetrics } from '../../src/service/metrics/metrics.ts';
import { serveMetrics, type MetricsServer } from '../../src/service/metrics/server.ts';
import { batch, change, plan } from '../render/plan/make.ts';
import { readMetrics } from '../support/prometheus.ts';

const file = 't.yaml';
let time = 1_800_000_000_000;
const at = (event: UntimedEvent, seconds = 1): SessionEvent => ({ ...event, time: (time += seconds * 1000) });

const BRIDGE = change({ node: 'n1', kind: 'bridge', name: 'brq1', action: 'create' });
const CHAIN = change({ node: 'n1', kind: 'chain', name: '4/nat/x', action: 'update' });
const stepsOf = (...changes: readonly (typeof BRIDGE)[]): Batch =>
  batch(
    1,
    changes.map(({ address }) => address),
  );

describe('metrics', () => {
  test('runs, durations and changes by kind; an object whose commands are in two batches counts once', async () => {
    const metrics = createMetrics('1.2.3', () => undefined);
    for (const event of [
      at({ type: 'run', number: 1, file }),
      at({ type: 'round-start', round: 1, plan: plan([BRIDGE, CHAIN]) }, 0),
      at({ type: 'batch-done', batch: stepsOf(BRIDGE), milliseconds: 3 }),
      at({ type: 'batch-done', batch: stepsOf(BRIDGE, CHAIN), milliseconds: 3 }),
      at({ type: 'done', number: 1, ok: true, file }),
      at({ type: 'run', number: 2, file }),
      at({ type: 'batch-failed', batch: stepsOf(BRIDGE), diagnostics: [] }),
      at({ type: 'rollback-done', ok: true, milliseconds: 1 }),
      at({ type: 'done', number: 2, ok: false, file }),
    ]) {
      metrics.onEvent(event);
    }
    const found = readMetrics(await metrics.text());
    const value = (series: string): number | undefined => found.get(`netloom_${series}`);
    expect(value('runs_total{result="ok"}')).toBe(1);
    expect(value('runs_total{result="failed"}')).toBe(1);
    expect(value('run_duration_seconds_sum{result="ok"}')).toBe(3);
    expect(value('changes_total{kind="bridge",action="create"}')).toBe(1);
    expect(value('changes_total{kind="chain",action="update"}')).toBe(1);
    expect(value('failed_batches_total{node="n1"}')).toBe(1);
    expect(value('rollbacks_total{result="ok"}')).toBe(1);
    expect(value('last_success_timestamp_seconds')).toBe(time / 1000 - 4);
    expect(value(`build_info{version="1.2.3",node_version="${process.versions.node}"}`)).toBe(1);
    expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(found.get('process_open_fds')).toBeGreaterThan(3);
  });

  test('drift and healing by node, and since when the file is blocked', async () => {
    const metrics = createMetrics('1', () => 'blocked');
    const about = { node: 'n1', netns: null, file } as const;
    const drifted = {
      address: addressOf(BRIDGE),
      kind: 'bridge',
      name: 'brq1',
      action: 'create',
      difference: '',
    } as const;
    const blocked = at({ type: 'blocked', codes: ['NL401'], file });
    for (const event of [
      at({ type: 'drift', ...about, objects: [drifted, drifted], reason: 'kernel' }),
      at({ type: 'healed', ...about, objects: [drifted.address, drifted.address], milliseconds: 120 }),
      at({ type: 'backing-off', node: 'n2', attempt: 1, seconds: 1, why: 'secret text', file }),
      at({
        type: 'contested',
        ...about,
        address: drifted.address,
        kind: 'bridge',
        name: 'brq1',
        times: 5,
        seconds: 60,
      }),
      blocked,
    ]) {
      metrics.onEvent(event);
    }
    const text = await metrics.text();
    const found = readMetrics(text);
    expect(found.get('netloom_drift_objects_total{node="n1",reason="kernel"}')).toBe(2);
    expect(found.get('netloom_healed_objects_total{node="n1"}')).toBe(2);
    expect(found.get('netloom_heal_duration_seconds_bucket{le="0.2"}')).toBe(1);
    expect(found.get('netloom_node_backing_off{node="n2"}')).toBe(1);
    expect(found.get('netloom_contested_objects_total{node="n1"}')).toBe(1);
    expect(found.get('netloom_blocked_since_timestamp_seconds')).toBe(blocked.time / 1000);
    expect(found.get('netloom_healthy')).toBe(0);
    expect(text).not.toContain('secret');
    metrics.onEvent(at({ type: 'unblocked', file }));
    metrics.onEvent(at({ type: 'recovered', node: 'n2', file }));
    const later = readMetrics(await metrics.text());
    expect(later.get('netloom_blocked_since_timestamp_seconds')).toBe(0);
    expect(later.get('netloom_node_backing_off{node="n2"}')).toBe(0);
  });

  test('the number of series is bounded, whatever nodes files name over time', async () => {
    const metrics = createMetrics('1', () => undefined);
    for (let i = 0; i < 2000; i += 1) {
      metrics.onEvent(at({ type: 'backing-off', node: `n${String(i)}`, attempt: 1, seconds: 1, why: '', file }));
    }
    const series = [...readMetrics(await metrics.text()).keys()].filter((key) =>
      key.startsWith('netloom_node_backing'),
    );
    expect(series).toHaveLength(513);
    expect(series).toContain('netloom_node_backing_off{node="(other)"}');
  });
});

describe('health', () => {
  const of = (...events: readonly SessionEvent[]): string | undefined => {
    const health = createHealth();
    for (const event of events) health.onEvent(event);
    return health.reason(time);
  };
  const ok = (): SessionEvent[] => [
    at({ type: 'run', number: 1, file }),
    at({ type: 'done', number: 1, ok: true, file }),
  ];
  const about = { node: 'n1', netns: 'qrouter-1', file } as const;
  const objects = [
    { address: BRIDGE.address, kind: 'bridge', name: 'brq1', action: 'create', difference: '' },
  ] as const;

  test.each<[string | undefined, () => SessionEvent[]]>([
    ['the first run has not ended', () => []],
    [undefined, () => ok()],
    ['the last run failed', () => [...ok(), at({ type: 'done', number: 2, ok: false, file })]],
    ['the file does not exist', () => [...ok(), at({ type: 'gone', file })]],
    [undefined, () => [...ok(), at({ type: 'gone', file }), ...ok()]],
    ['the file has errors: NL401, NL402', () => [...ok(), at({ type: 'blocked', codes: ['NL401', 'NL402'], file })]],
    [undefined, () => [...ok(), at({ type: 'blocked', codes: ['NL401'], file }), at({ type: 'unblocked', file })]],
    ['standing still: reverted', () => [...ok(), at({ type: 'standing-still', why: 'reverted', file })]],
    [
      'node n2 is waited for: no route to host',
      () => [...ok(), at({ type: 'backing-off', node: 'n2', attempt: 1, seconds: 1, why: 'no route\nto host', file })],
    ],
    [
      '1 objects of n1/qrouter-1 differ from the file',
      () => [...ok(), at({ type: 'drift', ...about, objects, reason: 'kernel' })],
    ],
    [
      undefined,
      () => [
        ...ok(),
        at({ type: 'drift', ...about, objects, reason: 'kernel' }),
        at({ type: 'healed', ...about, objects: [BRIDGE.address], milliseconds: 1 }),
      ],
    ],
    ['a run hangs', () => [...ok(), at({ type: 'run', number: 2, file }), at({ type: 'gone', file }, 0)].slice(0, 3)],
  ])('%s', (reason, events) => {
    const all = events();
    if (reason === 'a run hangs') time += 16 * 60_000;
    expect(of(...all)).toBe(reason);
  });

  test('a run that tells of its progress does not hang, however long it takes', () => {
    const health = createHealth();
    for (const event of ok()) health.onEvent(event);
    health.onEvent(at({ type: 'run', number: 2, file }));
    for (let i = 0; i < 10; i += 1) {
      health.onEvent(at({ type: 'batch-start', batch: stepsOf(BRIDGE) }, 10 * 60));
      expect(health.alive(time)).toBe(true);
    }
    expect(health.alive(time + 16 * 60_000)).toBe(false);
  });
});

describe('addresses', () => {
  test.each([
    ['9464', { host: '127.0.0.1', port: 9464 }],
    ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
    ['[::1]:9464', { host: '::1', port: 9464 }],
    ['localhost:1', { host: 'localhost', port: 1 }],
    ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
  ])('%j', (text, address) => {
    expect(parseListenAddress(text)).toEqual(address);
  });

  test.each([':9464', '::1:9464', 'a b:1', '127.0.0.1', '127.0.0.1:70000', 'http://a:1', '[1]:2', ''])(
    '%j is none',
    (text) => {
      expect(parseListenAddress(text)).toBeUndefined();
    },
  );

  test.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['127.0.0.1.example.com', false],
    ['::', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback({ host })).toBe(expected);
  });

  test.each([
    ['127.0.0.1', '127.0.0.1:9464', true],
    ['127.0.0.1', 'localhost:9464', true],
    ['127.0.0.1', '[::1]:9464', true],
    ['127.0.0.1', 'evil.example:9464', false],
    ['127.0.0.1', '192.0.2.1', false],
    ['127.0.0.1', undefined, false],
    ['0.0.0.0', '192.0.2.1:9464', true],
    ['0.0.0.0', `${hostname()}:9464`, true],
    ['0.0.0.0', 'evil.example:9464', false],
    ['0.0.0.0', 'a@127.0.0.1', false],
  ])('a server at %s answers for Host %s: %s', (host, header, allowed) => {
    expect(allowsHost({ host }, header)).toBe(allowed);
  });
});

describe('the server', () => {
  let server: MetricsServer | undefined;
  afterEach(() => server?.close());

  async function ask(
    path: string,
    options: { readonly method?: string; readonly host?: string; readonly why?: string } = {},
  ) {
    server = await serveMetrics(
      { host: '127.0.0.1', port: 0 },
      {
        metrics: { text: () => Promise.resolve('a 1\n'), contentType: 'text/plain; version=0.0.4' },
        reason: () => options.why,
      },
    );
    const { port } = server.address;
    return new Promise<readonly [number | undefined, string, string | undefined]>((settle, fail) => {
      const sent = request(
        { port, path, method: options.method ?? 'GET', headers: { host: options.host ?? `127.0.0.1:${String(port)}` } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          response.on('end', () => {
            settle([response.statusCode, text, response.headers['content-type']]);
          });
        },
      );
      sent.on('error', fail);
      sent.end();
    });
  }

  test.each([
    ['/metrics', {}, [200, 'a 1\n', 'text/plain; version=0.0.4']],
    ['/metrics?a', {}, [200, 'a 1\n', 'text/plain; version=0.0.4']],
    ['/healthz', {}, [200, 'ok\n', 'text/plain; charset=utf-8']],
    ['/healthz', { why: 'the last run failed' }, [503, 'the last run failed\n', 'text/plain; charset=utf-8']],
    ['/healthz', { method: 'HEAD', why: 'no' }, [503, '', 'text/plain; charset=utf-8']],
    ['/', {}, [404, 'there are /metrics and /healthz\n', 'text/plain; charset=utf-8']],
    ['/metrics', { method: 'POST' }, [405, 'only GET\n', 'text/plain; charset=utf-8']],
    [
      '/metrics',
      { host: 'evil.example' },
      [421, 'the Host of the request is not this machine\n', 'text/plain; charset=utf-8'],
    ],
  ] as const)('%s %j', async (path, options, expected) => {
    expect(await ask(path, options)).toEqual(expected);
  });
});
