"""A kernel as a function of SQL: DuckDB hands over columns as Arrow arrays, which NumPy views.

Run: ``pip install nopython duckdb pyarrow``, then ``python examples/python/duckdb_function.py``.
"""

import functools

import duckdb
import numpy as np
import pyarrow

from nopython import vectorize


@vectorize(["float64(float64, float64, float64, float64)"])
def distance(lat1, lon1, lat2, lon2):
    """Kilometres along the great circle between two places in degrees (the haversine formula)."""
    p1, p2 = np.radians(lat1), np.radians(lat2)
    a = np.sin((p2 - p1) / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(a))


def over_arrow(function):
    """A function of NumPy arrays as one of Arrow columns."""

    @functools.wraps(function)
    def columns(*args):
        arrays = [a.combine_chunks() if isinstance(a, pyarrow.ChunkedArray) else a for a in args]
        return pyarrow.array(function(*(a.to_numpy(zero_copy_only=False) for a in arrays)))

    return columns


QUERY = """
    SELECT a.name, b.name, distance(a.lat, a.lon, b.lat, b.lon) AS km
    FROM cities a JOIN cities b ON a.name < b.name ORDER BY km
"""

CITIES = [("Berlin", 52.52, 13.405), ("Lisbon", 38.722, -9.139), ("Nairobi", -1.286, 36.817), ("Quito", -0.18, -78.467)]


def nearest_pairs():
    """Pairs of cities with their distances, the nearest first."""
    database = duckdb.connect()
    database.create_function("distance", over_arrow(distance), ["DOUBLE"] * 4, "DOUBLE", type="arrow")
    database.execute("CREATE TABLE cities (name VARCHAR, lat DOUBLE, lon DOUBLE)")
    database.executemany("INSERT INTO cities VALUES (?, ?, ?)", CITIES)
    return database.execute(QUERY).fetchall()


if __name__ == "__main__":
    for one, other, km in nearest_pairs():
        print(f"{one:8} {other:8} {km:8.1f} km")
