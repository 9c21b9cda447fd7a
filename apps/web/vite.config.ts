import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const satellite = (path: string) =>
  fileURLToPath(import.meta.resolve('satellite.js').replace(/dist\/index\.js$/, `dist/${path}`));

/**
 * The page obeys a policy without inline scripts or styles: assets stay files, the module preload polyfill is left out,
 * and `__NONCE__` is replaced by the server in each answer. SGP4 is taken without the package's WebAssembly part, which
 * `script-src 'self'` would refuse.
 */
export default defineConfig({
  plugins: [react()],
  html: { cspNonce: '__NONCE__' },
  resolve: {
    alias: [
      { find: /^satellite\.js\/sgp4$/, replacement: satellite('propagation.js') },
      { find: /^satellite\.js\/elements$/, replacement: satellite('io.js') },
      { find: /^satellite\.js\/frames$/, replacement: satellite('transforms.js') },
    ],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1100,
    reportCompressedSize: true,
  },
});
