// Its own types are not where its `exports` say.
declare module 'dom-accessibility-api' {
  /** What assistive technology calls an element. */
  export function computeAccessibleName(element: Element): string;
}
