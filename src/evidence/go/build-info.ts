import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { findBuildInfo } from "./build-info-place.ts";
import { readBuildInfoText } from "./build-info-text.ts";
import { parseGoModuleInfo, type GoModuleInfo } from "./module-info.ts";
import { guarded } from "../guarded.ts";

export { linkerSetVariable } from "./linker-variable.ts";

/** What Go's linker and cmd/go wrote down about a build. */
export interface GoBuildInfo extends GoModuleInfo {
  /** As runtime.Version() tells it: `go1.26.8`, `go1.22.3 X:rangefunc`, `devel go1.28-0123abc Mon …`. */
  readonly goVersion: string;
}

/**
 * The build info of a Go file, in all the forms it had since Go 1.13. Unknown if there is none (plugins had none before Go
 * 1.21), and if it is broken in a way that Go's own reader refuses (Go: src/debug/buildinfo/buildinfo.go).
 */
export function readGoBuildInfo(object: AnyObject): Fact<GoBuildInfo> {
  return guarded(() => {
    const place = findBuildInfo(object);
    if (place === undefined) return unknown("the file has no Go build info");
    const text = readBuildInfoText(object, place);
    if (!text.known) return text;
    const moduleInfo = parseGoModuleInfo(text.value.moduleInfo, place.from);
    if (!moduleInfo.known) return moduleInfo;
    return known({ goVersion: text.value.version, ...moduleInfo.value }, place.from);
  });
}
