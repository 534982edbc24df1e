// The club's own glyphs in one file for each face: what the pages say in either language, and nothing else.
// `npm run glyphs` writes them anew, `npm run glyphs -- --check` compares, as `cargo xtask test` does.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import subset from 'subset-font';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const path = (name) => join(root, name);
const text = (name) => readFileSync(path(name), 'utf8');

const ascii = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
const code = readdirSync(path('app/src'), { recursive: true }).filter((name) => name.endsWith('.rs')).map((name) => `app/src/${name}`);
const sources = ['app/locales/ko.json', 'app/locales/en.json', ...code];
const said = sources.flatMap((name) => [...text(name)]).filter((glyph) => glyph > '~');
const glyphs = [...new Set([...ascii, ...said])].sort();

const sans = await subset(
  readFileSync(path('node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2')),
  glyphs.join(''),
  // Numbers that change keep their width by `tnum`.
  { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 800, default: 400 } }, keepFeatures: ['kern', 'tnum'] },
);
const display = await subset(
  readFileSync(path('style/Unbounded.latin.woff2')),
  [...ascii, '×', '−', '…', '·'].join(''),
  { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 800, default: 400 } } },
);

/** Code points as a `unicode-range`. */
function range(all) {
  const points = all.map((glyph) => glyph.codePointAt(0)).sort((a, b) => a - b);
  const spans = [];
  for (const point of points) {
    const last = spans.at(-1);
    if (last && last[1] + 1 === point) last[1] = point;
    else spans.push([point, point]);
  }
  return spans.map(([from, to]) => (from === to ? `U+${from.toString(16)}` : `U+${from.toString(16)}-${to.toString(16)}`)).join(',');
}

/** The address changes with the content, so that a browser may keep it. */
function address(name, font) {
  return `/fonts/${name}.woff2?v=${createHash('sha256').update(font).digest('hex').slice(0, 8)}`;
}

function face(family, name, font, all) {
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-display: swap;
  font-weight: 400 800;
  src: url(${address(name, font)}) format("woff2");
  unicode-range: ${range(all)};
}
`;
}

const made = new Map([
  ['public/fonts/Club.woff2', sans],
  ['public/fonts/ClubDisplay.woff2', display],
  [
    'style/glyphs.css',
    Buffer.from(`/* Made by style/glyphs.mjs: the glyphs that the club's own words need. What members write comes from pretendard.css. */
${face('Pretendard', 'Club', sans, glyphs)}
${face('Unbounded', 'ClubDisplay', display, [...ascii, '×', '−', '…', '·'])}`),
  ],
  [
    'app/src/document/fonts.rs',
    Buffer.from(`//! Made by \`style/glyphs.mjs\`: the fonts that every page needs at once.

/// The club's own glyphs.
pub(super) const CLUB: &str = "${address('Club', sans)}";
`),
  ],
]);

const stale = [...made].filter(([name, content]) => !existsSync(path(name)) || !readFileSync(path(name)).equals(content));
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.error(`${name} is not what the locales need; run \`npm run glyphs\` and commit what changes`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, content] of stale) writeFileSync(path(name), content);
}
console.log(`${glyphs.length} glyphs: ${sans.length} bytes, display ${display.length} bytes`);
