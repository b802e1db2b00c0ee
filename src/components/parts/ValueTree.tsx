import { useState, type ReactNode } from 'react';
import { revealControls } from '../controls/revealControls.js';
import { useWidget } from '../WidgetContext.js';

const CHARACTERS = 400;
const ENTRIES = 20;
const DEPTH = 4;

/**
 * Any JSON value as readable text: keys beside their values, nested as deep as it goes. Long texts, long lists and deep levels are cut with a
 * button that says so. The value comes from the wire: it is shown as characters, never as markup.
 */
export function ValueTree({ value, depth = 0 }: ValueTreeProps): ReactNode {
  const { labels } = useWidget();
  const [isWhole, setWhole] = useState(false);
  if (typeof value !== 'object' || value === null) return <Scalar value={value} />;
  const entries: readonly [string, unknown][] = Object.entries(value);
  if (entries.length === 0) return <span className="ac-value-none">{labels.noEntries}</span>;
  const limit = depth > 0 && depth % DEPTH === 0 ? 0 : ENTRIES;
  const shown = isWhole ? entries : entries.slice(0, limit);
  return (
    <>
      {shown.length > 0 && (
        <dl className="ac-value-tree" data-ac="value-tree">
          {shown.map(([key, each]) => (
            <div key={key} className="ac-value-entry" data-nested={typeof each === 'object' && each !== null}>
              <dt className="ac-value-key">
                <bdi>{revealControls(key)}</bdi>
              </dt>
              <dd className="ac-value">
                <ValueTree value={each} depth={depth + 1} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {shown.length < entries.length && (
        <ShowAll
          label={limit === 0 ? labels.showMore : labels.showAllEntries(entries.length)}
          onClick={() => setWhole(true)}
        />
      )}
    </>
  );
}

export interface ValueTreeProps {
  readonly value: unknown;
  /** How many levels this value lies below the root. @default 0 */
  readonly depth?: number;
}

function Scalar({ value }: { readonly value: unknown }): ReactNode {
  const { labels } = useWidget();
  const [isWhole, setWhole] = useState(false);
  const text = String(value);
  const isCut = !isWhole && text.length > CHARACTERS;
  return (
    <span className="ac-value-text" data-type={value === null ? 'null' : typeof value}>
      <bdi>{revealControls(isCut ? `${wholeCharacters(text)}…` : text)}</bdi>
      {isCut && <ShowAll label={labels.showAllCharacters(text.length)} onClick={() => setWhole(true)} />}
    </span>
  );
}

function ShowAll({ label, onClick }: { readonly label: string; readonly onClick: () => void }): ReactNode {
  return (
    <button type="button" className="ac-link-button" data-ac="show-all" onClick={onClick}>
      {label}
    </button>
  );
}

// A cut between the halves of a surrogate pair would show a broken character.
function wholeCharacters(text: string): string {
  return text.slice(0, CHARACTERS).replace(/[\ud800-\udbff]$/, '');
}
