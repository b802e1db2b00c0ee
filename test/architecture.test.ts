import { describe, expect, it } from 'vitest';
import { countCodeLines, findViolations, importsOf } from './support/findViolations.js';
import { sourceFiles } from './support/sourceFiles.js';

const files = sourceFiles();

describe('the house', () => {
  it('has no import that crosses a wall', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(findViolations(files)).toEqual([]);
  });

  it('has files of about one page', () => {
    const lengths = files
      .map((file) => ({ path: file.path, lines: countCodeLines(file) }))
      .sort((a, b) => a.lines - b.lines);
    const at = (share: number): number => lengths[Math.ceil(lengths.length * share) - 1]!.lines;
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    expect(at(0.9)).toBeLessThanOrEqual(220);
    expect(at(0.5)).toBeLessThanOrEqual(80);
  });
});

describe('a planted violation is found', () => {
  const planted: readonly (readonly [rule: string, path: string, text: string])[] = [
    ['core knows nobody', 'src/core/plant.ts', "import { decodeEvent } from '../transport/decodeEvent.js';"],
    ['core knows no React', 'src/core/plant.ts', "import { useState } from 'react';"],
    [
      'transport does not know the hooks',
      'src/transport/plant.ts',
      "import { useMessage } from '../react/useMessage.js';",
    ],
    [
      'storage does not know the transport',
      'src/storage/plant.ts',
      "import { request } from '../transport/request.js';",
    ],
    ['markdown stands alone', 'src/markdown/plant.ts', "import { reduce } from '../core/reduce.js';"],
    ['hooks do not know the components', 'src/react/plant.ts', "import { Launcher } from '../components/Launcher.js';"],
    [
      'components do not know the wire',
      'src/components/plant.tsx',
      "import { request } from '../transport/request.js';",
    ],
    [
      'the proxy shares nothing',
      'src/proxy/plant.ts',
      "import { encodeRequest } from '../transport/encodeRequest.js';",
    ],
    [
      'the emulator shares nothing',
      'src/emulator/plant.ts',
      "import type { AgentEvent } from '../core/agentEvent.js';",
    ],
    [
      'the emulator does not know the proxy',
      'src/emulator/plant.ts',
      "import { createAgentProxy } from '../proxy/index.js';",
    ],
    ['the core entry has no React', 'src/core.ts', "export { useMessage } from './react/useMessage.js';"],
    ['zustand stays in core', 'src/react/plant.ts', "import { createStore } from 'zustand/vanilla';"],
    ['Node stays out of the browser', 'src/components/plant.ts', "import { readFileSync } from 'node:fs';"],
    ['hono stays out of the browser', 'src/transport/plant.ts', "import { Hono } from 'hono';"],
    ['the SDK is no dependency', 'src/proxy/plant.ts', "import { Orq } from '@orq-ai/node';"],
    ['styles are not imported', 'src/components/plant.tsx', "import './Panel.css';"],
    ['styles as text are for the embed', 'src/components/plant.tsx', "import css from './Panel.css?inline';"],
    ['src does not import tests', 'src/core/plant.ts', "import '../../test/support/chromium.js';"],
    ['rooms are known', 'src/helpers/plant.ts', 'export const a = 1;'],
    ['files beside the entries are known', 'src/plant.ts', 'export const a = 1;'],
  ];
  it.each(planted)('%s', (_rule, path, text) => {
    expect(findViolations([{ path, text }])).toHaveLength(1);
  });
});

describe('no form of import is overlooked', () => {
  const forms = {
    static: "import { Hono } from 'hono';",
    default: "import Hono from 'hono';",
    namespace: "import * as hono from 'hono';",
    'side effect': "import 'hono';",
    type: "import type { Hono } from 'hono';",
    'inline type': "import { type Hono } from 'hono';",
    'type node': "export const a: import('hono').Hono | null = null;",
    'typeof node': "export const a: typeof import('hono') | null = null;",
    dynamic: "export const a = () => import('hono');",
    're-export': "export { Hono } from 'hono';",
    're-export of all': "export * from 'hono';",
    're-export of types': "export type { Hono } from 'hono';",
    equals: "import hono = require('hono');",
    require: "export const a = require('hono');",
    'within JSX': "export const A = () => <p>{import('hono').then(String)}</p>;",
  };
  it.each(Object.entries(forms))('%s', (_form, text) => {
    const file = { path: 'src/components/plant.tsx', text };
    expect(importsOf(file)).toEqual(['hono']);
    expect(findViolations([file])).toHaveLength(1);
  });
});

it('counts code, not comments and blank lines', () => {
  const text = '// why\n\n/**\n * what\n */\nexport const a = `one\n// two\nthree`;\n\nexport const b = 1; // here\n';
  expect(countCodeLines({ path: 'a.ts', text })).toBe(4);
});
