/** A share of one as a percentage that never rounds up to 100 %: one missed minute must stay visible. */
export function percentage(share: number | null): string {
  if (share === null) return 'not observed';
  const hundredths = Math.floor(share * 10_000 + 1e-6);
  return `${(hundredths / 100).toFixed(hundredths % 100 === 0 ? 0 : 2)} %`;
}
