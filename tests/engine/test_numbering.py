from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.embedded import numbering
from indexer.engine.embedded.numbering import WordNumbers

WORDS = st.lists(
    st.text(alphabet=st.sampled_from("政府法治a1\U00020000\uffee"), min_size=1, max_size=6),
    max_size=40,
)


@given(st.lists(WORDS, max_size=5))
def test_equal_words_have_one_number_and_a_number_tells_its_word(reports):
    numbers = WordNumbers()
    given = [numbers.of(words).tolist() for words in reports]
    words = numbers.words()
    assert [[words[number] for number in of_report] for of_report in given] == reports
    assert len(words) == len(numbers) == len({word for report in reports for word in report})


def test_what_is_put_in_first_has_the_lowest_numbers():
    numbers = WordNumbers({"法治", "政府", "\n"})
    assert sorted(numbers.of(["政府", "\n", "法治"]).tolist()) == [0, 1, 2]
    assert numbers.of(["依法行政", "政府的"]).tolist() in ([3, 4], [4, 3])


def test_numbers_stay_when_the_table_grows(monkeypatch):
    monkeypatch.setattr(numbering, "_SMALLEST", 2)
    numbers = WordNumbers()
    words = [chr(0x4E00 + number // 100) + str(number % 100) for number in range(5000)]
    first = [int(numbers.of([word])[0]) for word in words]
    assert first == list(range(5000))
    assert numbers.of(words).tolist() == first
    assert numbers.words() == words


def test_words_that_begin_alike_and_zeros_are_told_apart():
    numbers = WordNumbers()
    words = ["府", "政府", "政府办", "政府办公", "政府办公室", "0", "00", "0000", "00000"]
    assert len(set(numbers.of(words).tolist())) == len(words)
    assert [numbers.words()[number] for number in numbers.of(words).tolist()] == words
