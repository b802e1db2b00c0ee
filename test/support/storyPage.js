// @ts-check

/** Otherwise Storybook runs axe over each story that it shows, too. */
const UNWATCHED = 'a11y.manual:!true';

/**
 * Goes to the first of many stories. The others follow in the same page, which is ten times faster than another page.
 *
 * @param {import('playwright').Page} page
 * @param {string} url of the built Storybook
 * @param {string} id
 * @param {string} [globals] of the toolbar: `theme:dark;direction:rtl`
 * @returns {Promise<readonly string[]>} what kept the story from showing what it is about
 */
export async function openStories(page, url, id, globals = '') {
  await page.addInitScript(listenForFailures);
  await page.goto(
    `${url}/iframe.html?id=${id}&viewMode=story&globals=${[globals, UNWATCHED].filter(Boolean).join(';')}`,
  );
  return untilShown(page, id);
}

/**
 * Shows another story.
 *
 * @param {import('playwright').Page} page
 * @param {string} id
 * @returns {Promise<readonly string[]>} what kept the story from showing what it is about
 */
export async function showStory(page, id) {
  await page.evaluate(
    `storyFailures.length = 0; __STORYBOOK_ADDONS_CHANNEL__.emit('setCurrentStory', { storyId: '${id}', viewMode: 'story' })`,
  );
  return untilShown(page, id);
}

/** @param {import('playwright').Page} page @param {string} id @returns {Promise<readonly string[]>} */
async function untilShown(page, id) {
  const outcome = await page.waitForFunction(`(() => {
    const { id, phase } = globalThis.__STORYBOOK_PREVIEW__?.currentRender ?? {};
    return id === '${id}' && /^(finished|aborted)$/.test(phase) && [...storyFailures, ...(phase === 'finished' ? [] : [phase])];
  })()`);
  return /** @type {string[]} */ (await outcome.jsonValue());
}

/** Runs inside the page, before Storybook does: a story whose `play` threw is "finished" like every other, and shows what it was before. */
function listenForFailures() {
  const page = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));
  /** @type {string[]} */
  const failures = [];
  /** @type {unknown} */
  let channel;
  page['storyFailures'] = failures;
  Object.defineProperty(page, '__STORYBOOK_ADDONS_CHANNEL__', {
    get: () => channel,
    set(/** @type {{ on(event: string, listener: (...told: unknown[]) => void): void }} */ next) {
      channel = next;
      for (const event of [
        'playFunctionThrewException',
        'unhandledErrorsWhilePlaying',
        'storyThrewException',
        'storyErrored',
        'storyMissing',
      ])
        next.on(event, (told) => {
          const what = JSON.stringify(told, ['name', 'message', 'title', 'description']) ?? '';
          // The first line: what follows may be the whole page.
          failures.push(`${event}: ${what.split('\\n')[0]}`);
        });
    },
  });
}
