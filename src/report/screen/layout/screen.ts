import { painter, styleOf, type ScreenOptions, type Style } from "./style.ts";
import { withMeasure } from "./text-width.ts";

/** Renders for a person: the text ends with a line break, or is empty. No line ends with a space. */
export async function onScreen(options: ScreenOptions, render: (style: Style) => string): Promise<string> {
  const paint = await painter(options.color);
  return withMeasure((measure) => {
    const text = render(styleOf(options, paint, measure));
    return text === "" || text.endsWith("\n") ? text : `${text}\n`;
  });
}
