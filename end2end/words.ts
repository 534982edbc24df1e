// The words of the pages, from the files that the pages are made with.

import en from '../app/locales/en.json';
import ko from '../app/locales/ko.json';

export type Language = 'ko' | 'en';
export type Words = typeof en;

/** The words of a language. */
export function words(language: Language): Words {
  return language === 'ko' ? ko : en;
}

/** Every phrase of a language by its key, such as `nav.home`. */
export function phrases(language: Language): Map<string, string> {
  const rooms = Object.entries(words(language)) as [string, Record<string, string>][];
  return new Map(rooms.flatMap(([room, all]) => Object.entries(all).map(([name, text]) => [`${room}.${name}`, text])));
}

/** A phrase with its `{names}` filled in, as the page does it. */
export function fill(phrase: string, values: Record<string, string | number>): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)).replaceAll(`{${name}:s}`, String(value) === '1' ? '' : 's'),
    phrase,
  );
}
