import './database-setup.ts';

export default async function tearDown(): Promise<void> {
  await globalThis.linkwatchTestServer?.stop();
}
