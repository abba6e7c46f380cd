import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";

const page = new URL("../../../docs/loader-go.md", import.meta.url);

/** A section of docs/loader-go.md as it stands there, title and all: another test than that of the page's rest makes it. */
export async function sectionOf(title: string): Promise<string> {
  const text = await readFile(page, "utf8");
  const start = text.indexOf(`\n${title}\n`);
  if (start === -1) throw new Error(`docs/loader-go.md has no section ${title}`);
  const end = text.indexOf("\n## ", start + 1);
  return text.slice(start + 1, end === -1 ? undefined : end + 1);
}

/** docs/loader-go.md with that section in other words, which begin with the title. */
export async function pageWith(title: string, section: string): Promise<string> {
  const text = await readFile(page, "utf8");
  const kept = await sectionOf(title);
  const options = await resolveConfig(import.meta.filename);
  return format(
    text.replace(kept, () => section),
    { ...options, parser: "markdown" },
  );
}
