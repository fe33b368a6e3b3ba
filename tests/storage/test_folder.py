"""What is kept comes back unaltered, or not at all."""

import pytest

from storage.errors import FileMissing
from storage.folder import FolderStorage


def test_content_comes_back_by_its_hash(tmp_path):
    kept = FolderStorage(tmp_path)
    assert kept.get(kept.put("材料".encode())) == "材料".encode()


def test_an_altered_file_is_not_given_out(tmp_path):
    kept = FolderStorage(tmp_path)
    key = kept.put(b"one")
    (tmp_path / key[:2] / key).write_bytes(b"two")
    with pytest.raises(FileMissing):
        kept.get(key)


def test_a_named_file_is_replaced_whole(tmp_path):
    kept = FolderStorage(tmp_path)
    assert kept.get_named("audit-head") is None
    kept.put_named("audit-head", b"1 a")
    kept.put_named("audit-head", b"2 b")
    assert kept.get_named("audit-head") == b"2 b"
