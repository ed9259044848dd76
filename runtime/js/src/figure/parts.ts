// Parts of the code that only some figures carry. Each enters itself here, before the figure starts.

import type { editable } from "../edit/editable.js";
import type { Engine } from "../edit/trial.js";
import type { array } from "./array.js";
import type { player, simulated } from "./animation.js";
import type { Chart } from "./chart.js";
import type { titled } from "./format.js";
import type * as hands from "./hands.js";
import type { Image } from "./image.js";
import type { ColourMap } from "./map.js";
import type { more } from "./more.js";
import type { widget } from "./widget.js";
import type { words } from "./words.js";
import type { table } from "./table.js";
import type { text } from "./text.js";

export const parts: {
  Chart?: typeof Chart;
  Image?: typeof Image;
  ColourMap?: typeof ColourMap;
  titled?: typeof titled;
  words?: typeof words;
  table?: typeof table;
  text?: typeof text;
  more?: typeof more;
  array?: typeof array;
  hands?: typeof hands;
  /** What they add to the styles. */
  styles: string;
  player?: typeof player;
  simulated?: typeof simulated;
  widget?: typeof widget;
  editable?: typeof editable;
  /** Makes what compiles edits; its text is that of all its code. */
  engine?: () => Engine;
} = { styles: "" };
