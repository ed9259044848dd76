// The plugin for Rollup is that for Vite, which takes Rollup's hooks.

export { default, type Plugin, type PluginOptions } from "./vite.js";
