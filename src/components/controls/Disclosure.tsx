import { useId, useState, type ReactNode } from 'react';
import { ChevronRight } from 'lucide-react';

/** One quiet line that opens in place. What is inside is not built before it is opened. Renders a `<div>` with a `<button>`. */
export function Disclosure({ part, state, icon, title, open, onOpenChange, children }: DisclosureProps): ReactNode {
  const [ownOpen, setOpen] = useState(false);
  const isOpen = open ?? ownOpen;
  const contentId = useId();
  return (
    <div className="ac-disclosure" data-ac={part} data-state={state}>
      <button
        type="button"
        className="ac-disclosure-trigger"
        aria-expanded={isOpen}
        aria-controls={isOpen ? contentId : undefined}
        onClick={() => (onOpenChange ?? setOpen)(!isOpen)}
      >
        {icon}
        <span className="ac-disclosure-title">{title}</span>
        <ChevronRight className="ac-disclosure-chevron" />
      </button>
      {isOpen && (
        <div id={contentId} className="ac-disclosure-content">
          {children()}
        </div>
      )}
    </div>
  );
}

export interface DisclosureProps {
  /** The value of `data-ac`. */
  readonly part: string;
  /** The value of `data-state`. */
  readonly state?: string | undefined;
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  /** Whether it is open, where that is decided outside. */
  readonly open?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly children: () => ReactNode;
}
