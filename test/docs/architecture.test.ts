import { expect, it } from "vitest";

it("the pictures of docs/architecture.md are those of the imports: npm run architecture draws them again", async () => {
  // @ts-expect-error -- the script is JavaScript without types
  const { architecturePage } = (await import("../../scripts/architecture.js")) as {
    readonly architecturePage: () => string;
  };
  await expect(architecturePage()).toMatchFileSnapshot("../../docs/architecture.md");
});
