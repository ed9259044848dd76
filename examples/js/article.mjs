export function add(x, y) {
  return (x + y) | 0;
}

export function np_sum(x) {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i];
  return total;
}

export function largest_item(x, rows, columns) {
  let best = 0;
  for (let i = 1; i < rows; i++) {
    if (x[i * columns + 1] > x[best * columns + 1]) best = i;
  }
  return x[best * columns];
}
