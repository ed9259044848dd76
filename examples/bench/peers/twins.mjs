// The kernels as one writes them in JavaScript.

export function escape(counts, height, width, limit) {
  for (let row = 0; row < height; row++) {
    const ci = -1.2 + (row * 2.4) / height;
    for (let column = 0; column < width; column++) {
      const cr = -2.2 + (column * 3.2) / width;
      let zr = 0;
      let zi = 0;
      let n = 0;
      while (n < limit && zr * zr + zi * zi <= 4) {
        const next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
        n++;
      }
      counts[row * width + column] = n;
    }
  }
}

export function chain(a, b, out) {
  for (let k = 0; k < out.length; k++) out[k] = Math.sqrt(a[k] * a[k] + b[k] * b[k]) / (a[k] + b[k]);
}
