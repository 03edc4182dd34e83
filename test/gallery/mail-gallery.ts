import { writeFileSync } from 'node:fs';
import { renderGallery } from './render-gallery.ts';

const path = process.argv[2] ?? 'mail-gallery.html';
writeFileSync(path, await renderGallery(Date.now()));
console.log(`Wrote ${path}: open it in a browser.`);
