import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** Components that show the widget's words, numbers, or what the visitor and the host wrote, or that only hand on to others. */
const WORDLESS = [
  ...['AgentChatWidget', 'AnswerActions', 'AttachButton', 'AttachmentCard', 'ComposerTray'],
  ...['CopyButton', 'DayDivider', 'DeleteAllQuestion', 'DictateButton', 'FeedbackButtons', 'HeaderMenu'],
  ...['MemoryNotice', 'MenuPlaceholder', 'MessageEditor', 'MessageTime', 'OwnActions', 'PartPlaceholder'],
  ...['ProgressHint', 'ResizeHandle', 'Resizer', 'RetryCountdown', 'RichPartView', 'Teaser', 'ToolRun', 'UsageLine'],
  'ViewPlaceholder',
];

/** Adds a module and the components that it draws without loading them later. */
function reach(path: string, reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(path)) return reached;
  reached.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/^import (?!type)[^;]*? from '(\.{1,2}\/[^']+)\.js'/gm);
  for (const [, name = ''] of imports) {
    const imported = join(dirname(path), `${name}.tsx`);
    if (existsSync(imported)) reach(imported, reached);
  }
  return reached;
}

// A new component fails here: put it into test/security/Sinks.tsx, or here if it shows no word that came over the wire.
test('every component that shows what came over the wire gets hostile texts, in test/security', () => {
  const folder = join(project, 'src/components');
  const reached = reach(join(project, 'test/security/page.tsx'));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const missing = files.filter((file) => file.endsWith('.tsx') && !reached.has(join(folder, file)));
  expect(missing.map((file) => basename(file, '.tsx')).sort()).toEqual(WORDLESS);
});
