export function pairwise(points, out, n, axes) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let axis = 0; axis < axes; axis++) {
        const d = points[i * axes + axis] - points[j * axes + axis];
        total += d * d;
      }
      out[i * n + j] = Math.sqrt(total);
    }
  }
}
