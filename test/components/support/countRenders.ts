/**
 * Counts which components React renders, by name. React reports every commit to a global hook that must exist before react-dom is loaded: import this file first.
 */
interface Fiber {
  readonly type: unknown;
  readonly elementType: unknown;
  readonly flags: number;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

const PERFORMED_WORK = 1;
let counts: Map<string, number> | null = null;

Object.assign(globalThis, {
  __REACT_DEVTOOLS_GLOBAL_HOOK__: {
    isDisabled: false,
    supportsFiber: true,
    checkDCE: () => undefined,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => {
      if (counts) walk(root.current, counts);
    },
  },
});

/** What was rendered while `action` ran: component name → how often. */
export async function countRenders(action: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
  const counted = (counts = new Map<string, number>());
  try {
    await action();
    return counted;
  } finally {
    counts = null;
  }
}

function walk(fiber: Fiber, into: Map<string, number>): void {
  const isComponent = typeof fiber.type === 'function';
  if (isComponent && (fiber.flags & PERFORMED_WORK) !== 0) {
    const name = (fiber.type as { name: string }).name;
    into.set(name, (into.get(name) ?? 0) + 1);
  }
  // A subtree that was not touched keeps its fibers; walking it would count the flags of an older commit again.
  for (let child = fiber.child; child; child = child.sibling) {
    if (fiber.alternate === null || child !== fiber.alternate.child) walk(child, into);
    else break;
  }
}
