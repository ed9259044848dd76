export function chain(a, b, out) {
  for (let i = 0; i < out.length; i++) {
    out[i] = Math.sqrt(a[i] * a[i] + b[i] * b[i]) / (a[i] + b[i]);
  }
}
