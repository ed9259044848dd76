export function mandelbrot(counts, height, width, left, top, step, limit) {
  for (let row = 0; row < height; row++) {
    const ci = top + row * step;
    for (let column = 0; column < width; column++) {
      const cr = left + column * step;
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
