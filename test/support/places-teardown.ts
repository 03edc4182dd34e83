import './places-setup.ts';

export default async function tearDown(): Promise<void> {
  await globalThis.linkwatchCommandHost?.stop();
  await globalThis.linkwatchTemplates?.remove();
  await globalThis.linkwatchTestServer?.stop();
}
