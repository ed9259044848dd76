export function convolve(image, kernel, out, height, width) {
  const [k0, k1, k2, k3, k4, k5, k6, k7, k8] = kernel;
  const across = width + 2;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const a = row * across + column;
      const b = a + across;
      const c = b + across;
      out[row * width + column] =
        k0 * image[a] + k1 * image[a + 1] + k2 * image[a + 2] +
        k3 * image[b] + k4 * image[b + 1] + k5 * image[b + 2] +
        k6 * image[c] + k7 * image[c + 1] + k8 * image[c + 2];
    }
  }
}
