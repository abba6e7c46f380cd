import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { kitFiles, type KitName } from "../../../src/author/kit/kit.ts";

const folder = fileURLToPath(new URL("../../../kits", import.meta.url));

/** The text of each file in the folder kits, by its path there. */
export function kitTexts(): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** An author's package: a new folder with these files, and those of a kit. */
export function packageWith(kit: KitName, own: Readonly<Record<string, string>>): string {
  const made = mkdtempSync(join(tmpdir(), `kit-${kit}-`));
  const files = [
    ...Object.entries(own).map(([path, text]) => ({ path, text })),
    ...kitFiles(kit, kitTexts()),
  ];
  for (const { path, text } of files) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  return made;
}

export function removeFolders(folders: readonly string[]): void {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
}
