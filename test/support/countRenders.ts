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

interface Hook {
  counts: Map<string, number> | null;
}

const page = globalThis as { __REACT_DEVTOOLS_GLOBAL_HOOK__?: Partial<Hook> };

/** One for a page, however often this file is loaded into it: React keeps to the one that it found. */
const hook: Hook =
  page.__REACT_DEVTOOLS_GLOBAL_HOOK__?.counts === undefined
    ? createHook()
    : (page.__REACT_DEVTOOLS_GLOBAL_HOOK__ as Hook);
page.__REACT_DEVTOOLS_GLOBAL_HOOK__ = hook;

function createHook(): Hook {
  const created = {
    counts: null as Hook['counts'],
    isDisabled: false,
    supportsFiber: true,
    checkDCE: () => undefined,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => {
      if (created.counts) count(root.current, created.counts);
    },
  };
  return created;
}

/** How often each component is rendered while `action` runs, by its name. */
export async function countRenders(action: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const counted = (hook.counts = new Map<string, number>());
  try {
    await action();
    return counted;
  } finally {
    hook.counts = null;
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
