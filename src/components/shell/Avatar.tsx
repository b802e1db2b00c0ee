import type { ReactNode } from 'react';
import { useAgentName } from './useAgentName.js';
import { useWidget } from '../WidgetContext.js';

/** The agent's picture, or its initial on a tinted disc. Decoration: the name stands beside it. Renders a `<span>`. */
export function Avatar({ size = 'small' }: AvatarProps): ReactNode {
  const { language, avatar } = useWidget();
  const name = useAgentName();
  // By code point: half of an emoji would show as a broken character.
  const [initial = ''] = name.trim();
  return (
    <span className="ac-avatar" data-ac="avatar" data-size={size} aria-hidden="true">
      {avatar === undefined ? (
        initial.toLocaleUpperCase(language)
      ) : (
        <img className="ac-avatar-image" src={avatar} alt="" draggable={false} />
      )}
    </span>
  );
}

export interface AvatarProps {
  /** @default 'small' */
  readonly size?: 'small' | 'large';
}
