import type { ToolCallPart } from '../../core/message.js';
import { isControlName } from '../../markdown/isControlName.js';
import { humanizeToolName } from './humanizeToolName.js';
import type { Labels } from '../language/labels.js';
import { revealControls } from '../controls/revealControls.js';

/**
 * What a tool is called: as the page calls it, by its own title or by `toolTitles`, else its name on the wire as words. A name there that reads like a button of the widget, or that is no
 * name at all, is marked as a tool's: "Tool: Approve".
 */
export function toolTitle(
  { title, toolName }: Pick<ToolCallPart, 'title' | 'toolName'>,
  {
    labels,
    toolTitles = {},
  }: { readonly labels: Labels; readonly toolTitles?: Readonly<Record<string, string>> | undefined },
): string {
  if (title !== undefined) return revealControls(title);
  if (toolName === undefined) return labels.tool;
  const given = Object.hasOwn(toolTitles, toolName) ? toolTitles[toolName] : undefined;
  if (given !== undefined) return given;
  const name = revealControls(humanizeToolName(toolName));
  const isPlain = /^[\p{L}\p{M}\p{N} ]+$/u.test(name) && !isControlName(name, [labels.approve, labels.reject]);
  return isPlain ? name : `${labels.tool}: ${name}`;
}
