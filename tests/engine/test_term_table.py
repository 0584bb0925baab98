from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader

from indexer.engine.embedded.term_table import TermTable, filled_slots

SLOTS = 2 * 7


def written(folder, *fields):
    """A file of these records, opened with Whoosh's own reader."""
    storage = FileStorage(str(folder))
    table = TermTable(storage.create_file("terms"))
    for records in fields:
        values = np.array([value for _, value in records], dtype="V2")
        table.add_records([key for key, _ in records], values)
    table.close()
    return OrderedHashReader.open(storage, "terms")


def test_whoosh_finds_every_record_and_nothing_else(tmp_path):
    title = [(b"\0" + f"{number:05}".encode(), b"ab") for number in range(2000)]
    body = [(b"\1" + f"{number:05}".encode(), number.to_bytes(2)) for number in range(9000)]
    reader = written(tmp_path, title, body)
    assert list(reader.items()) == title + body
    assert [reader[key] for key, _ in title + body] == [value for _, value in title + body]
    assert b"\0" + b"02000" not in reader
    assert reader.closest_key(b"\0" + b"02000") == body[0][0]
    assert list(reader.keys_from(body[-2][0])) == [body[-2][0], body[-1][0]]
    reader.close()


def test_a_table_may_be_empty(tmp_path):
    reader = written(tmp_path)
    assert b"a" not in reader
    assert list(reader.keys()) == []
    reader.close()


@given(st.lists(st.integers(0, 2 * SLOTS), max_size=SLOTS // 2))
def test_from_where_a_record_wants_to_stand_to_where_it_stands_no_slot_is_free(wanted):
    filled = filled_slots(np.array(wanted, dtype=np.uint32), SLOTS).tolist()
    assert len(set(filled)) == len(filled)
    assert set(filled) <= set(range(SLOTS))
    for place, slot in zip(wanted, filled, strict=True):
        passed = (slot - place) % SLOTS
        assert {(place + step) % SLOTS for step in range(passed)} <= set(filled)
