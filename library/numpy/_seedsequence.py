def entropy_words(seed: value):
    """What a seed is made of: its words of 32 bits, the low ones first; of an array those of all its numbers, and of None those that the host has chosen.

    >>> np.random.SeedSequence(1).generate_state(2)
    """
    if seed is None:
        words = generator_words()
        words[15] += 1
        return words[:16].copy()
    if is_huge(seed):
        return huge_words(seed)
    if is_list(seed):
        return np.entropy_words(np.array(seed))
    if is_array(seed):
        out = np.empty(2 * seed.size, np.uint32)
        used = 0
        for x in seed.ravel():
            used = np.entropy_put(out, used, x)
        return out[:used].copy()
    if isinstance(seed, tuple):
        out = np.empty(0, np.uint32)
        for part in seed:
            out = np.concatenate((out, np.entropy_words(part)))
        return out
    out = np.empty(2, np.uint32)
    return out[: np.entropy_put(out, 0, seed)].copy()


def entropy_put(out: value, used: value, x: value):
    """Puts the words of a number into an array of which so many items are used, and says how many are then.

    >>> np.random.SeedSequence(1).generate_state(2)
    """
    if x < 0:
        raise ValueError("expected non-negative integer")
    x = np.uint64(x)
    out[used] = np.uint32(x & 0xFFFFFFFF)
    if x <= 0xFFFFFFFF:
        return used + 1
    out[used + 1] = np.uint32(x >> 32)
    return used + 2


def seed_mixed(word: value, constant: value, factor: value):
    """A word, hashed, and the constant for the next one: O'Neill's `seed_seq_fe`.

    >>> np.random.SeedSequence(1).generate_state(2)
    """
    word ^= constant
    constant *= factor
    word *= constant
    return word ^ (word >> 16), constant


def seed_pool(entropy: value, spawn_key: value):
    """The pool of four words that seeds are hashed into.

    >>> np.random.SeedSequence(1).generate_state(2)
    """
    words = entropy
    if spawn_key.size > 0:
        words = np.zeros(max(4, entropy.size) + spawn_key.size, np.uint32)
        words[: entropy.size] = entropy
        words[words.size - spawn_key.size :] = spawn_key
    pool = np.zeros(4, np.uint32)
    constant = np.uint32(0x43B0D7E5)
    factor = np.uint32(0x931E8875)
    for k in range(4):
        word = np.uint32(0)
        if k < words.size:
            word = words[k]
        pool[k], constant = np.seed_mixed(word, constant, factor)
    for source in range(max(4, words.size)):
        for k in range(4):
            if source != k:
                if source < 4:
                    word = pool[source]
                else:
                    word = words[source]
                word, constant = np.seed_mixed(word, constant, factor)
                word = pool[k] * np.uint32(0xCA01F9DD) - word * np.uint32(0x4973F715)
                pool[k] = word ^ (word >> 16)
    return pool


def seed_state(sequence: value, count: value):
    """So many words of 32 bits for the state of a generator.

    >>> np.random.SeedSequence(1).generate_state(2)
    """
    pool = np.seed_pool(sequence.words, sequence.key)
    out = np.empty(count, np.uint32)
    constant = np.uint32(0x8B51F9DD)
    for k in range(count):
        out[k], constant = np.seed_mixed(pool[k & 3], constant, np.uint32(0x58F38DED))
    return out


def seed_longs(sequence: value, count: value):
    """The same as numbers of 64 bits.

    >>> np.random.SeedSequence(1).generate_state(2, np.uint64)
    """
    words = np.seed_state(sequence, 2 * count).astype(np.uint64)
    return words[::2] | (words[1::2] << 32)


def seed_sequence(seed: value):
    """A `SeedSequence`: the seed, if it is one.

    >>> np.random.default_rng(np.random.SeedSequence(1)).random() < 1
    """
    if is_kind(seed, "SeedSequence"):
        return seed
    return np.random.SeedSequence(seed)


def seedsequence_generate_state(s: value, n_words: value, dtype: value = np.uint32):
    """So many words for the state of a generator, of 32 or 64 bits.

    >>> np.random.SeedSequence(1).generate_state(2)
    """
    if dtype == np.uint64:
        return np.seed_longs(s, n_words)
    if dtype == np.uint32:
        return np.seed_state(s, n_words)
    raise ValueError("only support uint32 or uint64")


def seedsequence_spawn(s: value, n_children: value):
    """A list of sequences for independent generators; further calls give others.

    >>> len(np.random.SeedSequence(1).spawn(2))
    """
    out = [new_record("SeedSequence", s.words, np.concatenate((s.key, np.entropy_words(k))), 0) for k in range(s.spawned, s.spawned + n_children)]
    s.spawned += n_children
    return out


def pcg_seeded(name: value, words: value):
    """A PCG generator of a seed of four numbers: the state and what is added at each step.

    >>> np.random.default_rng(1).random() < 1
    """
    increment = (words[3] << 1) | 1
    b = new_record(name, np.uint64(0), np.uint64(0), (words[2] << 1) | (words[3] >> 63), increment, 0, np.uint32(0))
    b.low = increment + words[1]
    b.high = b.increment_high + words[0] + np.uint64(b.low < increment)
    np.pcg_advance(b, np.uint64(0x2360ED051FC65DA4), np.uint64(0x4385DF649FCCF645))
    return b
