/** What a tab is told by those that show the same conversation. */
export interface TabMember {
  /** This tab leads now: it talks to the agent, for all of them. */
  onLead(): void;
  /** This tab leads no more, because the browser put it away. `onLead` comes again when it is its turn. */
  onRest(): void;
  /** Another tab says something. Any script of this origin could have: not to be trusted. */
  onMessage(message: unknown): void;
}

/** The way of one tab to the others that show the same conversation. */
export interface TabChannel {
  /** Tells all other tabs. */
  post(message: unknown): void;
  /** Goes; the next one leads. */
  leave(): void;
}

/** The tabs of one browser that show the same conversation. One leads, the others follow; when it dies, the next one leads. */
export interface Tabs {
  join(conversationId: string, member: TabMember): TabChannel;
}
