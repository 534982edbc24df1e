// The club's own glyphs in one file for each face and script: what the pages say in either language, and nothing else.
// `npm run glyphs` writes them anew, `npm run glyphs -- --check` compares, as `cargo xtask test` does.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import subset from 'subset-font';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const path = (name) => join(root, name);
const read = (name) => readFileSync(path(name), 'utf8');

const ascii = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
/** Words that the pages must not say. */
const unsaid = 'words/locales.rs';
const code = readdirSync(path('app/src'), { recursive: true }).filter((name) => name.endsWith('.rs') && name !== unsaid).map((name) => `app/src/${name}`);
const sources = ['app/locales/ko.json', 'app/locales/en.json', ...code];
/** What the browser writes of itself: instants, as `app/src/browser/time.rs` asks for them. */
const instants = ['ko', 'en'].flatMap((language) => {
  const form = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
  return Array.from({ length: 24 }, (_, at) => form.format(new Date(2026, at % 12, at + 1, at)));
});
const said = [...sources.map(read), ...instants].flatMap((text) => [...text]).filter((glyph) => glyph > '~');
const glyphs = [...new Set([...ascii, ...said])].sort();

/** The name of the other language stands on English pages too, and is worth no second file there. */
const isHangul = (glyph) => /\p{Script=Hangul}/u.test(glyph) && !'한국어'.includes(glyph);

/** Subsets a face; numbers that change keep their width by `tnum`. */
function cut({ source, all, axis }) {
  return subset(readFileSync(path(source)), all.join(''), {
    targetFormat: 'woff2',
    variationAxes: { wght: axis },
    keepFeatures: ['kern', 'tnum'],
  });
}

const text = { min: 400, max: 800, default: 400 };
const pretendard = 'node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2';
/** An English page needs the first and the last only. Faces are only one family to choose glyphs from where their weights read the same as in pretendard.css. */
const faces = [
  { name: 'Club', family: 'Pretendard', weight: '45 920', axis: text, source: pretendard, all: glyphs.filter((glyph) => !isHangul(glyph)) },
  { name: 'ClubHangul', family: 'Pretendard', weight: '45 920', axis: text, source: pretendard, all: glyphs.filter(isHangul) },
  { name: 'ClubDisplay', family: 'Unbounded', weight: '400 800', axis: 700, source: 'style/Unbounded.latin.woff2', all: [...ascii, '·', '×', '…', '−'] },
];
for (const face of faces) face.font = await cut(face);

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
function address({ name, font }, kind = 'woff2') {
  return `/fonts/${name}.${kind}?v=${createHash('sha256').update(font).digest('hex').slice(0, 8)}`;
}

function rule(face) {
  return `@font-face {
  font-family: "${face.family}";
  font-style: normal;
  font-display: swap;
  font-weight: ${face.weight};
  src: url(${address(face)}) format("woff2");
  unicode-range: ${range(face.all)};
}
`;
}

const note = '/* Made by style/glyphs.mjs */\n';
const css = `${note}${faces.map(rule).join('')}`;
/** What members write, in the files of all of Hangul; of two faces that have a glyph the last counts. */
const written = `${note}${read('style/pretendard.css')}${css}`;
const [club, hangul] = faces;
const rust = `//! Made by \`style/glyphs.mjs\`: the fonts that a page needs at once.

/// What every page says.
pub(crate) const CLUB: &str = "${address(club)}";
/// What a Korean page says besides.
pub(crate) const HANGUL: &str = "${address(hangul)}";
/// The style sheet of all other glyphs, for what members write.
pub(crate) const WRITTEN: &str = "${address({ name: 'written', font: written }, 'css')}";
`;
const made = new Map([
  ...faces.map(({ name, font }) => [`public/fonts/${name}.woff2`, font]),
  ['style/glyphs.css', Buffer.from(css)],
  ['public/fonts/written.css', Buffer.from(written)],
  ['app/src/fonts.rs', Buffer.from(rust)],
]);

const stale = [...made].filter(([name, content]) => !existsSync(path(name)) || !readFileSync(path(name)).equals(content));
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.error(`${name} is not what the locales need; run \`npm run glyphs\` and commit what changes`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, content] of stale) writeFileSync(path(name), content);
}
for (const { name, all, font } of faces) console.log(`${name}: ${all.length} glyphs, ${font.length} bytes`);
