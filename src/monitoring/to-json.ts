const TIME_NAME = /At$|Until$|^(?:at|from|to|since|until)$/;

/**
 * A view as one JSON document of the public contract: instants become ISO 8601 in UTC. What is a time is told by its
 * name alone, which every view keeps to: `…At`, `…Until`, `at`, `from`, `to`, `since`, `until`.
 */
export function toJson(view: unknown): string {
  return JSON.stringify(view, (name: string, value: unknown) => {
    const isTime = typeof value === 'number' && TIME_NAME.test(name);
    return isTime ? new Date(value).toISOString() : value;
  });
}
