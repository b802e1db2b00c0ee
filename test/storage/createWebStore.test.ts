import { expect, it } from 'vitest';
import { createWebStore } from '../../src/storage/createWebStore.js';
import { createFakeWebStorage } from './fakeWebStorage.js';

it('reads by prefix, and leaves alone what is somebody else’s', async () => {
  const browser = createFakeWebStorage();
  const store = createWebStore(browser);
  await store.write(
    new Map([
      ['a|', '1'],
      ['a|b|', '2'],
      ['b|', '3'],
    ]),
    [],
  );
  browser.setItem('theirs', '4');
  expect([...(await store.read('a|'))]).toEqual([
    ['a|', '1'],
    ['a|b|', '2'],
  ]);
  expect(await store.keys('a|b|')).toEqual(['a|b|']);
  await store.write(new Map(), await store.keys('a|'));
  expect([...browser.items.keys()]).toEqual(['b|', 'theirs']);
});

it('puts everything back where not all of it fits', async () => {
  const browser = createFakeWebStorage();
  const store = createWebStore(browser);
  for (const key of ['a|', 'b|', 'c|']) browser.setItem(key, 'x'.repeat(10));
  browser.quota = 40;
  const before = new Map(browser.items);
  const puts = new Map([
    ['a|', 'y'.repeat(12)],
    ['new|', 'y'],
    ['b|', 'y'.repeat(30)],
  ]);
  await expect(store.write(puts, ['c|'])).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(browser.items).toEqual(before);
});

it('removes first, so that what goes makes room for what comes', async () => {
  const browser = createFakeWebStorage();
  const store = createWebStore(browser);
  browser.setItem('a|', 'x'.repeat(20));
  browser.quota = 25;
  await store.write(new Map([['b|', 'y'.repeat(20)]]), ['a|']);
  expect([...browser.items.keys()]).toEqual(['b|']);
});

it('rejects where the browser has taken the storage away', async () => {
  const gone = new Proxy(createFakeWebStorage(), {
    get: () => {
      throw new DOMException('Forbidden.', 'SecurityError');
    },
  });
  const store = createWebStore(gone);
  await expect(store.keys('a|')).rejects.toThrow('Forbidden.');
  await expect(store.read('a|')).rejects.toThrow('Forbidden.');
  await expect(store.write(new Map(), ['a|'])).rejects.toThrow('Forbidden.');
});
