import type { ReactNode } from 'react';
import { screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { asked } from '../../../stories/support/script.js';
import type { DataRenderers, PartProps } from '../../../src/components/slots.js';
import type { DataPart } from '../../../src/core/message.js';
import { renderWidget } from '../support/renderWidget.js';

type Data = Omit<DataPart, 'kind' | 'partId'>;

beforeEach(() => {
  // React reports what a boundary catches.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

function Weather({ part }: PartProps<DataPart>): ReactNode {
  return <p>It is {String(part.data['celsius'])} degrees.</p>;
}
function Broken(): ReactNode {
  throw new Error('no');
}
const dataRenderers: DataRenderers = { weather: Weather, broken: Broken };

function renderData(part: Data): void {
  const arrived = { type: 'part.done', partId: 'd', part: { kind: 'data', ...part } } as const;
  renderWidget(frozenConversation(...asked('Hi'), arrived), { dataRenderers });
}

test.each<Data>([
  { data: { celsius: 21 }, metadata: { type: 'weather' } },
  { data: { celsius: 21, type: 'weather' } },
  { data: { celsius: 21, type: 'broken' }, metadata: { type: 'weather' } },
])('%j is drawn by the component for its type', (part) => {
  renderData(part);
  expect(screen.getByText('It is 21 degrees.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Data' })).not.toBeInTheDocument();
});

test.each<Data>([
  { data: { celsius: 21 } },
  { data: { celsius: 21, type: 'map' } },
  { data: { celsius: 21, type: 'constructor' } },
  { data: { celsius: 21, type: ['weather'] } },
  { data: { celsius: 21, type: 'broken' } },
])('%j is readable text, and the rest of the answer stays', (part) => {
  renderData(part);
  expect(screen.getByRole('button', { name: 'Data' })).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Message' })).toBeVisible();
});
