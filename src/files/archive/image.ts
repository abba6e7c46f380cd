import { ArchiveError } from "./archive-error.ts";
import { chosenImage, type ImageChoice } from "./image-choice.ts";
import type { Layer, Parts } from "./image-candidate.ts";
import { imagesOfLayout } from "./oci-layout.ts";
import { savedImages } from "./saved-image.ts";

/** A container image in an archive or a folder: which files of it are its layers. */
export interface ImageLayers {
  /** The lowest first. */
  readonly layers: readonly Layer[];
}

/** Overlay file systems mount no more layers than some 500; docker allows 127. */
const mostLayers = 500;

/**
 * The layers of the image that is meant; undefined if this is not an image.
 * @throws ArchiveError if the image is broken, if there is none of this name or platform, or if it is not clear which is meant.
 */
export function imageIn(parts: Parts, choice: ImageChoice): ImageLayers | undefined {
  const candidates = imagesOfLayout(parts) ?? savedImages(parts);
  if (candidates === undefined) return undefined;
  const layers = chosenImage(candidates, choice).layers();
  if (layers.length > mostLayers) throw new ArchiveError(`the image has more than ${mostLayers} layers`);
  return { layers };
}
