/** The command, for those who name the source: `node src/main.ts status`. */
import './launcher/start.js';
