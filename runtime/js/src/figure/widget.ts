// A figure as a widget of a running kernel, by anywidget: the values of its controls are the model's, which Python and the reader set.

import type { Typed } from "./cells.js";
import type { Value } from "./controls.js";
import type { Figure, Kernels } from "./mount.js";
import type { Control, Spec } from "./spec.js";
import type { begin } from "./start.js";

/** What anywidget hands to a view. */
interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  on(event: string, callback: () => void): void;
  off(event: string, callback: () => void): void;
  save_changes(): void;
}

/** The value of a control as the spec has it, and the shape of a table. */
type Given = Pick<Control, "value"> & { shape?: number[] };

/** Gives a control another value, as its reader would; to this one a double click then comes back. The field that has the focus keeps it. */
const give = (host: HTMLElement, figure: Figure, control: Control, k: number): void => {
  const root = host.shadowRoot!;
  const active = root.activeElement;
  const line = active?.closest(".control");
  const place = line ? [Array.from(line.parentElement!.children).indexOf(line), Array.from(line.querySelectorAll("*")).indexOf(active!)] : [];
  figure.put(control, k);
  if (line && !line.isConnected) root.querySelector(".controls")!.children[place[0]!]?.querySelectorAll<HTMLElement>("*")[place[1]!]?.focus();
};

/** A number as the model has it: those that JSON has no form for, or not all digits of, as Python writes them. */
const written = (item: number | bigint): number | string =>
  typeof item === "bigint" && !Number.isSafeInteger(Number(item)) ? `${item}`
  : Number.isFinite(Number(item)) ? Number(item)
  : `${item}`.toLowerCase().replace("inity", "");

const isArray = (value: Value): value is Typed => typeof value === "object" && "data" in value;

/** A value as the model has it, which is what a spec has: of an array the items in a list. */
const plain = (value: Value): Given =>
  isArray(value) ?
    { shape: [...value.shape], value: Array.from(value.data as ArrayLike<number | bigint>, written) }
  : { value: value as Given["value"] };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The module that anywidget loads. `keys` are the model's names of the controls, and `starts` is what puts a figure into a host. */
export const widget = (starts: typeof begin, spec: Spec, kernels: () => Kernels, keys: string[]) => ({
  render({ model, el }: { model: Model; el: HTMLElement }) {
    const host = document.createElement("div");
    el.append(host);
    const watched: (() => void)[] = [];
    void starts(host, spec, kernels).then(() => {
      const { figure } = host as unknown as { figure?: Figure };
      if (!figure) return;
      keys.forEach((key, k) => {
        const take = () => {
          const given = model.get(key) as Given;
          if (!same(given, plain(figure.values[k]!))) give(host, figure, { ...spec.controls[k]!, ...given } as Control, k);
        };
        const event = `change:${key}`;
        model.on(event, take);
        watched.push(() => model.off(event, take));
        take();
      });
      host.addEventListener("figure", () => {
        const changed = keys.filter((key, k) => {
          const now = plain(figure.values[k]!);
          return !same(now, model.get(key)) && (model.set(key, now), true);
        });
        if (changed.length) model.save_changes();
      });
    });
    return () => watched.forEach((stop) => stop());
  },
});
