//! The page in which programs are written, compiled by the server that it comes from, and shown.

use crate::figure::{colour_map, figure_script};
use nopython_diagnostics::escape;

/// The page, with programs to begin with: their names, and their sources.
#[must_use]
pub fn playground(programs: &[(&str, String)]) -> String {
    let list: Vec<String> =
        programs.iter().map(|(name, text)| format!("[{},{}]", escape(name), escape(text))).collect();
    let drawing = figure_script(&["chart", "image", "hands", "map", "words", "titles", "table", "more"]);
    format!(
        "{}<script id=\"drawing\">{drawing}</script>\n<script>{}const PLAYGROUND={{programs:[{}],map:{}}};{}</script>\n</html>\n",
        include_str!("playground.html"),
        include_str!("generated/figure-engine.js"),
        list.join(","),
        escape(colour_map("viridis")),
        include_str!("generated/playground.js"),
    )
}
