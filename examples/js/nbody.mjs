function kick(position, velocity, mass, dt) {
  const n = mass.length;
  for (let i = 0; i < n; i++) {
    const a = 3 * i;
    for (let j = i + 1; j < n; j++) {
      const b = 3 * j;
      const dx = position[b] - position[a];
      const dy = position[b + 1] - position[a + 1];
      const dz = position[b + 2] - position[a + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      const pull = dt / (squared * Math.sqrt(squared));
      const toward = mass[j] * pull;
      const back = mass[i] * pull;
      velocity[a] += dx * toward;
      velocity[a + 1] += dy * toward;
      velocity[a + 2] += dz * toward;
      velocity[b] -= dx * back;
      velocity[b + 1] -= dy * back;
      velocity[b + 2] -= dz * back;
    }
  }
}

export function advance(position, velocity, mass, dt, steps) {
  for (let k = 0; k < steps; k++) {
    kick(position, velocity, mass, 0.5 * dt);
    for (let i = 0; i < position.length; i++) position[i] += dt * velocity[i];
    kick(position, velocity, mass, 0.5 * dt);
  }
}
