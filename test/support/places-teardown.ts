import './database-setup.ts';

export default async function tearDown(): Promise<void> {
  await globalThis.linkwatchTemplates?.remove();
  await globalThis.linkwatchTestServer?.stop();
}
