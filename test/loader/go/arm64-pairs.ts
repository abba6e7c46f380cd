import { join } from "node:path";
import { disk } from "../../../src/files/disk.ts";
import { predictOnDisk } from "../../support/predict-on-disk.ts";
import { readLoadingHost, type TargetRequest } from "../../../src/loader/loading-host.ts";
import { openFile } from "../../support/evidence-open.ts";
import { arm64Sysroot } from "../dlopen/machine.ts";
import type { Trial } from "./confusion.ts";
import { pairBuilds, type PairBuilds } from "./pair-builds.ts";
import { amd64Few, arm64, type PairMachine } from "./pair-machine.ts";
import { openReally } from "./real-open.ts";

/** What comes from amd64, by its kind. */
export const arm64ForeignKinds = { host: "for amd64", plugin: "for amd64" } as const;

let trials: Promise<readonly Trial[]> | undefined;

/** Plugins in hosts for arm64, each in a process of its own, and each with what the whole prediction makes of it. */
export function arm64Trials(): Promise<readonly Trial[]> {
  return (trials ??= tryPairs());
}

interface File {
  readonly kind: string;
  readonly path: string;
}

async function tryPairs(): Promise<readonly Trial[]> {
  const [own, few] = [await pairBuilds(arm64), await pairBuilds(amd64Few)];
  const plugins = filesOf(own);
  const foreign = filesOf(few).map(({ path }): File => ({ kind: arm64ForeignKinds.plugin, path }));
  const inOwn = own.hosts.flatMap(({ kind, file }) =>
    tryHost({ kind, path: file }, arm64, { sysroot: arm64Sysroot }, [...plugins, ...foreign]),
  );
  const inForeign = few.hosts.flatMap(({ file }) =>
    tryHost({ kind: arm64ForeignKinds.host, path: file }, amd64Few, {}, plugins),
  );
  return [...inOwn, ...inForeign];
}

/** By their whole paths, so that the prediction sees what the host sees, whatever folder it is run in. */
function filesOf({ folder, plugins }: PairBuilds): readonly File[] {
  return plugins.map(({ kind, name }) => ({ kind, path: join(folder, name) }));
}

function tryHost(
  { kind: host, path: program }: File,
  { runner }: PairMachine,
  target: TargetRequest,
  plugins: readonly File[],
): readonly Trial[] {
  const loading = readLoadingHost(disk, openFile(program), program, target);
  return plugins.map(({ kind: plugin, path }): Trial => {
    const { prediction } = predictOnDisk(path, "go", loading);
    const [real] = host === "without package plugin" ? [] : openReally([...runner, program], "/", [path]);
    return { host, plugin, prediction, real: real ?? "not called" };
  });
}
