import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licences } from './licences.ts';

/** Where `npm run dev` finds an engine; the built page is served by the engine itself. */
const engine = 'http://localhost:5080';

export default defineConfig({
  plugins: [react(), licences()],
  build: {
    target: 'es2023',
    // An inlined asset would need data: in the content security policy.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: { '/v1': engine, '/hubs': { target: engine, ws: true } },
  },
});
