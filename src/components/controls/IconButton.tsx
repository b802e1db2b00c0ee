import type { ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';

/** A quiet square button that shows an icon and is named by its label. Renders a `<button>`. */
export function IconButton({ icon: Icon, label, part, onClick }: IconButtonProps): ReactNode {
  return (
    <button type="button" className="ac-icon-button" data-ac={part} aria-label={label} title={label} onClick={onClick}>
      <Icon className="ac-icon" />
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  /** The value of `data-ac`. */
  readonly part: string;
  readonly onClick: () => void;
}
