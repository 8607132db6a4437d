"""The bounded cache."""

from lnql.graph.cache import Cache


def test_a_value_is_found_by_its_key() -> None:
    cache: Cache[str, int] = Cache(2)
    assert cache.get("a") is None
    assert cache.put("a", 1) == 1
    assert cache.get("a") == 1


def test_the_value_unused_longest_goes_first() -> None:
    cache: Cache[str, int] = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get("a")
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_it_never_grows_beyond_its_size() -> None:
    cache: Cache[int, int] = Cache(10)
    for number in range(1000):
        cache.put(number % 37, number)
    assert len(cache) == 10
