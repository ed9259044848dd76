export function add(x, y) {
  return (x + y) | 0;
}
