// Where edits are tried: in a worker, which is ended when it takes too long or a newer edit comes. Where no worker may run, in the page.

import type * as engines from "./engine.js";
import type { Job, Outcome } from "./job.js";

export type Engine = typeof engines;

/** Milliseconds after which an edit is given up. */
const LONGEST = 5000;

const PROGRAM = `onmessage=async({data:[code,job]})=>{if(code)engine.use(code);postMessage(await engine.attempt(job))}`;

/** A way to try edits. What an edit that is no longer the newest gives is undefined. */
export interface Trial {
  attempt(job: Job): Promise<Outcome | undefined>;
  /** Gives up what is under way. */
  cancel(): void;
}

/** Tries edits. `makes` makes an engine, and has its whole code; `code` gives the compiler. */
export const trial = (makes: () => Engine, code: () => Promise<BufferSource | string>): Trial => {
  let worker: Worker | undefined;
  let here: Engine | undefined;
  /** Ends the try that is under way. */
  let end: ((outcome?: Outcome) => void) | undefined;
  let newest = 0;
  const stop = (): void => {
    worker?.terminate();
    worker = undefined;
  };
  const cancel = (): void => {
    newest++;
    if (!end) return;
    stop();
    end();
  };
  const attempt = async (job: Job): Promise<Outcome | undefined> => {
    cancel();
    const number = newest;
    const compiler = await code();
    if (number !== newest) return undefined;
    const inPage = (): Promise<Outcome> => {
      if (!here) (here = makes()).use(compiler);
      return here.attempt(job);
    };
    if (here) return inPage();
    return new Promise((settled) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      end = (outcome) => {
        clearTimeout(timer);
        end = undefined;
        settled(outcome);
      };
      const late = (): void => {
        stop();
        end?.({ raised: { name: "TimeoutError", message: `it still ran after ${LONGEST / 1000} seconds and was stopped: is there a loop without an end?` } });
      };
      timer = setTimeout(late, LONGEST);
      const known = worker;
      try {
        worker ??= new Worker(URL.createObjectURL(new Blob([`const engine=(${String(makes)})();${PROGRAM}`], { type: "text/javascript" })));
      } catch {
        return end(inPage() as never);
      }
      worker.onmessage = ({ data }: MessageEvent<Outcome>) => end?.(data);
      // A policy of the page may refuse a worker when it begins; what fails in one that has begun is told.
      worker.onerror = (event) => {
        event.preventDefault();
        stop();
        end?.(inPage() as never);
      };
      worker.postMessage([known ? undefined : compiler, job]);
    });
  };
  return { attempt, cancel };
};
