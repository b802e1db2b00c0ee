import type { ReactNode } from 'react';

/** A small button with words, for what can be done about a notice. Renders a `<button>`. */
export function ActionButton({ part, label, onClick }: ActionButtonProps): ReactNode {
  return (
    <button type="button" className="ac-button" data-ac={part} onClick={onClick}>
      {label}
    </button>
  );
}

export interface ActionButtonProps {
  /** The value of `data-ac`. */
  readonly part: string;
  readonly label: string;
  readonly onClick: () => void;
}
