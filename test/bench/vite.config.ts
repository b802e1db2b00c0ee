import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** The page that every subject is measured in; each subject is a chunk of its own. */
export default defineConfig({
  root: here,
  plugins: [react()],
  publicDir: false,
  logLevel: 'warn',
  resolve: {
    alias: [
      { find: 'agent-chat-widget/styles.css', replacement: source('styles.css') },
      { find: /^agent-chat-widget$/, replacement: source('index.ts') },
    ],
    // Two copies of React in one page would not share their hooks.
    dedupe: ['react', 'react-dom'],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Names are kept, so that profiles can be read and renders counted. The peers come as their authors built them.
    minify: false,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: Infinity,
  },
});
