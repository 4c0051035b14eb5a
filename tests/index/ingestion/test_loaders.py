import codecs
import hashlib
from pathlib import Path

import opencc
import pytest

from index.errors import SourceError
from index.ingestion.loaders import find_sources, load

SEEDS = sorted((Path(__file__).parents[3] / "seeds" / "reports").glob("*.txt"))
SIMPLIFIED = SEEDS[2].read_bytes().decode()
TRADITIONAL = opencc.OpenCC("s2t").convert(SIMPLIFIED)
LENGTHS = [20, 60, 400, len(SIMPLIFIED)]


def write(folder: Path, data: bytes, name: str = "报告.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_file_in_utf8_is_read_as_it_stands(seed: Path) -> None:
    source = load(seed)
    assert source.text.encode() == seed.read_bytes()
    assert source.encoding == "utf-8"
    assert source.sha256 == hashlib.sha256(seed.read_bytes()).hexdigest()


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_simplified_is_read_in_its_encodings(tmp_path: Path, encoding: str, length: int) -> None:
    text = SIMPLIFIED[:length]
    assert load(write(tmp_path, text.encode(encoding))).text == text


def test_gbk_is_read_as_the_part_of_gb18030_that_it_is(tmp_path: Path) -> None:
    data = SIMPLIFIED.encode("gbk", "ignore")
    assert load(write(tmp_path, data)).text == data.decode("gbk")


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030"])
def test_traditional_is_read_in_its_encodings(tmp_path: Path, encoding: str, length: int) -> None:
    data = TRADITIONAL[:length].encode(encoding, "ignore")
    assert load(write(tmp_path, data)).text == data.decode(encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_is_no_part_of_the_text(
    tmp_path: Path, mark: bytes, encoding: str
) -> None:
    assert load(write(tmp_path, mark + "报告".encode(encoding))).text == "报告"


def test_newlines_stay_as_they_are(tmp_path: Path) -> None:
    assert load(write(tmp_path, "一\r\n二\r三\n".encode())).text == "一\r\n二\r三\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text"),
        (" \n\u3000\n".encode(), "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" * 40, "PNG"),
        (b"\0\1\2\3" * 40, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(128, 256)) * 40, "damaged"),
        (bytes(range(128, 256)) * 40, "found none"),
        ("报告".encode() * 9 + b"\xff\xff\xff", "found none"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "damaged"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        load(write(tmp_path, data))
    assert "报告.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"at most 10 bytes, found 12"):
        load(write(tmp_path, "政府报告".encode()), max_bytes=10)


def test_a_format_that_is_not_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\.md, \.pdf, \.txt"):
        load(write(tmp_path, b"x", "报告.xyz"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        load(tmp_path / "没有.txt")
    with pytest.raises(SourceError, match="no such file or folder"):
        list(find_sources([tmp_path / "没有"]))


def test_a_folder_gives_its_reports_sorted(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "a.TXT", "b/d.md", "b/e.xyz", ".f.txt", ".git/g.txt"):
        (tmp_path / name).write_text("报告")
    found = [str(path.relative_to(tmp_path)) for path in find_sources([tmp_path])]
    assert found == ["a.TXT", "b/d.md", "c.txt"]


def test_a_file_that_is_named_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    path = write(tmp_path, b"x", "报告.xyz")
    assert list(find_sources([path])) == [path]
