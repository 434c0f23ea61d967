import { FONTS } from '../text/roles.ts';
import { COLOURS, HEALTH, NETWORKS, ON_COLOUR, type Shade } from './palette.ts';

const FACES = {
  regular: `system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif`,
  mono: `ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace`,
};

/** The fonts of the texts, by role. */
const TEXTS = Object.entries(FONTS).map(([role, { face, size }]) => {
  const family = face === 'mono' ? FACES.mono : FACES.regular;
  return `.${role}{font:${face === 'bold' ? '600 ' : ''}${String(size)}px ${family}}`;
});

/** Returns the style sheet of the picture, with the colours for both backgrounds. No rule reaches beyond `.netloom`. */
export function styleSheet(): string {
  return [
    ...TEXTS,
    '.cable{fill:none;stroke-width:2}',
    '.box,.frame{stroke-width:1.25}',
    '.unwell>.box{stroke-width:2}',
    '.missing>.box{stroke-dasharray:6 4}',
    '.icon{fill:none;stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}',
    '.dot,.sign{stroke-width:2}',
    '.sign{paint-order:stroke}',
    '.mark{fill:none;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}',
    ...colourRules('light'),
    `@media (prefers-color-scheme:dark){`,
    ...colourRules('dark'),
    '}',
  ]
    .map((rule) =>
      /^[.]/.test(rule) ? `.netloom ${rule.replace(/^([^{]*)/, (all) => all.replaceAll(',', ',.netloom '))}` : rule,
    )
    .join('\n');
}

/** Returns the rules that give colours, for one background. */
function colourRules(background: keyof Shade): readonly string[] {
  const of = (shade: Shade): string => shade[background];
  const { text, muted, outline, cable } = COLOURS;
  return [
    `.ground{fill:${of(COLOURS.background)}}`,
    `.frame{fill:${of(COLOURS.frame)};stroke:${of(outline)}}`,
    `.box,.dot{fill:${of(COLOURS.box)};stroke:${of(outline)}}`,
    `.cable{stroke:${of(cable)}}`,
    `.title,.name,.value{fill:${of(text)}}`,
    `.summary,.about{fill:${of(muted)}}`,
    `.icon{stroke:${of(muted)}}`,
    // A ring, on the cards of networks.
    `.sign{stroke:${of(COLOURS.box)}}`,
    `.card,.bar{fill:${of(cable)}}`,
    `.card-name,.card-about,.card-wrong,.chip{fill:${of(ON_COLOUR)}}`,
    `.card-icon,.mark{stroke:${of(ON_COLOUR)}}`,
    ...NETWORKS.flatMap((shade, i) => {
      const n = String(i);
      return [`.s${n}{stroke:${of(shade)}}`, `.f${n}{fill:${of(shade)}}`];
    }),
    ...Object.entries(HEALTH).flatMap(([health, shade]) => [
      `.${health}>.sign,.${health}>.wrong{fill:${of(shade)}}`,
      ...(health === 'ok' ? [] : [`.${health}>.box,.${health}>.frame{stroke:${of(shade)}}`]),
    ]),
  ];
}
