/** What the line matches that ends the code which a fence of these characters begins. */
export function fenceClosing(fence: string): RegExp {
  return new RegExp(`^ {0,3}${fence[0]!}{${fence.length},}[ \\t]*$`);
}
