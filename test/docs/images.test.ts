import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { archiveOf, savedFiles } from "../support/image-builder.ts";
import { describeWith, lackOf } from "../support/need.ts";
import { runCli } from "../support/run-cli.ts";

const sample = fileURLToPath(new URL("../../fixtures/sample", import.meta.url));
const page = readFileSync(new URL("../../docs/images.md", import.meta.url), "utf8");

let folder: string;

describeWith(lackOf("tar"), "the page about images", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plugins-images-"));
    execFileSync("tar", ["-cf", join(folder, "app.tar"), "-C", sample, "otelcol", "plugins"]);
    const layer = readFileSync(join(folder, "app.tar"));
    writeFileSync(join(folder, "scratch.tar"), archiveOf(savedFiles([{ layers: [layer] }])));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("shows real screens", async () => {
    let shown = page;
    const screens = [...page.matchAll(/```console\n\$ plugins (.*)\n[^]*?```/g)];
    expect(screens).toHaveLength(2);
    for (const [block, line = ""] of screens) {
      const { stdout, stderr, code } = await runCli([...line.split(" "), "--no-config"], { cwd: folder });
      expect(code).toBe(1);
      // The time that it took is different on each machine.
      const screen = `${stdout}${stderr}`.replace(/ +\d+\.\d\d s$/m, "").trimEnd();
      shown = shown.replace(block, () => ["```console", `$ plugins ${line}`, screen, "```"].join("\n"));
    }
    await expect(shown).toMatchFileSnapshot("../../docs/images.md");
  });
});
