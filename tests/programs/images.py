"""Images: neighbourhoods, masks, colours, geometry."""

import numpy as np
from numba import njit


@njit
def box_blur(image, radius):
    h, w = image.shape
    out = np.empty_like(image)
    for y in range(h):
        for x in range(w):
            total = 0.0
            count = 0
            for dy in range(-radius, radius + 1):
                for dx in range(-radius, radius + 1):
                    if 0 <= y + dy < h and 0 <= x + dx < w:
                        total += image[y + dy, x + dx]
                        count += 1
            out[y, x] = total / count
    return out


@njit
def sobel(image):
    h, w = image.shape
    out = np.zeros((h, w))
    for y in range(1, h - 1):
        for x in range(1, w - 1):
            gx = image[y - 1, x + 1] + 2 * image[y, x + 1] + image[y + 1, x + 1] - image[y - 1, x - 1] - 2 * image[y, x - 1] - image[y + 1, x - 1]
            gy = image[y + 1, x - 1] + 2 * image[y + 1, x] + image[y + 1, x + 1] - image[y - 1, x - 1] - 2 * image[y - 1, x] - image[y - 1, x + 1]
            out[y, x] = np.hypot(gx, gy)
    return out


@njit
def grayscale(rgb):
    return (0.299 * rgb[..., 0] + 0.587 * rgb[..., 1] + 0.114 * rgb[..., 2]).astype(np.uint8)


@njit
def otsu(image):
    histogram = np.zeros(256)
    for v in image.ravel():
        histogram[v] += 1
    total = image.size
    overall = 0.0
    for i in range(256):
        overall += i * histogram[i]
    best, threshold = -1.0, 0
    below = 0.0
    weight = 0.0
    for i in range(256):
        weight += histogram[i]
        if weight == 0:
            continue
        rest = total - weight
        if rest == 0:
            break
        below += i * histogram[i]
        between = weight * rest * (below / weight - (overall - below) / rest) ** 2
        if between > best:
            best, threshold = between, i
    return threshold


@njit
def erode(mask):
    h, w = mask.shape
    out = np.zeros((h, w), np.bool_)
    for y in range(1, h - 1):
        for x in range(1, w - 1):
            out[y, x] = np.all(mask[y - 1:y + 2, x - 1:x + 2])
    return out


@njit
def bilinear(image, height, width):
    h, w = image.shape
    out = np.empty((height, width))
    for i in range(height):
        y = i * (h - 1) / (height - 1)
        y0 = int(np.floor(y))
        y1 = min(y0 + 1, h - 1)
        fy = y - y0
        for j in range(width):
            x = j * (w - 1) / (width - 1)
            x0 = int(np.floor(x))
            x1 = min(x0 + 1, w - 1)
            fx = x - x0
            top = image[y0, x0] * (1 - fx) + image[y0, x1] * fx
            bottom = image[y1, x0] * (1 - fx) + image[y1, x1] * fx
            out[i, j] = top * (1 - fy) + bottom * fy
    return out


@njit
def label(mask):
    h, w = mask.shape
    labels = np.zeros((h, w), np.int32)
    stack = np.empty((h * w, 2), np.int64)
    current = 0
    for sy in range(h):
        for sx in range(w):
            if not mask[sy, sx] or labels[sy, sx] != 0:
                continue
            current += 1
            labels[sy, sx] = current
            stack[0] = sy, sx
            top = 1
            while top > 0:
                top -= 1
                y, x = stack[top]
                for dy, dx in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                    ny, nx = y + dy, x + dx
                    if 0 <= ny < h and 0 <= nx < w and mask[ny, nx] and labels[ny, nx] == 0:
                        labels[ny, nx] = current
                        stack[top] = ny, nx
                        top += 1
    return labels, current


@njit
def integral(image):
    return np.cumsum(np.cumsum(image, axis=0), axis=1)


@njit
def life(cells):
    h, w = cells.shape
    out = np.zeros_like(cells)
    for y in range(h):
        for x in range(w):
            around = 0
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    if dy != 0 or dx != 0:
                        around += cells[(y + dy) % h, (x + dx) % w]
            if around == 3 or (around == 2 and cells[y, x] == 1):
                out[y, x] = 1
    return out


def cases(r):
    image = r.random((9, 12))
    bytes_ = r.integers(0, 256, (8, 10)).astype(np.uint8)
    mask = r.random((8, 9)) < 0.6
    yield box_blur, (image, 1)
    yield box_blur, (image.astype(np.float32), 2)
    yield sobel, (image,)
    yield sobel, (image.T,)
    yield grayscale, (r.integers(0, 256, (5, 6, 3)).astype(np.uint8),)
    yield otsu, (bytes_,)
    yield erode, (mask,)
    yield bilinear, (image, 7, 15)
    yield label, (mask,)
    yield integral, (bytes_.astype(np.int64),)
    yield life, (r.integers(0, 2, (7, 7)),)
