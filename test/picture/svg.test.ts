import { describe, expect, test } from 'vitest';
import { layout } from '../../src/picture/layout/layout.ts';
import type { Scene } from '../../src/picture/scene/scene.ts';
import { COLOURS, contrast, HEALTH, NETWORKS, ON_COLOUR, type Shade } from '../../src/picture/svg/palette.ts';
import { renderSvg } from '../../src/picture/svg/svg.ts';
import { renderPage } from '../../src/picture/html/page.ts';
import { fitWidth, widthOf } from '../../src/picture/text/measure.ts';
import { manyInstances, picture } from './draw.ts';

describe('contrast', () => {
  test('is as WCAG defines it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#ffffff', '#ffffff')).toBe(1);
    // The example of WebAIM's checker.
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  const BACKGROUNDS = ['light', 'dark'] as const;
  const { text, muted, background, box, frame, cable, outline } = COLOURS;
  const health = Object.entries(HEALTH);
  const readable: readonly (readonly [string, Shade, readonly Shade[]])[] = [
    ['text', text, [background, box, frame]],
    ['muted text', muted, [background, box, frame]],
    ['the name of a physical network', ON_COLOUR, [cable]],
    ...NETWORKS.map((shade, i) => [`the name on network colour ${i}`, ON_COLOUR, [shade]] as const),
    ...health.map(([name, shade]) => [`what is ${name}`, shade, [box, frame]] as const),
  ];
  const visible: readonly (readonly [string, Shade, readonly Shade[]])[] = [
    ['a cable', cable, [background, frame]],
    ['an outline', outline, [background, box, frame]],
    ...NETWORKS.map((shade, i) => [`network colour ${i}`, shade, [background, box, frame]] as const),
    ...health.map(([name, shade]) => [`the mark on the sign of ${name}`, ON_COLOUR, [shade]] as const),
  ];

  test.each(BACKGROUNDS)('of texts is at least 4.5, of shapes 3, on a %s background', (kind) => {
    const low = (all: typeof readable, least: number): readonly string[] =>
      all.flatMap(([name, shade, grounds]) =>
        grounds
          .filter((ground) => contrast(shade[kind], ground[kind]) < least)
          .map((ground) => `${name} on ${ground[kind]}`),
      );
    expect(low(readable, 4.5)).toEqual([]);
    expect(low(visible, 3)).toEqual([]);
  });
});

describe('the width of a text', () => {
  test('is that of DejaVu Sans at least', () => {
    // Measured with its tables: 6.3 hundredths of an em and so on.
    expect(widthOf('router1', { face: 'regular', size: 100 })).toBe(42 + 62 + 64 + 40 + 62 + 42 + 64);
    expect(widthOf('10.0.0.1', { face: 'mono', size: 100 })).toBe(8 * 61);
    expect(widthOf('日本', { face: 'regular', size: 10 })).toBe(22);
  });

  test('is kept by leaving out the end of a text', () => {
    const font = { face: 'mono', size: 10 } as const;
    expect(fitWidth('abcdef', font, widthOf('abcdef', font))).toBe('abcdef');
    expect(fitWidth('abcdef', font, widthOf('abcd', font))).toBe('abc…');
    expect(fitWidth('abc def', font, widthOf('abcde', font))).toBe('abc…');
  });
});

/** A scene in which every text is an attack. */
function hostile(evil: string): Scene {
  const thing = { about: [evil], west: [{ text: evil, port: 'p1' }], east: [{ text: evil, chip: 0 }], details: [evil] };
  return {
    ...{ title: evil, about: evil, level: 'devices', isLive: true },
    containers: [{ id: `node ${evil}`, name: evil, about: evil, mark: { health: 'foreign', lines: [evil] } }],
    things: [
      {
        ...thing,
        id: evil,
        kind: 'router',
        name: evil,
        container: `node ${evil}`,
        mark: { health: 'missing', lines: [evil] },
      },
      { ...thing, west: [], id: 'network', kind: 'network', name: evil, colour: 99 },
    ],
    links: [{ from: { thing: 'network' }, to: { thing: evil, port: 'p1' }, colour: 99 }],
  };
}

/** Returns what is no tag of ours, no text and no entity in the body of a picture. */
function strange(markup: string): readonly string[] {
  const ours = /<\/?(?:svg|title|desc|style|g|path|rect|circle|text)(?: [a-zA-Z-]+="[^"<>]*")*\/?>/g;
  const left = markup
    .replace(/<style>[^<]*<\/style>/g, '')
    .replace(ours, '')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, '');
  return left.match(/[<>&"'].{0,20}/g) ?? [];
}

describe('a hostile value', () => {
  const ATTACKS = [
    '"/><script>alert(1)</script>',
    '</title></style><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    '&amp;&#x3c;script&#62;',
    ']]><!ENTITY x SYSTEM "file:///etc/passwd">&x;',
    '\u001b[31m\u0000\u202e\ufffe\ud800',
    '<!-- --><?xml version="1.0"?>',
  ];

  test.each(ATTACKS)('is text and nothing else: %j', async (evil) => {
    const svg = renderSvg(await layout(hostile(evil)));
    expect(strange(svg)).toEqual([]);
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e\ufffe\ud800-\udfff]/u);
  });

  test('adds no tag to the page', async () => {
    const page = renderPage(await layout(hostile(ATTACKS.join(' '))));
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).not.toContain('<img');
    const picture = /<main>\n([^]*)\n<\/main>/.exec(page)?.[1] ?? '';
    expect(strange(picture)).toEqual([]);
  });
});

test('the picture has a title, a description and its own style for dark pages, and refers to nothing', async () => {
  const svg = renderSvg(await picture(manyInstances(2)));
  expect(svg).toMatch(
    /^<svg [^>]*role="img" aria-labelledby="netloom-title netloom-desc">\n<title id="netloom-title">many: networks</,
  );
  expect(svg).toContain(
    '<desc id="netloom-desc">2 nodes · 2 networks · 1 router · 2 instances. 2 networks: ext, net.</desc>',
  );
  expect(svg).toContain('@media (prefers-color-scheme:dark)');
  expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|href|<image/);
});
