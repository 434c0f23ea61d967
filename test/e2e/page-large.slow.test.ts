import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import { addressOf } from '../../src/model/resource.ts';
import { openPage, type OpenPage } from '../../src/page/open.ts';
import { createSession } from '../../src/session/session.ts';
import type { Sighting } from '../../src/session/watch/onlooker.ts';
import { change, plan } from '../render/plan/make.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { EMPTY_PLAN, fakeEngine } from '../support/fake-world.ts';
import { startBrowser } from './support/page/browser.ts';

/** A thousand instances on four nodes and ten networks, each network with a router, a tenth with floating IPs. */
function large(): string {
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
  const lans = numbers(10).map((i) => `lan${String(i)}`);
  const nics = lans.map((lan, i) => `eth${String(i)}: { physical_network: ${lan} }`).join(', ');
  const networks = numbers(10).map(
    (i) =>
      `  net${String(i)}: { physical_network: lan${String(i)}, dhcp: { node: n0 }, ` +
      `subnets: { sub${String(i)}: { cidr: 10.${String(i)}.0.0/16 } } }`,
  );
  const routers = numbers(10).map(
    (i) => `  r${String(i)}: { node: n0, external_gateway: { network: ext }, interfaces: { sub${String(i)}: {} } }`,
  );
  const instances = numbers(1000).map(
    (i) => `  vm${String(i)}: { node: n${String(i % 4)}, ports: { eth0: { network: net${String(i % 10)} } } }`,
  );
  const floating = numbers(100).map(
    (i) =>
      `  ip${String(i)}: { floating_network: ext, floating_ip_address: 203.0.113.${String(100 + i)}, instance: vm${String(i)} }`,
  );
  return [
    'name: large',
    `physical_networks: { ${lans.map((lan) => `${lan}: {}`).join(', ')}, ext: {} }`,
    'nodes:',
    `  n0: { reach: { via: lab }, nics: { ${nics}, ext0: { physical_network: ext } } }`,
    ...numbers(3).map((i) => `  n${String(i + 1)}: { reach: { via: lab }, nics: { ${nics} } }`),
    'networks:',
    '  ext: { physical_network: ext, external: true, subnets: { out: { cidr: 203.0.113.0/24, enable_dhcp: false } } }',
    ...networks,
    'routers:',
    ...routers,
    'instances:',
    ...instances,
    'floating_ips:',
    ...floating,
    '',
  ].join('\n');
}

let browser: Browser;
let page: Page;
let served: OpenPage;
/** What was seen: everything as in the file, and with the taps of these instances missing. */
let sighting: (missing: readonly number[]) => Sighting;

beforeAll(async () => {
  const text = large();
  const topology = validTopology(text);
  const { graph, resolved } = compiled(text);
  const desired = { topology, resolved, graph, warnings: [], source: { file: 'large.yaml', text } };
  sighting = (missing) => {
    const changes = missing.map((i): Change => {
      const tap = resolved.instances.get(`vm${String(i)}`)?.ports[0]?.tap;
      const found = [...graph.resources.values()].find(({ name }) => name === tap);
      if (!found) throw new Error(`vm${String(i)} has no tap`);
      const { node, netns, name, kind, origin } = found;
      return {
        ...change({ kind: 'x', name, action: 'create' }),
        node,
        netns,
        kind,
        address: addressOf(found),
        desired: found,
        origin,
      };
    });
    return { desired, result: { ...EMPTY_PLAN, plan: plan(changes, [], graph.subjects) } };
  };
  const session = createSession({
    engine: fakeEngine({}, []),
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const about = { file: 'large.yaml', version: '1.0.0', lab: true, mayApply: false, machine: 'host1' };
  served = await openPage(session, {
    file: 'large.yaml',
    lab: true,
    choice: {},
    task: 'heals',
    about,
    address: '127.0.0.1',
    port: 0,
  });
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(`
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask', buffered: true });
  `);
});

afterAll(async () => {
  await Promise.all([browser, served].map((each) => each.close()));
});

/** The longest task of the browser so far that took more than 50 ms, in milliseconds. */
const longest = async (): Promise<number> => Number(await page.evaluate('window.longest'));

test('the first picture of 1,000 instances is seen within 2 s', async () => {
  served.onlooker.saw(sighting([]));
  const link = served.link();
  const started = performance.now();
  await page.goto(link);
  await page.waitForSelector('.cards .service', { state: 'attached' });
  const services = performance.now() - started;
  await page.click('nav a[href="#topology"]');
  await page.waitForFunction(`document.querySelector('.picture img')?.naturalWidth > 300`);
  const picture = performance.now() - started;
  console.log(
    `services ${services.toFixed(0)} ms, picture ${picture.toFixed(0)} ms, longest task ${(await longest()).toFixed(0)} ms`,
  );
  expect(picture).toBeLessThan(2000);
  expect(await longest()).toBeLessThan(200);
});

test.each(['services', 'topology', 'changes'])('%s of 1,000 instances follow within 100 ms', async (view) => {
  await page.click(`nav a[href="#${view}"]`);
  const times: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    const missing = i % 2 === 0 ? [i, 400 + i, 999 - i] : [];
    const shown = page.evaluate(`new Promise((settle) => {
      const wanted = ${JSON.stringify(missing.length === 0 ? '' : '3')};
      const seen = () => {
        const now = document.querySelector('.nav-count[data-count="services"] span')?.textContent ?? '';
        if (now !== wanted) return;
        watching.disconnect();
        requestAnimationFrame(() => setTimeout(settle));
      };
      const watching = new MutationObserver(seen);
      watching.observe(document.body, { subtree: true, childList: true, characterData: true });
    })`);
    await page.evaluate('1');
    const started = performance.now();
    served.onlooker.saw(sighting(missing));
    await shown;
    times.push(performance.now() - started);
    await page.waitForTimeout(300);
  }
  times.sort((a, b) => a - b);
  console.log(
    `${view}: p50 ${times[10]?.toFixed(0) ?? ''} ms, p95 ${times[18]?.toFixed(0) ?? ''} ms, longest task ${(await longest()).toFixed(0)} ms`,
  );
  expect(times[18]).toBeLessThan(100);
  expect(await longest()).toBeLessThan(200);
});
