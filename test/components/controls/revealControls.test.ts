import { expect, test } from 'vitest';
import { revealControls } from '../../../src/components/controls/revealControls.js';

test.each([
  ['invoice\u202efdp.exe', 'invoice⟨U+202E⟩fdp.exe'],
  ['a\u200bb', 'a⟨U+200B⟩b'],
  ['nul\u0000', 'nul⟨U+0000⟩'],
  ['pay\u200dpal', 'pay⟨U+200D⟩pal'],
  ['می\u200cخواهم and 👩\u200d🌾 stay', 'می\u200cخواهم and 👩\u200d🌾 stay'],
  ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
  ['line\nbreak\tand tab stay', 'line\nbreak\tand tab stay'],
  ['עברית and 日本語 stay', 'עברית and 日本語 stay'],
])('%j shows as %j', (text, shown) => {
  expect(revealControls(text)).toBe(shown);
});
