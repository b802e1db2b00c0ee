import { act, render, screen, waitFor } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import type { ComponentType, ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lazyPart, type PlaceholderProps } from '../../../src/components/controls/lazyPart.js';

interface GreetingProps {
  readonly name: string;
}
function Greeting({ name }: GreetingProps): ReactNode {
  return <p>Hello {name}</p>;
}
function Placeholder({ reason }: PlaceholderProps): ReactNode {
  return <p>{reason}</p>;
}

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

test('a placeholder keeps the place until the code is there', async () => {
  let arrive: (component: ComponentType<GreetingProps>) => void = () => undefined;
  const Lazy = lazyPart<GreetingProps>(() => new Promise((resolve) => (arrive = resolve)), Placeholder);
  render(<Lazy name="Ann" />);
  expect(screen.getByText('loading')).toBeVisible();
  await act(async () => arrive(Greeting));
  expect(screen.getByText('Hello Ann')).toBeVisible();
});

test('what was loaded before is there at once', async () => {
  const Lazy = lazyPart<GreetingProps>(() => Promise.resolve(Greeting), Placeholder);
  await Lazy.load();
  render(<Lazy name="Ann" />);
  expect(screen.getByText('Hello Ann')).toBeVisible();
});

test('code that cannot be had leaves a quiet placeholder, and the next mount tries again', async () => {
  const fetchPart = vi
    .fn<() => Promise<ComponentType<GreetingProps>>>()
    .mockRejectedValueOnce(new Error('offline'))
    .mockResolvedValueOnce(Greeting);
  const Lazy = lazyPart(fetchPart, Placeholder);
  const { unmount } = render(<Lazy name="Ann" />);
  await screen.findByText('failed');
  unmount();
  render(<Lazy name="Ann" />);
  await screen.findByText('Hello Ann');
  expect(fetchPart).toHaveBeenCalledTimes(2);
});

test('a part that throws takes nothing with it', async () => {
  const Lazy = lazyPart<GreetingProps>(
    () =>
      Promise.resolve(() => {
        throw new Error('broken');
      }),
    Placeholder,
  );
  render(
    <>
      <Lazy name="Ann" />
      <p>around it</p>
    </>,
  );
  await screen.findByText('failed');
  expect(screen.getByText('around it')).toBeVisible();
});

test('the first look in a browser is what the server drew, whatever is loaded by then', async () => {
  const Lazy = lazyPart<GreetingProps>(() => Promise.resolve(Greeting), Placeholder);
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderToString(<Lazy name="Ann" />);
  expect(container).toHaveTextContent('loading');
  await Lazy.load();
  await act(async () => void hydrateRoot(container, <Lazy name="Ann" />));
  await waitFor(() => expect(container).toHaveTextContent('Hello Ann'));
  expect(console.error).not.toHaveBeenCalled();
  container.remove();
});
