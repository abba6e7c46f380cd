import { readFolder } from "./corpus.ts";
import { sources } from "./sources.ts";

/* `npm run corpora`: docs/fuzzing.md describes it. */

const columns = ["source", "files", "ELF", "Mach-O", "neither", "refused", "wrong"] as const;
const rows: (readonly (string | number)[])[] = [columns];
const wrong: string[] = [];
const reasons = new Map<string, number>();
for (const { name, folder } of sources) {
  const found = await folder();
  if ("missing" in found) {
    rows.push([name, `skipped: ${found.missing}`]);
    continue;
  }
  const count = await readFolder(found.path);
  rows.push([name, count.files, count.elf, count.macho, count.neither, count.refused, count.wrong.length]);
  wrong.push(...count.wrong);
  for (const [reason, many] of count.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + many);
}
for (const row of rows) {
  const [name = "", ...rest] = row;
  const numbers = rest.map((each) => String(each).padStart(8)).join("");
  console.log(`${String(name).padEnd(36)}${numbers}`);
}
console.log("\nWhy files were refused:");
for (const [reason, many] of [...reasons].sort(([, one], [, other]) => other - one))
  console.log(`${String(many).padStart(6)}  ${reason.slice(0, 160)}`);
for (const each of wrong) console.error(`\n${each}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
