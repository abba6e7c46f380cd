import { buildFixtures } from "./built-fixtures.ts";

/** For vitest's globalSetup: builds the fixtures once, before the workers start. */
export function setup(): void {
  buildFixtures();
}
