"""The checker of pages finds what it is there to find."""

import pytest

from tests.page_shape import PageShapeError, check_page

PAGE = '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><main><h1>H</h1>{}</main></body></html>'
FIELD = '<label for="a">A</label><input id="a" name="a">'


def test_a_sound_page_passes():
    check_page(PAGE.format(f'<form method="post" action="">{FIELD}<button>Send</button></form><a href="/x">X</a>'))


@pytest.mark.parametrize(
    "planted",
    [
        "<h1>Twice</h1>",
        "<h3>Skips a level</h3>",
        '<p id="a"></p><p id="a"></p>',
        '<input name="b">',
        '<label></label><textarea name="c"></textarea>',
        '<label for="nowhere">N</label>',
        '<p aria-describedby="nowhere">N</p>',
        '<p onclick="x()">N</p>',
        '<p style="color:red">N</p>',
        "<style>p {}</style>",
        "<script>x()</script>",
        '<script src="https://cdn.example/x.js"></script>',
        '<script src="//cdn.example/x.js"></script>',
        '<img src="data:image/png;base64,AA" alt="">',
        '<img src="/x.png">',
        '<a href="javascript:x()">N</a>',
        '<a href="/x"></a>',
        "<button></button>",
        "<form><button>N</button></form>",
        '<form action="https://elsewhere.example/"><button>N</button></form>',
        '<button hx-on:click="x()">N</button>',
        '<button hx-vals="js:{a: 1}">N</button>',
        "<p>Left open <div>N</div></p>",
    ],
)
def test_a_planted_fault_is_found(planted):
    with pytest.raises(PageShapeError):
        check_page(PAGE.format(planted))


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>T</title></head><body><main><h1>H</h1></main></body></html>",
        '<!DOCTYPE html><html lang="en"><head></head><body><main><h1>H</h1></main></body></html>',
        '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><h1>H</h1></body></html>',
        '<html lang="en"><head><title>T</title></head><body><main><h1>H</h1></main></body></html>',
    ],
)
def test_a_page_without_language_title_main_or_doctype_is_found(page):
    with pytest.raises(PageShapeError):
        check_page(page)


def test_a_row_alone_is_a_sound_fragment():
    check_page('<tr id="row-1"><th scope="row">U001</th><td>88.44</td></tr>')
