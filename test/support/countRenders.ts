/**
 * What React renders, told by the hook that it offers to developer tools. It has to be there before react-dom is loaded: import this file first.
 *
 * Counts only while it is asked to, so that nobody is slowed down where time is measured.
 */
interface Fiber {
  readonly type: unknown;
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
      if (counts) count(root.current, counts);
    },
  },
});

/** How often each component is rendered while `action` runs, by its name. */
export async function countRenders(action: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const counted = (counts = new Map<string, number>());
  try {
    await action();
    return counted;
  } finally {
    counts = null;
  }
}

function count(fiber: Fiber, into: Map<string, number>): void {
  if (typeof fiber.type === 'function' && (fiber.flags & PERFORMED_WORK) !== 0) {
    // Bundlers number what has the same name.
    const name = fiber.type.name.replace(/\$\d+$/, '');
    into.set(name, (into.get(name) ?? 0) + 1);
  }
  // A subtree that was not touched keeps its fibers; in it stand the flags of an older commit.
  if (fiber.alternate !== null && fiber.child === fiber.alternate.child) return;
  for (let child = fiber.child; child; child = child.sibling) count(child, into);
}
