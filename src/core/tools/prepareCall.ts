import type { PendingToolCall } from '../agentEvent.js';
import { isEqual } from '../isEqual.js';
import type { ClientTool, ClientTools } from './clientTool.js';

/** What is to be done about a call. */
export type PreparedCall =
  | {
      readonly kind: 'ready';
      readonly tool: ClientTool<unknown>;
      /** What it is given; frozen, so that what a person allowed is what runs. */
      readonly args: unknown;
      /** The same as JSON, for the eye. */
      readonly shown: Readonly<Record<string, unknown>>;
      readonly needsApproval: boolean;
    }
  | { readonly kind: 'refused'; readonly code: 'unknown_tool' | 'invalid_arguments'; readonly message: string };

/** Finds the tool and checks the arguments. Never throws. */
export async function prepareCall(call: PendingToolCall, tools: ClientTools): Promise<PreparedCall> {
  const { toolName = '', arguments: given } = call;
  const tool = Object.hasOwn(tools, toolName) ? tools[toolName] : undefined;
  if (!tool) {
    return { kind: 'refused', code: 'unknown_tool', message: `This page has no tool named "${toolName}".` };
  }
  try {
    const result = await tool.parameters?.['~standard'].validate(given);
    if (result?.issues) return { kind: 'refused', code: 'invalid_arguments', message: describe(result.issues) };
    const args: unknown = deepFreeze(result ? result.value : given);
    const asJson: unknown = JSON.parse(JSON.stringify(args) ?? 'null');
    // What a schema made that is no JSON (dates, maps) cannot be shown as such; then what came is shown, from which it was made.
    const shown = isRecord(asJson) && isEqual(asJson, args) ? asJson : given;
    return { kind: 'ready', tool, args, shown, needsApproval: mustAsk(tool, args) };
  } catch (thrown) {
    return {
      kind: 'refused',
      code: 'invalid_arguments',
      message: `The arguments could not be checked: ${String(thrown)}`,
    };
  }
}

/** Anything but a clear no is a yes: a rule that is missing or broken must not let a tool run unasked. */
function mustAsk(tool: ClientTool<unknown>, args: unknown): boolean {
  try {
    const { needsApproval } = tool;
    return (typeof needsApproval === 'function' ? needsApproval(args) : needsApproval) !== false;
  } catch {
    return true;
  }
}

function describe(
  issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[],
): string {
  return issues
    .slice(0, 10)
    .map(({ message, path = [] }) => [path.map(nameOf).join('.'), message].filter(Boolean).join(': '))
    .join('; ');
}

// A path has keys, or objects that hold one.
function nameOf(step: unknown): string {
  return String(isRecord(step) ? step.key : step);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
