import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.crockford import ALPHABET, bounds_of, grouped, head_of, new_code, read_code, spell
from ballots.errors import CodeMistyped


def test_a_code_is_80_random_bits_and_a_check_symbol_that_is_easy_to_say():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 17 and set(code) <= set(ALPHABET) for code in codes)


def test_a_code_is_read_as_people_write_it():
    code = spell(38, 16) + ALPHABET[38 % 37]
    typed = f" {grouped(code)} ".lower().replace("0", "o").replace("1", "l")
    assert read_code(typed) == code


@given(st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_never_gives_another_code(place, symbol):
    code = spell(123456789 * 37 + 5, 16) + ALPHABET[5]
    wrong = code[:place] + symbol + code[place + 1 :]
    if wrong != code:
        with pytest.raises(CodeMistyped):
            read_code(wrong)


@given(st.text(max_size=40))
def test_any_other_text_is_mistyped(text):
    with pytest.raises(CodeMistyped):
        read_code(text)


@given(st.binary(min_size=32, max_size=32))
def test_the_head_of_a_hash_bounds_it(content):
    least, most = bounds_of(grouped(head_of(content)), 32)
    assert least <= content <= most
    assert least[:10] == content[:10] == most[:10]


def test_the_head_of_a_known_hash():
    assert head_of(bytes.fromhex("ff" * 10 + "00" * 22)) == "Z" * 16
    assert head_of(bytes.fromhex("08" + "00" * 31)) == "1" + "0" * 15
