export function histogram(x, low, high, counts) {
  const bins = counts.length;
  const scale = bins / (high - low);
  for (let i = 0; i < x.length; i++) {
    const value = x[i];
    if (value >= low && value <= high) {
      let k = ((value - low) * scale) | 0;
      if (k === bins) k = bins - 1;
      counts[k]++;
    }
  }
}
