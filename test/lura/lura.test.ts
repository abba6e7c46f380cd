import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { crashIn, type FolderAnswer, type FolderHost } from "../plugin-folder/folder-host.ts";
import { describeFolders } from "../plugin-folder/folder-tests.ts";

/** lura's loaders, by the kind of plugin that each one looks for. */
const kinds = ["modifier", "client", "handler"] as const;

const lura = "github.com/luraproject/lura/v2";
const text = "golang.org/x/text";

/** A program around lura's own loaders. A plugin must offer all three kinds; one that is refused is refused by the first of them. */
function open(program: string, folder: string): FolderAnswer {
  const { status, stdout, stderr } = spawnSync(program, [folder, ...kinds], { encoding: "utf8" });
  const crash = crashIn(stderr);
  if (crash !== undefined) return crash;
  const refusal = /^plugin #\d+ \(.*?\): (.*)$/m.exec(stdout)?.[1];
  if (refusal !== undefined) return { outcome: "refused", message: refusal };
  if (status === 0 && stdout === kinds.map((kind) => `${kind}: 1 loaded\n`).join(""))
    return { outcome: "loads" };
  throw new Error(`${program} said ${stdout}${stderr}`);
}

const host: FolderHost = {
  name: "lura",
  build: {
    module: fileURLToPath(new URL("host", import.meta.url)),
    package: ".",
    release: "1.26.8",
  },
  plugin: fileURLToPath(new URL("plugin", import.meta.url)),
  fileName: (name) => `${name}.so`,
  open,
  skews: [
    { module: lura, version: "v2.9.0", refused: `${lura}/logging` },
    { module: text, version: "v0.24.0", refused: `${text}/internal/tag` },
    { module: text, version: "v0.22.0", isReplaced: true, refused: `${text}/internal/tag` },
  ],
};

describeFolders("LURA", host);
