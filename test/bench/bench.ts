/** `npm run bench [TENANTS]`: a round of one process; `npm run bench -- workers [TENANTS]`: several workers. */
const [which] = process.argv.slice(2);
await import(which === 'workers' ? './bench-workers.ts' : './bench-round.ts');
