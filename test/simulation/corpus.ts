/** Worlds of a week that every run of the tests lives through again: what is rare happens in them, or went wrong once. */
export const corpus: readonly Readonly<{ seed: number; why: string }>[] = [
  { seed: 1, why: 'one process dies with three new grants, and mails come again' },
  { seed: 2, why: 'accounts flap and go away' },
  { seed: 11, why: 'several mails come again' },
  { seed: 17, why: 'three processes, of which two die with a new grant' },
  { seed: 18, why: 'many mails and reminders' },
  { seed: 30, why: 'an account goes away, and a mail comes again' },
  { seed: 39, why: 'lost grants, lost access, flapping and mails that come again' },
];
