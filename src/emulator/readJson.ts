/** The JSON of a request, or one sentence that says why there is none. */
export async function readJson(request: Request): Promise<{ value: unknown } | { problem: string }> {
  const text = await request.text();
  if (text === '') return { problem: 'The body is empty; send JSON' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: 'The body is not valid JSON' };
  }
}
