import nopython from "nopython/vite";
import { defineConfig } from "vite";

export default defineConfig({ plugins: [nopython()] });
