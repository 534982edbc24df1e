// What opening any page may cost. Raise it only with a reason; it was set at what was reached.

import type { Language } from '../words';

export const requestsMax = 20;
export const kilobytesMax: Record<Language, number> = { ko: 700, en: 640 };
