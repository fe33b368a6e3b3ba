"""Words for what units refuses of papers, matters, entries and files."""

from flask_babel import lazy_gettext as _l

from units import errors as e
from units.files import errors as f

WORDS = {
    e.TextTooLong: (422, _l("At most %(most)s characters; there are %(has)s.")),
    e.HandInLacks: (422, _l("Something is still missing; fill in every required field first.")),
    e.AlreadyHandedIn: (409, _l("This was handed in and can't be edited now.")),
    e.StepNotPossible: (409, _l("This entry has moved on meanwhile; the step isn't possible now.")),
    e.RemarkMissing: (422, _l("Write a remark: the unit must learn why.")),
    e.TooManyEntries: (409, _l("A unit may have at most %(most)s entries this year.")),
    e.TooManyFiles: (422, _l("At most %(most)s files fit here; take one away first.")),
    e.NothingCollected: (409, _l("Nothing is collected at this stage of the year; what you sent was not kept.")),
    e.TableHasFaults: (422, _l("The table was not taken: some cells need correction. Nothing was written.")),
    f.FileEmpty: (422, _l("%(name)s is empty.")),
    f.FileTooLarge: (413, _l("%(name)s is larger than %(most_mb)s MB.")),
    f.FileKindRefused: (422, _l("%(name)s: this kind of file isn't taken. Possible are %(allowed)s.")),
    f.FileNotWhatItSays: (422, _l("%(name)s is not a readable %(kind)s file. Save it again and choose it anew.")),
    f.FilePacksTooMuch: (422, _l("%(name)s unpacks to too much. Save it with fewer or smaller pictures.")),
    f.FileHoldsCode: (422, _l("%(name)s holds macros or other code. Save it without them.")),
    f.FileTakesTooLong: (422, _l("%(name)s is too large to be drawn. Hand in a smaller PDF.")),
}
