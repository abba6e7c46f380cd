import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const command = ["check-all", "fixtures/sample/plugins", "--host", "fixtures/sample/otelcol"];

it("the README begins with a real screen", async () => {
  const readme = readFileSync(`${root}README.md`, "utf8");
  const { stdout, stderr, code } = await runCli(command, { cwd: root });
  expect(code).toBe(1);
  // The time that it took is different on each machine.
  const screen = `${stdout}${stderr}`.replace(/ +\d+\.\d\d s$/m, "").trimEnd();
  const block = ["```console", `$ plugins ${command.join(" ")}`, screen, "```"].join("\n");
  const shown = readme.replace(/```console\n.*?```/s, () => block);
  await expect(shown).toMatchFileSnapshot("../../README.md");
});
