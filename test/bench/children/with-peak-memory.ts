/** The program itself; when it ends, its peak memory on stderr. */
process.on('exit', () => process.stderr.write(`${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`));
await import('../../../src/main.ts');
