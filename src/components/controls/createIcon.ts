import { createElement, type ReactElement, type SVGProps } from 'react';
import type { IconNode } from 'lucide-react';

/** What lucide keeps of an icon. */
interface IconData {
  readonly node: IconNode;
}

/**
 * Makes the component of one icon. The bundles have this in place of lucide's own `createLucideIcon` (vite.config.ts), which brings another kilobyte for
 * properties that nothing here uses; what is drawn is the same.
 */
export function createIcon({ node }: IconData): (props: SVGProps<SVGSVGElement>) => ReactElement {
  return function Icon(props) {
    return createElement(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width: 24,
        height: 24,
        viewBox: '0 0 24 24',
        fill: 'none',
        stroke: 'currentColor',
        strokeWidth: 2,
        strokeLinecap: 'round',
        strokeLinejoin: 'round',
        'aria-hidden': true,
        ...props,
      },
      node.map(([tag, attributes]) => createElement(tag, attributes)),
    );
  };
}
