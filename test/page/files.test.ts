import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FILES } from '../../src/page/files.gen.ts';

test('the page is smaller than 150 kB', () => {
  const bytes = FILES.reduce((sum, { text }) => sum + gzipSync(text).byteLength, 0);
  expect(bytes).toBeLessThan(150_000);
});

test('the page names no other site, and has no script or style in its document', () => {
  for (const { path, text } of FILES) {
    const urls = (text.match(/https?:\/\/[^\s"'`)]*/g) ?? []).filter((url) => !url.startsWith('http://www.w3.org/'));
    expect({ path, urls }).toEqual({ path, urls: [] });
  }
  const document = FILES.find(({ path }) => path === '/')!.text;
  expect(document).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\/)/);
});

test('the script makes no markup of texts, and no code of them', () => {
  const script = FILES.find(({ path }) => path === '/page.js')!.text;
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/);
});
