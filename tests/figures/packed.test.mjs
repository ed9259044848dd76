// Scripts that figures carry as short text are read as they were, whatever their length, and have no character with a meaning elsewhere.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";

const script = `
import json, random
from nopython._packed import UNPACK, packed
rng = random.Random(5)
texts = ["".join(chr(rng.choice([rng.randrange(32, 127), 0x2212, 0x3c3, 0x1f600])) for _ in range(n)) for n in [*range(60), 5000, 70000]]
print(json.dumps({"unpack": UNPACK, "rows": [[text, packed(text)] for text in texts]}))
`;
const { unpack, rows } = JSON.parse(execFileSync(process.env.PYTHON, ["-c", script], { maxBuffer: 1e8 }));

test("packed scripts are read as they were", () => {
  const read = (0, eval)(unpack);
  for (const [text, packed] of rows) {
    assert.ok(/^[!#-%(-;=-[\]-_a-z|]*$/.test(packed), packed.replace(/[!#-%(-;=-[\]-_a-z|]/g, ""));
    assert.equal(inflateRawSync(read(packed)).toString(), text);
  }
});
