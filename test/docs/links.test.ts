import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Lack, need } from "../support/need.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every Markdown file that people read: git's list, without golden outputs. */
function pages(): readonly string[] {
  need("git");
  const { status, stdout } = spawnSync(
    "git",
    ["ls-files", "-co", "--exclude-standard", "--", "*.md", ":!test/golden"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Lack("no git repository around the sources");
  return stdout.split("\n").filter((page) => page !== "" && existsSync(join(root, page)));
}

/** The text without what is shown as code. */
function prose(text: string): string {
  return text.replace(/^(`{3,}).*?^\1`*$/gms, "").replace(/`[^`\n]+`/g, (code) => "x".repeat(code.length));
}

/** The anchors of a page's headings, as GitHub makes them: lower case, spaces to hyphens, no punctuation. */
function anchors(text: string): ReadonlySet<string> {
  const headings = text.replace(/^(`{3,}).*?^\1`*$/gms, "").matchAll(/^#{1,6} +(.+)$/gm);
  const seen = new Map<string, number>();
  return new Set(
    [...headings].map(([, heading = ""]) => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/ /g, "-");
      const before = seen.get(slug) ?? 0;
      seen.set(slug, before + 1);
      return before === 0 ? slug : `${slug}-${before}`;
    }),
  );
}

/** What is wrong with the links of a page. */
function broken(page: string): readonly string[] {
  const links = prose(readFileSync(join(root, page), "utf8")).matchAll(/\]\(([^)\s]+)(?:\s"[^"]*")?\)/g);
  return [...links].flatMap(([, link = ""]) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return [`${link}: no such file`];
    if (anchor === undefined) return [];
    return anchors(readFileSync(join(root, target), "utf8")).has(anchor) ? [] : [`${link}: no such heading`];
  });
}

const all = pages();

describe("links in Markdown files", () => {
  it("are looked for in every page", () => {
    expect(all).toContain("README.md");
    expect(all).toContain("docs/decisions/README.md");
  });

  it.each(all)("of %s lead to files and headings that exist", (page) => {
    expect(broken(page)).toEqual([]);
  });

  it("reach every page of docs from its index", () => {
    const reached = new Set<string>();
    const open = ["docs/README.md"];
    for (let page = open.pop(); page !== undefined; page = open.pop()) {
      if (reached.has(page)) continue;
      reached.add(page);
      for (const [, link = ""] of readFileSync(join(root, page), "utf8").matchAll(/\]\(([^)#\s:]+\.md)/g)) {
        open.push(join(dirname(page), link));
      }
    }
    expect(all.filter((page) => page.startsWith("docs/") && !reached.has(page))).toEqual([]);
  });
});
