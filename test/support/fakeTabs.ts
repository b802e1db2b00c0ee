import type { TabMember, Tabs } from '../../src/core/tabs/tabs.js';

export interface FakeTabs {
  /** What one tab is given. */
  open(): Tabs & {
    /** As when the browser kills the tab: nobody is told. */
    kill(): void;
    isLeading(): boolean;
  };
  /** Something that another script of the origin says. */
  say(message: unknown): void;
  /** Everything that was said, in order. */
  readonly said: readonly string[];
}

/** The tabs of one browser: messages arrive in order and not at once, and whoever waited longest leads next. */
export function createFakeTabs(): FakeTabs {
  interface Seat {
    readonly conversationId: string;
    readonly member: TabMember;
    isDead: boolean;
  }
  const seats: Seat[] = [];
  const said: string[] = [];

  function elect(conversationId: string): void {
    const next = seats.find((seat) => seat.conversationId === conversationId);
    if (next) queueMicrotask(() => seats.includes(next) && isFirst(next) && lead(next));
  }
  const leaders = new WeakSet<Seat>();
  const isFirst = (seat: Seat) => seats.find((each) => each.conversationId === seat.conversationId) === seat;
  function lead(seat: Seat): void {
    if (leaders.has(seat)) return;
    leaders.add(seat);
    seat.member.onLead();
  }
  function leave(seat: Seat): void {
    const index = seats.indexOf(seat);
    if (index < 0) return;
    seat.isDead = true;
    seats.splice(index, 1);
    elect(seat.conversationId);
  }
  function deliver(to: Seat, message: unknown): void {
    queueMicrotask(() => {
      if (!to.isDead) to.member.onMessage(message);
    });
  }

  return {
    said,
    say: (message) => seats.forEach((seat) => deliver(seat, message)),
    open() {
      const own: Seat[] = [];
      let isGone = false;
      return {
        join(conversationId, member) {
          // What a page had begun when it was killed comes to nothing.
          if (isGone) return { post: () => undefined, leave: () => undefined };
          const seat: Seat = { conversationId, member, isDead: false };
          seats.push(seat);
          own.push(seat);
          elect(conversationId);
          return {
            post(message) {
              if (seat.isDead) return;
              said.push(String(message));
              const others = seats.filter((each) => each !== seat && each.conversationId === conversationId);
              for (const other of others) deliver(other, message);
            },
            leave: () => leave(seat),
          };
        },
        kill() {
          isGone = true;
          own.forEach(leave);
        },
        isLeading() {
          const seat = own.findLast(({ isDead }) => !isDead);
          return seat !== undefined && leaders.has(seat);
        },
      };
    },
  };
}
