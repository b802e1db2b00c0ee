const TABBABLE =
  'a[href], button:not([disabled]), textarea:not([disabled]), input:not([disabled]), select:not([disabled]), [tabindex="0"]';

/** The element that has the focus, in the document or shadow root that `element` belongs to. `document.activeElement` stops at the shadow host. */
export function focusedElement(element: Element): Element | null {
  const root = element.getRootNode();
  return 'activeElement' in root ? (root as Document | ShadowRoot).activeElement : null;
}

/** Whether the focus is on `element` or in it. */
export function hasFocusWithin(element: Element): boolean {
  const focused = focusedElement(element);
  return focused !== null && element.contains(focused);
}

/** Keeps Tab inside of `container`: from its last control to its first and back. */
export function cycleFocus(container: HTMLElement, event: Pick<KeyboardEvent, 'shiftKey' | 'preventDefault'>): void {
  const controls = controlsIn(container);
  const first = controls[0];
  const last = controls.at(-1);
  if (!first || !last) return;
  const focused = focusedElement(container);
  const edge = event.shiftKey ? first : last;
  const isOutside = focused === null || !container.contains(focused) || focused === container;
  if (focused !== edge && !isOutside) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

/** What Tab comes to in `container`, in its order. */
export function controlsIn(container: Element): readonly HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(TABBABLE)].filter(isShown);
}

/** Whether it has a place on the page. */
export function isShown(element: HTMLElement): boolean {
  // jsdom knows no layout and has no checkVisibility.
  return typeof element.checkVisibility !== 'function' || element.checkVisibility({ visibilityProperty: true });
}
