/** The languages in which mail and pages are written, by their subtag of BCP 47. */
export const languages = ['en', 'es', 'fr', 'de', 'pt'] as const;
export type Language = (typeof languages)[number];

/** Where nobody has said, or nothing is written in, another language. */
export const DEFAULT_LOCALE = 'en' satisfies Language;

/** A locale in its usual spelling (`en_us` is no locale, `EN-us` is `en-US`); null for what is none. */
export function canonicalLocale(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}

/** The language of a locale, if anything is written in it. */
export function languageOf(locale: string): Language | null {
  const canonical = canonicalLocale(locale);
  const spoken = canonical === null ? null : new Intl.Locale(canonical).language;
  return languages.find((language) => language === spoken) ?? null;
}
