import type { Meta, StoryObj } from '@storybook/react-vite';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import tokensCss from '../src/components/tokens.css?raw';
import './support/tokens.css';

/**
 * The custom properties of the widget, as its stylesheet declares them, with the values they have in the theme that is chosen above. Set one on the page, or on any element around
 * the widget: `:root { --ac-accent: #0f766e }`.
 */
const meta = { title: 'Tokens', parameters: { docs: { story: { inline: false, height: '900px' } } } } satisfies Meta;
export default meta;
type Story = StoryObj;

/** Every name after its first declaration; those that a page may set come first. */
const NAMES = [...new Set(Array.from(tokensCss.matchAll(/^\s*(--ac-(?!used-)[\w-]+):/gm), ([, name = '']) => name))];

const COLOR = /^(rgb|color|oklch|oklab|#)/;

export const All: Story = {
  render: (args: { readonly theme?: string }) => (
    <div className="ac-root" data-theme={args.theme}>
      <TokenTable />
    </div>
  ),
};

function TokenTable(): ReactNode {
  const table = useRef<HTMLTableElement>(null);
  const [values, setValues] = useState<readonly string[]>([]);
  useLayoutEffect(() => {
    const style = getComputedStyle(table.current!);
    setValues(NAMES.map((name) => style.getPropertyValue(name).trim()));
  }, []);
  return (
    <table ref={table} className="tokens">
      <caption>Tokens</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Looks</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {NAMES.map((name, index) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{isColor(values[index] ?? '') && <Swatch name={name} />}</td>
            <td>{values[index]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isColor(value: string): boolean {
  return COLOR.test(value) || /^(light-dark|color-mix)\(/.test(value);
}

function Swatch({ name }: { readonly name: string }): ReactNode {
  return <span className="tokens-swatch" style={{ background: `var(${name})` }} />;
}
