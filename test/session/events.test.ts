import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SessionEvent } from '../../src/model/event.ts';
import { eventJson, timedLine } from '../../src/render/events/json.ts';
import { approveAndApply } from '../../src/session/approve-and-apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import { startLab } from '../../src/session/lab.ts';
import { createSession, type Session } from '../../src/session/session.ts';
import { watchFile } from '../../src/session/watch.ts';
import { loadDesired } from '../../src/session/desired.ts';
import { fakeEngine, ONE_CREATE, TOPOLOGY } from '../support/fake-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-session-'));
const file = join(folder, 't.yaml');
writeFileSync(file, TOPOLOGY);
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts a lab, and watches a file for one run. */
async function live(clock?: () => number): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  const stop = new AbortController();
  const base = fakeEngine({ files: { [file]: TOPOLOGY }, first: ONE_CREATE }, []);
  const session: Session = createSession({
    engine: {
      ...base,
      lab: {
        ...base.lab,
        up(_, __, onEvent) {
          onEvent({ type: 'lab-started', name: 'demo', milliseconds: 1 });
          onEvent({ type: 'lab-up', name: 'demo', changed: true, milliseconds: 2 });
          return Promise.resolve(true);
        },
      },
    },
    signal: stop.signal,
    onEvent: (event) => events.push(event),
    ...(clock && { clock }),
  });
  await startLab(session, await loadDesired(session, file));
  await watchFile(session, file, {
    lab: true,
    run: async (turn) => {
      const terms = { allow: ALLOW_ALL_DELETIONS, consent: () => Promise.resolve(true), rollback: true };
      const ran = await turn.planned(await turn.desired(), (target, first) =>
        approveAndApply(session, target, first, terms),
      );
      stop.abort();
      return ran;
    },
  });
  return events;
}

test('events of a lab, a watch and an apply are one stream, with the time of the session’s clock', async () => {
  let now = 1000;
  const events = await live(() => (now += 10));
  expect(events.map(({ type, time }) => `${type} ${String(time)}`)).toEqual([
    'lab-started 1010',
    'lab-up 1020',
    'run 1030',
    'round-start 1040',
    'settled 1050',
    'done 1060',
  ]);
});

test('the default clock is the time of day, and never runs back', async () => {
  const before = Date.now();
  const times = (await live()).map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  // The two clocks are read at different times, and the system clock may be corrected.
  for (const time of times) expect(Math.abs(time - before)).toBeLessThan(60_000);
});

test('an event as JSON has its time in UTC', async () => {
  let now = 0;
  const said = (await live(() => (now += 1000))).map((event) =>
    JSON.stringify(timedLine(eventJson(event), event.time)).replace(/"summary":\{[^}]*\}/, '"summary":{}'),
  );
  expect(said).toEqual([
    '{"type":"lab-started","time":"1970-01-01T00:00:01.000Z","name":"demo","milliseconds":1}',
    '{"type":"lab-up","time":"1970-01-01T00:00:02.000Z","name":"demo","changed":true,"milliseconds":2}',
    '{"type":"watch-run","time":"1970-01-01T00:00:03.000Z","number":1}',
    '{"type":"round-start","time":"1970-01-01T00:00:04.000Z","round":1,"batches":0,"summary":{}}',
    '{"type":"settled","time":"1970-01-01T00:00:05.000Z","rounds":1,"milliseconds":1}',
    '{"type":"watch-done","time":"1970-01-01T00:00:06.000Z","number":1,"ok":true}',
  ]);
});
