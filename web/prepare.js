// Builds console and portal into dist/web when npm installs. Without the build tools (`npm ci --omit=dev`) it leaves them out
// and says so: the API works, and the server tells whoever opens a page.
import path from 'node:path';

const configFile = path.join(import.meta.dirname ?? path.resolve('web'), 'vite.config.ts');
const vite = await import('vite').catch(() => null);
if (vite) await vite.build({ configFile, logLevel: 'warn' });
else process.stderr.write('Console and portal were not built, as the build tools are not installed.\n');
