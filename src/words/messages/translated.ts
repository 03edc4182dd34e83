/** A sentence, or its two plural forms: `{count}` chooses. */
export type Message = string | Readonly<{ one: string; other: string }>;

/** The keys of English, with plural forms where English has them. */
export type Translated<English> = Readonly<{
  [Key in keyof English]: English[Key] extends string ? string : Exclude<Message, string>;
}>;
