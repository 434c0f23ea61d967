import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netloomOk, startNetloom } from './support/cli.ts';
import { inspect, startBrowser } from './support/page/browser.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { example, textOf } from './support/topology.ts';

const ROUTER = 'qrouter-7a51a575-00f1-4709-badc-3d2866084c84';
/** How long something may take on a machine that is busy. */
const SOON = { timeout: 20_000 };
const BREAK = `ip netns exec ${ROUTER} iptables -t nat -F neutron-l3-agent-float-snat`;

ownLabs();

/** Returns the link that netloom prints. */
async function linkOf(stream: Readable): Promise<string> {
  let said = '';
  stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const found = await until(
    () => Promise.resolve(/http:\S+/.exec(said)),
    (link) => link !== null,
  );
  return found?.[0] ?? '';
}

describe('the page', () => {
  const network = labOf(() => example('e2e-page'));
  const complaints: string[] = [];
  let folder: string;
  let file: string;
  let serving: ReturnType<typeof startNetloom>;
  let link: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  const view = async (id: string): Promise<void> => {
    await page.click(`nav a[href="#${id}"]`);
  };
  /** The words of every service that is not well. */
  const unwell = (): Promise<string[]> => page.locator('.cards .service:not(.ok) .service-name').allInnerTexts();

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-page-'));
    file = path.join(folder, 'topology.yaml');
    writeFileSync(file, textOf(network().doc));
    serving = startNetloom(['serve', '--lab', '--allow-apply', '--port', '0', file]);
    link = await linkOf(serving.child.stdout!);
    browser = await startBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(link).host) complaints.push(`asked ${request.url()}`);
    });
    await page.goto(link);
    await page.waitForSelector('.cards .service');
  });
  afterAll(async () => {
    await browser.close();
    serving.child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('is opened by a link that works once, and leaves no token in the address', async () => {
    expect(page.url()).not.toContain(new URL(link).hash);
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(await page.evaluate('document.cookie')).toBe('');
    const other = await browser.newContext();
    const second = await other.newPage();
    await second.goto(link);
    await expect.poll(() => second.locator('h1').innerText(), SOON).toBe('This page opens by a link');
    await other.close();
  });

  it('makes a link for another browser', async () => {
    await page.click('text=Link for another browser');
    const another = await page.locator('.new-link code').innerText();
    const other = await browser.newContext();
    const second = await other.newPage();
    await second.goto(another);
    await second.waitForSelector('.cards .service');
    await other.close();
  });

  it('shows the services that are missing, and applies the plan that it shows', async () => {
    expect((await unwell()).length).toBeGreaterThan(5);
    expect(await inspect(page, 'services-missing')).toEqual([]);
    await view('changes');
    await page.waitForSelector('.group');
    expect(await page.locator('.lead:visible').innerText()).toContain('Plan: ');
    await page.click('text=Apply …');
    expect(await inspect(page, 'apply')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.click('text=Apply …');
    await page.click('dialog.ask button.primary');
    await page.waitForSelector('text=Apply complete', { timeout: 30_000 });
    await expect.poll(() => page.locator('.groups > *').count(), SOON).toBe(0);
    await expect.poll(() => page.locator('text=1 apply').count(), SOON).toBe(1);
    await view('services');
    await expect.poll(unwell, SOON).toEqual([]);
    await expect(network()).toPing('outside', '11.11.11.11');
    expect(await inspect(page, 'services')).toEqual([]);
  });

  it('shows drift as it comes and is healed', async () => {
    await network().in('controller', BREAK);
    await expect.poll(unwell, SOON).toEqual([expect.stringContaining('router1')]);
    expect(await page.locator('.service.degraded .reason').first().innerText()).toContain('float-snat differs');
    await view('changes');
    await page.waitForSelector('.drift .open');
    expect(await page.locator('.drift .open').innerText()).toContain('1 rule missing on controller');
    await page.click('.group summary');
    expect(await page.locator('.group pre').innerText()).toContain('-s 10.10.10.11/32 -j SNAT --to-source 11.11.11.11');
    expect(await inspect(page, 'changes')).toEqual([]);
    await netloomOk('apply', '--lab', '--yes', file);
    await page.waitForSelector('.drift .healed');
    await expect.poll(() => page.locator('.groups > *').count(), SOON).toBe(0);
    expect(await inspect(page, 'changes-healed')).toEqual([]);
    await view('services');
    await expect.poll(unwell, SOON).toEqual([]);
  });

  it('shows the picture that graph draws, with what is not well', async () => {
    await view('topology');
    await expect
      .poll(() => page.evaluate(`document.querySelector('.picture img').naturalWidth`), SOON)
      .toBeGreaterThan(300);
    const svg = await page.evaluate(
      `fetch(document.querySelector('.picture img').src).then((answer) => answer.text())`,
    );
    expect(svg).toBe(await netloomOk('graph', '--format', 'svg', '--live', '--lab', file));
    expect(await page.locator('.lead:visible').innerText()).toBe('Everything in the picture is as in the file');
    expect(await inspect(page, 'topology')).toEqual([]);
    await network().in('controller', BREAK);
    await expect.poll(() => page.getByRole('button', { name: 'router router1: differs' }).count(), SOON).toBe(1);
    expect(await inspect(page, 'topology-drift')).toEqual([]);
    await page.getByRole('button', { name: 'router router1: differs' }).press('Enter');
    await page.waitForSelector('.objects .warn');
    expect(await page.locator('.sheet h2').innerText()).toBe('router router1');
    await page.keyboard.press('Escape');
    await netloomOk('apply', '--lab', '--yes', file);
    await expect.poll(() => page.getByRole('button', { name: 'router router1: well' }).count(), SOON).toBe(1);
  });

  it('draws the way of a floating IP from outside to the guest, on networks and on devices', async () => {
    await page.getByRole('combobox').selectOption('test1-public');
    const way = page.getByRole('img', { name: 'The way of 11.11.11.11 from outside to the guest' });
    await way.waitFor();
    expect(await way.locator('.way-stop').count()).toBe(5);
    expect(await inspect(page, 'topology-way')).toEqual([]);
    await page.getByText('Devices', { exact: true }).click();
    await expect.poll(() => page.locator('.thing').count(), SOON).toBeGreaterThan(15);
    await expect.poll(() => way.locator('.way-stop').count(), SOON).toBeGreaterThan(8);
    expect(await inspect(page, 'topology-devices')).toEqual([]);
    const svg = await page.evaluate(
      `fetch(document.querySelector('.picture img').src).then((answer) => answer.text())`,
    );
    const drawn = ['graph', '--format', 'svg', '--level', 'devices', '--live', '--lab', file];
    expect(svg).toBe(await netloomOk(...drawn));
    await page.getByRole('combobox').selectOption('');
    await expect.poll(() => way.count(), SOON).toBe(0);
    await page.getByText('Networks', { exact: true }).click();
  });

  it('tries the expectations of the file', async () => {
    await view('reach');
    await page.click('text=Try now');
    await page.waitForSelector('text=All 8 as expected', { timeout: 60_000 });
    expect(await page.locator('.matrix .mark.good').count()).toBe(8);
    expect(await page.locator('.reach').innerText()).toContain('outside sees 11.11.11.10');
    expect(await inspect(page, 'reachability')).toEqual([]);
  });

  it('shows what the file says of a part, what stands of it, and where a floating IP leads', async () => {
    await view('services');
    const opener = page.locator('button.link', { hasText: 'test1 eth0' });
    await opener.press('Enter');
    await page.waitForSelector('.way');
    expect(await page.locator('.way strong').allInnerTexts()).toEqual([
      'Outside',
      'Router router1',
      'DNAT',
      'Network flat1',
      expect.stringMatching(/^Bridge brq/),
      'Instance test1',
    ]);
    expect(await page.locator('.source').innerText()).toContain('10.10.10.11');
    expect(await page.locator('.objects .good').count()).toBeGreaterThan(5);
    expect(await inspect(page, 'part')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('button.link:focus').innerText()).toBe('test1 eth0');
  });

  it('shows a mistake in the file, and what was seen before it', async () => {
    writeFileSync(file, textOf(network().doc).replace('network: flat1', 'network: flat9'));
    await page.waitForSelector('.problem.error');
    expect(await page.locator('.problem.error').first().innerText()).toContain('flat9');
    expect(await page.locator('.cards .service').count()).toBeGreaterThan(5);
    expect(await inspect(page, 'mistake')).toEqual([]);
    writeFileSync(file, textOf(network().doc));
    await page.waitForSelector('.problem.error', { state: 'detached' });
  });

  it('is used by keyboard, and found by names', async () => {
    await page.reload();
    await page.waitForSelector('.cards .service');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').innerText()).toBe('Services');
    await page.getByRole('link', { name: 'Reachability' }).press('Enter');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText(), SOON).toBe('Reachability');
    await page.getByRole('link', { name: 'Services' }).press('Enter');
    await page.getByRole('searchbox', { name: 'Find a service' }).fill('router1');
    await expect.poll(() => page.locator('.cards .service').count(), SOON).toBe(1);
    await page.getByRole('searchbox').fill('');
  });

  it('gives nothing to a page of another site that the same browser shows', async () => {
    expect(complaints).toEqual([]);
    const attacker = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>look</p>'));
    await new Promise<void>((settle) => attacker.listen(0, '127.0.0.1', settle));
    const { port } = attacker.address() as { port: number };
    const { origin } = new URL(link);
    const evil = await context.newPage();
    const statuses: number[] = [];
    evil.on('response', (response) => {
      if (response.url().startsWith(origin)) statuses.push(response.status());
    });
    const before = await page.locator('.reach').innerText();
    await evil.goto(`http://localhost:${String(port)}/`);
    const read = await evil.evaluate(async (target) => {
      const ask = (where: string, init: RequestInit) =>
        fetch(target + where, { credentials: 'include', ...init }).then(
          async (answer) => answer.text(),
          () => 'refused',
        );
      return Promise.all([
        ask('/api/session', {}),
        ask('/api/stream', { mode: 'no-cors' }),
        ask('/api/verify', { method: 'POST', mode: 'no-cors' }),
        ask('/api/apply', { method: 'POST', mode: 'no-cors', body: '{"checksum":"x"}' }),
        ask('/api/link', { method: 'POST' }),
      ]);
    }, origin);
    expect(read.filter((text) => text !== '' && text !== 'refused')).toEqual([]);
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    await evil.evaluate(`location.href = '${origin}/api/session'`).catch(() => undefined);
    expect(await page.locator('.reach').innerText()).toBe(before);
    await evil.close();
    attacker.closeAllConnections();
    attacker.close();
  });

  it('tells that the connection is lost', async () => {
    serving.child.kill('SIGINT');
    expect((await serving.ended).code).toBe(0);
    await page.waitForSelector('.banner svg', { timeout: 30_000 });
    expect(await page.locator('.banner').innerText()).toContain('The connection to netloom is lost');
    expect(await page.locator('.cards .service').count()).toBeGreaterThan(5);
    expect(await inspect(page, 'lost')).toEqual([]);
  });

  it('is served over a watch, and shows how that heals, and how it stands', async () => {
    serving = startNetloom(['watch', '--lab', '--yes', file, '--ui', '127.0.0.1:0']);
    const other = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await other.newPage();
    await page.goto(await linkOf(serving.child.stderr!));
    await page.waitForSelector('.cards .service');
    await expect.poll(unwell, SOON).toEqual([]);
    await view('changes');
    await expect.poll(() => page.locator('.watch').innerText(), SOON).toContain('puts right what differs');
    expect(await page.locator('.watch').innerText()).toMatch(/3 nodes tell at once what changes in \d+ namespaces/);
    expect(await page.locator('text=Apply …').count()).toBe(0);
    await network().in('controller', BREAK);
    await page.waitForSelector('.drift .healed');
    const healed = await page.locator('.drift .healed').innerText();
    expect(healed).toMatch(/1 rule missing on controller[^]*after [\d.]+ m?s/);
    await expect.poll(() => page.locator('.work').innerText(), SOON).toContain('The network is as in the file.');
    expect(await inspect(page, 'watch-healed')).toEqual([]);
    writeFileSync(file, textOf(network().doc).replace('network: flat1', 'network: flat9'));
    await page.waitForSelector('.pulse >> text=blocked');
    expect(await page.locator('.lead:visible').innerText()).toContain('its last good version');
    expect(await inspect(page, 'watch-blocked')).toEqual([]);
    writeFileSync(file, textOf(network().doc));
    await page.waitForSelector('.pulse >> text=live');
    serving.child.kill('SIGTERM');
    expect((await serving.ended).code).toBe(0);
    await other.close();
  });
});
