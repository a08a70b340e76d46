"""What other rooms may import from the readers, pinned; and what the list of readers promises."""

import muniment.readers as room


def test_the_public_names_are_these() -> None:
    assert sorted(room.__all__) == [
        "ChildSink",
        "Context",
        "DEFAULT_LIMITS",
        "Desk",
        "Forker",
        "Limits",
        "Mechanism",
        "PartWriter",
        "READERS",
        "Reader",
        "Request",
        "Source",
        "child_path",
        "isolation_report",
        "libarchive_condition",
        "libmagic_condition",
        "open_source",
        "read_frame",
        "read_isolated",
        "read_parts",
        "read_reading",
        "read_with_keys",
        "scan_parts",
    ]


def test_names_and_types_belong_to_one_reader_each() -> None:
    names = [reader.name for reader in room.READERS]
    types = [media_type for reader in room.READERS for media_type in reader.media_types]
    assert len(names) == len(set(names))
    assert len(types) == len(set(types))
    assert all(reader.version >= 1 for reader in room.READERS)
