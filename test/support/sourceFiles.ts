import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './findViolations.js';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** All code of src. */
export function sourceFiles(): readonly SourceFile[] {
  return readdirSync(`${project}src`, { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => ({ path, text: readFileSync(project + path, 'utf8') }));
}
