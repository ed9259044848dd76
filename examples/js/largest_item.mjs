export function largest_item(x, rows, columns) {
  let best = 0;
  for (let i = 1; i < rows; i++) {
    if (x[i * columns + 1] > x[best * columns + 1]) best = i;
  }
  return x[best * columns];
}
