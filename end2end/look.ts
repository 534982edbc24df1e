// A look at a page, as far as a machine can look: it fits, on a phone also the narrowest, it speaks one language, axe
// finds nothing serious on a phone, what can be touched is large enough; and, where asked for, a picture in both languages.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

import { pictures } from './environment';
import { ClubPage } from './pages/club';
import { type Language, phrases, words, type Words } from './words';

/** A page may say less than this only by mistake. */
const CHARS_MIN = 50;
/** The least that a finger meets, in CSS pixels. */
const TOUCH_MIN = 24;
const NARROW = { width: 320, height: 700 };
const HANGUL = /\p{Script=Hangul}+/u;
/** What the club's own fonts have signs for: the ranges that their style sheet names. */
const DRAWN = [...readFileSync(join(__dirname, '..', 'style', 'glyphs.css'), 'utf8').matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/g)]
  .map(([, from, to]) => [parseInt(from!, 16), parseInt(to ?? from!, 16)] as const);

export class Look {
  private readonly club: ClubPage;

  constructor(
    private readonly page: Page,
    /** What the page speaks now. */
    private language: Language,
    private readonly size: 'phone' | 'desktop',
  ) {
    this.club = new ClubPage(page);
  }

  /** The words of the language that the page speaks now. */
  get say(): Words {
    return words(this.language);
  }

  /** Looks at what is there, in the language that it speaks and in the other one, which the page speaks from then on. */
  async at(name: string): Promise<void> {
    await settled(this.page);
    // What axe finds does not depend on the size, and finding it takes as long as all else.
    if (this.size === 'phone') expect.soft(await seriousFaults(this.page), `axe: ${name}`).toEqual([]);
    expect.soft(await small(this.page), `too small to touch: ${name}`).toEqual([]);
    await this.reads(name);
    await this.switches();
    await this.reads(name);
  }

  /** What depends on the language, and a picture for whoever works on the page. */
  private async reads(name: string): Promise<void> {
    await settled(this.page);
    await fits(this.page, name);
    const text = await ownText(this.page);
    expect.soft(text.length, name).toBeGreaterThan(CHARS_MIN);
    expect.soft(strangeWords(text, this.language), `${name} in ${this.language}`).toEqual([]);
    expect.soft(undrawn(text), `signs of another font: ${name} in ${this.language}`).toEqual([]);
    if (pictures) {
      const path = `screenshots/${this.size}-${this.language}-${name}.png`;
      await this.page.screenshot({ path, fullPage: true, animations: 'disabled' });
    }
    if (this.size === 'phone') await this.narrows(name);
  }

  /** The narrowest phone, for a moment. */
  private async narrows(name: string): Promise<void> {
    const size = this.page.viewportSize()!;
    await this.page.setViewportSize(NARROW);
    // Media queries are asked again with the next frame, not with the next measure.
    await settled(this.page);
    expect.soft(await misfits(this.page), `${name} in ${this.language} on ${NARROW.width} pixels`).toEqual([]);
    await this.page.setViewportSize(size);
  }

  /** An open sheet lies over the switch, so that it is not pressed but told. */
  private async switches(): Promise<void> {
    this.language = this.language === 'ko' ? 'en' : 'ko';
    await this.club.language(this.language).dispatchEvent('click');
    await this.club.speaks(this.language);
    // A page that never wakes is loaded anew.
    await this.page.waitForLoadState();
  }
}

/** Waits for fonts, pictures, colours that change, and two painted frames. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done));
    const changes = document.getAnimations().filter((it) => it instanceof CSSTransition);
    await Promise.all(changes.map((it) => it.finished.catch(() => undefined)));
  });
}

/** By how many pixels the page is wider than its screen. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Nothing is wider than the screen. */
async function fits(page: Page, name: string): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect.soft(content, `no scrolling sideways: ${name}`).toBeLessThanOrEqual(screen);
  expect.soft(screen, name).toBe(page.viewportSize()!.width);
}

/** What does not fit its page: what is cut off or gone, dates and figures that break, letters that touch. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    const content = document.documentElement.scrollWidth;
    if (content > width) found.push(`${content} pixels of content`);
    for (const part of document.querySelectorAll<HTMLElement>('.header *, .nav *')) {
      const { left, right } = part.getBoundingClientRect();
      if (left < 0 || right > width) found.push(`a bar cuts off ${part.className || part.tagName}`);
    }
    for (const time of document.querySelectorAll('time')) {
      if (time.getClientRects().length > 1) found.push(`a date breaks: ${time.textContent}`);
    }
    const avatar = document.querySelector('.header .avatar');
    if (avatar && !avatar.getBoundingClientRect().width) found.push('the avatar is gone');
    for (const figure of document.querySelectorAll<HTMLElement>('.number, .stake-quick, .stake-value, .tokens')) {
      const tops = [...figure.childNodes].filter((it) => it.nodeType === Node.TEXT_NODE).flatMap((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()].filter((it) => it.width).map((it) => Math.round(it.top));
      });
      if (new Set(tops).size > 1) found.push(`a figure breaks: ${figure.textContent}`);
    }
    for (const words of document.querySelectorAll<HTMLElement>('main *')) {
      const says = [...words.childNodes].some((it) => it.nodeType === Node.TEXT_NODE && /[가-힣]/.test(it.textContent ?? ''));
      if (says && Number.parseFloat(getComputedStyle(words).letterSpacing) < 0) found.push(`letters touch: ${words.textContent}`);
    }
    return found;
  });
}

/** What axe finds that keeps somebody from using the page. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((it) => it.impact === 'serious' || it.impact === 'critical');
  return serious.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

/**
 * What the page says in its own language: its title, and all but what it says to be of another, as the name of one,
 * and notices, which were said before the language was changed.
 */
async function ownText(page: Page): Promise<string> {
  const text = `${await page.title()}\n${await page.locator('body').innerText()}`;
  const foreign = await page.locator('body [lang], [data-testid="toast"]').allInnerTexts();
  return foreign.reduce((rest, words) => rest.replace(words, ''), text);
}

/** What can be pressed and is hard to meet with a finger. The label of a choice belongs to it. */
function small(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const isInText = (it: Element): boolean => it.closest('p, li, td, dd, figcaption, .sr-only') !== null && it.tagName === 'A';
    return [...document.querySelectorAll('button, a[href], input:not([type="hidden"]), summary')]
      .filter((it) => it.checkVisibility({ visibilityProperty: true }) && !isInText(it) && !it.matches('.skip-link'))
      .map((it) => ({ what: it.outerHTML.slice(0, 120), box: (it.closest('label') ?? it).getBoundingClientRect() }))
      .filter(({ box }) => box.height < least || box.width < least)
      .map(({ what, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${what}`);
  }, TOUCH_MIN);
}

/** Signs that the club's fonts do not have, so that a browser shows another font's or none. */
function undrawn(text: string): string[] {
  const isDrawn = (sign: string): boolean => DRAWN.some(([from, to]) => from <= sign.codePointAt(0)! && sign.codePointAt(0)! <= to);
  return [...new Set(text)].filter((sign) => !/\s/.test(sign) && !isDrawn(sign));
}

/** What a page of this language may not say: keys, gaps, and the other language. */
function strangeWords(text: string, language: Language): string[] {
  const said = (wanted: string): boolean => text.includes(wanted);
  const keys = [...phrases('ko').keys()].filter(said);
  const gaps = text.match(/\{\w+(:s)?\}/g) ?? [];
  if (language === 'en') return [...keys, ...gaps, ...(HANGUL.exec(text) ?? [])];
  const own = new Set(phrases('ko').values());
  const english = [...phrases('en').values()].filter((phrase) => /\w \w/.test(phrase) && !own.has(phrase) && !phrase.includes('{'));
  return [...keys, ...gaps, ...english.filter(said)];
}
