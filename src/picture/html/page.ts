import { createHash } from 'node:crypto';
import { programText } from '../../programs/text.ts';
import type { Geometry } from '../layout/geometry.ts';
import { escape } from '../svg/escape.ts';
import { ICONS } from '../svg/icons.ts';
import { COLOURS, NETWORKS, colourIndex, type Shade } from '../svg/palette.ts';
import { sign, svgOf, WORDS_OF_HEALTH } from '../svg/svg.ts';
import { styleSheet } from '../svg/style.ts';

const SCRIPT = programText(new URL('./in-browser.js', import.meta.url));

/**
 * Returns a picture as a page in one file: pan, zoom, and the details of what is hovered, focused or clicked. It
 * requests nothing, and its policy allows no other script and no other style than its own.
 */
export function renderPage(geometry: Geometry): string {
  const { title, level, about } = geometry;
  const styles = [styleSheet(), PAGE_STYLE];
  const policy = [
    `default-src 'none'`,
    `style-src ${styles.map(hashOf).join(' ')}`,
    `script-src ${hashOf(SCRIPT)}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}: ${level}</title>
${styles.map((style) => `<style>${style}</style>`).join('\n')}
</head>
<body>
<header>
<h1>${escape(title)}</h1>
<p>${escape(about)}</p>
<nav aria-label="zoom">
<button id="in" title="zoom in (+)">+</button><button id="out" title="zoom out (-)">−</button><button id="fit" title="the whole picture (0)">whole</button>
</nav>
</header>
<main>
${svgOf(geometry, { isInteractive: true })}
</main>
<aside id="details" aria-live="polite" hidden></aside>
<footer class="netloom">
${legendOf(geometry)}
</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Returns the source of a policy that allows this text: the browser compares the hash. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const KINDS = {
  network: 'network',
  'physical-network': 'physical network',
  router: 'router',
  dhcp: 'DHCP server',
  instance: 'instance',
  instances: 'instances together',
  host: 'outside host',
  nic: 'NIC',
  bridge: 'bridge',
  node: 'node',
} as const;

/** Returns what the icons, colours and signs mean, as far as they are in the picture. */
function legendOf({ boxes, frames, isLive }: Geometry): string {
  const kinds = new Set([...(frames.length > 0 ? (['node'] as const) : []), ...boxes.map(({ kind }) => kind)]);
  const icons = [...kinds].map((kind) => swatch(`<path class="icon" d="${ICONS[kind]}"/>`, KINDS[kind]));
  const networks = boxes
    .filter(({ kind, colour }) => kind === 'network' && colour !== undefined)
    .map(({ name, colour = 0 }) =>
      swatch(`<rect class="f${String(colourIndex(colour))}" width="16" height="16" rx="4"/>`, name),
    );
  const healths = isLive
    ? Object.entries(WORDS_OF_HEALTH).map(([health, words]) =>
        swatch(`<g class="${health}">${sign(health as keyof typeof WORDS_OF_HEALTH)}</g>`, words),
      )
    : [];
  const items = [...icons, ...networks, ...healths].map((item) => `<li>${item}</li>`);
  return `<ul aria-label="legend">\n${items.join('\n')}\n</ul>`;
}

function swatch(shape: string, words: string): string {
  const svg = `<svg class="netloom" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;
  return `${svg} ${escape(words)}`;
}

function pageColours(background: keyof Shade): string {
  const of = (shade: Shade): string => shade[background];
  const { background: ground, text, muted, frame, outline } = COLOURS;
  const focus = NETWORKS[0] ?? text;
  return [
    `body{background:${of(ground)};color:${of(text)}}`,
    `header p,#details p{color:${of(muted)}}`,
    `button,#details{background:${of(frame)};color:${of(text)};border:1px solid ${of(outline)}}`,
    `:focus-visible{outline:2px solid ${of(focus)}}`,
    `.netloom :is(.thing:focus-visible,.pinned)>:is(.box,.frame,.card){stroke:${of(focus)};stroke-width:3}`,
  ].join('\n');
}

const PAGE_STYLE = `
body{margin:0;display:flex;flex-direction:column;height:100vh;font:14px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px;padding:10px 20px}
h1{font-size:18px;margin:0}
header p{margin:0;flex:1}
button{font:inherit;min-width:34px;height:32px;border-radius:6px;margin-left:6px;cursor:pointer}
main{flex:1;min-height:0;overflow:hidden}
main svg{width:100%;height:100%;display:block;cursor:grab;touch-action:none}
footer{padding:6px 20px 10px}
ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 18px}
li{display:flex;align-items:center;gap:6px}
#details{position:fixed;right:16px;bottom:56px;max-width:min(440px,calc(100vw - 64px));max-height:50vh;overflow:auto;border-radius:8px;padding:10px 16px;box-shadow:0 4px 18px rgb(0 0 0/25%)}
#details h2{font-size:15px;margin:0 0 6px}
#details p{margin:2px 0;overflow-wrap:anywhere;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:12px}
.netloom .thing{cursor:pointer;outline:none}
.netloom .thing.node{cursor:grab}
.netloom.dim .thing:not(.node),.netloom.dim .cable{opacity:.3}
.netloom.dim .thing.lit,.netloom.dim .cable.lit{opacity:1}
.netloom .cable.lit{stroke-width:3}
@media (prefers-reduced-motion:no-preference){.netloom .thing,.netloom .cable{transition:opacity .15s}}
${pageColours('light')}
@media (prefers-color-scheme:dark){
${pageColours('dark')}
}
`;
