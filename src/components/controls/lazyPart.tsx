import { Component, useSyncExternalStore, type ComponentType, type ReactNode } from 'react';
import { once } from '../../core/once.js';

/** What stands in for a part whose code is on its way, or did not come. */
export interface PlaceholderProps {
  readonly reason: 'loading' | 'failed';
}

/** A component whose code is loaded when it is first shown, or by `load()` before. */
export type LazyPart<P> = ComponentType<P> & {
  /** Fetches the code, so that it is there when it is needed. Rejects where it cannot be had; the next call tries again. */
  load(): Promise<unknown>;
};

/**
 * A part of the widget that a streaming text answer can do without. It shows a placeholder until its code is there, and for good where that cannot be had or the part
 * itself fails; the next mount tries again. No `lazy()`: that keeps a failure for ever, and suspends what is around it.
 *
 * @param fetchPart imports the component
 */
export function lazyPart<P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
  Placeholder: ComponentType<PlaceholderProps> = Nothing,
): LazyPart<P> {
  let current: ComponentType<P> | PlaceholderProps['reason'] = 'loading';
  const listeners = new Set<() => void>();
  function become(next: typeof current): void {
    current = next;
    for (const listener of listeners) listener();
  }
  const load = once(() =>
    fetchPart().then(become, (error: unknown) => {
      become('failed');
      throw error;
    }),
  );
  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    load().catch(() => undefined);
    return () => listeners.delete(listener);
  }
  function LazyPartView(props: P): ReactNode {
    // A server has no code of it, and what a browser hydrates has to look the same at first.
    const Loaded = useSyncExternalStore(subscribe, () => current, awaited);
    if (typeof Loaded === 'string') return <Placeholder reason={Loaded} />;
    return (
      <PartBoundary fallback={<Placeholder reason="failed" />}>
        <Loaded {...props} />
      </PartBoundary>
    );
  }
  return Object.assign(LazyPartView, { load });
}

const Nothing = (): null => null;
const awaited = (): 'loading' => 'loading';

/** Keeps what one part throws from taking the page with it. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    // React tells the console by itself; preact, in the script tag, would keep it for itself.
    console.error('agent-chat-widget: a part of the chat failed and was left out; the page goes on.', error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}

interface PartBoundaryProps {
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}
