export function step(grid, out, height, width) {
  const last = (height - 1) * width;
  grid.copyWithin(0, last - width, last);
  grid.copyWithin(last, width, 2 * width);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    grid[start] = grid[start + width - 2];
    grid[start + width - 1] = grid[start + 1];
  }
  for (let row = 1; row < height - 1; row++) {
    const end = (row + 1) * width - 1;
    for (let i = row * width + 1; i < end; i++) {
      const up = i - width;
      const down = i + width;
      const neighbours =
        grid[up - 1] + grid[up] + grid[up + 1] + grid[i - 1] + grid[i + 1] + grid[down - 1] + grid[down] + grid[down + 1];
      out[i] = (neighbours | grid[i]) === 3 ? 1 : 0;
    }
  }
}
