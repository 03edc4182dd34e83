export type Sample = Readonly<{ name: string; labels: Readonly<Record<string, string>>; value: number }>;

/** The samples of a metric in a scrape; of every metric without a name. */
export function samplesOf(text: string, name?: string): readonly Sample[] {
  const samples = text.split('\n').flatMap((line) => {
    const [, of = '', labels = '', value = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    return of === '' ? [] : [{ name: of, labels: labelsOf(labels), value: numberOf(value) }];
  });
  return name === undefined ? samples : samples.filter((sample) => sample.name === name);
}

/** The one sample that has these labels, among others; undefined without any. */
export function sampleOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  return samplesOf(text, name).find((sample) => Object.entries(labels).every(([key, is]) => sample.labels[key] === is))
    ?.value;
}

function labelsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value]) => [key, value]));
}

function numberOf(text: string): number {
  return text.endsWith('Inf') ? Number(text.replace('Inf', 'Infinity')) : Number(text);
}
