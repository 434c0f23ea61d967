import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { renderPage } from '../../src/picture/html/page.ts';
import { manyInstances, picture } from './draw.ts';

const page = renderPage(await picture(manyInstances(2, 1)));

function contents(tag: 'style' | 'script'): readonly string[] {
  return [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(([, text = '']) => text);
}

test('the policy of the page allows its own script and styles by their hashes, and nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${contents('style').map(hash).join(' ')}`,
    `script-src ${contents('script').map(hash).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  // An attribute is a style or a handler that the policy would refuse.
  expect(page).not.toMatch(/ style="| on[a-z]+="/);
});

test('the page loads nothing', () => {
  expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
    /https?:|url\(|@import|<link|<img|<iframe|src=/,
  );
});

test('the script of the page is valid', () => {
  expect(contents('script')).toHaveLength(1);
  expect(() => new Script(contents('script')[0] ?? '')).not.toThrow();
});

test('everything in the picture can be reached with the keyboard and has a name', () => {
  const things = page.match(/<g class="thing [^>]*>/g) ?? [];
  expect(things).toHaveLength(5);
  expect(things.filter((tag) => !/ tabindex="0" role="button" aria-label="[^"]+"/.test(tag))).toEqual([]);
});

test('the legend names what is in the picture, and no more', () => {
  const legend = /<ul aria-label="legend">([^]*)<\/ul>/.exec(page)?.[1] ?? '';
  const words = legend.match(/<\/svg> [^<]*/g)?.map((text) => text.slice('</svg> '.length));
  expect(words).toEqual(['network', 'router', 'instance', 'ext', 'net']);
});
