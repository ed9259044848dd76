// Parts of the code that only some figures carry. Each enters itself here, before the figure starts.

import type { player, simulated } from "./animation.js";
import type { Chart } from "./chart.js";
import type { titled } from "./format.js";
import type { Image } from "./image.js";

export const parts: {
  Chart?: typeof Chart;
  Image?: typeof Image;
  titled?: typeof titled;
  player?: typeof player;
  simulated?: typeof simulated;
} = {};
