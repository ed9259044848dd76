// Drives the allocator against a model of what it promises.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]))
const { memory, np_alloc, np_host_alloc, np_lend, np_release, np_drop, np_unwind } = instance.exports
const pages = () => memory.buffer.byteLength / 65536

let seed = 12345
const random = n => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, Math.floor(seed / 4294967296 * n))
const size = () => random(10) === 0 ? random(100000) : random(10) === 0 ? 0 : random(600)

// Blocks are aligned, lie in memory, do not overlap, and keep what is written.
const live = new Map()
function take(bytes) {
  const at = (random(2) ? np_host_alloc(bytes) : np_alloc(BigInt(bytes))) >>> 0
  assert(at !== 0 && at % 16 === 0 && at + bytes <= memory.buffer.byteLength, `${at} ${bytes}`)
  const mark = random(256)
  new Uint8Array(memory.buffer, at, bytes).fill(mark)
  live.set(at, [bytes, mark])
}
function drop(at) {
  const [bytes, mark] = live.get(at)
  assert(new Uint8Array(memory.buffer, at, bytes).every(byte => byte === mark), "a block was overwritten")
  live.delete(at)
  np_release(at)
}
for (let turn = 0; turn < 60000; turn++) {
  if (live.size < 300 && random(2)) take(size())
  else if (live.size) drop([...live.keys()][random(live.size)])
}
for (const at of [...live.keys()]) drop(at)

// A million cycles of varied sizes end in the memory they began with, and one block can be the whole heap again.
const before = pages()
const ring = new Array(64).fill(0)
for (let turn = 0; turn < 1e6; turn++) {
  const slot = random(64)
  np_release(ring[slot])
  ring[slot] = random(2) ? np_host_alloc(random(3000)) : np_alloc(BigInt(random(3000)))
  assert(ring[slot] !== 0)
}
ring.forEach(at => np_release(at))
ring.fill(0)
assert.equal(pages(), before, "memory grew")
const whole = np_host_alloc((before - 1) * 65536)
assert(whole !== 0)
np_release(whole)
assert.equal(pages(), before, "free blocks did not join")

// Sizes that cannot be had fail, and leave memory as it was.
for (const bytes of [-1n, 8n * 2n ** 30n, 2n ** 62n, -(2n ** 63n), 2n ** 31n - 63n]) assert.equal(np_alloc(bytes), 0)
assert.equal(np_host_alloc(-1), 0)
assert.equal(pages(), before)

// Blocks of compiled code go with np_unwind, whatever their count; the host's stay.
const kept = np_host_alloc(100)
for (let turn = 0; turn < 1000; turn++) {
  const at = np_alloc(1000n)
  if (turn % 3 === 0) np_release(at)
  if (turn % 7 === 0) new Int32Array(memory.buffer)[(at - 16) / 4] += turn % 3 === 0 ? 0 : 2
}
new Uint8Array(memory.buffer, kept, 100).fill(7)
np_unwind()
np_unwind()
assert(new Uint8Array(memory.buffer, kept, 100).every(byte => byte === 7))
np_release(kept)
np_release(0)
const again = np_host_alloc((before - 1) * 65536)
np_release(again)
assert.equal(pages(), before, "np_unwind left blocks")

// A reference more keeps a block.
const shared = np_alloc(64n)
new Int32Array(memory.buffer)[(shared - 16) / 4] += 1
np_release(shared)
new Uint8Array(memory.buffer, shared, 64).fill(9)
const other = np_alloc(64n)
assert.notEqual(other, shared)
np_release(shared)
assert.equal(np_alloc(64n), shared)
np_unwind()

// A small block that compiled code drops serves the next request of its size, with the host's blocks beside it.
const first = np_alloc(24n)
np_drop(first)
assert.equal(np_alloc(24n), first)
new Int32Array(memory.buffer)[(first - 16) / 4] += 1
np_drop(first)
assert.notEqual(np_alloc(24n), first, "a block with a reference was given away")
np_unwind()

// What waits is bounded, whatever is dropped, and is not freed again by np_unwind; `np_release` gives it all back.
for (let round = 0; round < 200; round++) {
  const blocks = Array.from({ length: 1000 }, (_, i) => np_alloc(BigInt((i * 7) % 300)))
  assert.equal(new Set(blocks).size, 1000)
  blocks.forEach((at, i) => new Uint8Array(memory.buffer, at, (i * 7) % 300).fill(i))
  blocks.forEach((at, i) => assert(new Uint8Array(memory.buffer, at, (i * 7) % 300).every(byte => byte === i % 256)))
  blocks.slice(0, 500 + round).forEach(at => np_drop(at))
  np_unwind()
}
np_drop(0)
for (let turn = 0; turn < 1e6; turn++) {
  const slot = random(64)
  np_drop(ring[slot])
  ring[slot] = np_alloc(BigInt(random(300)))
}
ring.forEach(at => np_drop(at))
assert.equal(pages(), before, "memory grew")
const rest = np_host_alloc((before - 1) * 65536 - 40000)
assert.equal(pages(), before, "too much waits")
np_release(rest)

// Pages that someone else adds to the memory are theirs, before the first allocation and after.
{
  const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]))
  const { memory, np_host_alloc, np_release } = instance.exports
  const theirs = []
  const blocks = []
  for (let turn = 0; turn < 60; turn++) {
    if (turn % 3 === 0) {
      const at = memory.grow(1 + random(3)) * 65536
      theirs.push([at, memory.buffer.byteLength])
      new Uint8Array(memory.buffer, at).fill(turn + 1)
    }
    for (let k = 0; k < 20; k++) {
      const [bytes, mark] = [random(turn % 2 ? 200000 : 500), random(256)]
      const at = np_host_alloc(bytes)
      new Uint8Array(memory.buffer, at, bytes).fill(mark)
      blocks.push([at, bytes, mark])
      if (random(3)) np_release(blocks.splice(random(blocks.length), 1)[0][0])
    }
  }
  for (const [at, bytes, mark] of blocks) {
    assert(new Uint8Array(memory.buffer, at, bytes).every(byte => byte === mark), "a block was overwritten")
    np_release(at)
  }
  theirs.forEach(([at, end], k) => assert(new Uint8Array(memory.buffer.slice(at, end)).every(byte => byte === 3 * k + 1), "pages of others were written"))
  const pages = memory.buffer.byteLength
  np_release(np_host_alloc(100000))
  assert.equal(memory.buffer.byteLength, pages)
}

const start = performance.now()
for (let turn = 0; turn < 1e6; turn++) np_release(np_host_alloc(800))
console.log(`allocate and release: ${(performance.now() - start).toFixed(1)} ns, of which two calls from JavaScript`)

// A block that is lent is the next of its size, once, and stays the host's: dropped or unwound.
const references = at => new Int32Array(memory.buffer, at - 16, 1)[0]
for (const end of [at => np_drop(at), () => np_unwind()]) {
  const own = np_host_alloc(1000) >>> 0
  np_lend(own)
  const other = np_alloc(2000n) >>> 0
  const taken = np_alloc(1000n) >>> 0
  const next = np_alloc(1000n) >>> 0
  assert(other !== own && taken === own && next !== own && references(own) === 2)
  np_drop(next)
  end(taken)
  // What has unwound leaves the count to the host.
  new Int32Array(memory.buffer, own - 16, 1)[0] = 1
  np_lend(own)
  np_lend(0)
  const apart = np_alloc(1000n) >>> 0
  assert(apart !== own && references(own) === 1)
  np_unwind()
  np_release(own)
}
