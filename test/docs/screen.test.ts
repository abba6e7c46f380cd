import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const command = ["check-all", "fixtures/sample/plugins", "--host", "fixtures/sample/otelcol"];

/** As much of the screen as a README bears: the table and the first two plugins with their findings. */
function beginning(screen: string): string {
  return `${screen.split("\n\n").slice(0, 4).join("\n\n")}\n…`;
}

it("the README begins with a real screen", async () => {
  const readme = readFileSync(`${root}README.md`, "utf8");
  const { stdout, code } = await runCli(command, { cwd: root });
  expect(code).toBe(1);
  const block = ["```console", `$ plugins ${command.join(" ")}`, beginning(stdout), "```"].join("\n");
  const shown = readme.replace(/```console\n.*?```/s, () => block);
  await expect(shown).toMatchFileSnapshot("../../README.md");
});
