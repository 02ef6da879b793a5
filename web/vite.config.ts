import react from '@vitejs/plugin-react';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm start` answers while pages are worked on with `npm run web`. */
const server = 'http://127.0.0.1:3000';

/** Before it is squeezed; what counts is held by tests/browser/first-load.test.ts. */
const kilobytesMax = 1000;
/** Libraries of every page; what only some need is loaded with them. */
const everyPage =
  /node_modules\/(?:react|react-dom|scheduler|@tanstack|i18next|react-i18next|@mantine\/(?:core|hooks|store|notifications|spotlight)|@floating-ui)\//;

/** Slower than this wins little. */
const quality = 8;

/** Writes every script and style once more in the forms that browsers take over the wire; the server only picks one. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }) {
    for (const name of readdirSync(path.join(dir, 'web'))) {
      const file = path.join(dir, 'web', name);
      const content = readFileSync(file);
      writeFileSync(
        `${file}.br`,
        brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
      );
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9, memLevel: 9 }));
    }
  },
};

/**
 * What stands in the page before any script is painted before the style sheets have come, too: they are loaded as for paper, and
 * hold for the screen when scripts draw, see web/app/styles.ts. They stay in their place, as what comes later wins.
 */
const paintedFirst: Plugin = {
  name: 'painted-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replaceAll(
        /<link rel="stylesheet"([^>]*)>/g,
        '<link rel="preload" as="style"$1>\n    <link rel="stylesheet" media="print"$1>',
      ),
  },
};

/** Console and portal, two pages of one build. The server puts its nonce where the word stands, see src/api/web.ts. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed, paintedFirst],
  // Texts are read whole, by name.
  json: { namedExports: false, stringify: true },
  html: { cspNonce: 'NONCE-OF-THIS-ANSWER' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsDir: 'web',
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: kilobytesMax,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { console: 'console.html', portal: 'portal.html' },
      // What every page needs is one file, which stays in the browser's cache while pages change.
      output: {
        codeSplitting: {
          groups: [
            { name: 'kit', test: everyPage, tags: ['$initial'] },
            { name: 'controls', test: everyPage, entriesAware: true, entriesAwareMergeThreshold: 8000 },
            ...['en', 'fr'].map((language) => ({
              name: `texts-${language}`,
              test: new RegExp(`locales/${language}/(?!portal|audit|settings|status)`),
            })),
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/docs': server, '/portal/sign-in': server } },
});
