import { expect } from "vitest";

/** Holds a text against test/golden/NAME.txt; `npx vitest run --update` rewrites the file. */
export async function expectGolden(text: string, name: string): Promise<void> {
  await expect(text).toMatchFileSnapshot(new URL(`../golden/${name}.txt`, import.meta.url).pathname);
}
