import { expect, test, vi } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { mountWidget } from '../support/mountWidget.js';

test('what a part throws is told to the developer', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  const mistake = new Error('A mistake in a slot');
  function Header(): never {
    throw mistake;
  }
  const unmount = await mountWidget(frozenConversation(), { mode: 'inline', slots: { Header } });
  expect(logged.mock.calls.flat()).toContain(mistake);
  await unmount();
  logged.mockRestore();
});
