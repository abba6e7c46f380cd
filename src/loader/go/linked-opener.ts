import { basename } from "node:path";
import { unknown, type Fact } from "../../evidence/fact.ts";
import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import { openerIn } from "../../evidence/go/dlopen-caller.ts";
import { guarded } from "../../evidence/guarded.ts";
import { isSystemLibrary } from "../../evidence/system/library-name.ts";
import { fileErrorCode, type Files } from "../../files/files.ts";
import { openElf } from "../../object/elf/file.ts";
import { Image, NotAFileError } from "../../object/image.ts";
import { hostLibraries } from "../dlopen/host-libraries.ts";
import type { Target } from "../dlopen/predict.ts";
import type { DlopenHost } from "../elf/host.ts";
import type { LinkMap } from "../elf/link-map.ts";
import { System } from "../elf/system.ts";

/** All that a host links and that is looked into, in bytes of the files. */
const mostBytes = 2 ** 30;

/**
 * Which library that a host links can open another one for it, or may be able to, in words; undefined if none can. What parts of the
 * system open by themselves are parts of their own, so they do not count. Unless the host links others, nothing is read.
 */
export function linkedOpener(
  host: DlopenHost,
  target: Target | undefined,
  limit: number = mostBytes,
): string | undefined {
  const named = host.program.needed.filter((name) => !isSystemLibrary(name));
  if (named.length === 0) return undefined;
  const libraries = target instanceof System ? hostLibraries(host, target) : undefined;
  if (!(target instanceof System) || libraries === undefined)
    return `${named.join(", ")} may call dlopen for it`;
  const { files } = target.root;
  let left = limit;
  let doubt: string | undefined;
  for (const library of libraries) {
    const { name, realPath } = library.object;
    if (isSystemLibrary(name)) continue;
    left -= sizeOf(files, realPath);
    const opener =
      left < 0
        ? unknown(`what it links has more than ${limit / 2 ** 20} MiB`)
        : target.remember(`opener in ${realPath}`, () => readOpener(files, realPath));
    if (!opener.known) doubt ??= `${inWords(library)} may call dlopen for it: ${opener.why}`;
    else if (opener.value !== undefined) return `${inWords(library)} calls ${opener.value}`;
  }
  return doubt;
}

function inWords({ object, loader }: LinkMap): string {
  const by = loader?.object.name ?? "";
  return `${basename(object.name)}, which ${by === "" ? "it" : basename(by)} links,`;
}

/** What cannot be asked for its size cannot be read either. */
function sizeOf(files: Files, path: string): number {
  try {
    return files.stat(path).size;
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return 0;
  }
}

function readOpener(files: Files, path: string): Fact<string | undefined> {
  let image: Image;
  try {
    image = Image.open(files, path);
  } catch (error) {
    if (!(error instanceof NotAFileError) && fileErrorCode(error) === undefined) throw error;
    return unknown("it cannot be read");
  }
  try {
    return guarded(() => openerIn(openElf(image)));
  } catch (error) {
    return unknown(unreadableText(unreadable(path, null, error), "the library"));
  } finally {
    image.close();
  }
}
