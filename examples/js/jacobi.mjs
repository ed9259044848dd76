function sweep(u, f, out, height, width, h) {
  const hh = h * h;
  for (let row = 1; row < height - 1; row++) {
    const end = (row + 1) * width - 1;
    for (let i = row * width + 1; i < end; i++) {
      out[i] = 0.25 * (u[i - width] + u[i + width] + u[i - 1] + u[i + 1] - hh * f[i]);
    }
  }
}

export function relax(u, f, scratch, height, width, h, pairs) {
  for (let k = 0; k < pairs; k++) {
    sweep(u, f, scratch, height, width, h);
    sweep(scratch, f, u, height, width, h);
  }
}
