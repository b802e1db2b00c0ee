import type { ReactNode } from 'react';

/** Keeps the line of a message's actions free until their code is there. Renders a `<div>`. */
export function ActionsPlaceholder(): ReactNode {
  return <div className="ac-message-actions ac-actions-placeholder" />;
}
