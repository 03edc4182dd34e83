declare module 'mjml' {
  /** mjml 5 ships no types; this is the little of it that is used here. */
  export default function mjml2html(
    source: string,
    options: Readonly<{ validationLevel: 'strict'; fonts: Readonly<Record<string, string>> }>,
  ): Promise<Readonly<{ html: string }>>;
}
