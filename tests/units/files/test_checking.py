"""What may be attached, and what is turned away."""

import io
import zipfile

import pytest
from PIL import Image

from tests.units.files import samples
from units.files.checking import check_file, clean_name
from units.files.errors import (
    FileEmpty,
    FileHoldsCode,
    FileKindRefused,
    FileNotWhatItSays,
    FilePacksTooMuch,
    FileTooLarge,
)
from units.files.kinds import TABLES


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("证书.PNG", samples.picture(), "PNG"),
        ("a.jpeg", samples.picture("JPEG"), "JPG"),
        ("a.jpg", samples.picture("JPEG"), "JPG"),
        ("a.docx", samples.docx(), "DOCX"),
        ("a.ofd", samples.ofd(), "OFD"),
        ("a.xlsx", samples.xlsx(), "XLSX"),
        ("a.wps", samples.wps(), "WPS"),
        ("a.pdf", samples.pdf(), "PDF"),
    ],
)
def test_an_honest_file_of_each_kind_is_let_in(name, content, kind):
    assert check_file(name, content).kind.code == kind


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", FileEmpty),
        ("a.png", b"<html><script>x()</script>", FileNotWhatItSays),
        ("a.png", samples.picture("JPEG"), FileNotWhatItSays),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', FileKindRefused),
        ("a.html", b"<html>", FileKindRefused),
        ("a", samples.picture(), FileKindRefused),
        ("a.png", samples.picture()[:60], FileNotWhatItSays),
        ("a.pdf", b"%PDF-1.7 and nothing else", FileNotWhatItSays),
        ("a.docx", samples.xlsx(), FileNotWhatItSays),
        ("a.docx", samples.docx()[:-30], FileNotWhatItSays),
        ("a.docx", samples.docx(**{"word/vbaProject.bin": "x"}), FileHoldsCode),
        ("a.docx", samples.docx(**{"word/a.xml": "<!DOCTYPE x><x/>"}), FileHoldsCode),
        ("a.docx", samples.docx(**{"a.xml": "<!DocType x><x/>".encode("utf-16")}), FileHoldsCode),
        ("a.wps", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(900), FileNotWhatItSays),
        ("a.ofd", samples.docx(), FileNotWhatItSays),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_refused(name, content, refusal):
    with pytest.raises(refusal):
        check_file(name, content)


@pytest.mark.parametrize("unpacked_mb", [2, 30])  # too tight a packing, and too much in all
def test_a_bomb_is_refused_by_its_directory(unpacked_mb):
    with pytest.raises(FilePacksTooMuch):
        check_file("a.docx", samples.docx(**{"word/media/a.bin": bytes(unpacked_mb * 1024 * 1024)}))


def test_two_hundred_entries_are_let_in_and_one_more_is_not():
    def filled(count):
        return samples.docx(**{f"word/{number}.bin": "x" for number in range(count - 2)})

    assert check_file("a.docx", filled(200)).kind.code == "DOCX"
    with pytest.raises(FilePacksTooMuch):
        check_file("a.docx", filled(201))


def test_a_directory_that_lies_about_sizes_is_found_out():
    honest = samples.docx(**{"word/media/a.bin": bytes(50_000)})
    entry = next(e for e in zipfile.ZipFile(io.BytesIO(honest)).infolist() if e.filename.endswith("a.bin"))
    lying = honest.replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert entry.file_size == 50_000 and lying != honest
    with pytest.raises(FileNotWhatItSays):
        check_file("a.docx", lying)


def test_the_cap_counts_bytes():
    content = samples.picture()
    assert check_file("a.png", content, most=len(content)).content == content
    with pytest.raises(FileTooLarge):
        check_file("a.png", content, most=len(content) - 1)


def test_an_import_takes_tables_alone():
    with pytest.raises(FileKindRefused):
        check_file("a.png", samples.picture(), kinds=TABLES)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/x.png", "x.png"),
        ("C:\\x\\证书.png", "证书.png"),
        ('a"\r\nSet-Cookie: x.png', "aSet-Cookie: x.png"),
        ("a\u202egnp.exe.png", "agnp.exe.png"),
        ("x" * 5000 + ".png", "x" * 116 + ".png"),
        ("..", "file"),
        (".png", "png"),
        ("", "file"),
    ],
)
def test_a_name_becomes_one_harmless_line(sent, kept):
    assert clean_name(sent) == kept


def test_the_first_ten_pages_of_a_pdf_become_pictures():
    pages = check_file("a.pdf", samples.pdf(pages=12)).pages
    assert len(pages) == 10
    assert Image.open(io.BytesIO(pages[0])).format == "JPEG"


def test_a_pdf_with_an_endless_page_stays_within_the_limit_of_pixels():
    wide = samples.pdf().replace(b"60 80", b"60 14400")
    (page,) = check_file("a.pdf", wide).pages
    width, height = Image.open(io.BytesIO(page)).size
    assert width * height <= 4_100_000
