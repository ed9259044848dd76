// Projects in folders of their own, in which the npm package of the folder NPM is installed, and the tools of this one.
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TOOLS = fileURLToPath(new URL("./node_modules", import.meta.url));
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A project with files by name, after those of another folder; `remove` ends it. */
export async function project(files, from) {
  const folder = await mkdtemp(join(tmpdir(), "nopython-"));
  if (from) await cp(from, folder, { recursive: true, filter: (path) => !/node_modules|dist$|\.d\.py\.ts$/.test(path) });
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  for (const name of await readdir(TOOLS)) if (!name.startsWith(".")) await symlink(join(TOOLS, name), join(modules, name));
  await cp(process.env.NPM, join(modules, "nopython"), { recursive: true });
  for (const [name, text] of Object.entries({ "package.json": '{ "type": "module" }\n', ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    if (!from || name !== "package.json") await writeFile(join(folder, name), text);
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
