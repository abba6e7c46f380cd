import type { MachoFile } from "../../object/macho/file.ts";
import type { LinkedLibrary } from "../../object/macho/linked-library.ts";
import { exportedNames } from "./export-names.ts";
import type { Place, RpathOwner } from "./search-path.ts";

/** An image that is loaded with the plugin: the plugin itself, or a library whose file is available. */
export interface LoadedImage extends RpathOwner {
  readonly place: Place;
  readonly file: MachoFile;
  /** Packed version of the SDK that it was built with. */
  readonly sdk: number;
  readonly exports: ReadonlySet<string>;
  /** What it links, in load order: what library ordinals count. */
  readonly links: Link[];
}

/** Where a linked library is. */
export type Link =
  | { readonly kind: "image"; readonly library: LinkedLibrary; readonly image: LoadedImage }
  /** Not available: part of the system, loaded by the host before, or only on the target. */
  | { readonly kind: "elsewhere"; readonly library: LinkedLibrary }
  /** Nowhere, and need not be (LC_LOAD_WEAK_DYLIB). */
  | { readonly kind: "absent"; readonly library: LinkedLibrary };

/** @throws FormatError when its exports cannot be read. */
export function loadedImage(place: Place, file: MachoFile, sdk: number): LoadedImage {
  return { place, file, sdk, rpaths: file.rpaths, exports: exportedNames(file), links: [] };
}
