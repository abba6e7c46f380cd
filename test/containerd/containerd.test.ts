import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crashIn, type FolderAnswer, type FolderHost } from "../plugin-folder/folder-host.ts";
import { describeFolders } from "../plugin-folder/folder-tests.ts";

const containerd = "github.com/containerd/containerd";
const logrus = "github.com/sirupsen/logrus";
const sys = "golang.org/x/sys";

/** Left out is what needs C libraries, or the half of Kubernetes. */
const tags = ["no_cri", "no_btrfs", "no_devmapper", "no_aufs", "no_zfs", "no_tracing"];

/** `config dump` opens the plugins, so that they can register their settings. It ends at the first one that is refused. */
function open(program: string, folder: string): FolderAnswer {
  const config = join(folder, "..", "config.toml");
  const lines = {
    version: 2,
    plugin_dir: folder,
    root: join(folder, "../root"),
    state: join(folder, "../state"),
  };
  writeFileSync(
    config,
    Object.entries(lines)
      .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
      .join(""),
  );
  const { status, stdout, stderr } = spawnSync(program, ["-c", config, "config", "dump"], {
    encoding: "utf8",
  });
  const crash = crashIn(stderr);
  if (crash !== undefined) return crash;
  const refusal = /^containerd: (plugin\.Open.*)$/m.exec(stderr)?.[1];
  if (refusal !== undefined) return { outcome: "refused", message: refusal };
  if (status === 0 && stderr.includes("loaded 1 dynamic plugins")) return { outcome: "loads" };
  throw new Error(`${program} said ${stdout}${stderr}`);
}

const host: FolderHost = {
  name: "containerd",
  build: {
    module: fileURLToPath(new URL("host", import.meta.url)),
    package: `${containerd}/cmd/containerd`,
    release: "1.26.8",
    flags: [`-tags=${tags.join(",")}`],
  },
  plugin: fileURLToPath(new URL("plugin", import.meta.url)),
  // By the system and the processor that containerd was built for.
  fileName: (name) => `${name}-linux-amd64.so`,
  open,
  skews: [
    { module: containerd, version: "v1.7.32", refused: `${containerd}/errdefs` },
    { module: logrus, version: "v1.9.4", refused: logrus },
    { module: sys, version: "v0.46.0", refused: `${sys}/unix` },
    { module: logrus, version: "v1.9.2", isReplaced: true, refused: logrus },
  ],
};

describeFolders("CONTAINERD", host);
